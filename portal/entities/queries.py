"""Reading entities. Nothing of it is ever shown to a company."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Row, Select, bindparam, func, or_, select, tuple_, union_all
from sqlalchemy.orm import Session, aliased, joinedload

from portal.core.errors import NotFoundError
from portal.entities.data import EntitySort, Verdict
from portal.entities.models import Entity, EntityDecision, EntityMention, EntityPair

AT_ONCE = 400  # values in one statement
MOST_SHARED = 40  # entities of one submission that are followed
MOST_PARTS = 32  # of one entity; more are not joined by the portal
PAGE = 25
MOST_LINKED = 40  # pairs and linked entities that a page shows
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
    found = session.execute(mentions_and_wholes(), {"submission": submission_id})
    return [(row[0], row[1]) for row in found]


@cache
def mentions_and_wholes() -> Select[EntityMention, Entity]:
    """Prepare the look-up of a submission's mentions, once: to build it takes longest."""
    part, whole = aliased(Entity), aliased(Entity)
    return (
        select(EntityMention, whole)
        .join(part, part.id == EntityMention.entity_id)
        .join(whole, whole.id == func.coalesce(part.joined_to_id, part.id))
        .where(EntityMention.submission_id == bindparam("submission"))
        .order_by(EntityMention.path, EntityMention.id)
    )


def named_in(session: Session, submission_id: UUID) -> list[Entity]:
    """Return which entities a submission names, each once: people and firms before the rest."""
    found = {entity.id: entity for _, entity in entities_of(session, submission_id)}
    order = list(EntitySort)
    named = sorted(found.values(), key=lambda one: (order.index(one.sort), one.name))
    return named[:MOST_SHARED]


