"""The shipped reference data, as it stands in every test's database, and its absence."""

from datetime import datetime

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.reference.models import ReferenceLoad
from portal.reference.services import TABLES


@pytest.fixture
def reference(session: Session) -> Session:
    """Return a session on the database in which the shipped files are loaded."""
    return session


@pytest.fixture
def loaded(session: Session) -> datetime:
    """Return when they were."""
    return session.scalars(select(func.max(ReferenceLoad.loaded_at))).one()


@pytest.fixture
def bare(session: Session) -> Session:
    """Return a session on a database before its first load."""
    session.execute(delete(ReferenceLoad))
    for table in TABLES:
        session.execute(delete(table))
    return session
