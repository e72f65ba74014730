"""The desk over a day: clocks, workload, the hand-over between shifts, two records side by side."""

from datetime import date

import pytest
from sqlalchemy import func, select

from portal.core.access import Role
from portal.core.clock import utc_now
from portal.kinds.suspicious_order.data import YesNoUnknown
from portal.shipments import services as shipments
from portal.shipments.data import Reply
from portal.triage import deeds, marks, queries
from portal.triage.desk import clocks, services
from portal.triage.desk import queries as desk
from portal.triage.desk.comparing import Sign, compare
from portal.triage.desk.data import DAY
from portal.triage.desk.models import Shift, ShiftNote, ShiftReading
from portal.triage.life import Action, Outcome, Status
from portal.triage.models import TriageCase
from tests.factories import NOON, customer, line, make_submission, notice, order
from tests.triage.test_desk import cases, deeds_of, ids


def test_the_clock_of_a_notice_follows_its_life(session, sign_in, officer):
    case = queries.get(session, make_submission(session, notice()).id)
    leave = case.due_on
    assert (leave is not None, case.due_for) == (True, marks.LEAVE)
    deeds.take(session, case, officer, NOON)
    deeds.act(session, case, Action.CHECK, officer, NOON)
    sent = shipments.send_on(session, case, "TH", None, officer, NOON)
    assert (case.due_on, case.due_for) == (sent.reply_by, marks.ANSWER)
    page = sign_in(officer).get("/triage/?order=first clock to end")
    assert "the other country answers" in page.text
    shipments.note_reply(session, sent, Reply.NO_OBJECTION, "", officer, NOON)
    assert (case.due_on, case.due_for) == (leave, marks.LEAVE)
    shipments.release(session, case, officer, NOON)
    assert (case.due_on, case.due_for) == (None, "")


@pytest.mark.parametrize(("days", "kept"), [(0, True), (1, False)])
def test_a_clock_to_stop_goods_ends_with_its_day(session, days, kept):
    case = cases(session, 1, can_stop=YesNoUnknown.YES, stop_until=NOON)[0]
    assert (case.due_on, case.due_for) == (NOON.date(), marks.STOP)
    shown = clocks.clock_of(case, NOON + days * DAY)
    assert shown is not None
    assert (shown.text, shown.colour) == (("Ends today", "red") if kept else ("Too late", "grey"))
    marks.end_clocks(session, {}, NOON + days * DAY)
    session.expire_all()
    assert (queries.get(session, case.id).due_on is not None) is kept


@pytest.mark.parametrize(
    ("stop_until", "day", "what"),
    [
        (NOON + 30 * DAY, (NOON + 30 * DAY).date(), marks.STOP),  # still ahead
        (NOON + 10 * DAY, date(2026, 4, 24), marks.AGAIN),  # over: 5 working days from a Friday
        (None, date(2026, 4, 24), marks.AGAIN),
    ],
)
def test_a_case_that_is_opened_again_gets_1_new_clock(
    session, sign_in, officer, stop_until, day, what
):
    known = YesNoUnknown.YES if stop_until else YesNoUnknown.NO
    case = cases(session, 1, can_stop=known, stop_until=stop_until)[0]
    deeds.take(session, case, officer, NOON)
    deeds.close(session, case, Outcome.NO_CONCERN, "x", officer, NOON)
    case.due_on, case.due_for = NOON.date(), marks.STOP
    deeds.act(session, case, Action.REOPEN, officer, NOON + 17 * DAY)
    assert (case.due_on, case.due_for) == (day, what)
    page = sign_in(officer).get("/triage/?order=first clock to end")
    assert f"{what} {day:%-d %B %Y}" in page.text
    deeds.act(session, case, Action.TAKE, officer, NOON + 20 * DAY)
    assert case.due_on == day


# --- workload and shifts ---


