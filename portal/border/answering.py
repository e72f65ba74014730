"""Answering a partner's request: proposed by one officer, agreed to by another, then told."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.border.models import RequestMessage
from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import DomainError, NotFoundError
from portal.core.text import search_key
from portal.leads import queries as leads
from portal.leads.rules import BetraysSourceError, OwnWorkError
from portal.leads.sanitising import holding
from portal.leads.sanitising.data import Answer, Mark, Reply
from portal.leads.sanitising.holding import Held
from portal.leads.sanitising.services import named_in
from portal.organisations.models import Organisation, Sort
from portal.partners.models import HandOver
from portal.submissions import services as submissions
from portal.submissions.models import Submission
from portal.triage.models import FindingRow

REQUEST = "information-request"  # the kind
MOST = 200  # messages of a thread
OFFERED = 50  # leads of one partner, the newest


class DecidedError(DomainError):
    """A second officer has decided already."""


def thread(session: Session, submission_id: UUID, *, told: bool) -> Sequence[RequestMessage]:
    """Return the messages about a request, oldest first; only what the partner was told, if so."""
    query = select(RequestMessage).where(RequestMessage.submission_id == submission_id)
    if told:
        query = query.where(RequestMessage.agreed.is_(True))
    lead = joinedload(RequestMessage.hand_over).joinedload(HandOver.lead)
    order = (RequestMessage.written_at, RequestMessage.id)
    wanted = query.options(lead, joinedload(RequestMessage.author)).order_by(*order)
    return session.scalars(wanted.limit(MOST)).all()


def waiting(session: Session, submission_id: UUID, message_id: UUID) -> RequestMessage:
    """Return a proposed answer to a request.

    Raises:
        NotFoundError: there is none.
    """
    query = select(RequestMessage).where(
        RequestMessage.id == message_id,
        RequestMessage.submission_id == submission_id,
        ~RequestMessage.from_partner,
    )
    found = session.scalar(query.with_for_update())
    if found is None:
        raise NotFoundError
    return found


def given_to(partner_id: UUID) -> Select[HandOver]:
    """Select what was handed to a partner."""
    return select(HandOver).where(HandOver.partner_id == partner_id)


def leads_for(session: Session, request: Submission) -> Sequence[HandOver]:
    """Return the leads that were handed to the partner who asks, newest first."""
    query = given_to(request.organisation_id).options(joinedload(HandOver.lead))
    return session.scalars(query.order_by(HandOver.handed_over_at.desc()).limit(OFFERED)).all()


def write(
    session: Session, request: Submission, text: str, actor: Actor, now: datetime
) -> RequestMessage:
    """Keep what the partner writes about its own request."""
    message = RequestMessage(
        submission_id=request.id,
        from_partner=True,
        text=text,
        author_id=actor.id,
        written_at=now,
        agreed=True,
    )
    session.add(message)
    session.flush()
    audit.record(session, actor, "request.written", request.id, now)
    return message


def propose(
    session: Session,
    request: Submission,
    text: str,
    hand_over_id: UUID | None,
    actor: Actor,
    now: datetime,
    *,
    replies: Sequence[Reply] = (),
) -> RequestMessage:
    """Propose an answer; the partner sees nothing of it before another officer agrees.

    Args:
        session: inside a transaction.
        request: what the partner asked.
        text: as typed.
        hand_over_id: a lead that was handed to this partner, which answers too.
        actor: who proposes, and so never agrees.
        now: the moment, UTC.
        replies: how the marks of the text are answered.

    Raises:
        BetraysSourceError: a mark is not answered, or it names a company that was not asked about.
        NotFoundError: the lead was not handed to this partner.
    """
    if hand_over_id is not None and lead_given(session, request, hand_over_id) is None:
        raise NotFoundError
    held = hold(session, request, text, hand_over_id, replies)
    refuse_betrayal(session, request, held)
    message = RequestMessage(
        submission_id=request.id,
        from_partner=False,
        text=held.text,
        kept=[kept_words(mark, held) for mark in held.marks],
        hand_over_id=hand_over_id,
        author_id=actor.id,
        written_at=now,
    )
    session.add(message)
    session.flush()
    said = {"message": str(message.id), "kept": str(len(held.marks))}
    audit.record(session, actor, "answer.proposed", request.id, now, **said)
    return message


def agree(
    session: Session, request: Submission, message: RequestMessage, actor: Actor, now: datetime
) -> None:
    """Send a proposed answer to the partner.

    Raises:
        OwnWorkError: who agrees wrote it.
        DecidedError: it was decided already.
        BetraysSourceError: what is known by now makes it point to who reported.
    """
    decide(message, actor, now, agreed=True)
    replies = [Reply(one["mark"], Answer.KEPT, one["reason"]) for one in message.kept]
    held = hold(session, request, message.text, message.hand_over_id, replies)
    refuse_betrayal(session, request, held)
    submissions.tell(session, request, now)
    audit.record(session, actor, "answer.sent", request.id, now, message=str(message.id))


def refuse(
    session: Session, message: RequestMessage, remark: str, actor: Actor, now: datetime
) -> None:
    """Not agree to a proposed answer; the partner never learns of it."""
    decide(message, actor, now, agreed=False)
    message.remark = remark
    about = message.submission_id
    audit.record(session, actor, "answer.refused", about, now, message=str(message.id))


def decide(message: RequestMessage, actor: Actor, now: datetime, *, agreed: bool) -> None:
    """Note who decided, once, and never its author."""
    if message.agreed is not None:
        raise DecidedError("This answer was decided already. Open the page again.")
    if message.author_id == actor.id:
        raise OwnWorkError("You wrote this answer. Somebody else must agree to it.")
    message.agreed, message.decided_by_id, message.decided_at = agreed, actor.id, now


def hold(
    session: Session,
    request: Submission,
    text: str,
    hand_over_id: UUID | None = None,
    replies: Sequence[Reply] = (),
) -> Held:
    """Hold an answer against the records that the request touches and those of its lead.

    What the partner itself wrote is known to it, save who reported.
    """
    given = lead_given(session, request, hand_over_id) if hand_over_id else None
    made_from = leads.sources_of(session, given.lead) if given else ()
    sources = {
        one.id: one
        for one in (*touched_by(session, request), *made_from)
        if one.organisation_id != request.organisation_id
    }
    told = written_by_partner(session, request)
    return holding.hold(session, list(sources.values()), text, replies, told)


def lead_given(session: Session, request: Submission, hand_over_id: UUID) -> HandOver | None:
    """Return what was handed to the partner who asks; nothing if it went to another."""
    query = given_to(request.organisation_id).where(HandOver.id == hand_over_id)
    return session.scalar(query.options(joinedload(HandOver.lead)))


def written_by_partner(session: Session, request: Submission) -> str:
    """Return what the partner wrote: its request, and its messages about that."""
    messages = thread(session, request.id, told=True)
    own = [one.text for one in messages if one.from_partner]
    return "\n".join([*words_of(json.loads(request.content)), *own])


def words_of(value: Any) -> Iterator[str]:
    """Yield every text of a record, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from words_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from words_of(one)


