"""Answering a partner's request: proposed by one officer, agreed to by another, then told."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.border.models import RequestMessage
from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import DomainError, NotFoundError
from portal.core.text import search_key
from portal.leads.rules import BetraysSourceError, OwnWorkError
from portal.leads.sanitising.services import named_in, who_reported
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
) -> RequestMessage:
    """Propose an answer; the partner sees nothing of it before another officer agrees.

    Raises:
        BetraysSourceError: it names who reported, or another company that was not asked about.
        NotFoundError: the lead was not handed to this partner.
    """
    refuse_betrayal(session, request, text)
    if hand_over_id is not None:
        known = given_to(request.organisation_id).where(HandOver.id == hand_over_id)
        if session.scalar(known) is None:
            raise NotFoundError
    message = RequestMessage(
        submission_id=request.id,
        from_partner=False,
        text=text,
        hand_over_id=hand_over_id,
        author_id=actor.id,
        written_at=now,
    )
    session.add(message)
    session.flush()
    audit.record(session, actor, "answer.proposed", request.id, now, message=str(message.id))
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
    refuse_betrayal(session, request, message.text)
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


def refuse_betrayal(session: Session, request: Submission, text: str) -> None:
    """Refuse words that point to who reported.

    Raises:
        BetraysSourceError: naming them.
    """
    found = named_in(text, secrets(session, request))
    if found:
        raise BetraysSourceError(
            f"The answer points to who reported: {', '.join(found)}. Write it without."
        )


def secrets(session: Session, request: Submission) -> Iterator[str]:
    """Yield what an answer must not name: whose records the request touches, and any company.

    A company that the partner itself asked about may be named; that it reported may not.
    """
    touched = touched_by(session, request)
    for one in touched:
        yield from who_reported(one)
    asked = f" {search_key(request.content)} "
    firms = select(Organisation.name).where(Organisation.sort == Sort.COMPANY)
    for name in session.scalars(firms):
        if f" {search_key(name)} " not in asked:
            yield name


def touched_by(session: Session, request: Submission) -> Sequence[Submission]:
    """Return the records of others on which the findings of a request rest."""
    findings = session.scalars(select(FindingRow).where(FindingRow.case_id == request.id))
    ids = {UUID(one["submission"]) for row in findings for one in row.evidence} - {request.id}
    query = select(Submission).where(
        Submission.id.in_(ids), Submission.organisation_id != request.organisation_id
    )
    people = joinedload(Submission.organisation), joinedload(Submission.author)
    return session.scalars(query.options(*people)).all()
