"""The shipped reference data, as files and as rows of the test's database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from portal.reference.services import load

FOLDER = Path("data")
LOADED = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def reference(session: Session) -> Session:
    """Return a session in which the shipped files are loaded."""
    load(session, FOLDER, LOADED)
    return session
