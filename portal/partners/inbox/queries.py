"""Reading what passes between partners and the authority about hand-overs.

What a partner may know of starts from `handed_to`; officers see what every partner said.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.leads.data import Category, Priority
from portal.leads.models import Lead
from portal.partners.inbox.data import RequestState, Result, View
from portal.partners.inbox.models import Interest, Message, MoreRequest, Outcome, OutcomeFile
from portal.partners.inbox.rules import FINAL, SOON, clock
from portal.partners.models import HandOver
from portal.partners.queries import handed_to
from portal.partners.rules import closed_words

PAGE = 25
UNDECIDED = (RequestState.OPEN, RequestState.ACCEPTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the inbox is asked to show."""

    view: View = View.ALL
    category: Category | None = None
    priority: Priority | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the inbox."""

    given: HandOver
    lead: Mapping[str, Any]  # as it was handed over
    closed: str  # why it may no longer be read; then a line shows its reference alone
    clock: tuple[str, str]
    answers: int  # of the authority, not read yet
    waits: bool  # for an answer of the authority
    results: Sequence[Result]


def today(now: datetime) -> date:
    """Return the day it is at the authority."""
    return now.astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()


# --- the partner's side ---------------------------------------------------------------------------


def inbox(
    session: Session, actor: Actor, wanted: Wanted, now: datetime, before: HandOver | None = None
) -> Sequence[Item]:
    """Return what was handed over, newest first; from after one of them to turn the page."""
    day = today(now)
    query = handed_to(actor).join(Lead, Lead.id == HandOver.lead_id)
    query = query.where(*conditions(wanted, day))
    if before is not None:
        same = HandOver.handed_over_at == before.handed_over_at
        earlier = HandOver.handed_over_at < before.handed_over_at
        query = query.where(earlier | (same & (HandOver.id < before.id)))
    order = query.order_by(HandOver.handed_over_at.desc(), HandOver.id.desc())
    return items(session, session.scalars(order.limit(PAGE)).all(), now)


def conditions(wanted: Wanted, day: date) -> list[ColumnElement[bool]]:
    """Return what a hand-over must be to be shown."""
    must = [condition(wanted.view, day)] if wanted.view is not View.ALL else []
    if wanted.category:
        must.append(Lead.category == wanted.category)
    if wanted.priority:
        must.append(Lead.priority == wanted.priority)
    return must


def condition(view: View, day: date) -> ColumnElement[bool]:
    """Return what a hand-over must be to stand in a view."""
    acknowledged = HandOver.acknowledged_at.is_not(None)
    known = select(Outcome.id).where(Outcome.hand_over_id == HandOver.id, Outcome.current)
    table: Mapping[View, ColumnElement[bool]] = {
        View.UNREAD: HandOver.read_at.is_(None),
        View.READ: HandOver.read_at.is_not(None) & ~acknowledged,
        View.ACKNOWLEDGED: acknowledged,
        View.SOON: HandOver.expires_on.between(day, day + SOON),
        View.ANSWERED: answers().where(Message.hand_over_id == HandOver.id).exists(),
        View.NO_OUTCOME: acknowledged & ~known.where(Outcome.result.in_(FINAL)).exists(),
    }
    return table[view]


def answers() -> Select[Any]:
    """Select the answers of the authority that no partner officer has read."""
    return select(Message.id).where(~Message.from_partner, Message.read_at.is_(None))


def items(session: Session, found: Sequence[HandOver], now: datetime) -> Sequence[Item]:
    """Return hand-overs as lines, with four queries however many they are."""
    ids = [given.id for given in found]
    results = results_of(session, ids)
    counted = (
        select(Message.hand_over_id, func.count())
        .where(Message.hand_over_id.in_(ids), ~Message.from_partner, Message.read_at.is_(None))
        .group_by(Message.hand_over_id)
    )
    new = {row[0]: row[1] for row in session.execute(counted)}
    waits = select(Message.hand_over_id).where(Message.hand_over_id.in_(ids), Message.waits)
    waiting = set(session.scalars(waits))
    lines = []
    for given in found:
        content = json.loads(given.content)
        lines.append(
            Item(
                given=given,
                lead=content,
                closed=closed_words(given, now),
                clock=clock(given.expires_on, today(now)),
                answers=new.get(given.id, 0),
                waits=given.id in waiting,
                results=results.get(given.id, ()),
            )
        )
    return lines


def results_of(session: Session, ids: Collection[UUID]) -> Mapping[UUID, list[Result]]:
    """Return what was reported last of each hand-over."""
    query = select(Outcome.hand_over_id, Outcome.result)
    found: dict[UUID, list[Result]] = {}
    rows = query.where(Outcome.hand_over_id.in_(ids), Outcome.current)
    for row in session.execute(rows.order_by(Outcome.reported_at)):
        found.setdefault(row[0], []).append(row[1])
    return found


def new_for(session: Session, actor: Actor, now: datetime) -> int:
    """Return how many hand-overs hold something new that the partner may still read."""
    unread = answers().where(Message.hand_over_id == HandOver.id).exists()
    usable = HandOver.expires_on.is_(None) | (HandOver.expires_on >= now.date())
    counted = handed_to(actor).where(
        HandOver.recalled_at.is_(None), usable, HandOver.read_at.is_(None) | unread
    )
    return session.scalar(counted.with_only_columns(func.count())) or 0


# --- one hand-over --------------------------------------------------------------------------------


def thread(session: Session, hand_over_id: UUID) -> Sequence[Message]:
    """Return what partner and authority wrote to each other, oldest first."""
    query = select(Message).where(Message.hand_over_id == hand_over_id)
    return session.scalars(query.order_by(Message.written_at, Message.id)).all()


def requests(session: Session, hand_over_id: UUID) -> Sequence[MoreRequest]:
    """Return what the partner wanted more, oldest first."""
    query = select(MoreRequest).where(MoreRequest.hand_over_id == hand_over_id)
    return session.scalars(query.order_by(MoreRequest.asked_at, MoreRequest.id)).all()


def interest(session: Session, hand_over_id: UUID) -> Interest | None:
    """Return that the partner is interested itself, if it said so."""
    return session.scalar(select(Interest).where(Interest.hand_over_id == hand_over_id))


def outcomes(session: Session, hand_over_id: UUID) -> Sequence[Outcome]:
    """Return every version of what was reported; the newest report first, and of it the newest."""
    query = select(Outcome).where(Outcome.hand_over_id == hand_over_id)
    return session.scalars(query.order_by(Outcome.reported_at.desc(), Outcome.number.desc())).all()


def outcome(session: Session, given: HandOver, outcome_id: UUID) -> Outcome:
    """Return one report of a hand-over, as it stands now.

    Raises:
        NotFoundError: there is none, or a newer version took its place.
    """
    query = select(Outcome).where(Outcome.id == outcome_id, Outcome.hand_over_id == given.id)
    found = session.scalar(query.where(Outcome.current))
    if found is None:
        raise NotFoundError
    return found


def files(session: Session, series: Collection[UUID]) -> Mapping[UUID, list[OutcomeFile]]:
    """Return the files of some reports, by the series."""
    query = select(OutcomeFile).where(OutcomeFile.series_id.in_(series))
    found: dict[UUID, list[OutcomeFile]] = {}
    for one in session.scalars(query.order_by(OutcomeFile.uploaded_at, OutcomeFile.id)):
        found.setdefault(one.series_id, []).append(one)
    return found


def file(session: Session, file_id: UUID, of: ColumnElement[bool]) -> OutcomeFile:
    """Return one file of a hand-over or a lead, as `of` says.

    Raises:
        NotFoundError: there is none, or it belongs to somebody else.
    """
    query = select(OutcomeFile).join(Outcome, Outcome.id == OutcomeFile.series_id)
    found = session.scalar(query.where(OutcomeFile.id == file_id, of))
    if found is None:
        raise NotFoundError
    return found


# --- the officers' side ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one partner said of a lead."""

    given: HandOver
    messages: Sequence[Message]
    requests: Sequence[MoreRequest]
    interest: Interest | None
    outcomes: Sequence[Outcome]  # each in its newest version
    older: Sequence[Outcome]  # versions that were corrected
    files: Mapping[UUID, list[OutcomeFile]]

    @property
    def waits(self) -> bool:
        """Tell whether the partner waits for an answer or a decision."""
        undecided = any(one.state in UNDECIDED for one in self.requests)
        return undecided or any(one.waits for one in self.messages)


