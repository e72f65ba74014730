"""A list of one officer, and short ways to what stands on it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import jobs
from portal.core.access import Role
from portal.entities.data import EntitySort
from portal.watchlists import keeping
from portal.watchlists.data import About
from portal.watchlists.models import WatchHit
from portal.watchlists.rules import NOTHING, read
from tests.factories import NOON, make_account

BECAUSE = About(reason="Named in an enquiry.")
YEAR = NOON.date() + timedelta(days=365)


@pytest.fixture
def owner(session):
    return make_account(session, Role.ANALYST, name="Ona Owner")


@pytest.fixture
def watch_list(session, owner):
    return keeping.create(session, "Lake matter", "Seen at the lake.", YEAR, owner, NOON)


@pytest.fixture
def watch(session, owner, watch_list):
    """Return a way to put something onto the list."""

    def watch_(sort, text, known=NOTHING, now=NOON, about=BECAUSE):
        one = read(EntitySort(sort), text, known)
        return keeping.add(session, watch_list, (one,), about, owner, now)

    return watch_


@pytest.fixture
def hits(session):
    """Return a way to see every hit, oldest first."""

    def hits_():
        session.expire_all()
        return session.scalars(select(WatchHit).order_by(WatchHit.found_at, WatchHit.id)).all()

    return hits_


@pytest.fixture
def work(app, session):
    """Return a way to let the workers do what is due."""

    def work_(now=NOON):
        session.commit()
        return jobs.run_due(app, now)

    return work_
