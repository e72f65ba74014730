"""What can still be stopped counts by the time that is left, day after day."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import daily, jobs
from portal.kinds.suspicious_order.data import YesNoUnknown
from portal.triage import queries, urgency
from portal.triage.models import CaseMark
from tests.factories import NOON, make_submission, order

DAY = timedelta(days=1)
LABEL = "The goods can still be stopped"


@pytest.fixture
def stoppable(session):
    """Return what makes a case whose goods can be stopped for so many days."""

    def make(days):
        data = order(can_stop=YesNoUnknown.YES, stop_until=NOON + days * DAY)
        return queries.get(session, make_submission(session, data).id)

    return make


def renew(session, now):
    """Do the work of a day, and what it causes."""
    urgency.renew(session, {}, now)
    while waiting := session.info.pop("jobs", []):
        for job_id in waiting:
            row = session.get_one(jobs.Job, job_id)
            if row.name == "renew-urgency":
                urgency.renew(session, row.payload, now)
            session.delete(row)
    session.flush()


def points(case):
    """Return what the time that is left counts, once the sum was found to be right."""
    parts = {part["label"]: part["points"] for part in case.addends}
    assert case.priority == sum(parts.values())
    return parts.get(LABEL, 0)


def test_9_days_become_7_and_1_and_none(session, stoppable):
    case = stoppable(9)
    before, told = case.priority, []
    for day in range(12):
        renew(session, NOON + day * DAY)
        told.append(points(case))
    assert told == [4, 4, 7, 7, 7, 7, 7, 7, 10, 0, 0, 0]
    assert case.priority == before - 4
    marks = session.scalars(select(CaseMark.priority).where(CaseMark.case_id == case.id))
    assert set(marks) == {case.priority}


def test_a_sum_of_an_older_version_is_renewed_too(session, stoppable):
    case = stoppable(2)
    old = {"label": "The goods could still be stopped at receipt", "points": 7}
    case.addends = [*(part for part in case.addends if part["label"] != LABEL), old]
    session.flush()
    renew(session, NOON + DAY)
    assert points(case) == 10
    renew(session, NOON + 2 * DAY)
    assert points(case) == 0


def test_a_closed_case_and_one_that_stays_the_same_are_not_touched(session, stoppable):
    closed, same, without = stoppable(1), stoppable(5), make_submission(session)
    closed.open = False
    session.flush()
    versions = closed.version, same.version
    renew(session, NOON + DAY)
    assert (closed.version, same.version) == versions
    assert points(closed) == 10
    assert points(queries.get(session, without.id)) == 0


def test_7_cases_that_end_at_1_moment_are_all_counted_2_at_a_time(session, stoppable, monkeypatch):
    monkeypatch.setattr(urgency, "CHUNK", 2)
    cases = [stoppable(3) for _ in range(7)]
    renew(session, NOON + 3 * DAY)
    assert [points(case) for case in cases] == [0] * 7


def test_a_line_in_the_queue_does_not_go_on_to_say_so(session, stoppable):
    case = stoppable(1)
    case.reason = f"{LABEL}."
    session.flush()
    renew(session, NOON + DAY)
    assert case.reason != f"{LABEL}."


def test_it_is_work_of_every_day():
    assert "renew-urgency" in daily.NAMES
