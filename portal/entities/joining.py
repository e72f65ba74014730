"""Making one entity of several and several of one: which part belongs to which whole.

Mentions never move when two entities are joined: the part points at its whole. What joins parts
are the pairs that hold them the same; undoing one of those, and reckoning the wholes of these
few parts anew, undoes the joining.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.entities.data import JOINS
from portal.entities.models import Entity, EntityPair
from portal.entities.queries import MOST_PARTS, chunks, parts_of, told_apart


def ordered(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    """Return two ids in the order in which a pair holds them."""
    return (one, other) if one < other else (other, one)


def may_join(session: Session, left: Entity, right: Entity) -> bool:
    """Tell whether the portal may join two: nobody told their parts apart, and they are few."""
    wholes = {left.whole_id, right.whole_id}
    parts = parts_of(session, wholes)
    if sum(map(len, parts.values())) > MOST_PARTS:
        return False
    return not told_apart(session, parts[left.whole_id], parts[right.whole_id])


def regroup(session: Session, ids: Collection[UUID]) -> None:
    """Reckon anew which parts are one, for some parts and all that are joined to them."""
    session.flush()
    rows = session.scalars(select(Entity).where(Entity.id.in_(ids))).all()
    members = {
        part for some in parts_of(session, {row.whole_id for row in rows}).values() for part in some
    }
    entities = {
        row.id: row
        for some in chunks(members)
        for row in session.scalars(select(Entity).where(Entity.id.in_(some)))
    }
    for group in groups(members, joins_among(session, members)):
        whole = min((entities[one] for one in group), key=lambda row: (row.first_seen_at, row.id))
        for one in group:
            entities[one].joined_to_id = None if one == whole.id else whole.id
    session.flush()


def joins_among(session: Session, members: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    """Return which parts are held to be the same."""
    return [
        (row.left_id, row.right_id)
        for some in chunks(members)
        for row in session.execute(
            select(EntityPair.left_id, EntityPair.right_id).where(
                EntityPair.left_id.in_(some), EntityPair.verdict.in_(JOINS)
            )
        )
        if row.right_id in members
    ]


def groups(members: Collection[UUID], joins: Collection[tuple[UUID, UUID]]) -> list[set[UUID]]:
    """Return the parts that hang together, each in exactly one group."""
    group_of = {one: {one} for one in members}
    for left, right in joins:
        one, other = group_of[left], group_of[right]
        if one is not other:
            one |= other
            group_of.update(dict.fromkeys(other, one))
    return list({id(group): group for group in group_of.values()}.values())
