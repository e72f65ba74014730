"""Reading entities. Nothing of it is ever shown to a company."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from portal.entities.data import EntitySort, Verdict
from portal.entities.models import Entity, EntityMention, EntityPair

AT_ONCE = 400  # values in one statement
MOST_SHARED = 40  # entities of one submission that are followed
MOST_PARTS = 32  # of one entity; more are not joined by the portal
PARTS_AT_ONCE = 100  # look-ups in one statement


@dataclass(frozen=True, slots=True)
class Shared:
    """Where another submission names an entity that the one in hand names too."""

    submission_id: UUID
    sort: EntitySort
    entity_id: UUID
    shown: str
    path: str


def chunks(values: Collection[UUID], size: int = AT_ONCE) -> Iterator[Sequence[UUID]]:
    """Yield values in parts that fit into a statement."""
    listed = sorted(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]


def entities_of(session: Session, submission_id: UUID) -> list[tuple[EntityMention, Entity]]:
    """Return the mentions of a submission, each with the entity it belongs to, in filed order."""
    part, whole = aliased(Entity), aliased(Entity)
    query = (
        select(EntityMention, whole)
        .join(part, part.id == EntityMention.entity_id)
        .join(whole, whole.id == func.coalesce(part.joined_to_id, part.id))
        .where(EntityMention.submission_id == submission_id)
        .order_by(EntityMention.path, EntityMention.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def parts_of(session: Session, wholes: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the ids of the parts of some entities, their own first."""
    found = {one: [one] for one in wholes}
    for some in chunks(wholes):
        query = select(Entity.id, Entity.joined_to_id).where(Entity.joined_to_id.in_(some))
        for row in session.execute(query):
            found[row.joined_to_id].append(row.id)
    return found


def sharing(session: Session, submission_id: UUID, before: datetime, each: int) -> list[Shared]:
    """Return the newest other submissions that name an entity of this one; the cost is bounded.

    Args:
        session: for reading.
        submission_id: the submission in hand.
        before: only what was received until then counts.
        each: how many mentions are looked at for one entity, the newest.
    """
    own = dict.fromkeys(
        entity.id for mention, entity in entities_of(session, submission_id) if mention.telling
    )
    wholes = list(own)[:MOST_SHARED]
    parts = parts_of(session, wholes)
    whole_of = {part: whole for whole, some in parts.items() for part in some}
    found: dict[UUID, list[EntityMention]] = {}
    for some in chunks(whole_of, PARTS_AT_ONCE):
        for row in session.scalars(newest(some, submission_id, before, each)):
            found.setdefault(whole_of[row.entity_id], []).append(row)
    return [
        Shared(row.submission_id, row.sort, whole, row.shown, row.path)
        for whole, rows in found.items()
        for row in sorted(rows, key=lambda one: one.received_at, reverse=True)[:each]
    ]


def newest(
    parts: Sequence[UUID], submission_id: UUID, before: datetime, each: int
) -> Select[EntityMention]:
    """Select the newest telling mentions of each part: an index look-up each."""
    table = EntityMention
    ids = union_all(
        *(
            select(
                select(table.id)
                .where(
                    table.entity_id == part,
                    table.telling,
                    table.received_at <= before,
                    table.submission_id != submission_id,
                )
                .order_by(table.received_at.desc(), table.submission_id.desc())
                .limit(each)
                .subquery()
            )
            for part in parts
        )
    )
    return select(table).where(table.id.in_(ids))


def pairs_among(session: Session, ids: Collection[UUID]) -> dict[tuple[UUID, UUID], EntityPair]:
    """Return what is held of entities among one another, by their ids in order."""
    found: dict[tuple[UUID, UUID], EntityPair] = {}
    for some in chunks(ids):
        query = select(EntityPair).where(EntityPair.left_id.in_(some))
        for pair in session.scalars(query.where(EntityPair.right_id.in_(ids))):
            found[pair.left_id, pair.right_id] = pair
    return found


def told_apart(session: Session, left: Collection[UUID], right: Collection[UUID]) -> bool:
    """Tell whether an analyst said of any of the one side that it is not one of the other."""
    table = EntityPair
    across = or_(
        table.left_id.in_(left) & table.right_id.in_(right),
        table.left_id.in_(right) & table.right_id.in_(left),
    )
    query = select(table.id).where(table.verdict == Verdict.DIFFERENT, across)
    return session.scalar(query.limit(1)) is not None
