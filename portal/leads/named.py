"""Which subjects of open leads stand in a text that goes to people outside."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.bulletins.rules import standing_in
from portal.entities.models import EntityMention
from portal.leads.models import Lead, LeadSource, LeadSubject
from portal.leads.rules import Status
from portal.submissions.models import SubmissionMention
from portal.triage.named import named

MOST = 20_000  # subjects of open leads that are read


def in_open_leads(session: Session, text: str) -> Sequence[str]:
    """Return what stands in a text and is a subject of a lead that is open, or of its sources."""
    sources = select(LeadSource.submission_id).join(Lead, Lead.id == LeadSource.lead_id)
    open_ones = sources.where(Lead.status != Status.CLOSED)
    found = named(
        session,
        text,
        SubmissionMention.submission_id.in_(open_ones),
        EntityMention.submission_id.in_(open_ones),
    )
    return (*found, *standing_in(text, subjects(session)))


def subjects(session: Session) -> Iterator[str]:
    """Yield every name and number by which open leads know their subjects, released or not."""
    query = (
        select(LeadSubject)
        .join(Lead, Lead.id == LeadSubject.lead_id)
        .where(Lead.status.not_in((Status.CLOSED, Status.MERGED)))
        .order_by(Lead.created_at.desc())
    )
    for one in session.scalars(query.limit(MOST)):
        yield from (one.name, *one.other_names, *(value for _, value in one.identifiers))