def said(session: Session, lead_id: UUID) -> Sequence[Said]:
    """Return what each partner said of a lead; six queries, however many partners there are."""
    query = select(HandOver).where(HandOver.lead_id == lead_id)
    ordered = query.options(joinedload(HandOver.partner)).order_by(HandOver.handed_over_at)
    given = session.scalars(ordered).all()
    messages = grouped(
        session.scalars(
            select(Message).where(Message.lead_id == lead_id).order_by(Message.written_at)
        )
    )
    wanted = grouped(
        session.scalars(
            select(MoreRequest).where(MoreRequest.lead_id == lead_id).order_by(MoreRequest.asked_at)
        )
    )
    interests = grouped(session.scalars(select(Interest).where(Interest.lead_id == lead_id)))
    versions = select(Outcome).where(Outcome.lead_id == lead_id)
    newest_first = versions.order_by(Outcome.reported_at.desc(), Outcome.number.desc())
    reports = grouped(session.scalars(newest_first))
    kept = files(session, {one.series_id for some in reports.values() for one in some})
    return [
        Said(
            given=one,
            messages=messages.get(one.id, []),
            requests=wanted.get(one.id, []),
            interest=next(iter(interests.get(one.id, [])), None),
            outcomes=[report for report in reports.get(one.id, []) if report.current],
            older=[report for report in reports.get(one.id, []) if not report.current],
            files=kept,
        )
        for one in given
    ]