def parts_of(session: Session, wholes: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the ids of the parts of some entities, their own first; a SELECT also for none."""
    found = {one: [one] for one in wholes}
    for some in [*chunks(wholes)] or [[]]:
        query = select(Entity.id, Entity.joined_to_id).where(Entity.joined_to_id.in_(some))
        for row in session.execute(query):
            found[row.joined_to_id].append(row.id)
    return found


def wholes_of(session: Session, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return which entity each of some parts belongs to, itself if it was joined to none."""
    whole = func.coalesce(Entity.joined_to_id, Entity.id)
    query = select(Entity.id, whole).where(Entity.id.in_(ids))
    return {row[0]: row[1] for row in session.execute(query)}


def sharing(
    session: Session,
    submission_id: UUID,
    sorts: Collection[EntitySort],
    before: datetime,
    each: int,
) -> list[Shared]:
    """Return the newest other submissions that name an entity of this one; the cost is bounded.

    Args:
        session: for reading.
        submission_id: the submission in hand.
        sorts: of the entities that are followed.
        before: only what was received until then counts.
        each: how many mentions are looked at for one entity, the newest.
    """
    own = dict.fromkeys(
        entity.id
        for mention, entity in entities_of(session, submission_id)
        if mention.telling and mention.sort in sorts
    )
    wholes = list(own)[:MOST_SHARED]
    parts = parts_of(session, wholes)
    whole_of = {part: whole for whole, some in parts.items() for part in some}
    found: dict[UUID, list[Row[Any]]] = {}
    for some in chunks(whole_of, PARTS_AT_ONCE):
        values: dict[str, Any] = {"own": submission_id, "before": before, "each": each}
        parts_sought = {f"part{n}": part for n, part in enumerate(some)}
        for row in session.execute(newest(len(some)), values | parts_sought):
            found.setdefault(whole_of[row.entity_id], []).append(row)
    return [
        Shared(row.submission_id, row.sort, whole, row.shown, row.path)
        for whole, rows in found.items()
        for row in sorted(rows, key=lambda one: one.received_at, reverse=True)[:each]
    ]


@lru_cache(maxsize=PARTS_AT_ONCE)
def newest(number: int) -> Select[Any]:
    """Prepare the look-up of the newest telling mentions of some parts: by the index each.

    It is prepared once for each number of parts: to build it anew takes longer than to run it.
    Only what is asked for is read: whole rows would come one by one from all over the table.
    """
    table = EntityMention
    looked_up = (
        select(
            select(
                *(table.entity_id, table.received_at, table.submission_id),
                *(table.sort, table.shown, table.path),
            )
            .where(
                table.entity_id == bindparam(f"part{n}"),
                table.telling,
                table.received_at <= bindparam("before", type_=table.received_at.type),
                table.submission_id != bindparam("own"),
            )
            .order_by(table.received_at.desc(), table.submission_id.desc())
            .limit(bindparam("each", type_=Integer))
            .subquery()
        )
        for n in range(number)
    )
    found = union_all(*looked_up).subquery()
    return select(found)


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


def get(session: Session, entity_id: UUID) -> Entity:
    """Return an entity or a part of one.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(Entity, entity_id)
    if found is None:
        raise NotFoundError
    return found


def mention(session: Session, entity_id: UUID, mention_id: UUID) -> EntityMention:
    """Return one mention of an entity or of a part of it.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(EntityMention, mention_id)
    if found is None or get(session, found.entity_id).whole_id != entity_id:
        raise NotFoundError
    return found


def parts(session: Session, entity: Entity) -> Sequence[Entity]:
    """Return an entity and what was joined to it, the oldest first."""
    table = Entity
    query = select(table).where(or_(table.id == entity.id, table.joined_to_id == entity.id))
    return session.scalars(query.order_by(table.first_seen_at, table.id)).all()


def mentions_of(session: Session, ids: Sequence[UUID], after: str = "") -> Sequence[EntityMention]:
    """Return a page of the mentions of some parts, newest first: an index look-up for each."""
    table = EntityMention
    place = read_cursor(after)
    looked_up = []
    for one in ids:
        query = select(table.id).where(table.entity_id == one)
        if place is not None:
            query = query.where(tuple_(table.received_at, table.id) < place)
        newest_first = query.order_by(table.received_at.desc(), table.id.desc())
        looked_up.append(select(newest_first.limit(PAGE).subquery()))
    found = select(table).where(table.id.in_(union_all(*looked_up)))
    found = found.order_by(table.received_at.desc(), table.id.desc()).limit(PAGE)
    return session.scalars(found).all()


def cursor(mention: EntityMention) -> str:
    """Return where a page of mentions ends."""
    return f"{mention.received_at.isoformat()}~{mention.id}"


def read_cursor(text: str) -> tuple[datetime, UUID] | None:
    """Return the place that a cursor names; None for none, or for one that is spoiled."""
    try:
        moment, last = text.split("~")
        return datetime.fromisoformat(moment), UUID(last)
    except ValueError:
        return None


def pair_of(session: Session, pair_id: UUID) -> EntityPair:
    """Return a pair with its two entities.

    Raises:
        NotFoundError: there is none.
    """
    found = session.scalar(with_sides(select(EntityPair).where(EntityPair.id == pair_id)))
    if found is None:
        raise NotFoundError
    return found


def with_sides(query: Select[EntityPair]) -> Select[EntityPair]:
    """Read the two entities of pairs, and who decided, with them."""
    return query.options(
        joinedload(EntityPair.left), joinedload(EntityPair.right), joinedload(EntityPair.decided_by)
    )


def waiting(
    session: Session, verdict: Verdict, after: str = "", limit: int = PAGE
) -> Sequence[EntityPair]:
    """Return pairs that wait for an analyst, the likeliest first."""
    table = EntityPair
    query = select(table).where(table.verdict == verdict)
    if (place := read_score(after)) is not None:
        query = query.where(tuple_(table.score, table.id) < place)
    query = query.order_by(table.score.desc(), table.id.desc()).limit(limit)
    return session.scalars(with_sides(query)).all()


def score_cursor(pair: EntityPair) -> str:
    """Return where a page of waiting pairs ends."""
    return f"{pair.score}~{pair.id}"


def read_score(text: str) -> tuple[float, UUID] | None:
    """Return the place that a cursor of waiting pairs names, if it is one."""
    try:
        score, last = text.split("~")
        return float(score), UUID(last)
    except ValueError:
        return None


def decided(session: Session, after: str = "") -> Sequence[EntityPair]:
    """Return pairs that are joined or were decided, the newest first."""
    table = EntityPair
    query = select(table).where(table.decided_at.is_not(None))
    if (place := read_cursor(after)) is not None:
        query = query.where(tuple_(table.decided_at, table.id) < place)
    query = query.order_by(table.decided_at.desc(), table.id.desc()).limit(PAGE)
    return session.scalars(with_sides(query)).all()


def decided_cursor(pair: EntityPair) -> str:
    """Return where a page of decided pairs ends."""
    return f"{pair.decided_at.isoformat() if pair.decided_at else ''}~{pair.id}"


def pairs_with(session: Session, ids: Collection[UUID]) -> Sequence[EntityPair]:
    """Return what is held of some parts and of others, the likeliest first; bounded."""
    table = EntityPair
    query = select(table).where(or_(table.left_id.in_(ids), table.right_id.in_(ids)))
    query = query.order_by(table.score.desc(), table.id.desc()).limit(MOST_LINKED)
    return session.scalars(with_sides(query)).all()


def decisions_of(session: Session, pairs: Collection[UUID]) -> Sequence[EntityDecision]:
    """Return what was held of some pairs and by whom, the newest first."""
    table = EntityDecision
    query = select(table).where(table.pair_id.in_(pairs)).options(joinedload(table.by))
    return session.scalars(query.order_by(table.at.desc(), table.id).limit(MOST_LINKED)).all()


def linked(
    session: Session, ids: Sequence[UUID], among: Collection[UUID]
) -> list[tuple[Entity, int]]:
    """Return entities that some submissions name together with these, and in how many of them."""
    table, part = EntityMention, aliased(Entity)
    whole = func.coalesce(part.joined_to_id, part.id)
    counted = (
        select(whole.label("whole"), func.count(table.submission_id.distinct()).label("times"))
        .join(part, part.id == table.entity_id)
        .where(table.submission_id.in_(among), table.entity_id.not_in(ids), table.telling)
        .group_by(whole)
        .order_by(func.count(table.submission_id.distinct()).desc(), whole)
        .limit(MOST_LINKED)
        .subquery()
    )
    query = select(Entity, counted.c.times).join(counted, counted.c.whole == Entity.id)
    rows = session.execute(query.order_by(counted.c.times.desc(), Entity.sort, Entity.name))
    return [(row[0], row[1]) for row in rows]