def kept_words(mark: Mark, held: Held) -> dict[str, str]:
    """Return a mark that stays, with the reason, as it is stored."""
    reason = held.kept[mark.key]
    return {"mark": mark.key, "surface": mark.surface, "sort": mark.secret.sort, "reason": reason}


def refuse_betrayal(session: Session, request: Submission, held: Held) -> None:
    """Refuse words that point to who reported.

    Raises:
        BetraysSourceError: naming them.
    """
    found = {mark.surface: f"{mark.surface} ({mark.secret.sort})" for mark in held.open}
    for name in named_in(held.text, companies(session, request)):
        found.setdefault(name, name)
    if found:
        raise BetraysSourceError(
            f"The answer points to who reported: {', '.join(found.values())}. "
            "Write it without, or answer its marks."
        )


def companies(session: Session, request: Submission) -> Iterator[str]:
    """Yield the companies that the partner did not ask about."""
    asked = f" {search_key(request.content)} "
    firms = select(Organisation.name).where(Organisation.sort == Sort.COMPANY)
    return (name for name in session.scalars(firms) if f" {search_key(name)} " not in asked)


def touched_by(session: Session, request: Submission) -> Sequence[Submission]:
    """Return the records of others on which the findings of a request rest."""
    findings = session.scalars(select(FindingRow).where(FindingRow.case_id == request.id))
    ids = {UUID(one["submission"]) for row in findings for one in row.evidence} - {request.id}
    query = select(Submission).where(
        Submission.id.in_(ids), Submission.organisation_id != request.organisation_id
    )
    people = joinedload(Submission.organisation), joinedload(Submission.author)
    return session.scalars(query.options(*people)).all()
