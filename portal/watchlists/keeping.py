"""What is done with a list and its entries: by its readers, its owner, or a supervisor."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import audit
from portal.core.access import Actor, Permission, may
from portal.core.errors import DomainError
from portal.core.text import search_key
from portal.entities.models import Entity
from portal.watchlists import matching, queries, services
from portal.watchlists.data import About, Watched
from portal.watchlists.models import WATCH_KEY, WatchEntry, WatchList, WatchReader, WatchStep
from portal.watchlists.rules import DAY, identity_of, keys_of_watched, last_day

AT_ONCE = 400  # values in one statement


class NotOwnerError(DomainError):
    """Only the owner of a list does this."""


class ExpiryError(DomainError):
    """A day that is past, or more than a year away."""


def create(
    session: Session, name: str, reason: str, expires_on: date, actor: Actor, now: datetime
) -> WatchList:
    """Begin a list; who begins it owns and reads it."""
    refuse_day(expires_on, now)
    row = WatchList(
        name=name, reason=reason, owner_id=actor.id, created_at=now, expires_on=expires_on
    )
    session.add(row)
    session.flush()
    session.add(WatchReader(list_id=row.id, account_id=actor.id, added_at=now))
    step(session, row, "created", reason, actor, now)
    return row


def refuse_day(expires_on: date, now: datetime) -> None:
    """Refuse a day of expiry that is past or too far.

    Raises:
        ExpiryError: it is.
    """
    today = queries.today(now)
    if not today < expires_on <= last_day(today):
        raise ExpiryError("Choose a day from tomorrow to a year from today.")


def step(
    session: Session, row: WatchList, deed: str, text: str, actor: Actor, now: datetime
) -> None:
    """Write down what was done with a list, and why."""
    session.add(WatchStep(list_id=row.id, at=now, by_id=actor.id, deed=deed, text=text))
    session.flush()
    audit.record(session, actor, f"watch_list.{deed.replace(' ', '_')}", row.id, now)


def refuse_stranger(row: WatchList, actor: Actor) -> None:
    """Let only the owner pass.

    Raises:
        NotOwnerError: somebody else asks.
    """
    if row.owner_id != actor.id:
        raise NotOwnerError("Only the owner of the list does this.")


def change(
    session: Session, row: WatchList, name: str, reason: str, actor: Actor, now: datetime
) -> None:
    """Give a list another name or purpose."""
    refuse_stranger(row, actor)
    row.name, row.reason = name, reason
    step(session, row, "changed", reason, actor, now)


def renew(
    session: Session, row: WatchList, expires_on: date, reason: str, actor: Actor, now: datetime
) -> None:
    """Let a list run on; what arrived while it was expired is looked through afterwards."""
    refuse_stranger(row, actor)
    refuse_day(expires_on, now)
    before, row.expires_on = row.expires_on, expires_on
    step(session, row, "renewed", reason, actor, now)
    if before < queries.today(now):
        zone = ZoneInfo(current_app.config["TIME_ZONE"])
        since = datetime.combine(before + DAY, time(), zone)
        kept = select(WatchEntry.id).where(
            WatchEntry.list_id == row.id, WatchEntry.ended_at.is_(None)
        )
        services.look_back(session, session.scalars(kept.order_by(WatchEntry.id)).all(), now, since)


def add_reader(
    session: Session, row: WatchList, account_id: UUID, actor: Actor, now: datetime
) -> None:
    """Let another officer read a list.

    Raises:
        DomainError: the person is no officer who may, or reads it already.
    """
    refuse_stranger(row, actor)
    account = session.get(Account, account_id)
    if account is None or not account.active or not may(account, Permission.WATCHLIST_USE):
        raise DomainError("This person does not use watch lists.")
    if reader(session, row, account_id):
        raise DomainError("This person reads the list already.")
    session.add(WatchReader(list_id=row.id, account_id=account_id, added_at=now))
    audit.record(session, actor, "watch_list.reader_added", row.id, now, reader=str(account_id))
    session.flush()


def reader(session: Session, row: WatchList, account_id: UUID) -> WatchReader | None:
    """Return somebody as a reader of a list, if they are."""
    query = select(WatchReader).where(WatchReader.list_id == row.id)
    return session.scalar(query.where(WatchReader.account_id == account_id))


def remove_reader(
    session: Session, row: WatchList, account_id: UUID, actor: Actor, now: datetime
) -> None:
    """Let an officer read a list no more; its owner stays.

    Raises:
        DomainError: the owner is to go.
    """
    refuse_stranger(row, actor)
    found = reader(session, row, account_id)
    if account_id == row.owner_id:
        raise DomainError("The owner reads the list.")
    if found is not None:
        session.delete(found)
        audit.record(
            session, actor, "watch_list.reader_removed", row.id, now, reader=str(account_id)
        )


def take_over(session: Session, row: WatchList, reason: str, actor: Actor, now: datetime) -> None:
    """Make a supervisor owner and reader of a list, for a typed reason.

    Raises:
        DomainError: the actor is no supervisor.
    """
    if not may(actor, Permission.OVERSIGHT_READ):
        raise DomainError("A supervisor takes a list over.")
    before, row.owner_id = row.owner_id, actor.id
    if not reader(session, row, actor.id):
        session.add(WatchReader(list_id=row.id, account_id=actor.id, added_at=now))
    step(session, row, "taken over", reason, actor, now)
    audit.record(session, actor, "watch_list.owner_changed", row.id, now, before=str(before))


# --- entries --------------------------------------------------------------------------------------


def add(
    session: Session,
    row: WatchList,
    watched: Sequence[Watched],
    about: About,
    actor: Actor,
    now: datetime,
    entity: Entity | None = None,
) -> list[UUID]:
    """Put onto a list what does not stand on it; look for it in what is stored.

    Returns:
        The ids of the new entries, in the order given.
    """
    if about.expires_on:
        refuse_day(about.expires_on, now)
    fresh = {identity_of(one): one for one in watched}
    for same in standing(session, row, list(fresh)):
        fresh.pop(same)
    rows = [entry_row(row, same, one, about, actor, now, entity) for same, one in fresh.items()]
    if not rows:
        return []
    session.execute(insert(WatchEntry), rows)
    ids: list[UUID] = [one["id"] for one in rows]
    keys = (keys_of_watched(one) for one in fresh.values())
    matching.write_keys(session, [(one, *two) for one, two in zip(ids, keys, strict=True)])
    for one in ids:
        audit.record(session, actor, "watch_entry.added", one, now, list=str(row.id))
    services.look_back(session, ids, now)
    return ids


def standing(session: Session, row: WatchList, sames: Sequence[str]) -> set[str]:
    """Return which of some already stand on a list."""
    return {
        same
        for start in range(0, len(sames), AT_ONCE)
        for same in session.scalars(
            select(WatchEntry.same).where(
                WatchEntry.list_id == row.id,
                WatchEntry.same.in_(sames[start : start + AT_ONCE]),
                WatchEntry.ended_at.is_(None),
            )
        )
    }


def entry_row(
    row: WatchList,
    same: str,
    one: Watched,
    about: About,
    actor: Actor,
    now: datetime,
    entity: Entity | None,
) -> dict[str, Any]:
    """Return a new entry as a row."""
    numbers = " ".join(number.value for number in one.profile.numbers) if one.profile else ""
    return {
        "id": uuid4(),
        "list_id": row.id,
        "sort": one.sort,
        "shown": one.shown,
        "value": one.value,
        "country": one.country,
        "known": one.profile.to_json() if one.profile else {},
        "same": same,
        "search": search_key(f"{one.shown} {numbers}"),
        "entity_id": entity.id if entity else None,
        "reason": about.reason,
        "source": about.source,
        "information": about.information,
        "expires_on": about.expires_on,
        "added_at": now,
        "added_by_id": actor.id,
        "ended_reason": "",
    }


def end(session: Session, entry: WatchEntry, reason: str, actor: Actor, now: datetime) -> None:
    """End an entry: it stays to be read, and matches nothing more.

    Raises:
        DomainError: it was ended before.
    """
    if entry.ended_at is not None:
        raise DomainError("This entry was ended before.")
    entry.ended_at, entry.ended_by_id, entry.ended_reason = now, actor.id, reason
    session.execute(delete(WATCH_KEY).where(WATCH_KEY.c.entry_id == entry.id))
    audit.record(session, actor, "watch_entry.ended", entry.id, now, list=str(entry.list_id))
