"""What a newcomer touches is judged again, in the background, and nothing is lost by it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import delete, select

from portal.core import jobs
from portal.core.access import Role
from portal.reference.data import Unit
from portal.submissions.models import SubmissionEvent
from portal.submissions.rules import Step
from portal.triage import deeds, queries, services
from portal.triage.data import Finding, Rule, here
from portal.triage.life import Status
from portal.triage.models import FindingRow, SubstanceRoute, TriageCase
from tests.factories import NOON, customer, line, make_account, make_submission, notice, order

DAY = timedelta(days=1)
PHONE = ("+31612094417",)


def named(name, **more):
    return order(parties=(customer(name, phones=PHONE),), **more)


def work(session, now=NOON):
    """Do the jobs of rescreening that wait; return how many there were."""
    done = 0
    query = select(jobs.Job).where(jobs.Job.name.like("rescreen%"), jobs.Job.state == "waiting")
    while rows := session.scalars(query).all():
        for row in rows:
            jobs.WORKS[row.name].handler(session, row.payload, now)
            session.delete(row)
            done += 1
        session.flush()
    return done


def codes(session, submission):
    return {one.rule for one in queries.findings_of(session, submission.id)}


def test_the_first_of_2_learns_of_the_second(session):
    first = make_submission(session, named("Badr Trading"))
    assert "other-name-3" not in codes(session, first)
    second = make_submission(session, named("Nova Chemicals"), now=NOON + DAY)
    assert "other-name-3" in codes(session, second)
    assert work(session, NOON + DAY) == 1
    assert "other-name-3" in codes(session, first)
    case = queries.get(session, first.id)
    assert case.priority == sum(part["points"] for part in case.addends) > 0


def test_judging_again_twice_changes_0_rows_and_touches_no_others(session):
    make_submission(session, named("Badr Trading"))
    make_submission(session, named("Nova Chemicals"), now=NOON + DAY)
    assert work(session, NOON + DAY) == 1
    rows = {(r.id, r.raised_at) for r in session.scalars(select(FindingRow))}
    for case in session.scalars(select(TriageCase)):
        services.screen_again(session, case, NOON + 9 * DAY)
    session.flush()
    assert {(r.id, r.raised_at) for r in session.scalars(select(FindingRow))} == rows
    assert work(session) == 0


def test_a_finding_that_changes_gets_the_day_of_the_change(session):
    first = make_submission(session, named("Badr Trading"))
    make_submission(session, named("Nova Chemicals"), now=NOON + DAY)
    work(session, NOON + DAY)
    make_submission(session, named("Al Nour Paints"), now=NOON + 2 * DAY)
    work(session, NOON + 2 * DAY)
    found = {one.rule: one for one in queries.findings_of(session, first.id)}
    assert found["other-name-3"].raised_at == NOON + 2 * DAY
    assert "Al Nour Paints" in found["other-name-3"].reason


def test_officers_work_stays_and_1_closed_case_is_left_alone(session):
    officer = make_account(session, Role.TRIAGE_OFFICER)
    kept, closed = (make_submission(session, named("Badr Trading")) for _ in range(2))
    case, shut = (queries.get(session, one.id) for one in (kept, closed))
    deeds.take(session, case, officer, NOON)
    deeds.flag(session, case, "Known vehicle.", officer, NOON)
    services.set_status(session, shut, Status.CLOSED)
    before = codes(session, closed)
    make_submission(session, named("Nova Chemicals"), now=NOON + DAY)
    work(session, NOON + DAY)
    assert (case.status, case.assignee_id) == (Status.FLAGGED, officer.id)
    assert len(queries.notes_of(session, case.id)) == 1
    assert "other-name-3" in codes(session, kept)
    assert codes(session, closed) == before


@pytest.mark.parametrize(("earlier", "touched"), [(9, 9), (10, 10), (12, 10)])
def test_a_newcomer_touches_10_at_most(session, earlier, touched):
    for number in range(earlier):
        make_submission(session, named("Badr Trading"), now=NOON + number * DAY)  # each refused
    session.execute(delete(jobs.Job))
    make_submission(session, named("Badr Trading"), now=NOON + 60 * DAY)
    job = session.scalars(select(jobs.Job).where(jobs.Job.name == "rescreen-touched")).one()
    assert len(job.payload["cases"]) == touched


def test_a_stranger_touches_0(session):
    make_submission(session, named("Badr Trading"))
    make_submission(session, order(parties=(customer("Nova Chemicals", phones=("+31600000000",)),)))
    assert work(session) == 0


def raising(check):
    return Rule(code="broken-1", title="Broken", weight=9, check=check)


def test_what_a_rule_found_before_it_failed_stays_with_1_failure(session, sign_in):
    found = raising(lambda case: Finding("Seen", (here(case, "lines.0.name", "x"),)))

    def fail(_case):
        raise ZeroDivisionError

    row = queries.get(session, make_submission(session).id)
    assert services.rescreen(session, row, NOON, rules=(found,))
    assert not services.rescreen(session, row, NOON, rules=(raising(fail),))
    assert [one.failed for one in queries.findings_of(session, row.id)] == [True, False]
    page = sign_in(Role.TRIAGE_OFFICER)
    tagged = page.get("/triage/").soup.select(f"[data-row='{row.id}'] .govuk-tag")
    assert "A rule failed" in [one.get_text() for one in tagged]
    assert (
        "It is tried again" in page.get(f"/triage/{row.id}").soup.select_one(".graded").get_text()
    )
    assert services.rescreen(session, row, NOON, rules=(found,))
    assert [one.failed for one in queries.findings_of(session, row.id)] == [False]
    assert "A rule failed" not in page.get("/triage/").text


def test_a_rule_that_fails_at_receipt_is_tried_again_1_time(session):
    submission = make_submission(session)
    row = queries.get(session, submission.id)

    def fail(_case):
        raise ZeroDivisionError

    services.rescreen(session, row, NOON, rules=(raising(fail),))
    services.rescreen_again(session, {"case": str(row.id)}, NOON)
    assert not [one for one in queries.findings_of(session, row.id) if one.failed]


def test_the_first_appearance_counts_1_time_for_each_submission(session):
    for number in range(3):
        make_submission(session, notice(), now=NOON + number * DAY)
    query = select(SubstanceRoute).where(SubstanceRoute.substance == "toluene")
    rows = {row.route: row for row in session.scalars(query)}
    assert {route: row.times for route, row in rows.items()} == {"": 3, "NL>TH": 3}
    assert {row.first_at for row in rows.values()} == {NOON}


def test_2_shipments_over_the_same_places_are_kept_as_1_way(session):
    legs = (notice().legs[0], replace(notice().legs[0], origin="THBKK", destination="VNSGN"))
    for number in range(2):
        make_submission(session, notice(legs=legs), now=NOON + number * DAY)
    way = f"{legs[0].origin}>{legs[0].destination}>VNSGN"
    rows = session.scalars(select(SubstanceRoute).where(SubstanceRoute.route == way))
    assert {(row.substance, row.times, row.first_at) for row in rows} == {
        ("toluene", 2, NOON),
        ("", 2, NOON),
    }


def test_structuring_over_2_suppliers_shows_at_the_second(session):
    liquid = (line("acetic-anhydride", "60", unit=Unit.LITRE),)
    make_submission(session, named("Badr Trading", lines=liquid))
    second = make_submission(session, named("Badr Trading", lines=liquid), now=NOON + DAY)
    assert {"together-pass-2", "together-soon-1"} <= codes(session, second)


def test_the_cost_of_receiving_is_the_same_beside_3_and_30_earlier_ones(session, statements):
    author = make_account(session)
    sent = []
    for number in range(31):
        statements.clear()
        lines = (line("acetone", str(Decimal(number + 1))),)
        make_submission(session, named("Badr Trading", lines=lines), author=author, now=NOON + DAY)
        sent.append(len(statements))
    assert sent[3] == sent[30]


def test_a_changed_goal_after_the_release_is_seen_in_1_correction(session):
    older = make_submission(session, notice())
    session.add(SubmissionEvent(submission_id=older.id, step=Step.RELEASE, at=NOON))
    leg = replace(notice().legs[0], destination_country="AF")
    newer = make_submission(session, notice(legs=(leg,)))
    newer.corrects_id = older.id
    session.flush()
    services.screen_again(session, queries.get(session, newer.id), NOON)
    assert "destination-changed-1" in codes(session, newer)


def test_a_customer_still_there_after_121_days_is_no_newcomer(session):
    make_submission(session, order(), now=NOON - 200 * DAY)  # the portal is old enough to know
    other = make_account(session, Role.REPORTER)
    first = make_submission(session, named("Badr Trading"))
    make_submission(session, named("Badr Trading"), author=other, now=NOON + DAY)
    work(session, NOON + DAY)
    assert "new-at-two-1" in codes(session, first)
    make_submission(session, named("Badr Trading"), author=other, now=NOON + 121 * DAY)
    assert work(session, NOON + 121 * DAY) >= 1
    assert not {"new-at-two-1", "sudden-customer-2"} & codes(session, first)
