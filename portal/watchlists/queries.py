"""Reading watch lists. What is asked for a person starts from the lists that they read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Account
from portal.core.access import GRANTS, Actor, Permission, may
from portal.core.errors import NotFoundError
from portal.core.text import search_key
from portal.watchlists.data import HitState
from portal.watchlists.models import (
    WatchEntry,
    WatchFailure,
    WatchHit,
    WatchList,
    WatchReader,
    WatchStep,
)

PAGE = 50
HITS = 25  # on a page
MOST_COUNTED = 100  # new hits; more are shown as many
OFFICERS = frozenset(role for role in GRANTS if Permission.WATCHLIST_USE in GRANTS[role])


def today(now: datetime) -> date:
    """Return the day at the authority."""
    return now.astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()


def live(day: date) -> ColumnElement[bool]:
    """Tell of an entry joined with its list whether it matches anything on a day."""
    return and_(
        WatchEntry.ended_at.is_(None),
        WatchList.expires_on >= day,
        or_(WatchEntry.expires_on.is_(None), WatchEntry.expires_on >= day),
    )


def read_by(actor: Actor) -> Select[UUID]:
    """Select the ids of the lists that somebody reads."""
    return select(WatchReader.list_id).where(WatchReader.account_id == actor.id)


def get(session: Session, list_id: UUID, actor: Actor) -> WatchList:
    """Return a list that the actor reads.

    Raises:
        NotFoundError: there is none, or it is others'.
    """
    query = select(WatchList).where(WatchList.id == list_id, WatchList.id.in_(read_by(actor)))
    return one_of(session, query)


def overseen(session: Session, list_id: UUID) -> WatchList:
    """Return any list, for a supervisor: that it exists, not what stands on it."""
    return one_of(session, select(WatchList).where(WatchList.id == list_id))


def one_of(session: Session, query: Select[WatchList]) -> WatchList:
    """Return the list with its owner.

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalar(query.options(joinedload(WatchList.owner)))
    if found is None:
        raise NotFoundError
    return found


@dataclass(frozen=True, slots=True)
class Overview:
    """A list, and how much there is of it."""

    row: WatchList
    entries: int  # that were not ended
    readers: tuple[str, ...]
    expired: bool
    orphaned: bool  # its owner left: somebody must take it over
    new: int = 0  # hits, at most MOST_COUNTED


def overviews(session: Session, now: datetime, actor: Actor | None = None) -> list[Overview]:
    """Return the lists that somebody reads, or all of them, by name."""
    query = select(WatchList).options(joinedload(WatchList.owner))
    if actor is not None:
        query = query.where(WatchList.id.in_(read_by(actor)))
    rows = session.scalars(query.order_by(WatchList.name, WatchList.id)).all()
    ids = [row.id for row in rows]
    entries, names = entry_counts(session, ids), reader_names(session, ids)
    new = new_counts(session, ids) if actor else {}
    return [
        Overview(
            row,
            entries.get(row.id, 0),
            tuple(names.get(row.id, ())),
            expired=row.expires_on < today(now),
            orphaned=orphaned(row.owner),
            new=new.get(row.id, 0),
        )
        for row in rows
    ]


def choices(session: Session, actor: Actor, now: datetime) -> dict[str, str]:
    """Return the lists in force that somebody can put entries on, for a form."""
    query = select(WatchList).where(
        WatchList.id.in_(read_by(actor)), WatchList.expires_on >= today(now)
    )
    rows = session.scalars(query.order_by(WatchList.name, WatchList.id)).all()
    return {"": "Choose", **{str(row.id): row.name for row in rows}}


def orphaned(owner: Account) -> bool:
    """Tell whether an owner can own a list no more."""
    return not owner.active or not may(owner, Permission.WATCHLIST_USE)


