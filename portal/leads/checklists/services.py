"""Ticking the steps of a checklist, and taking that back."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.leads.checklists import queries
from portal.leads.models import Lead, LeadCheck


def tick(session: Session, lead: Lead, code: str, actor: Actor, now: datetime) -> None:
    """Note that a step was done; a second time changes nothing.

    Raises:
        NotFoundError: the checklist of this lead has no such step.
    """
    item = item_of(session, lead, code)
    if item.open:
        session.add(LeadCheck(lead_id=lead.id, step=code, ticked_at=now, ticked_by_id=actor.id))
        audit.record(session, actor, "lead.checked", lead.id, now, step=code)


def untick(session: Session, lead: Lead, code: str, actor: Actor, now: datetime) -> None:
    """Note that a step was not done after all.

    Raises:
        NotFoundError: the checklist of this lead has no such step.
    """
    item = item_of(session, lead, code)
    if item.check is not None:
        session.delete(item.check)
        audit.record(session, actor, "lead.unchecked", lead.id, now, step=code)


def item_of(session: Session, lead: Lead, code: str) -> queries.Item:
    """Return a step of a lead's checklist.

    Raises:
        NotFoundError: there is no such step.
    """
    for item in queries.items(session, lead):
        if item.step.code == code:
            return item
    raise NotFoundError
