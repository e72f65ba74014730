"""Deeds on one case and on many, and who else reads."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.accounts import services as accounts
from portal.accounts.models import LoginSession
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.triage import deeds, queries
from portal.triage.desk import clocks, services
from portal.triage.desk import queries as desk
from portal.triage.desk.data import DAY
from portal.triage.desk.models import Presence
from portal.triage.life import Status
from portal.triage.models import Proposal
from portal.triage.priority import HIGH
from tests.factories import NOON, make_submission, order


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
