"""Need to know, second pairs of eyes, counts: what officers may do with a case."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.core.access import Role
from portal.core.errors import DomainError
from portal.submissions.models import Submission
from portal.triage import deeds, knowing, queries, services
from portal.triage.data import Rule
from portal.triage.life import Outcome, Status
from portal.triage.models import CaseCount, FindingRow, ReadCount, TriageCase
from tests.factories import NOON, make_account, make_submission, order

ALARM = "reading.alarm"


@pytest.fixture
def case(session):
    return queries.get(session, make_submission(session).id)


@pytest.fixture
def officer(session):
    return make_account(session, Role.TRIAGE_OFFICER)


def test_a_case_of_another_is_read_for_a_reason_only(session, case, officer):
    other, boss = make_account(session, Role.ANALYST), make_account(session, Role.SUPERVISOR)
    assert knowing.may_read(session, case, other, NOON)
    deeds.take(session, case, officer, NOON)
    session.flush()
    assert not knowing.may_read(session, case, other, NOON)
    assert knowing.may_read(session, case, officer, NOON)
    assert knowing.may_read(session, case, boss, NOON)
    deeds.break_glass(session, case, "I write the lead.", other, NOON)
    session.flush()
    assert knowing.may_read(session, case, other, NOON)
    assert not knowing.may_read(session, case, other, NOON + knowing.DAY)
    assert len(queries.broken_glass(session)) == 1


def test_the_second_of_2_who_take_is_told(session, case, officer):
    deeds.take(session, case, officer, NOON)
    with pytest.raises(deeds.TakenError, match="Another officer"):
        deeds.take(session, case, make_account(session, Role.ANALYST), NOON)


@pytest.mark.parametrize(
    ("usual", "reads", "alarms"),
    [
        (None, 100, 0),
        (None, 101, 1),
        (5, 20, 0),
        (5, 21, 1),
        (10, 30, 0),
        (10, 31, 1),
        (90, 101, 1),
    ],
)
def test_reading_uncommonly_much_raises_1_alarm(session, case, officer, usual, reads, alarms):
    """More than 100 an hour, or three times the own median, but never below 20."""
    if usual:
        earlier = NOON - timedelta(hours=2)
        session.add(ReadCount(account_id=officer.id, hour=earlier, records=usual))
    for _ in range(reads):
        deeds.note_reading(session, case, officer, NOON)
        session.flush()
    found = select(func.count()).select_from(ReadCount).where(ReadCount.alarmed)
    assert session.scalar(found) == alarms


@pytest.mark.parametrize(("before", "alarm"), [(97, ""), (98, "101"), (100, "101"), (101, "102")])
def test_3_readings_at_once_count_as_3_and_raise_1_alarm(
    session, officer, statements, before, alarm
):
    cases = [queries.get(session, make_submission(session).id) for _ in range(3)]
    hour = NOON.replace(minute=0, second=0, microsecond=0)
    session.add(ReadCount(account_id=officer.id, hour=hour, records=before))
    session.flush()
    statements.clear()
    deeds.note_readings(session, cases, officer, NOON)
    session.flush()
    assert len(statements) == 2
    assert session.scalar(select(ReadCount.records)) == before + 3
    noted = session.info["audit"]
    assert [one["subject_id"] for one in noted if one["deed"] == "case.read"] == [
        one.id for one in cases
    ]
    alarms = [json.loads(one["detail"])["records"] for one in noted if one["deed"] == ALARM]
    assert "".join(map(str, alarms)) == alarm


def test_0_readings_write_nothing_down(session, officer):
    deeds.note_readings(session, [], officer, NOON)
    session.flush()
    assert session.scalar(select(func.count()).select_from(ReadCount)) == 0


def test_a_question_needs_2_officers_and_changes_nothing_before(session, case, officer):
    deeds.take(session, case, officer, NOON)
    deeds.propose_question(session, case, "On which day?", officer, NOON)
    session.flush()
    submission = session.get_one(Submission, case.id)
    assert submission.state == "received"
    waiting = queries.proposals_of(session, case.id)[0]
    with pytest.raises(deeds.OwnProposalError):
        deeds.decide(session, case, waiting, officer, NOON, agreed=True)
    boss = make_account(session, Role.SUPERVISOR)
    deeds.decide(session, case, waiting, boss, NOON, agreed=True)
    assert (submission.state, case.status) == ("question for you", Status.ASKED)


@pytest.mark.parametrize(("priority", "closed"), [(71, True), (72, False)])
def test_from_72_points_a_closure_needs_a_supervisor(session, case, officer, priority, closed):
    deeds.take(session, case, officer, NOON)
    case.priority = priority
    done = deeds.propose_closure(session, case, Outcome.NO_CONCERN, "Known use.", officer, NOON)
    session.flush()
    assert (done, case.status is Status.CLOSED) == (closed, closed)
    if not closed:
        waiting = queries.proposals_of(session, case.id)[0]
        colleague = make_account(session, Role.ANALYST)
        with pytest.raises(DomainError, match="needs a supervisor"):
            deeds.decide(session, case, waiting, colleague, NOON, agreed=True)


def test_the_kept_counts_are_those_of_the_cases(session, officer):
    for _ in range(3):
        case = queries.get(session, make_submission(session).id)
    deeds.take(session, case, officer, NOON)
    session.flush()
    grouped = select(TriageCase.status, func.count()).group_by(TriageCase.status)
    counted = {row[0]: row[1] for row in session.execute(grouped)}
    kept = {row.status: row.cases for row in session.scalars(select(CaseCount)) if row.cases}
    session.expire_all()
    assert queries.counts(session) == counted
    assert kept.keys() == counted.keys()


def test_a_rule_that_raises_never_loses_the_submission(session):
    def fail(_case):
        raise ZeroDivisionError

    broken = Rule(code="broken-1", title="Broken", weight=9, check=fail)
    submission = make_submission(session)
    row = queries.get(session, submission.id)
    assert not services.rescreen(session, row, NOON, rules=(broken,))
    failed = session.scalars(select(FindingRow).where(FindingRow.failed)).all()
    assert [one.rule for one in failed] == ["broken-1"]


def test_what_the_company_reads_is_the_same_after_triage(session, sign_in, officer):
    """S5: byte for byte, save the token of the form."""
    author = make_account(session, Role.REPORTER)
    submission = make_submission(session, order(), author=author)
    browser = sign_in(author)
    pages = ("/submissions/", f"/submissions/{submission.id}")
    before = [without_token(browser.get(page)) for page in pages]
    case = queries.get(session, submission.id)
    deeds.take(session, case, officer, NOON)
    deeds.flag(session, case, "Known vehicle.", officer, NOON)
    deeds.write_note(session, case, "A note.", officer, NOON)
    session.commit()
    assert [without_token(browser.get(page)) for page in pages] == before


def without_token(page):
    for token in page.soup.select("[name=csrf_token]"):
        token["value"] = ""
    headers = {
        k: v for k, v in page.response.headers.items() if k not in {"Set-Cookie", "Content-Length"}
    }
    return page.status, str(page.soup), headers
