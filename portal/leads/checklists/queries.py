"""Reading checklists."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.leads.checklists.data import Step, steps_of
from portal.leads.models import Lead, LeadCheck


@dataclass(frozen=True, slots=True)
class Item:
    """A step, and how it was ticked, if it was."""

    step: Step
    check: LeadCheck | None

    @property
    def open(self) -> bool:
        """Tell whether it is still to be done."""
        return self.check is None


def items(session: Session, lead: Lead) -> Sequence[Item]:
    """Return the checklist of a lead."""
    query = select(LeadCheck).where(LeadCheck.lead_id == lead.id)
    rows = session.scalars(query.options(joinedload(LeadCheck.ticked_by)))
    ticked = {row.step: row for row in rows}
    return [Item(step, ticked.get(step.code)) for step in steps_of(lead.category)]


def required(session: Session, lead: Lead) -> list[str]:
    """Return in words which required steps are open."""
    found = items(session, lead)
    return [item.step.words for item in found if item.open and item.step.required]
