"""Cases by their ids."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.triage.models import TriageCase


def cases(session: Session, ids: Collection[UUID]) -> dict[UUID, TriageCase]:
    """Return some cases by their ids."""
    if not ids:
        return {}
    return {
        row.id: row for row in session.scalars(select(TriageCase).where(TriageCase.id.in_(ids)))
    }
