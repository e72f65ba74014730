"""Deciding on leads: review, approval, sending back, and release at once with a second word."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import audit, jobs, outbox
from portal.core.access import Actor, Role
from portal.core.errors import DomainError, RefusedInputError
from portal.leads import services as leads
from portal.leads.approval import queries
from portal.leads.approval.models import BlockRemark, LeadDecision, LeadRelease, ReleaseState
from portal.leads.approval.rules import (
    CONFIRM_WITHIN,
    Care,
    ChangedMeanwhileError,
    Deed,
    Need,
    NotYoursError,
    Step,
    care_of,
    next_need,
    objection,
)
from portal.leads.models import Lead
from portal.leads.releasing import canonical, released_of, seal
from portal.leads.rules import Action, MoveRefusedError, Status, move
from portal.leads.wording import places_of
from portal.submissions.services import NOTICE

Recall = Callable[[Session, Lead, str, Actor, datetime], None]
# Who takes back what was handed over when a release at once is refused or withdrawn: features
# above (partners) append a function that recalls every hand-over of the lead, with the reason.
RECALLS: list[Recall] = []


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a lead stands on its way out, and why somebody may not take the next step."""

    care: Care
    taken: Mapping[Step, LeadDecision]
    need: Need | None
    objection: str
    seal: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A submitted lead, and what it waits for."""

    lead: Lead
    need: Need
    since: datetime
    objection: str


def standing_of(session: Session, lead: Lead, actor: Actor) -> Standing:
    """Return where a lead stands, as somebody sees it who may want to decide."""
    took_part = queries.involved(session, [lead])[lead.id]
    decisions = queries.decisions_of(session, lead.id)
    return standing(lead, decisions, took_part, actor)


def standing(
    lead: Lead, decisions: Sequence[LeadDecision], took_part: Mapping[UUID, str], actor: Actor
) -> Standing:
    """Return where a lead stands, given what is known of it."""
    words = seal(released_of(lead))
    care = care_of(lead.marking, (one.handling for one in lead.texts if one.released))
    taken = queries.taken(decisions, words)
    need = next_need(care, taken) if lead.status is Status.SUBMITTED else None
    why = objection(need, actor.role, actor.id, took_part)
    return Standing(care, taken, need, why, words)


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Return every submitted lead with what it waits for."""
    found = queries.submitted(session)
    took_part = queries.involved(session, found)
    decisions, written = queries.reviews(session, found), queries.written_at(session, found)
    listed = []
    for lead in found:
        now = standing(lead, decisions[lead.id], took_part[lead.id], actor)
        if now.need is not None:
            since = written.get(lead.id, lead.created_at)
            listed.append(Waiting(lead, now.need, since, now.objection))
    return listed


def releases(session: Session, actor: Actor) -> list[tuple[LeadRelease, bool]]:
    """Return what was released at once and is not confirmed, with whether the actor may do it."""
    found = queries.open_releases(session)
    took_part = queries.involved(session, [row.lead for row in found])
    return [
        (row, actor.role is Role.SUPERVISOR and actor.id not in took_part[row.lead_id])
        for row in found
    ]


def decide(
    session: Session, lead: Lead, step: Step, seen: str, actor: Actor, now: datetime
) -> None:
    """Take the next step on a submitted lead: review it, or approve it.

    Args:
        session: inside a transaction.
        lead: submitted.
        step: that the actor means to take.
        seen: the seal of the words for partners that the actor read.
        actor: neither author nor anybody else who took part.
        now: the moment, UTC.

    Raises:
        NotYoursError: the step is not the actor's.
        ChangedMeanwhileError: the words are not those that were read, or the step is another.
        BetraysSourceError: a mark is not answered.
    """
    state = standing_of(session, lead, actor)
    if state.need is None:
        raise MoveRefusedError(f"You cannot {step} a lead that is {lead.status}.")
    if state.objection:
        raise NotYoursError(state.objection)
    if state.need.step is not step:
        raise ChangedMeanwhileError(f"What comes next is {state.need.words}. Look again.")
    refuse_other_words(state.seal, seen)
    leads.refuse_open_marks(session, lead)
    if step is Step.REVIEW:
        note(session, lead, Deed.REVIEWED, "", actor, now)
    else:
        leads.approve(session, lead, actor, now)
        note(session, lead, Deed.APPROVED, "", actor, now)