def entry_counts(session: Session, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many entries of each list were not ended."""
    query = (
        select(WatchEntry.list_id, func.count())
        .where(WatchEntry.list_id.in_(ids), WatchEntry.ended_at.is_(None))
        .group_by(WatchEntry.list_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def new_counts(session: Session, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return how many hits of each list nobody looked at yet."""
    query = (
        select(WatchHit.list_id, func.count())
        .where(WatchHit.list_id.in_(ids), WatchHit.state == HitState.NEW)
        .group_by(WatchHit.list_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def reader_names(session: Session, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """Return who reads each list."""
    query = (
        select(WatchReader.list_id, Account.name, Account.email)
        .join(Account, Account.id == WatchReader.account_id)
        .where(WatchReader.list_id.in_(ids))
        .order_by(Account.name, Account.email)
    )
    found: dict[UUID, list[str]] = {}
    for list_id, name, email in session.execute(query):
        found.setdefault(list_id, []).append(name or email)
    return found


def readers_of(session: Session, list_id: UUID) -> Sequence[WatchReader]:
    """Return the readers of a list with their accounts, in the order in which they came."""
    query = select(WatchReader).where(WatchReader.list_id == list_id)
    query = query.options(joinedload(WatchReader.account))
    return session.scalars(query.order_by(WatchReader.added_at, WatchReader.id)).all()


def officers(session: Session) -> Sequence[Account]:
    """Return everybody who may read watch lists, by name."""
    query = select(Account).where(Account.role.in_(OFFICERS), Account.active)
    return session.scalars(query.order_by(Account.name, Account.email)).all()


def steps_of(session: Session, list_id: UUID) -> Sequence[WatchStep]:
    """Return what was done with a list, newest first."""
    query = select(WatchStep).where(WatchStep.list_id == list_id)
    query = query.options(joinedload(WatchStep.by)).order_by(WatchStep.at.desc(), WatchStep.id)
    return session.scalars(query.limit(PAGE)).all()


def entries(
    session: Session, list_id: UUID, text: str = "", after: WatchEntry | None = None
) -> Sequence[WatchEntry]:
    """Return a page of the entries of a list, the newest first."""
    table = WatchEntry
    query = select(table).where(table.list_id == list_id)
    query = query.options(joinedload(table.added_by))
    for word in search_key(text).split():
        query = query.where(table.search.contains(word, autoescape=True))
    if after is not None:
        query = query.where(tuple_(table.added_at, table.id) < (after.added_at, after.id))
    return session.scalars(query.order_by(table.added_at.desc(), table.id.desc()).limit(PAGE)).all()


def entry(session: Session, entry_id: UUID, actor: Actor) -> WatchEntry:
    """Return an entry of a list that the actor reads.

    Raises:
        NotFoundError: there is none, or its list is others'.
    """
    query = select(WatchEntry).where(
        WatchEntry.id == entry_id, WatchEntry.list_id.in_(read_by(actor))
    )
    people = joinedload(WatchEntry.added_by), joinedload(WatchEntry.ended_by)
    found = session.scalar(query.options(*people, joinedload(WatchEntry.watch_list)))
    if found is None:
        raise NotFoundError
    return found


def hits(
    session: Session,
    actor: Actor,
    state: HitState | None = None,
    after: WatchHit | None = None,
    entry_id: UUID | None = None,
) -> Sequence[WatchHit]:
    """Return a page of the hits of the lists that somebody reads, the newest first."""
    table = WatchHit
    query = whole_hits().where(table.list_id.in_(read_by(actor)))
    if state is not None:
        query = query.where(table.state == state)
    if entry_id is not None:
        query = query.where(table.entry_id == entry_id)
    if after is not None:
        query = query.where(tuple_(table.found_at, table.id) < (after.found_at, after.id))
    return session.scalars(query.order_by(table.found_at.desc(), table.id.desc()).limit(HITS)).all()


def whole_hits() -> Select[WatchHit]:
    """Select hits with their entries, lists and submissions."""
    table = WatchHit
    return select(table).options(
        joinedload(table.entry),
        joinedload(table.watch_list),
        joinedload(table.submission),
        joinedload(table.decided_by),
    )


def hit(session: Session, hit_id: UUID, actor: Actor) -> WatchHit:
    """Return a hit of a list that the actor reads.

    Raises:
        NotFoundError: there is none, or its list is others'.
    """
    query = whole_hits().where(WatchHit.id == hit_id, WatchHit.list_id.in_(read_by(actor)))
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


def hits_in(session: Session, submission_id: UUID, actor: Actor) -> Sequence[WatchHit]:
    """Return the hits in a submission, of the lists that somebody reads."""
    query = whole_hits().where(
        WatchHit.submission_id == submission_id, WatchHit.list_id.in_(read_by(actor))
    )
    return session.scalars(query.order_by(WatchHit.found_at, WatchHit.id)).all()


def marked(session: Session, submission_ids: Collection[UUID], actor: Actor) -> frozenset[UUID]:
    """Return which submissions have a hit that a reader did not refute: a mark in the queue."""
    if not may(actor, Permission.WATCHLIST_USE):
        return frozenset()
    query = select(WatchHit.submission_id).where(
        WatchHit.submission_id.in_(submission_ids),
        WatchHit.list_id.in_(read_by(actor)),
        WatchHit.state != HitState.OTHER,
    )
    return frozenset(session.scalars(query))


def new_hits(session: Session, actor: Actor) -> int:
    """Return how many hits wait for somebody; at most MOST_COUNTED are counted."""
    waiting = (
        select(WatchHit.id)
        .where(WatchHit.list_id.in_(read_by(actor)), WatchHit.state == HitState.NEW)
        .limit(MOST_COUNTED)
        .subquery()
    )
    return session.scalars(select(func.count()).select_from(waiting)).one()


def failures(session: Session) -> int:
    """Return how many submissions could not be held against the lists yet."""
    return session.scalars(select(func.count()).select_from(WatchFailure)).one()
