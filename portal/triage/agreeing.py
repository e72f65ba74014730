"""Versions of what a registrar sets: proposed by one, in force once another agrees."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.core.errors import DomainError, NotFoundError
from portal.triage.life import WeightsState
from portal.triage.models import Version

MOST_VERSIONS = 50  # that a page lists
Kind = TypeVar("Kind", bound=Version)


class AgreeingError(DomainError):
    """What is set cannot be changed so."""


def in_force(session: Session, kind: type[Kind]) -> Kind | None:
    """Return the version in force; none before any was agreed to."""
    query = select(kind).where(kind.state == WeightsState.IN_FORCE)
    return session.scalar(query.order_by(kind.number.desc()).limit(1))


def versions(session: Session, kind: type[Kind]) -> Sequence[Kind]:
    """Return the versions, newest first."""
    return session.scalars(select(kind).order_by(kind.number.desc()).limit(MOST_VERSIONS)).all()


def version(session: Session, kind: type[Kind], version_id: UUID) -> Kind:
    """Return one version.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(kind, version_id)
    if found is None:
        raise NotFoundError
    return found


def next_number(session: Session, kind: type[Kind]) -> int:
    """Return the number of a new proposal.

    Raises:
        AgreeingError: a proposal waits already.
    """
    waiting = select(kind.id).where(kind.state == WeightsState.PROPOSED)
    if session.scalar(waiting.limit(1)):
        raise AgreeingError("A proposal waits already. Let it be decided first.")
    return (session.scalar(select(func.max(kind.number))) or 0) + 1


def decide(session: Session, row: Version, actor: Actor, now: datetime, *, agreed: bool) -> str:
    """Put another person's proposal in force, or refuse it; return which, in a word.

    Raises:
        AgreeingError: it was decided, is the actor's own, or its preview is not there yet. One's
            own may be refused, which takes it back.
    """
    if row.state is not WeightsState.PROPOSED:
        raise AgreeingError("This was decided already.")
    if agreed and row.proposed_by_id == actor.id:
        raise AgreeingError("You proposed this. Somebody else must agree.")
    if agreed and row.preview is None:
        raise AgreeingError("Wait for the preview: it shows what would change.")
    row.decided_by_id, row.decided_at = actor.id, now
    if agreed:
        kind = type(row)
        for older in session.scalars(select(kind).where(kind.state == WeightsState.IN_FORCE)):
            older.state = WeightsState.REPLACED
    row.state = WeightsState.IN_FORCE if agreed else WeightsState.REFUSED
    session.flush()
    return "agreed" if agreed else "refused"
