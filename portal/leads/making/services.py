"""Beginning a lead."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import RefusedInputError
from portal.core.references import new_reference
from portal.leads import services as leads
from portal.leads.data import (
    Category,
    Confidence,
    Marking,
    Origin,
    Priority,
    Proposal,
    Provenance,
    TakenFrom,
)
from portal.leads.linking import services as linking
from portal.leads.making.queries import Beginning
from portal.leads.models import Lead, LeadDraft, LeadSubject
from portal.leads.particulars import queries as particulars
from portal.leads.writing.queries import text_values
from portal.leads.writing.rules import TEXT, state_of
from portal.leads.writing.rules import quoted as row_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What somebody says who begins a lead."""

    title: str
    category: Category
    reason: str = ""
    cases: frozenset[UUID] = frozenset()


def begin(session: Session, start: Start, found: Beginning, actor: Actor, now: datetime) -> Lead:
    """Begin a lead; what was not said yet is careful: marked TLP:RED, of low confidence.

    Raises:
        RefusedInputError: it rests on nothing that was filed, and no reason was given.
        NotFoundError: a submission is none of the officer's.
        AlreadySourceError: another lead rests on one of them.
    """
    if not start.cases and not start.reason:
        raise RefusedInputError("Say why this lead is begun without a submission.")
    lead = Lead(
        reference=new_reference("LD"),
        title=start.title,
        summary="",
        asked="",
        category=start.category,
        priority=Priority.ROUTINE,
        confidence=Confidence.LOW,
        proposal=Proposal.WATCH,
        marking=Marking.RED,
        expires_on=None,
        author_id=actor.id,
        created_at=now,
        origin=found.origin if start.cases else Origin.NOTHING,
        reason=start.reason,
    )
    session.add(lead)
    session.flush()
    linking.add_sources(session, lead, start.cases, actor, now)
    if found.subject:
        lead.subjects = subjects_of(session, found)
    session.flush()
    leads.keep_version(session, lead, actor, now)
    audit.record(session, actor, "lead.created", lead.id, now, origin=lead.origin.value)
    if found.finding and found.finding.case_id in start.cases:
        session.add(draft_of(lead, found, actor, now))
    return lead


def subjects_of(session: Session, found: Beginning) -> list[LeadSubject]:
    """Return the entity that a lead is begun from, as its first subject."""
    offered = particulars.named(session, found.readable)
    return [
        LeadSubject(
            number=1,
            sort=one.sort,
            name=one.name,
            other_names=list(one.other_names),
            country=one.country,
            part=one.role,
            identifiers=[list(pair) for pair in one.identifiers],
            entity_id=one.entity_id,
            submission_id=one.submission_id,
        )
        for one in offered
        if one.entity_id == found.subject
    ]


def draft_of(lead: Lead, found: Beginning, actor: Actor, now: datetime) -> LeadDraft:
    """Return the words of a finding as a first text, still to be graded."""
    finding = found.finding
    typed = leads_page(lead)
    if finding is not None:
        source = Provenance(TakenFrom.FINDING, finding.case_id, str(finding.id))
        typed = row_of(typed, "texts", {"text": finding.reason, "taken": source.token})
    return LeadDraft(
        lead_id=lead.id,
        account_id=actor.id,
        page=TEXT,
        base=state_of(text_values(lead)),
        typed=typed,
        kept_at=now,
    )


def leads_page(lead: Lead) -> dict[str, list[str]]:
    """Return the page of texts of a lead that was only just begun, as if it had been typed."""
    names = ("title", "category", "priority", "confidence", "proposal", "marking")
    return {name: [str(getattr(lead, name))] for name in names} | {"ask_originator": ["y"]}
