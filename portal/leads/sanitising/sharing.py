"""From how many companies a value must have come: proposed by one, in force once another agrees."""

from datetime import datetime

from flask import current_app
from sqlalchemy.orm import Session

from portal.config import FEWEST_SHARED
from portal.core import audit, jobs
from portal.core.access import Actor
from portal.leads.sanitising.models import SharingVersion
from portal.triage import agreeing
from portal.triage.agreeing import AgreeingError

MOST_SHARED = 50  # companies; beyond that no value would ever be free


def current(session: Session) -> int:
    """Return the number in force; before any version it is the setting's."""
    row = agreeing.in_force(session, SharingVersion)
    return max(FEWEST_SHARED, row.companies if row else current_app.config["SHARED_BY"])


def propose(
    session: Session, companies: int, reason: str, actor: Actor, now: datetime
) -> SharingVersion:
    """Propose another number; nothing changes before another person agrees.

    Raises:
        AgreeingError: a proposal waits already, this one changes nothing, or the number is below
            the least allowed or beyond the most.
    """
    if not FEWEST_SHARED <= companies <= MOST_SHARED:
        raise AgreeingError(f"The number must be {FEWEST_SHARED} to {MOST_SHARED}.")
    number = agreeing.next_number(session, SharingVersion)
    before = current(session)
    if companies == before:
        raise AgreeingError("Nothing would change.")
    row = SharingVersion(
        number=number,
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
    """Put another person's proposal in force, or refuse it, as portal.triage.agreeing says."""
    word = agreeing.decide(session, row, actor, now, agreed=agreed)
    note(session, f"sharing.{word}", row, actor, now)


def note(session: Session, deed: str, row: SharingVersion, actor: Actor, now: datetime) -> None:
    """Record a deed on a version, with the numbers before and after."""
    before, after = row.companies_before, row.companies
    audit.record(session, actor, deed, row.id, now, number=row.number, before=before, after=after)
