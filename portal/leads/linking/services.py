"""Adding and taking away sources; merging, splitting and linking leads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.core.references import new_reference
from portal.leads import services as leads
from portal.leads.data import LinkSort, Origin
from portal.leads.linking import queries
from portal.leads.linking.rules import (
    AlreadySourceError,
    LinkRefusedError,
    hold_number,
    renumbered,
)
from portal.leads.models import Lead, LeadLink, LeadSource, LeadSubject, LeadTask, LeadText
from portal.leads.rules import Action, move
from portal.triage import deeds
from portal.triage.knowing import readable_among
from portal.triage.life import Action as CaseAction
from portal.triage.life import possible
from portal.triage.models import TriageCase

KEPT_OF_A_TEXT = (
    *("text", "source", "information", "handling", "released"),
    *("taken_from", "submission_id", "taken_key", "taken_words"),
)
KEPT_OF_A_SUBJECT = (
    *("sort", "name", "other_names", "country", "part", "identifiers", "remark", "released"),
    *("entity_id", "submission_id"),
)
ROWS = ("amounts", "stops", "events")


@dataclass(frozen=True, slots=True)
class Split:
    """What a new lead takes of an old one."""

    title: str
    texts: frozenset[UUID]
    sources: frozenset[UUID]
    leave: bool  # the old lead rests no more on these sources


def cases_for(
    session: Session, ids: Collection[UUID], actor: Actor, now: datetime
) -> Sequence[TriageCase]:
    """Return cases that somebody may draw on.

    Raises:
        NotFoundError: one of them does not exist, or is another officer's.
    """
    query = select(TriageCase).where(TriageCase.id.in_(ids))
    cases = session.scalars(query.order_by(TriageCase.received_at, TriageCase.id)).all()
    if len(readable_among(session, cases, actor, now)) != len(set(ids)):
        raise NotFoundError
    return cases


def add_sources(
    session: Session, lead: Lead, ids: Collection[UUID], actor: Actor, now: datetime
) -> None:
    """Let a lead rest on more submissions; one that is flagged counts as converted from then on.

    Raises:
        NotFoundError: a submission is none of the officer's.
        AlreadySourceError: another lead rests on one of them.
    """
    own = {source.submission_id for source in lead.sources}
    fresh = [case for case in cases_for(session, ids, actor, now) if case.id not in own]
    hold_number(len(own) + len(fresh))
    others = queries.leads_on(session, [case.id for case in fresh])
    for case in fresh:
        if found := others.get(case.id):
            raise AlreadySourceError(
                f"Lead {found[0].reference} rests on {case.reference} already."
                " Write there, or split it."
            )
        lead.sources.append(LeadSource(submission_id=case.id))
        if possible(case.kind, case.status, CaseAction.CONVERT):
            deeds.act(session, case, CaseAction.CONVERT, actor, now)
        else:
            deeds.join(session, case, actor)
        audit.record(session, actor, "case.linked", case.id, now, lead=str(lead.id))


def take_source_away(
    session: Session, lead: Lead, submission_id: UUID, actor: Actor, now: datetime
) -> None:
    """Let a lead rest no more on a submission on which another one rests too.

    Raises:
        NotFoundError: it does not rest on it.
        LinkRefusedError: no other lead would, or a text was taken from it.
    """
    source = next((one for one in lead.sources if one.submission_id == submission_id), None)
    if source is None:
        raise NotFoundError
    others = queries.leads_on(session, [submission_id])[submission_id]
    if all(other.id == lead.id for other in others):
        raise LinkRefusedError("No lead would rest on this submission any more.")
    if any(text.submission_id == submission_id for text in lead.texts):
        raise LinkRefusedError("A text of this lead was taken from it. Change the text first.")
    leads.hold_editable(lead)
    was_first = source.original
    lead.sources.remove(source)
    session.flush()
    if was_first:
        heir = next(other for other in others if other.id != lead.id)
        session.execute(
            update(LeadSource)
            .where(LeadSource.lead_id == heir.id, LeadSource.submission_id == submission_id)
            .values(original=True)
        )
    leads.note_change(session, lead, actor, now)


def link(
    session: Session,
    left: Lead,
    right: Lead,
    sort: LinkSort,
    note: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Say how two leads belong together; a second time changes the note.

    Raises:
        LinkRefusedError: they are one and the same.
    """
    if left.id == right.id:
        raise LinkRefusedError("A lead is not linked with itself.")
    query = select(LeadLink).where(
        LeadLink.left_id == left.id, LeadLink.right_id == right.id, LeadLink.sort == sort
    )
    if known := session.scalar(query):
        known.note = note
    else:
        made = {"made_at": now, "made_by_id": actor.id}
        session.add(LeadLink(left_id=left.id, right_id=right.id, sort=sort, note=note, **made))
    for one, other in ((left, right), (right, left)):
        audit.record(session, actor, "lead.linked", one.id, now, other=str(other.id))


def unlink(session: Session, lead: Lead, link_id: UUID, actor: Actor, now: datetime) -> None:
    """Take a link away.

    Raises:
        NotFoundError: the lead has no such link.
    """
    found = queries.link(session, lead.id, link_id)
    audit.record(session, actor, "lead.unlinked", found.left_id, now, other=str(found.right_id))
    audit.record(session, actor, "lead.unlinked", found.right_id, now, other=str(found.left_id))
    session.delete(found)


