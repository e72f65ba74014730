"""Keeping what is typed, and saving it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.leads import services as leads
from portal.leads.data import Provenance
from portal.leads.models import Lead, LeadDraft, LeadPageState, LeadSubject, LeadText
from portal.leads.particulars import queries as particulars
from portal.leads.writing import queries
from portal.leads.writing.rules import Typed

MOST_STATES = 30  # of one page that are kept


class MetError(DomainError):
    """Somebody saved the lead since it was opened."""


def keep(
    session: Session, lead: Lead, page: str, typed: Typed, base: str, actor: Actor, now: datetime
) -> LeadDraft:
    """Keep what somebody typed, as it is."""
    row = queries.draft(session, lead.id, page, actor)
    if row is None:
        row = LeadDraft(lead_id=lead.id, account_id=actor.id, page=page)
        session.add(row)
    row.typed, row.base, row.kept_at = typed, base, now
    session.flush()
    return row


def drop(session: Session, lead_id: UUID, page: str, actor: Actor) -> None:
    """Forget what somebody typed."""
    own = LeadDraft.lead_id == lead_id, LeadDraft.account_id == actor.id, LeadDraft.page == page
    session.execute(delete(LeadDraft).where(*own))


def remember(
    session: Session, lead: Lead, page: str, state: str, typed: Typed, now: datetime
) -> None:
    """Keep how a page was before it is saved anew, for those who opened it so."""
    row = queries.before(session, lead.id, page, state)
    if row is None:
        row = LeadPageState(lead_id=lead.id, page=page, state=state, typed=typed)
        session.add(row)
    row.kept_at = now
    own = LeadPageState.lead_id == lead.id, LeadPageState.page == page
    newest = select(LeadPageState.kept_at).where(*own).order_by(LeadPageState.kept_at.desc())
    last = session.scalar(newest.offset(MOST_STATES).limit(1))
    if last is not None:
        session.execute(delete(LeadPageState).where(*own, LeadPageState.kept_at <= last))
    session.flush()


def hold_to(state: str, base: str) -> None:
    """Let nobody write over what somebody else saved meanwhile.

    Raises:
        MetError: the page is not as it was when it was opened.
    """
    if state != base:
        raise MetError("Somebody saved this lead while you were writing.")


def texts_of(
    lead: Lead, rows: Sequence[Mapping[str, Any]], known: Mapping[str, Provenance]
) -> list[LeadText]:
    """Return text blocks as they are stored; each keeps its row, and its source if unchanged."""
    before = {str(text.id): text for text in lead.texts}
    texts = []
    for place, row in enumerate(rows):
        old = before.get(row["row"])
        kept = old.provenance if old else Provenance()
        source = kept if row["taken"] == kept.token else known[row["taken"]]
        text = old or LeadText()
        text.position = place
        for name in ("text", "source", "information", "handling", "released"):
            setattr(text, name, row[name])
        text.taken_from, text.submission_id = source.sort, source.submission_id
        text.taken_key, text.taken_words = source.key, source.words
        texts.append(text)
    return texts


def save_subjects(
    session: Session,
    lead: Lead,
    subjects: Sequence[Mapping[str, Any]],
    relations: Sequence[dict[str, Any]],
    actor: Actor,
    now: datetime,
) -> None:
    """Keep who a lead is about, and how they belong together."""
    leads.hold_editable(lead)
    before = {subject.number: subject for subject in lead.subjects}
    rows = []
    for said in subjects:
        row = before.get(said["number"]) or LeadSubject()
        for name, value in said.items():
            setattr(row, name, value)
        rows.append(row)
    lead.subjects = rows
    lead.relations = list(relations)
    leads.note_change(session, lead, actor, now)


def save_facts(
    session: Session,
    lead: Lead,
    amounts: Sequence[dict[str, Any]],
    stops: Sequence[dict[str, Any]],
    events: Sequence[dict[str, Any]],
    actor: Actor,
    now: datetime,
) -> None:
    """Keep how much, where and when; each amount with the drug that it could give."""
    leads.hold_editable(lead)
    lead.amounts = [
        row | {"yields": particulars.yields(session, row["substance"], row.pop("yield_of"))}
        for row in map(dict, amounts)
    ]
    lead.stops, lead.events = list(stops), list(events)
    leads.note_change(session, lead, actor, now)
