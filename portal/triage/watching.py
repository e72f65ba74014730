"""What watch lists tell of cases, and that somebody was shown it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.triage.models import TriageCase
from portal.watchlists import queries as watchlists
from portal.watchlists import services


def cases_of(session: Session, ids: Collection[UUID]) -> dict[UUID, TriageCase]:
    """Return cases with their officers, by id."""
    query = select(TriageCase).where(TriageCase.id.in_(ids))
    query = query.options(joinedload(TriageCase.assignee))
    return {row.id: row for row in session.scalars(query)}


def note_hits(session: Session, case: TriageCase, actor: Actor, now: datetime) -> None:
    """Record that somebody was shown the hits of their lists on the page of a case."""
    hits = watchlists.hits_in(session, case.id, actor)
    services.note_looking(session, hits, "case", actor, now)
