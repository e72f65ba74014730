"""Officers at the desk, and many cases."""

import pytest

from portal.core.access import Role
from portal.core.clock import utc_now
from portal.triage import queries
from portal.triage.desk.data import DAY
from tests.factories import (
    line,
    make_account,
    make_organisation,
    make_submission,
    order,
)


@pytest.fixture
def officer(session):
    return make_account(session, Role.TRIAGE_OFFICER, name="Ona Officer")


@pytest.fixture
def analyst(session):
    return make_account(session, Role.ANALYST, name="Ari Analyst")


@pytest.fixture
def boss(session):
    return make_account(session, Role.SUPERVISOR, name="Bo Boss")


@pytest.fixture
def many(session):
    """120 cases of 3 priorities, received an hour apart, of one company."""
    firm = make_organisation(session, name="Many B.V.")
    author = make_account(session, organisation=firm)
    now = utc_now()
    made = []
    for number in range(120):
        data = order(lines=(line("acetone" if number % 2 else "toluene"),))
        made.append(make_submission(session, data, author=author, now=now - number * DAY / 24))
    for number, one in enumerate(made):
        queries.get(session, one.id).priority = (10, 40, 70)[number % 3]
    session.flush()
    return [queries.get(session, one.id) for one in made]
