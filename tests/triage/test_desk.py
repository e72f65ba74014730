"""Deeds on many cases, who else reads, clocks, workload, shifts, two cases side by side."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts import services as accounts
from portal.accounts.models import LoginSession
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.kinds.suspicious_order.data import YesNoUnknown
from portal.shipments import services as shipments
from portal.shipments.data import Reply
from portal.triage import deeds, marks, queries
from portal.triage.desk import clocks, services
from portal.triage.desk import queries as desk
from portal.triage.desk.comparing import Sign, compare
from portal.triage.desk.data import DAY
from portal.triage.desk.models import Presence, Shift, ShiftNote, ShiftReading
from portal.triage.life import Action, Outcome, Status
from portal.triage.models import Proposal, TriageCase
from portal.triage.priority import HIGH
from tests.factories import NOON, customer, line, make_account, make_submission, notice, order


@pytest.fixture
def officer(session):
    return make_account(session, Role.TRIAGE_OFFICER, name="Ona Officer")


@pytest.fixture
def analyst(session):
    return make_account(session, Role.ANALYST, name="Ari Analyst")


@pytest.fixture
def boss(session):
    return make_account(session, Role.SUPERVISOR, name="Bo Boss")


def cases(session, number, **more):
    made = [make_submission(session, order(**more), now=NOON + n * DAY) for n in range(number)]
    return [queries.get(session, one.id) for one in made]


def deeds_of(session, case):
    query = select(AuditEvent.deed).where(AuditEvent.subject_id == case.id)
    return list(session.scalars(query.order_by(AuditEvent.id)))


def ids(found):
    return [str(case.id) for case in found]


# --- many at once ---


def test_of_3_ticked_cases_2_are_taken_and_1_is_not_and_why(session, sign_in, officer, analyst):
    found = cases(session, 3)
    deeds.take(session, found[1], analyst, NOON)
    session.commit()
    done = sign_in(officer).get("/triage/").submit("Do it", cases=ids(found), deed="take")
    assert "Not done: 1" in done.text
    assert "Another officer has this case." in done.text
    assert "Done: 2" in done.text
    session.expire_all()
    owners = [queries.get(session, case.id).assignee_id for case in found]
    assert owners == [officer.id, analyst.id, officer.id]
    taken = select(AuditEvent.subject_id).where(
        AuditEvent.deed == "case.take", AuditEvent.actor_id == officer.id
    )
    assert set(session.scalars(taken)) == {found[0].id, found[2].id}


def test_a_case_of_high_priority_is_proposed_and_another_is_closed(session, sign_in, officer):
    grave, light = cases(session, 2)
    for case in (grave, light):
        deeds.take(session, case, officer, NOON)
    grave.priority, light.priority = HIGH, HIGH - 1
    session.commit()
    done = (
        sign_in(officer)
        .get("/triage/")
        .submit(
            "Do it",
            cases=ids([grave, light]),
            deed="close",
            outcome="no concern",
            reason="Known use.",
        )
    )
    assert "Proposed. A supervisor must agree" in done.text
    assert "Closed." in done.text
    session.expire_all()
    assert queries.get(session, grave.id).status is Status.IN_TRIAGE
    assert queries.get(session, light.id).status is Status.CLOSED
    assert session.scalars(select(Proposal.case_id)).all() == [grave.id]


def test_many_are_assigned_and_given_back(session, sign_in, boss, analyst):
    found = cases(session, 2)
    browser = sign_in(boss)
    page = browser.get("/triage/")
    page.submit("Do it", cases=ids(found), deed="assign", officer=str(analyst.id))
    session.expire_all()
    assert {queries.get(session, c.id).assignee_id for c in found} == {analyst.id}
    page = browser.get("/triage/")
    page.submit("Do it", cases=ids(found), deed="unassign")
    session.expire_all()
    assert {queries.get(session, c.id).assignee_id for c in found} == {None}


@pytest.mark.parametrize(
    ("number", "answers", "said"),
    [
        (0, {"deed": "take"}, "Tick at least one case"),
        (51, {"deed": "take"}, "Tick at most 50 cases; there are 51"),
        (1, {"deed": "close", "reason": "x"}, "Choose the outcome"),
        (1, {"deed": "close", "outcome": "no concern"}, "Enter the reason"),
        (1, {"deed": "assign"}, "Choose an officer"),
    ],
)
def test_many_at_once_is_refused_without_all_it_needs(
    session, sign_in, officer, number, answers, said
):
    case = cases(session, 1)[0]
    page = sign_in(officer).get("/triage/").submit("Do it", cases=ids([case]) * number, **answers)
    assert (page.status, page.errors) == (422, [said])
    assert deeds_of(session, case).count("case.take") == 0
    if number == 1:
        again = page.submit(
            "Do it", deed="take", outcome="no concern", reason="x", officer=str(officer.id)
        )
        assert "Done: 1" in again.text


def test_50_at_once_are_done(session, sign_in, officer):
    found = cases(session, 50)
    done = sign_in(officer).get("/triage/").submit("Do it", cases=ids(found), deed="take")
    assert "Done: 50" in done.text


# --- the worst that nobody has, and the next ---


def test_one_button_gives_the_worst_case_that_nobody_has(session, sign_in, officer, analyst):
    found = cases(session, 3)
    for case, priority in zip(found, (90, 70, 80), strict=True):
        case.priority = priority
    deeds.take(session, found[0], analyst, NOON)
    session.commit()
    browser = sign_in(officer)
    page = browser.get("/triage/").submit("Take the worst that nobody has")
    assert page.path == f"/triage/{found[2].id}"
    page = browser.get("/triage/").submit("Take the worst that nobody has")
    assert page.path == f"/triage/{found[1].id}"
    page = browser.get("/triage/").submit("Take the worst that nobody has")
    assert "There is nothing to take" in page.text


def test_the_next_case_is_the_next_worst_that_is_ones_own_or_nobodys(
    session, sign_in, officer, analyst
):
    found = cases(session, 4)
    for case, priority in zip(found, (90, 80, 70, 60), strict=True):
        case.priority = priority
    deeds.take(session, found[1], analyst, NOON)
    deeds.take(session, found[2], officer, NOON)
    session.commit()
    browser = sign_in(officer)
    second = browser.get(f"/triage/{found[0].id}").click("Next case")
    assert second.path == f"/triage/{found[2].id}"
    third = second.click("Next case")
    assert third.path == f"/triage/{found[3].id}"
    assert "That was the last case" in third.click("Next case").text


# --- who else has it open ---


def test_the_second_officer_is_warned_on_the_case_and_in_the_queue(
    session, sign_in, officer, analyst
):
    case = cases(session, 1)[0]
    first, second = sign_in(officer), sign_in(analyst)
    assert "Also open at" not in first.get(f"/triage/{case.id}").text
    assert "Also open at: Ona Officer" in second.get(f"/triage/{case.id}").text
    assert "Open at Ari Analyst" in first.get("/triage/").text
    token = second.get("/triage/").soup.select_one("[name=csrf_token]")["value"]
    answer = second.ask(
        second.client.post, f"/triage/{case.id}/here", headers={"X-CSRFToken": token}
    )
    assert answer.json["others"] == ["Ona Officer"]


def test_who_reads_beside_the_queue_has_the_case_open_too(session, sign_in, officer, analyst):
    case = cases(session, 1)[0]
    first, second = sign_in(officer), sign_in(analyst)
    assert first.get(f"/triage/?open={case.id}").soup.select_one("#others").has_attr("hidden")
    assert "Also open at: Ona Officer" in second.get(f"/triage/{case.id}").text
    panel = first.get(f"/triage/?open={case.id}").soup.select_one("#beside")
    assert "Also open at: Ari Analyst" in panel.get_text()
    assert panel.select_one("[data-here]")["data-version"] == str(case.version)


@pytest.mark.parametrize(("seconds", "warned"), [(119, True), (120, False)])
def test_presence_ends_after_2_minutes(session, officer, analyst, seconds, warned):
    case = cases(session, 1)[0]
    services.be_at(session, case.id, officer, NOON)
    session.flush()
    found = desk.others_at(session, [case.id], analyst, NOON + timedelta(seconds=seconds))
    assert bool(found) is warned


def test_presence_keeps_1_row_and_forgets_where_one_was_before(session, officer):
    first, second = cases(session, 2)
    for case, minutes in ((first, 0), (first, 1), (second, 4)):
        services.be_at(session, case.id, officer, NOON + timedelta(minutes=minutes))
        session.flush()
    assert session.scalars(select(Presence.case_id)).all() == [second.id]


def test_a_heartbeat_needs_the_need_to_know(session, sign_in, officer, analyst):
    case = cases(session, 1)[0]
    deeds.take(session, case, officer, NOON)
    session.commit()
    browser = sign_in(analyst)
    token = browser.get("/triage/").soup.select_one("[name=csrf_token]")["value"]
    answer = browser.post(f"/triage/{case.id}/here", {"csrf_token": token})
    assert answer.status == 404
    assert session.scalars(select(Presence.id)).all() == []


def test_what_a_script_asks_by_itself_keeps_0_sessions_alive(session, sign_in, officer):
    case = cases(session, 1)[0]
    browser = sign_in(officer)
    row = session.scalars(select(LoginSession)).one()
    token = browser.get(f"/triage/{case.id}").soup.select_one("[name=csrf_token]")["value"]
    long_ago = utc_now() - 5 * accounts.MINUTE
    row.seen_at = long_ago
    session.commit()
    browser.ask(browser.client.get, "/triage/live")
    browser.post(f"/triage/{case.id}/here", {"csrf_token": token})
    session.expire_all()
    assert session.scalars(select(LoginSession)).one().seen_at == long_ago
    browser.get("/triage/")
    session.expire_all()
    assert session.scalars(select(LoginSession)).one().seen_at > long_ago


# --- two officers, one case ---


@pytest.mark.parametrize(
    ("button", "answers"),
    [
        ("Flag", {"flag-text": "A long reason that nobody wants to type again."}),
        ("Propose the question", {"question-text": "A long question, typed once."}),
        ("Close", {"close-outcome": "no concern", "close-text": "Long words, typed once."}),
    ],
)
def test_a_deed_on_a_case_that_changed_is_refused_and_keeps_what_was_typed(
    session, sign_in, officer, boss, button, answers
):
    case = cases(session, 1)[0]
    deeds.take(session, case, officer, NOON)
    session.commit()
    page = sign_in(officer).get(f"/triage/{case.id}")
    other = sign_in(boss)
    other.get(f"/triage/{case.id}").submit("Flag", **{"flag-text": "I was faster."})
    refused = page.submit(button, **answers)
    assert refused.status == 409
    assert "Nothing of yours was done" in refused.text
    assert "I was faster." in refused.text
    typed = [box.get_text().strip() for box in refused.soup.select("textarea")]
    if button != "Flag":  # a case that is flagged is not flagged again
        assert next(text for text in answers.values() if len(text) > 20) in typed
        assert refused.submit(button).status == 200


def test_a_form_that_was_refused_shows_0_of_anothers_case(session, sign_in, officer, analyst):
    case = cases(session, 1, grounds="Secret grounds")[0]
    deeds.take(session, case, officer, NOON)
    session.commit()
    browser = sign_in(analyst)
    token = browser.get("/triage/").soup.select_one("[name=csrf_token]")["value"]
    for deed in ("note", "flag", "ask", "close", "assign", "act", "take"):
        answer = browser.post(
            f"/triage/{case.id}/{deed}", {"csrf_token": token, "action": "mark as checked"}
        )
        assert answer.status == 409
        assert "Secret grounds" not in answer.text


# --- clocks ---


@pytest.mark.parametrize(
    ("end", "text", "colour"),
    [
        (date(2026, 3, 26), "2 working days over", "red"),  # a Thursday; today is Monday
        (date(2026, 3, 30), "Ends today", "red"),
        (date(2026, 3, 31), "1 working day left", "orange"),
        (date(2026, 4, 2), "3 working days left", "orange"),
        (date(2026, 4, 7), "4 working days left", "grey"),  # Easter Monday does not count
    ],
)
def test_a_clock_says_how_many_working_days_are_left(end, text, colour):
    assert clocks.left(date(2026, 3, 30), end, "NL") == (text, colour)


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