def refuse_other_words(now_there: str, seen: str) -> None:
    """Refuse to decide on words that were not read.

    Raises:
        ChangedMeanwhileError: they changed.
    """
    if now_there != seen:
        raise ChangedMeanwhileError("The words for partners changed since you read them.")


def note(
    session: Session, lead: Lead, deed: Deed, text: str, actor: Actor, now: datetime
) -> LeadDecision:
    """Write a decision down, with the very words it is about."""
    released = released_of(lead)
    row = LeadDecision(
        lead_id=lead.id,
        deed=deed,
        at=now,
        by_id=actor.id,
        seal=seal(released),
        content=canonical(released),
        text=text,
    )
    session.add(row)
    session.flush()
    audit.record(
        session, actor, f"lead.{deed.value.replace(' ', '_')}", lead.id, now, seal=row.seal
    )
    return row


def send_back(
    session: Session,
    lead: Lead,
    remark: str,
    remarks: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Return a submitted lead to its author, with remarks on the whole and on single places.

    Args:
        session: inside a transaction.
        lead: submitted.
        remark: on the whole; may be empty when there is one on a place.
        remarks: by place.
        actor: somebody who may decide on leads and did not write this one.
        now: the moment, UTC.

    Raises:
        NotYoursError: the actor wrote it or put it into words.
        RefusedInputError: nothing is said.
    """
    said = {key: text for key, text in remarks.items() if text.strip()}
    if not remark.strip() and not said:
        raise RefusedInputError("Say what must be changed before you send it back.")
    took_part = queries.involved(session, [lead])[lead.id].get(actor.id)
    if took_part and took_part != queries.TOOK_PART[Deed.REVIEWED]:
        raise NotYoursError(f"You {took_part}. Somebody else must decide.")
    lead.status = move(lead.status, Action.SEND_BACK)
    lead.remark = remark
    row = note(session, lead, Deed.SENT_BACK, remark, actor, now)
    keep_remarks(session, row, lead, said)


def keep_remarks(session: Session, row: LeadDecision, lead: Lead, said: Mapping[str, str]) -> None:
    """Keep remarks on single places, with what stood there."""
    row.remarks = [
        BlockRemark(
            position=position,
            place=place.key,
            label=place.label,
            quote=place.text,
            text=said[place.key],
        )
        for position, place in enumerate(places_of(released_of(lead)))
        if place.key in said
    ]
    session.flush()


def release_at_once(
    session: Session, lead: Lead, reason: str, seen: str, actor: Actor, now: datetime
) -> LeadRelease:
    """Release a lead without the usual steps; a second supervisor confirms it within a day.

    Sources are protected all the same: open marks refuse it.

    Raises:
        NotYoursError: the actor is no supervisor or took part in the lead.
        RefusedInputError: no reason is given.
        ChangedMeanwhileError: the words changed since they were read.
        BetraysSourceError: a mark is not answered.
    """
    refuse_involved(session, lead, actor)
    if not reason.strip():
        raise RefusedInputError("Say why it cannot wait.")
    refuse_other_words(seal(released_of(lead)), seen)
    leads.refuse_open_marks(session, lead)
    leads.approve(session, lead, actor, now, Action.RELEASE)
    lead.confirm_by = now + CONFIRM_WITHIN
    row = LeadRelease(
        lead_id=lead.id,
        reason=reason,
        released_at=now,
        released_by_id=actor.id,
        confirm_by=lead.confirm_by,
    )
    session.add(row)
    session.flush()
    note(session, lead, Deed.RELEASED, reason, actor, now)
    jobs.enqueue(session, "lead-overdue", {"release": str(row.id)}, now, run_after=row.confirm_by)
    tell_supervisors(session, actor, now)
    return row


def refuse_involved(session: Session, lead: Lead, actor: Actor) -> None:
    """Refuse anybody but a supervisor who took no part in the lead.

    Raises:
        NotYoursError: saying why.
    """
    took_part = queries.involved(session, [lead])[lead.id].get(actor.id)
    if took_part:
        raise NotYoursError(f"You {took_part}. Another supervisor must decide.")
    if actor.role is not Role.SUPERVISOR:
        raise NotYoursError("Only a supervisor decides this.")


def tell_supervisors(session: Session, actor: Actor, now: datetime) -> None:
    """Write to the other supervisors that something waits, and no more."""
    others = select(Account).where(
        Account.organisation_id == actor.organisation_id,
        Account.role == Role.SUPERVISOR,
        Account.active,
        Account.id != actor.id,
    )
    link = current_app.config["BASE_URL"]
    for one in session.scalars(others):
        outbox.post(session, one.email, outbox.NEWS, NOTICE, now, one.language, link=link)


def confirm(session: Session, row: LeadRelease, actor: Actor, now: datetime) -> None:
    """Confirm a release at once; the lead may be handed over again.

    Raises:
        NotYoursError: the actor released it, or took another part.
    """
    lead = session.get_one(Lead, row.lead_id)
    refuse_decided(row)
    refuse_involved(session, lead, actor)
    close(row, ReleaseState.CONFIRMED, "", actor, now)
    lead.confirm_by = None
    note(session, lead, Deed.CONFIRMED, "", actor, now)


def undo(session: Session, row: LeadRelease, reason: str, actor: Actor, now: datetime) -> None:
    """Refuse a release at once, or withdraw one's own; what was handed over is recalled.

    Raises:
        NotYoursError: the actor neither released it nor is a supervisor without a part in it.
        RefusedInputError: no reason is given.
    """
    lead = session.get_one(Lead, row.lead_id)
    refuse_decided(row)
    own = row.released_by_id == actor.id
    if not own:
        refuse_involved(session, lead, actor)
    if not reason.strip():
        raise RefusedInputError("Say why it is taken back.")
    for recall in RECALLS:
        recall(session, lead, reason, actor, now)
    close(row, ReleaseState.WITHDRAWN if own else ReleaseState.REFUSED, reason, actor, now)
    lead.status = move(lead.status, Action.WITHDRAW)
    lead.confirm_by = lead.approved_at = lead.approver_id = None
    lead.remark = reason
    note(session, lead, Deed.WITHDRAWN if own else Deed.REFUSED, reason, actor, now)


def refuse_decided(row: LeadRelease) -> None:
    """Refuse to decide twice.

    Raises:
        DomainError: somebody decided meanwhile.
    """
    if row.state is not ReleaseState.OPEN:
        raise DomainError(f"The release is {row.state}.")


def close(row: LeadRelease, state: ReleaseState, answer: str, actor: Actor, now: datetime) -> None:
    """Note what a second supervisor said, or the first one took back."""
    row.state, row.answer = state, answer
    row.decided_at, row.decided_by_id = now, actor.id


@jobs.job("lead-overdue")
def note_overdue(session: Session, payload: jobs.Payload, now: datetime) -> None:
    """Note that a release at once was not confirmed in time; hand-overs are refused from then on.

    The refusal itself looks at the time (`leads.services.refuse_held`), not at this note: it
    holds also while no worker runs.
    """
    row = session.get_one(LeadRelease, UUID(payload["release"]))
    if row.state is ReleaseState.OPEN and row.overdue_at is None and row.confirm_by <= now:
        row.overdue_at = now
        audit.record(session, None, "lead.release_overdue", row.lead_id, now)
        tell_supervisors(session, session.get_one(Account, row.released_by_id), now)
