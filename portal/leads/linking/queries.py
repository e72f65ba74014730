"""Reading which leads rest on a submission, and which belong together."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.core.references import read_code
from portal.leads.models import Lead, LeadLink, LeadSource
from portal.leads.queries import BARE
from portal.leads.rules import EDITABLE, Status

MOST = 50


def leads_on(session: Session, ids: Collection[UUID]) -> dict[UUID, list[Lead]]:
    """Return the leads that rest on each of some submissions, the first one first."""
    query = (
        select(LeadSource.submission_id, Lead)
        .join(Lead, Lead.id == LeadSource.lead_id)
        .where(LeadSource.submission_id.in_(ids))
        .options(*BARE)
        .order_by(LeadSource.original.is_(None), Lead.created_at, Lead.id)
    )
    found: dict[UUID, list[Lead]] = {}
    for submission_id, lead in session.execute(query) if ids else ():
        found.setdefault(submission_id, []).append(lead)
    return found


def own_open(session: Session, actor: Actor) -> Sequence[Lead]:
    """Return the newest leads that somebody began and can still change."""
    query = select(Lead).where(Lead.author_id == actor.id, Lead.status.in_(EDITABLE))
    ordered = query.options(*BARE).order_by(Lead.created_at.desc(), Lead.id)
    return session.scalars(ordered.limit(MOST)).all()


def links_of(session: Session, lead_id: UUID) -> Sequence[LeadLink]:
    """Return the links of a lead with both leads, the newest first."""
    query = select(LeadLink).where(or_(LeadLink.left_id == lead_id, LeadLink.right_id == lead_id))
    both = joinedload(LeadLink.left).options(*BARE), joinedload(LeadLink.right).options(*BARE)
    ordered = query.options(*both).order_by(LeadLink.made_at.desc(), LeadLink.id)
    return session.scalars(ordered.limit(MOST)).all()


def link(session: Session, lead_id: UUID, link_id: UUID) -> LeadLink:
    """Return one link of a lead.

    Raises:
        NotFoundError: the lead has no such link.
    """
    found = session.get(LeadLink, link_id)
    if found is None or lead_id not in {found.left_id, found.right_id}:
        raise NotFoundError
    return found


def merged_into(session: Session, lead: Lead) -> Sequence[Lead]:
    """Return the leads that became part of this one."""
    query = select(Lead).where(Lead.merged_into_id == lead.id).options(*BARE)
    return session.scalars(query.order_by(Lead.created_at).limit(MOST)).all()


def by_reference(session: Session, text: str) -> Lead | None:
    """Return the lead that a typed reference names."""
    return session.scalar(select(Lead).where(Lead.reference == f"LD-{read_code(text)}"))


def pointer(session: Session, lead: Lead) -> Lead | None:
    """Return the lead that this one became part of."""
    if lead.status is not Status.MERGED or lead.merged_into_id is None:
        return None
    return session.scalar(select(Lead).where(Lead.id == lead.merged_into_id).options(*BARE))
