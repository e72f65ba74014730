"""Resolving: whose the mentions of a submission are, in the transaction that receives it.

The cost depends on what the submission names, not on what is stored: candidates come from an
index of keys of which each is shared by few, and only the best are compared.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core.db import among
from portal.entities import joining, queries
from portal.entities.data import Comparison, EntitySort, Profile, Trace, Verdict
from portal.entities.models import ENTITY_KEY, Entity, EntityDecision, EntityMention, EntityPair
from portal.entities.rules.blocking import SATURATED, keys_of, name_key, shortlist
from portal.entities.rules.compare import compare, namesake
from portal.entities.rules.profiles import merged, traces_of
from portal.submissions.data import SubmissionData
from portal.submissions.models import Submission
from portal.submissions.present import mentions

MOST_OFFERED = 4  # pairs that one mention gives an analyst
AT_ONCE = 300  # values in one statement


@dataclass(slots=True)
class Found:
    """What is known so far of one mention that is compared."""

    profile: Profile
    keys: tuple[int, ...]
    entity: Entity | None = None
    comparison: Comparison | None = None  # why it is this one; none: it is new
    others: list[tuple[Entity, Comparison]] = field(default_factory=list)


def resolve(session: Session, submission: Submission, data: SubmissionData, now: datetime) -> None:
    """Find out whose the mentions of a submission are, and keep them; flushes, never commits."""
    traces = traces_of(data, mentions(data))
    owners: dict[int, tuple[Entity, Comparison | None]] = {}
    equal = [trace for trace in traces if trace.profile is None]
    known = equal_entities(session, equal, now)
    compared = compared_entities(session, [one for one in traces if one.profile], now)
    for trace in traces:
        if trace.profile is None:
            owners[id(trace)] = known[trace.sort, trace.value], None
        else:
            found = compared[trace.profile]
            assert found.entity is not None  # noqa: S101  each was given one
            owners[id(trace)] = found.entity, found.comparison
    keep(session, submission, [(trace, *owners[id(trace)]) for trace in traces])


def keep(
    session: Session,
    submission: Submission,
    owned: Sequence[tuple[Trace, Entity, Comparison | None]],
) -> None:
    """Write the mentions down and count them with their entities."""
    rows = [
        {
            "id": uuid4(),
            "entity_id": entity.id,
            "submission_id": submission.id,
            "organisation_id": submission.organisation_id,
            "path": trace.path,
            "sort": trace.sort,
            "role": trace.role,
            "telling": trace.telling,
            "shown": trace.shown,
            "received_at": submission.received_at,
            "score": comparison.score if comparison else None,
            "reasons": [one.to_json() for one in comparison.reasons] if comparison else [],
        }
        for trace, entity, comparison in owned
    ]
    if not rows:
        return
    session.execute(insert(EntityMention), rows)
    counted = Counter(entity.id for _, entity, _ in owned)
    table = Entity.__table__
    session.connection().execute(
        update(table)  # type: ignore[arg-type]  # the table of a class is one
        .where(table.c.id == bindparam("one"))
        .values(mentions=table.c.mentions + bindparam("more"), last_seen_at=bindparam("seen")),
        [
            {"one": one, "more": number, "seen": submission.received_at}
            for one, number in sorted(counted.items())
        ],
    )


def equal_entities(
    session: Session, traces: Iterable[Trace], now: datetime
) -> dict[tuple[EntitySort, str], Entity]:
    """Return the entities of values that are equal or not; new values get new ones."""
    shown = {(trace.sort, trace.value): trace.shown for trace in traces}
    found = by_value(session, shown)
    fresh = sorted(set(shown) - set(found))
    if fresh:
        rows = [
            {
                "id": uuid4(),
                "sort": sort,
                "value": value,
                "name": shown[sort, value],
                "first_seen_at": now,
                "last_seen_at": now,
                "mentions": 0,
                "known": {},
            }
            for sort, value in fresh
        ]
        insert_new(session, Entity.__table__, rows)
        found |= by_value(session, fresh)  # another transaction may have been faster
    return found


def by_value(
    session: Session, values: Iterable[tuple[EntitySort, str]]
) -> dict[tuple[EntitySort, str], Entity]:
    """Return the entities that have these values."""
    listed = list(values)
    found = {}
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        query = select(Entity).where(among(Entity.sort, Entity.value, some))
        for row in session.scalars(query):
            found[row.sort, row.value or ""] = row
    return found


def insert_new(session: Session, table: object, rows: Sequence[dict[str, object]]) -> None:
    """Insert rows, save those that another transaction inserted."""
    dialect = session.get_bind().dialect.name
    new = postgresql.insert if dialect == "postgresql" else sqlite.insert
    session.execute(new(table).on_conflict_do_nothing(), rows)  # type: ignore[arg-type]


def compared_entities(
    session: Session, traces: Iterable[Trace], now: datetime
) -> dict[Profile, Found]:
    """Return the entity of each profile: the best that is certain, or a new one."""
    profiles = dict.fromkeys(trace.profile for trace in traces if trace.profile)
    found = {one: Found(one, keys_of(one)) for one in profiles}
    if not found:
        return found
    holders = holders_of(session, {key for one in found.values() for key in one.keys})
    best = {entity for one in found.values() for entity in shortlist(one.keys, holders)}
    entities = load(session, best)
    for one in found.values():
        settle(session, one, holders, entities, now)
    return found


def holders_of(session: Session, keys: Iterable[int]) -> dict[int, set[UUID]]:
    """Return which entities have each key."""
    listed = sorted(keys)
    found: dict[int, set[UUID]] = {}
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        for row in session.execute(select(ENTITY_KEY).where(ENTITY_KEY.c.key.in_(some))):
            found.setdefault(row.key, set()).add(row.entity_id)
    return found


def load(session: Session, ids: Iterable[UUID]) -> dict[UUID, Entity]:
    """Return entities by id."""
    return {
        row.id: row
        for some in queries.chunks(set(ids))
        for row in session.scalars(select(Entity).where(Entity.id.in_(some)))
    }


def settle(
    session: Session,
    one: Found,
    holders: dict[int, set[UUID]],
    entities: dict[UUID, Entity],
    now: datetime,
) -> None:
    """Give a mention the entity that is certain, or a new one; say what else is probable."""
    ranked = candidates(one, holders, entities)
    certain = [pair for pair in ranked if pair[1].certain]
    if certain:
        one.entity, one.comparison = certain[0]
        learn(session, one.entity, one, holders)
    else:
        one.entity = begin(session, one, holders, now)
        entities[one.entity.id] = one.entity
    one.others = [pair for pair in ranked if pair[0].whole_id != one.entity.whole_id]
    relate(session, one, now)


def candidates(
    one: Found, holders: Mapping[int, set[UUID]], entities: Mapping[UUID, Entity]
) -> list[tuple[Entity, Comparison]]:
    """Compare with who is on the shortlist; return the probable ones, likeliest first."""
    short = shortlist(one.keys, holders)
    listed = [entities[entity] for entity in short if entity in entities]
    profiles = {entity.id: entity.profile for entity in listed}
    if one.profile.sort is EntitySort.ORGANISATION:
        alike = (entity for entity in listed if namesake(one.profile, profiles[entity.id]))
        namesakes = len({entity.whole_id for entity in alike})
    else:
        namesakes = len(holders.get(name_key(one.profile), ()))
    scored = [(each, compare(one.profile, profiles[each.id], namesakes)) for each in listed]
    probable = [pair for pair in scored if pair[1].certain or pair[1].probable]
    return sorted(probable, key=lambda pair: (not pair[1].certain, -pair[1].score, pair[0].id))


def begin(session: Session, one: Found, holders: dict[int, set[UUID]], now: datetime) -> Entity:
    """Make a new entity of a mention."""
    entity = Entity(
        id=uuid4(),
        sort=one.profile.sort,
        name=one.profile.names[0],
        value=None,
        first_seen_at=now,
        last_seen_at=now,
        mentions=0,
        known=one.profile.to_json(),
    )
    session.add(entity)
    session.flush()
    write_keys(session, entity, one.keys, holders)
    return entity


def learn(session: Session, entity: Entity, one: Found, holders: dict[int, set[UUID]]) -> None:
    """Add what a mention tells to what is known of its entity."""
    known = entity.profile
    more = merged(known, one.profile)
    if more != known:
        entity.known = more.to_json()
        session.flush()
        write_keys(session, entity, one.keys, holders)


def write_keys(
    session: Session, entity: Entity, keys: Iterable[int], holders: dict[int, set[UUID]]
) -> None:
    """Let an entity be found under keys, save those that tell nothing any more."""
    fresh = [
        key
        for key in keys
        if entity.id not in holders.setdefault(key, set()) and len(holders[key]) < SATURATED
    ]
    for key in fresh:
        holders[key].add(entity.id)
    if fresh:
        rows = [{"key": key, "entity_id": entity.id} for key in sorted(fresh)]
        insert_new(session, ENTITY_KEY, rows)


def relate(session: Session, one: Found, now: datetime) -> None:
    """Join what else is certain, and offer what is probable to an analyst."""
    assert one.entity is not None  # noqa: S101  settled before
    likeliest = list({pair[0].whole_id: pair for pair in reversed(one.others)}.values())[::-1]
    if not likeliest:
        return
    ids = {one.entity.id, *(entity.id for entity, _ in likeliest)}
    held = queries.pairs_among(session, ids)
    offered = 0
    for entity, comparison in likeliest:
        if joining.ordered(one.entity.id, entity.id) in held:
            continue
        join = comparison.certain and joining.may_join(session, one.entity, entity)
        if join or offered < MOST_OFFERED:
            offered += not join
            pair(session, one.entity, entity, comparison, now, join=join)


def pair(
    session: Session,
    one: Entity,
    other: Entity,
    comparison: Comparison,
    now: datetime,
    *,
    join: bool,
) -> EntityPair:
    """Write down that two entities are certainly or probably the same, and why."""
    left, right = joining.ordered(one.id, other.id)
    row = EntityPair(
        left_id=left,
        right_id=right,
        sort=one.sort,
        verdict=Verdict.CERTAIN if join else Verdict.OFFERED,
        score=comparison.score,
        reasons=[reason.to_json() for reason in comparison.reasons],
        doubts=list(comparison.doubts),
        found_at=now,
        decided_at=now if join else None,
    )
    session.add(row)
    session.flush()
    if join:
        session.add(EntityDecision(pair_id=row.id, verdict=row.verdict, at=now))
        joining.regroup(session, {left, right})
    return row
