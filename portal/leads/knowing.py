"""What of a lead an officer may see, and who works on it: one rule for all of its pages.

A lead is known to every officer who may read leads. What was taken from a submission is seen by
who may read that submission and by who works on the lead, and by others once partners may read it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from portal.core.access import Actor, Permission, may
from portal.core.errors import DomainError, NotFoundError
from portal.leads.models import Lead, LeadSource, LeadTask, LeadVersion
from portal.triage.knowing import readable, readable_among
from portal.triage.models import TriageCase


class NotYoursError(DomainError):
    """Somebody else's lead."""


class Taken(Protocol):
    """A part of a lead that may come from a submission."""

    submission_id: UUID | None
    released: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of a lead: whether they work on it, and which sources they may read."""

    works: bool
    cases: tuple[TriageCase, ...]  # of the sources, oldest first; to be shown only if readable
    readable: frozenset[UUID]

    def sees(self, part: Taken) -> bool:
        """Tell whether a part of the lead may be shown."""
        return part.released or self.sees_from(part.submission_id)

    def sees_from(self, submission_id: UUID | None) -> bool:
        """Tell whether what was taken from a submission may be shown."""
        return submission_id is None or self.works or submission_id in self.readable

    @property
    def open(self) -> tuple[TriageCase, ...]:
        """Return the sources that may be read."""
        return tuple(case for case in self.cases if case.id in self.readable)

    @property
    def whole(self) -> bool:
        """Tell whether every source may be read."""
        return len(self.readable) == len(self.cases)


def sight(session: Session, lead: Lead, actor: Actor, now: datetime) -> Sight:
    """Return what somebody sees of a lead."""
    query = select(TriageCase).join(LeadSource, LeadSource.submission_id == TriageCase.id)
    cases = session.scalars(
        query.where(LeadSource.lead_id == lead.id).order_by(TriageCase.received_at, TriageCase.id)
    ).all()
    known = readable_among(session, cases, actor, now)
    return Sight(works_on(session, lead, actor), tuple(cases), frozenset(known))


def works_on(session: Session, lead: Lead, actor: Actor) -> bool:
    """Tell whether somebody wrote at a lead, has a task for it, or decides about leads."""
    if lead.author_id == actor.id or may(actor, Permission.LEAD_APPROVE):
        return True
    wrote = exists().where(LeadVersion.lead_id == lead.id, LeadVersion.written_by_id == actor.id)
    asked = exists().where(LeadTask.lead_id == lead.id, LeadTask.assignee_id == actor.id)
    return bool(session.scalar(select(or_(wrote, asked))))


def hold_to_work(session: Session, lead: Lead, actor: Actor, now: datetime) -> Sight:
    """Return what somebody sees of a lead that they may work on.

    Raises:
        NotYoursError: they neither work on it nor may read every source of it.
    """
    found = sight(session, lead, actor, now)
    if not found.works and not found.whole:
        raise NotYoursError("Others work on this lead. Ask its author to give you a task.")
    return found


def hold_to_source(session: Session, submission_id: UUID, actor: Actor, now: datetime) -> None:
    """Let nobody draw on a submission that they may not read.

    Raises:
        NotFoundError: there is none, or it is another officer's.
    """
    query = select(TriageCase.id).where(TriageCase.id == submission_id, readable(actor, now))
    if session.scalar(query) is None:
        raise NotFoundError
