"""From how many companies a value must have come: proposed by one, in force once another agrees."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.config import FEWEST_SHARED
from portal.core import audit, jobs
from portal.core.access import Actor
from portal.core.errors import DomainError, NotFoundError
from portal.leads.sanitising.models import SharingVersion
from portal.triage.life import WeightsState

MOST_SHARED = 50  # companies; beyond that no value would ever be free
MOST_VERSIONS = 50  # that the page lists


class SharingError(DomainError):
    """The number cannot be changed so."""


def current(session: Session) -> int:
    """Return the number in force; before any version it is the setting's."""
    query = select(SharingVersion.companies).where(SharingVersion.state == WeightsState.IN_FORCE)
    found = session.scalar(query.order_by(SharingVersion.number.desc()).limit(1))
    return max(FEWEST_SHARED, found or current_app.config["SHARED_BY"])


def versions(session: Session) -> Sequence[SharingVersion]:
    """Return the versions, newest first."""
    query = select(SharingVersion).order_by(SharingVersion.number.desc())
    return session.scalars(query.limit(MOST_VERSIONS)).all()


def version(session: Session, version_id: UUID) -> SharingVersion:
    """Return one version.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(SharingVersion, version_id)
    if found is None:
        raise NotFoundError
    return found


def propose(
    session: Session, companies: int, reason: str, actor: Actor, now: datetime
) -> SharingVersion:
    """Propose another number; nothing changes before another person agrees.

    Raises:
        SharingError: a proposal waits already, this one changes nothing, or the number is below
            the least allowed or beyond the most.
    """
    if not FEWEST_SHARED <= companies <= MOST_SHARED:
        raise SharingError(f"The number must be {FEWEST_SHARED} to {MOST_SHARED}.")
    waiting = select(SharingVersion.id).where(SharingVersion.state == WeightsState.PROPOSED)
    if session.scalar(waiting.limit(1)):
        raise SharingError("A proposal waits already. Let it be decided first.")
    before = current(session)
    if companies == before:
        raise SharingError("Nothing would change.")
    newest = session.scalar(select(func.max(SharingVersion.number))) or 0
    row = SharingVersion(
        number=newest + 1,
        companies_before=before,
        companies=companies,
        reason=reason,
        proposed_by_id=actor.id,
        proposed_at=now,
    )
    session.add(row)
    session.flush()
    jobs.enqueue(session, "preview-sharing", {"version": str(row.id)}, now)
    note(session, "sharing.proposed", row, actor, now)
    return row


def decide(
    session: Session, row: SharingVersion, actor: Actor, now: datetime, *, agreed: bool
) -> None:
    """Put another person's proposal in force, or refuse it.

    Raises:
        SharingError: it was decided, is the actor's own, or its preview is not there yet. One's
            own may be refused, which takes it back.
    """
    if row.state is not WeightsState.PROPOSED:
        raise SharingError("This was decided already.")
    if agreed and row.proposed_by_id == actor.id:
        raise SharingError("You proposed this. Somebody else must agree.")
    if agreed and row.preview is None:
        raise SharingError("Wait for the preview: it shows what would change.")
    row.decided_by_id, row.decided_at = actor.id, now
    if agreed:
        held = select(SharingVersion).where(SharingVersion.state == WeightsState.IN_FORCE)
        for older in session.scalars(held):
            older.state = WeightsState.REPLACED
    row.state = WeightsState.IN_FORCE if agreed else WeightsState.REFUSED
    session.flush()
    note(session, f"sharing.{'agreed' if agreed else 'refused'}", row, actor, now)


def note(session: Session, deed: str, row: SharingVersion, actor: Actor, now: datetime) -> None:
    """Record a deed on a version, with the numbers before and after."""
    before, after = row.companies_before, row.companies
    audit.record(session, actor, deed, row.id, now, number=row.number, before=before, after=after)
