"""An analyst, a supervisor, and a short way to a bulletin that companies read."""

from datetime import timedelta

import pytest

from portal.bulletins import keeping, queries
from portal.bulletins.data import Aim, Said, Signs, Sort, Told
from portal.core import jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from tests.factories import make_account

TITLE = "Watch for phosphorus bought with iodine"
BODY = "Ask what it is for. Report an order of both together."


@pytest.fixture
def now():
    return utc_now()


@pytest.fixture
def analyst(session):
    return make_account(session, Role.ANALYST, name="Ana Analyst")


@pytest.fixture
def supervisor(session):
    return make_account(session, Role.SUPERVISOR, name="Sue Supervisor")


@pytest.fixture
def draft(session, analyst, now):
    """Return a way to a bulletin that nobody was asked to approve yet."""

    def draft_(title=TITLE, body=BODY, *, aim=None, signs=None, **more):
        told = Told(sort=Sort.SUBSTANCE, aim=aim or Aim(), signs=signs or Signs(), **more)
        return keeping.begin(session, told, Said("en", title, body), analyst, now)

    return draft_


@pytest.fixture
def publish(session, draft, analyst, supervisor, now):
    """Return a way to a bulletin that companies read."""

    def publish_(*args, **more):
        row = draft(*args, **more)
        last = queries.editions_of(session, row.id)[0]
        keeping.submit(session, last, {}, analyst, now - timedelta(minutes=2))
        keeping.approve(session, row, last, supervisor, now - timedelta(minutes=1))
        return row

    return publish_


@pytest.fixture
def work(app, session, now):
    """Return a way to let the workers do what is due."""

    def work_(at=None):
        session.commit()
        return jobs.run_due(app, at or now)

    return work_
