"""Reading the address book; always that of the actor's own company."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from portal.addressbook.data import EntrySort
from portal.addressbook.models import AddressEntry
from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.core.text import search_key

PAGE = 50
OFFERED = 200  # in a list to choose from


def visible_to(actor: Actor) -> Select[AddressEntry]:
    """Select the entries of the actor's company."""
    return select(AddressEntry).where(AddressEntry.organisation_id == actor.organisation_id)


def get(session: Session, entry_id: UUID, actor: Actor) -> AddressEntry:
    """Return an entry.

    Raises:
        NotFoundError: it does not exist, or not for this actor.
    """
    found = session.scalar(visible_to(actor).where(AddressEntry.id == entry_id))
    if found is None:
        raise NotFoundError
    return found


def entries(
    session: Session,
    actor: Actor,
    sorts: Collection[EntrySort],
    text: str = "",
    after: AddressEntry | None = None,
    limit: int = PAGE,
) -> Sequence[AddressEntry]:
    """Return entries by their label, a page at a time."""
    query = visible_to(actor).where(AddressEntry.sort.in_(sorts))
    for word in search_key(text).split():
        query = query.where(AddressEntry.search.contains(word, autoescape=True))
    if after is not None:
        same = (AddressEntry.key == after.key) & (AddressEntry.id > after.id)
        query = query.where((AddressEntry.key > after.key) | same)
    return session.scalars(query.order_by(AddressEntry.key, AddressEntry.id).limit(limit)).all()


def offered(session: Session, actor: Actor, sorts: Collection[EntrySort]) -> Sequence[AddressEntry]:
    """Return entries to choose from: those used most, by their label."""
    query = visible_to(actor).where(AddressEntry.sort.in_(sorts))
    most = query.order_by(AddressEntry.used.desc(), AddressEntry.key).limit(OFFERED)
    return sorted(session.scalars(most), key=lambda one: one.key)


def same(session: Session, actor: Actor, sort: EntrySort, key: str) -> AddressEntry | None:
    """Return the entry that goes by the same label."""
    query = visible_to(actor).where(AddressEntry.sort == sort, AddressEntry.key == key)
    return session.scalar(query)


def count(session: Session, actor: Actor) -> int:
    """Return how many entries the company keeps."""
    query = select(func.count()).select_from(visible_to(actor).subquery())
    return session.scalar(query) or 0