def grouped(rows: Any) -> dict[UUID, list[Any]]:
    """Return rows by their hand-over, in their order."""
    found: dict[UUID, list[Any]] = {}
    for row in rows:
        found.setdefault(row.hand_over_id, []).append(row)
    return found


def given(session: Session, lead_id: UUID, hand_over_id: UUID) -> HandOver:
    """Return a hand-over of a lead with its partner, for officers.

    Raises:
        NotFoundError: there is none.
    """
    query = select(HandOver).where(HandOver.id == hand_over_id, HandOver.lead_id == lead_id)
    found = session.scalar(query.options(joinedload(HandOver.partner)))
    if found is None:
        raise NotFoundError
    return found


def request(session: Session, lead_id: UUID, request_id: UUID) -> MoreRequest:
    """Return one request for more.

    Raises:
        NotFoundError: there is none.
    """
    query = select(MoreRequest).where(MoreRequest.id == request_id, MoreRequest.lead_id == lead_id)
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


def waiting_messages(session: Session, after: Message | None = None) -> Sequence[Message]:
    """Return what partners wrote that nobody answered, the longest waiting first."""
    query = select(Message).where(Message.waits)
    if after is not None:
        same = Message.written_at == after.written_at
        later = Message.written_at > after.written_at
        query = query.where(later | (same & (Message.id > after.id)))
    shown = query.options(
        joinedload(Message.lead), joinedload(Message.hand_over).joinedload(HandOver.partner)
    )
    ordered = shown.order_by(Message.written_at, Message.id)
    return session.scalars(ordered.limit(PAGE)).all()


def waiting_message(session: Session, message_id: UUID) -> Message | None:
    """Return a message after which a page begins."""
    return session.get(Message, message_id)


def waiting_requests(session: Session) -> Sequence[MoreRequest]:
    """Return the requests for more that are open or taken on, the most pressing first."""
    query = select(MoreRequest).where(MoreRequest.state.in_(UNDECIDED))
    shown = query.options(
        joinedload(MoreRequest.lead),
        joinedload(MoreRequest.hand_over).joinedload(HandOver.partner),
    )
    return session.scalars(shown.order_by(MoreRequest.until, MoreRequest.id).limit(PAGE)).all()


def newest_outcomes(session: Session) -> Sequence[Outcome]:
    """Return what partners reported last."""
    query = select(Outcome).where(Outcome.current)
    shown = query.options(joinedload(Outcome.lead), joinedload(Outcome.partner))
    newest = shown.order_by(Outcome.reported_at.desc(), Outcome.id.desc())
    return session.scalars(newest.limit(PAGE)).all()


def outcomes_of_leads(session: Session, leads: Collection[UUID]) -> Sequence[Outcome]:
    """Return what partners reported of some leads, each report in its newest version."""
    query = select(Outcome).where(Outcome.lead_id.in_(leads), Outcome.current)
    return session.scalars(query.options(joinedload(Outcome.partner))).all()


def number_waiting(session: Session) -> int:
    """Return how many messages and requests of partners wait for officers."""
    messages = session.scalar(select(func.count()).select_from(Message).where(Message.waits)) or 0
    opened = MoreRequest.state == RequestState.OPEN
    wanted = session.scalar(select(func.count()).select_from(MoreRequest).where(opened)) or 0
    return messages + wanted
