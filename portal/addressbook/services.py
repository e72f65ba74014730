"""Keeping, changing, using and deleting entries."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.addressbook import queries
from portal.addressbook.data import EntrySort, Typed, kept_of, label_of, searched
from portal.addressbook.models import AddressEntry
from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.core.languages import count, gettext
from portal.core.text import search_key

MOST = 5_000  # entries of a company


class FullError(DomainError):
    """The address book is full."""


def keep(
    session: Session, sort: EntrySort, typed: Typed, actor: Actor, now: datetime
) -> AddressEntry:
    """Keep what was typed; an entry of the same label is replaced.

    Raises:
        FullError: the company keeps as many as it may.
    """
    key = search_key(label_of(typed)) or label_of(typed)
    known = queries.same(session, actor, sort, key)
    if known is not None:
        change(session, known, typed, actor, now)
        return known
    if queries.count(session, actor) >= MOST:
        raise FullError(
            gettext(
                "Your address book holds %(number)s entries. Delete some first.", number=count(MOST)
            )
        )
    entry = AddressEntry(organisation_id=actor.organisation_id, sort=sort)
    write(entry, typed)
    session.add(entry)
    session.flush()
    audit.record(session, actor, "address.kept", entry.id, now)
    return entry


def change(
    session: Session, entry: AddressEntry, typed: Typed, actor: Actor, now: datetime
) -> None:
    """Replace what an entry says.

    Raises:
        DomainError: another entry goes by this label.
    """
    key = search_key(label_of(typed)) or label_of(typed)
    other = queries.same(session, actor, entry.sort, key)
    if other is not None and other.id != entry.id:
        raise DomainError("Another entry has this name. Change that one, or use another name.")
    write(entry, typed)
    session.flush()
    audit.record(session, actor, "address.changed", entry.id, now)


def write(entry: AddressEntry, typed: Typed) -> None:
    """Fill an entry from what was typed."""
    entry.typed = kept_of(typed)
    entry.label = label_of(typed)
    entry.key = search_key(entry.label) or entry.label
    entry.search = searched(typed)


def use(entry: AddressEntry, now: datetime) -> None:
    """Count a use, so that what is used most is offered first."""
    entry.used, entry.used_at = entry.used + 1, now


def delete(session: Session, entry: AddressEntry, actor: Actor, now: datetime) -> None:
    """Delete an entry; what was filed with it stays as it was."""
    session.delete(entry)
    audit.record(session, actor, "address.deleted", entry.id, now)