def test_the_workload_counts_by_status_and_age(session, sign_in, officer, boss):
    now = utc_now()
    for days in (0, 2, 2, 6, 30):
        case = queries.get(session, make_submission(session, now=now - days * DAY).id)
        deeds.take(session, case, officer, now)
    deeds.flag(session, case, "x", officer, now)
    session.flush()
    found = {one.officer.id: one for one in desk.workload(session, [officer, boss], now)}
    mine = found[officer.id]
    assert mine.by_status == {Status.IN_TRIAGE: 4, Status.FLAGGED: 1}
    assert mine.by_age == [1, 2, 1, 1]
    assert found[boss.id].cases == 0
    page = sign_in(boss).get("/triage/workload")
    row = next(r for r in page.soup.select("tbody tr") if "Ona Officer" in r.get_text())
    assert row.td.get_text(strip=True) == "5"


def test_a_supervisor_gives_the_2_worst_of_3_cases_to_another(
    session, sign_in, officer, analyst, boss
):
    found = cases(session, 3)
    for case, priority in zip(found, (10, 90, 50), strict=True):
        deeds.take(session, case, officer, NOON)
        case.priority = priority
    session.commit()
    assert not sign_in(officer).get("/triage/workload").has_button("Give them")
    done = (
        sign_in(boss)
        .get("/triage/workload")
        .submit("Give them", giver=str(officer.id), taker=str(analyst.id), number="2")
    )
    assert "Done: 2" in done.text
    session.expire_all()
    owners = [queries.get(session, case.id).assignee_id for case in found]
    assert owners == [officer.id, analyst.id, analyst.id]


@pytest.mark.parametrize("number", ["0", "51", "x", ""])
def test_too_many_and_too_few_are_not_reassigned(session, sign_in, officer, boss, number):
    page = sign_in(boss).get("/triage/workload")
    page = page.submit("Give them", giver=str(officer.id), taker=str(boss.id), number=number)
    assert (page.status, len(page.errors)) == (422, 1)


def test_a_shift_hands_over_and_the_next_reads_and_takes(session, sign_in, officer, analyst):
    kept, handed = cases(session, 2)
    for case in (kept, handed):
        deeds.take(session, case, officer, NOON)
    session.commit()
    page = sign_in(officer).get("/triage/shifts")
    page = page.submit(
        "Hand over", shift="late shift", text="Ring the port at nine.", cases=[str(handed.id)]
    )
    assert "The next shift is told." in page.text
    session.expire_all()
    assert queries.get(session, handed.id).assignee_id is None
    assert queries.get(session, kept.id).assignee_id == officer.id
    assert "case.given_back" in deeds_of(session, handed)
    assert not page.has_button("I have read it")
    browser = sign_in(analyst)
    assert "Ona Officer left a note for you" in browser.get("/triage/").text
    page = browser.get("/triage/").click("read it").submit("I have read it")
    assert "Read by Ari Analyst" in page.text
    assert "left a note for you" not in browser.get("/triage/").text
    assert handed.summary in page.text
    assert "Done: 1" in page.submit("Take these cases").text
    assert session.scalar(select(func.count()).select_from(ShiftReading)) == 1
    third = sign_in(Role.TRIAGE_OFFICER).get("/triage/shifts").text
    assert handed.reference in third
    assert handed.summary not in third


def test_a_hand_over_without_words_or_of_anothers_case_is_refused(
    session, sign_in, officer, analyst
):
    case = cases(session, 1)[0]
    deeds.take(session, case, analyst, NOON)
    session.commit()
    page = sign_in(officer).get("/triage/shifts")
    refused = page.submit("Hand over", text=" ")
    assert (refused.status, refused.errors) == (422, ["Enter what the next shift must know"])
    with pytest.raises(deeds.TakenError):
        services.hand_over(session, Shift.LATE, "x", [case.id], officer, NOON)
    token = page.soup.select_one("[name=csrf_token]")["value"]
    sent = {"csrf_token": token, "shift": "late shift", "text": "x", "cases": str(case.id)}
    assert page.browser.post("/triage/shifts", sent).status == 422
    assert session.scalars(select(ShiftNote.text)).all() in (["x"], [])
    assert queries.get(session, case.id).assignee_id == analyst.id


