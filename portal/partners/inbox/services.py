"""What partner and authority say to each other about a hand-over."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts import throttle
from portal.accounts.models import Account
from portal.core import audit, outbox
from portal.core.access import Actor
from portal.leads.models import Lead
from portal.leads.rules import BetraysSourceError
from portal.leads.sanitising import services as sanitising
from portal.leads.wording import Place
from portal.partners import services as partners
from portal.partners.inbox import queries
from portal.partners.inbox.data import RequestAction
from portal.partners.inbox.models import Interest, Message, MoreRequest
from portal.partners.inbox.rules import moved
from portal.partners.models import HandOver

MOST_AN_HOUR = 60  # messages, requests and reports of one partner officer
HOUR = timedelta(hours=1)
SAID = (
    "A partner has said something about a lead of yours.\n\n"
    "Sign in to read it: {link}\n\n"
    "This message says nothing of its content on purpose.\n"
)


def marks_in(session: Session, lead: Lead, text: str) -> list[str]:
    """Return what in a text for a partner would point to a reporting company."""
    marks = sanitising.reader_of(session, lead).marks(Place("message", "Message", text))
    return sorted({mark.surface for mark in marks})


def refuse_betraying(session: Session, lead: Lead, text: str) -> None:
    """Refuse a text for a partner that names what no partner may know.

    Raises:
        BetraysSourceError: naming each mark.
    """
    if found := marks_in(session, lead, text):
        named = ", ".join(found)
        raise BetraysSourceError(
            f"This text points to the reporting company: {named}. Write it without."
        )


def take_in(session: Session, lead_id: UUID, actor: Actor, now: datetime) -> None:
    """Hold a partner officer to a bearable number of messages, and tell the author of the lead.

    Raises:
        TooManyError: it was too often.
    """
    throttle.limit(session, "partner-says", str(actor.id), MOST_AN_HOUR, HOUR, now)
    author = session.get_one(Account, session.get_one(Lead, lead_id).author_id)
    if author.active:
        link = outbox.link_to(f"/leads/{lead_id}/partners")
        outbox.post(session, author.email, outbox.NEWS, SAID, now, author.language, link=link)


def note_seen(session: Session, given: HandOver, now: datetime) -> None:
    """Remember that the partner has the answers of the authority before it."""
    unread = ~Message.from_partner & Message.read_at.is_(None)
    session.execute(
        update(Message).where(Message.hand_over_id == given.id, unread).values(read_at=now)
    )


def note_closed(session: Session, given: HandOver, actor: Actor, now: datetime) -> None:
    """Record that somebody asked for what may no longer be read."""
    audit.record(session, actor, "hand_over.closed_asked", given.id, now)


def ask(session: Session, given: HandOver, text: str, actor: Actor, now: datetime) -> Message:
    """Send a question or a remark of the partner to the authority."""
    take_in(session, given.lead_id, actor, now)
    written = keep(session, given, text, actor, now, from_partner=True)
    audit.record(session, actor, "partner.asked", written.id, now, hand_over=str(given.id))
    return written


def answer(session: Session, given: HandOver, text: str, actor: Actor, now: datetime) -> Message:
    """Answer a partner: what it wrote before waits no longer.

    Raises:
        BetraysSourceError: the text names what no partner may know.
    """
    refuse_betraying(session, session.get_one(Lead, given.lead_id), text)
    written = keep(session, given, text, actor, now, from_partner=False)
    let_wait_no_more(session, given)
    partners.notify(session, given, now)
    audit.record(session, actor, "partner.answered", written.id, now, hand_over=str(given.id))
    return written


def settle(session: Session, given: HandOver, actor: Actor, now: datetime) -> None:
    """Say that what a partner wrote needs no answer."""
    let_wait_no_more(session, given)
    audit.record(session, actor, "partner.needs_no_answer", given.id, now)


def let_wait_no_more(session: Session, given: HandOver) -> None:
    """Take what a partner wrote off the list of what waits."""
    for one in session.scalars(
        select(Message).where(Message.hand_over_id == given.id, Message.waits)
    ):
        one.waits = False


def keep(
    session: Session, given: HandOver, text: str, actor: Actor, now: datetime, *, from_partner: bool
) -> Message:
    """Add to the thread."""
    written = Message(
        hand_over_id=given.id,
        lead_id=given.lead_id,
        from_partner=from_partner,
        author_id=actor.id,
        written_at=now,
        text=text,
        waits=from_partner,
    )
    session.add(written)
    session.flush()
    return written


def want_more(
    session: Session, given: HandOver, said: MoreRequest, actor: Actor, now: datetime
) -> MoreRequest:
    """Ask the authority for more than the lead says; officers accept or decline it."""
    take_in(session, given.lead_id, actor, now)
    said.hand_over_id, said.lead_id = given.id, given.lead_id
    said.asked_at, said.asked_by_id = now, actor.id
    session.add(said)
    session.flush()
    audit.record(session, actor, "partner.wanted_more", said.id, now, hand_over=str(given.id))
    return said


def decide(
    session: Session,
    row: MoreRequest,
    action: RequestAction,
    remark: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Accept, decline or deliver what a partner wants; the partner reads the remark.

    Raises:
        RequestRefusedError: it was decided already.
        BetraysSourceError: the remark names what no partner may know.
    """
    state = moved(row.state, action)
    refuse_betraying(session, session.get_one(Lead, row.lead_id), remark)
    row.state, row.remark = state, remark or row.remark
    row.decided_at, row.decided_by_id = now, actor.id
    given = session.get_one(HandOver, row.hand_over_id)
    partners.notify(session, given, now)
    audit.record(session, actor, f"partner_request.{state.value}", row.id, now)


def be_interested(
    session: Session, given: HandOver, text: str, actor: Actor, now: datetime
) -> Interest:
    """Tell the authority that the partner has an interest of its own; again changes the words."""
    row = queries.interest(session, given.id)
    if row is None:
        row = Interest(hand_over_id=given.id, lead_id=given.lead_id)
        session.add(row)
    row.text, row.said_at, row.said_by_id = text, now, actor.id
    session.flush()
    audit.record(session, actor, "partner.interested", row.id, now, hand_over=str(given.id))
    return row


def lose_interest(session: Session, given: HandOver, actor: Actor, now: datetime) -> None:
    """Take an interest back; twice is as good as once."""
    row = queries.interest(session, given.id)
    if row is not None:
        session.delete(row)
        audit.record(session, actor, "partner.interested_no_more", given.id, now)