def merge(session: Session, lead: Lead, into: Lead, actor: Actor, now: datetime) -> None:
    """Let a lead become part of another: its sources and what it says move there.

    Raises:
        LinkRefusedError: they are one and the same.
        MoveRefusedError: one of them is submitted or approved.
    """
    if lead.id == into.id:
        raise LinkRefusedError("A lead is not merged with itself.")
    leads.hold_editable(into)
    status = move(lead.status, Action.MERGE)
    own = {source.submission_id for source in into.sources}
    moving = [(one.submission_id, one.original) for one in lead.sources]
    hold_number(len(own | {key for key, _ in moving}))
    lead.sources = []
    session.flush()  # a submission is the first source of one lead alone
    for submission_id, original in moving:
        known = next((s for s in into.sources if s.submission_id == submission_id), None)
        if known is None:
            into.sources.append(LeadSource(submission_id=submission_id, original=original))
        elif original:
            known.original = True
    move_content(lead, into)
    session.execute(update(LeadTask).where(LeadTask.lead_id == lead.id).values(lead_id=into.id))
    move_links(session, lead, into)
    lead.status, lead.merged_into_id, lead.changed_at = status, into.id, now
    leads.note_change(session, into, actor, now)
    audit.record(session, actor, "lead.merged", lead.id, now, into=str(into.id))
    audit.record(session, actor, "lead.took_in", into.id, now, other=str(lead.id))


def move_content(lead: Lead, into: Lead) -> None:
    """Write what one lead says after what another says; the first keeps its own record."""
    place = max((text.position for text in into.texts), default=-1)
    for number, text in enumerate(lead.texts, start=1):
        into.texts.append(copy_of(text, place + number))
    into.summary = "\n\n".join(part for part in (into.summary, lead.summary) if part)
    into.asked = "\n\n".join(part for part in (into.asked, lead.asked) if part)
    numbers = renumbered([s.number for s in into.subjects], [s.number for s in lead.subjects])
    for subject in lead.subjects:
        kept = {name: getattr(subject, name) for name in KEPT_OF_A_SUBJECT}
        into.subjects.append(LeadSubject(number=numbers[subject.number], **kept))
    into.relations = [
        *into.relations,
        *(
            row | {"left": numbers[row["left"]], "right": numbers[row["right"]]}
            for row in lead.relations
        ),
    ]
    for name in ROWS:
        setattr(into, name, [*getattr(into, name), *getattr(lead, name)])


def copy_of(text: LeadText, place: int) -> LeadText:
    """Return the same text for another lead."""
    return LeadText(position=place, **{name: getattr(text, name) for name in KEPT_OF_A_TEXT})


def move_links(session: Session, lead: Lead, into: Lead) -> None:
    """Give the links of a merged lead to the one that took it in, each once."""
    known = {(row.left_id, row.right_id, row.sort) for row in queries.links_of(session, into.id)}
    for row in queries.links_of(session, lead.id):
        ends = tuple(into.id if one == lead.id else one for one in (row.left_id, row.right_id))
        key = (ends[0], ends[1], row.sort)
        if ends[0] == ends[1] or key in known:
            session.execute(delete(LeadLink).where(LeadLink.id == row.id))
        else:
            known.add(key)
            row.left_id, row.right_id = ends


def split(session: Session, lead: Lead, wanted: Split, actor: Actor, now: datetime) -> Lead:
    """Make a new lead of some texts and sources of this one; the texts move there.

    Raises:
        LinkRefusedError: nothing was chosen, or a text that stays was taken from what leaves.
        MoveRefusedError: the lead is submitted or approved.
    """
    leads.hold_editable(lead)
    texts = [text for text in lead.texts if text.id in wanted.texts]
    sources = {one.submission_id for one in lead.sources if one.submission_id in wanted.sources}
    if not texts and not sources:
        raise LinkRefusedError("Choose what the new lead takes.")
    sources |= {text.submission_id for text in texts if text.submission_id}
    staying = [text for text in lead.texts if text not in texts]
    leaving = sources if wanted.leave else set()
    if any(text.submission_id in leaving for text in staying):
        raise LinkRefusedError("A text that stays was taken from a submission that would leave.")
    new = leads.likeness(lead, wanted.title, new_reference("LD"), actor, now)
    new.origin, new.reason = Origin.LEAD, f"Split from {lead.reference}."
    new.texts = [copy_of(text, place) for place, text in enumerate(texts)]
    for text in texts:
        lead.texts.remove(text)
    firsts = {one.submission_id: one.original for one in lead.sources}
    if leaving:
        lead.sources = [one for one in lead.sources if one.submission_id not in leaving]
        session.flush()
    new.sources = [
        LeadSource(submission_id=key, original=firsts[key] if key in leaving else None)
        for key in sorted(sources, key=str)
    ]
    session.add(new)
    session.flush()
    leads.keep_version(session, new, actor, now)
    audit.record(session, actor, "lead.created", new.id, now, split_from=str(lead.id))
    leads.note_change(session, lead, actor, now)
    link(session, new, lead, LinkSort.CAME_OF, "", actor, now)
    return new