# --- side by side ---


def test_two_records_are_aligned_by_what_they_have_in_common():
    left = order(
        lines=(line("acetone", "5"),),
        parties=(customer("Blue Lab", country="NL"), customer("Иван Петров", country="BG")),
    )
    right = order(
        lines=(line("acetone", "9"),),
        parties=(customer("ИВАН ПЕТРОВ", country="BG"), customer("Red Lab", country="MX")),
    )
    found = {(g.left, g.right): {p.label: p for p in g.pairs} for g in compare(left, right)}
    people = next(pairs for (one, _), pairs in found.items() if "Иван" in one)
    assert people["Name"].right == "ИВАН ПЕТРОВ"
    assert people["Name"].sign is Sign.ALIKE
    substance = next(pairs for (one, _), pairs in found.items() if "Acetone" in one)
    assert substance["Quantity"].sign is Sign.OTHER
    assert substance["Substance"].sign is Sign.SAME


def test_2_parties_of_1_record_stand_beside_none_of_the_other_when_it_has_1():
    left = order(parties=(customer("Blue Lab"), customer("Red Lab", country="MX")))
    right = order(parties=(customer("Red Lab", country="MX"),))
    groups = [g for g in compare(left, right) if "Lab" in g.left + g.right]
    assert [bool(g.right) for g in groups] == [False, True]
    assert {pair.sign for pair in groups[0].pairs} == {Sign.LEFT}


def test_the_split_view_comes_from_the_list_and_is_2_readings(session, sign_in, officer):
    first = make_submission(session, order(parties=(customer("Blue Laboratory"),)))
    second = make_submission(session, order(parties=(customer("Blue Laboratory"),)), now=NOON + DAY)
    page = sign_in(officer).get(f"/triage/{second.id}").click("Side by side")
    assert page.path == "/triage/compare"
    assert "the same" in page.text
    assert first.reference in page.text
    read = [
        deeds_of(session, queries.get(session, one.id)).count("case.read")
        for one in (first, second)
    ]
    assert read == [1, 2]


def test_2_ticked_cases_are_laid_side_by_side_and_1_or_3_are_not(session, sign_in, officer):
    found = cases(session, 3)
    session.commit()
    page = sign_in(officer).get("/triage/")
    laid = page.submit("Lay two side by side", cases=ids(found[:2]))
    assert laid.path == "/triage/compare"
    assert found[0].reference in laid.text
    assert found[1].reference in laid.text
    for number in (1, 3):
        told = page.submit("Lay two side by side", cases=ids(found[:number]))
        assert f"Tick two cases to lay them side by side; there are {number}." in told.text


def test_the_split_view_of_anothers_case_asks_for_a_reason_and_is_0_readings(
    session, sign_in, officer, analyst
):
    mine, other = cases(session, 2)
    deeds.take(session, other, officer, NOON)
    session.commit()
    page = sign_in(analyst).get(f"/triage/compare?left={mine.id}&right={other.id}")
    assert page.path == f"/triage/{other.id}/glass"
    assert [deeds_of(session, one).count("case.read") for one in (mine, other)] == [0, 0]


def test_the_split_view_of_nothing_is_not_found(session, sign_in, officer):
    case = cases(session, 1)[0]
    for query in ("", f"?left={case.id}", f"?left={case.id}&right={case.id}", "?left=x&right=y"):
        assert sign_in(officer).get(f"/triage/compare{query}").status == 404


def test_a_company_learns_nothing_from_the_desk(session, sign_in):
    case = cases(session, 1)[0]
    browser = sign_in(Role.COMPANY_ADMIN)
    for path in ("", "live", "views", "workload", "shifts", "compare", f"{case.id}/following"):
        assert browser.get(f"/triage/{path}").status == 403
    assert session.scalar(select(func.count()).select_from(TriageCase)) == 1
