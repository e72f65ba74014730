"""Holding submissions against what is watched: on arrival, and looking back.

On arrival the cost depends on what the submission names, not on what is stored: entries come from
an index of keys, of which the lesser ones are each shared by few, and only the best are compared.
Looking back goes through the mentions of the entities that match, a slice at a time.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, and_, select, tuple_, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core.languages import countries_in
from portal.entities.data import Profile, Reason, Trace
from portal.entities.models import Entity, EntityMention
from portal.entities.queries import chunks, entities_of, parts_of
from portal.entities.rules.blocking import keys_of
from portal.entities.rules.profiles import merged, traces_of
from portal.entities.services import holders_of, load
from portal.submissions.data import SubmissionData
from portal.submissions.models import Submission
from portal.submissions.present import mentions
from portal.watchlists.data import NATIONAL, HitState, Match, Watched
from portal.watchlists.models import WATCH_KEY, WatchEntry, WatchHit, WatchList
from portal.watchlists.queries import live, today
from portal.watchlists.rules import best, equal, equal_key, likeness

AT_ONCE = 300  # keys in one statement
MOST_SHARING = 100  # entries under a lesser key, from which it tells nothing
MOST_COMPARED = 50  # entries with one person, organisation or address
MOST_ENTITIES = 100  # that an entry is looked for under, looking back
MOST_EVIDENCE = 5  # places in one submission that are kept
SLICE = 500  # mentions that one job goes through
SAME_ENTITY = Reason("The same entity, as the portal or an analyst joined them", 0.0)


@dataclass(frozen=True, slots=True)
class Told:
    """What a submission says of one person, organisation or address, and what else is known."""

    trace: Trace
    known: Profile | None  # of its entity, from other submissions


def matches(
    session: Session, submission: Submission, data: SubmissionData, now: datetime
) -> dict[UUID, tuple[WatchEntry, tuple[Match, ...]]]:
    """Return which entries stand in a new submission, and where."""
    day = today(now)
    traces = traces_of(data, mentions(data))
    entities = entities_of(session, submission.id)
    owners = {(mention.path, mention.sort): whole for mention, whole in entities}
    told = [Told(one, known_of(owners.get((one.path, one.sort)))) for one in traces]
    found: dict[UUID, list[Match]] = defaultdict(list)
    entries = compared_entries(session, told, day, found)
    for entry, path, shown in joined_entries(session, entities, day):
        entries[entry.id] = entry
        found[entry.id].append(Match(path, shown, None, (SAME_ENTITY,)))
    return {one: (entries[one], best(some)) for one, some in found.items()}


def known_of(entity: Entity | None) -> Profile | None:
    """Return what is known of an entity that is compared."""
    return entity.profile if entity is not None and entity.value is None else None


def compared_entries(
    session: Session, told: Sequence[Told], day: date, found: dict[UUID, list[Match]]
) -> dict[UUID, WatchEntry]:
    """Look up the entries that share keys, compare, and add what matches to `found`."""
    keys = {id(one): keys_of_told(one) for one in told}
    sharing = holders(session, {key for some in keys.values() for key in some}, day)
    chosen = {id(one): candidates(one, keys[id(one)], sharing) for one in told}
    entries = loaded(session, {entry for some in chosen.values() for entry in some})
    for one in told:
        for entry in chosen[id(one)]:
            match = match_of(entries[entry].watched, one)
            if match is not None:
                found[entry].append(match)
    return entries


def keys_of_told(one: Told) -> tuple[int, ...]:
    """Return under which keys an entry could stand that watches this."""
    if one.trace.profile is None:
        return (equal_key(one.trace.sort, one.trace.value),)
    more = keys_of(one.known) if one.known else ()
    return tuple(dict.fromkeys((*keys_of(one.trace.profile), *more)))


def holders(session: Session, keys: Collection[int], day: date) -> dict[int, list[UUID]]:
    """Return which entries that are in force stand under each key."""
    listed = sorted(keys)
    sharing: dict[int, list[UUID]] = defaultdict(list)
    for start in range(0, len(listed), AT_ONCE):
        query = (
            select(WATCH_KEY.c.key, WATCH_KEY.c.entry_id)
            .join(WatchEntry, WatchEntry.id == WATCH_KEY.c.entry_id)
            .join(WatchList, WatchList.id == WatchEntry.list_id)
            .where(WATCH_KEY.c.key.in_(listed[start : start + AT_ONCE]), live(day))
        )
        for key, entry_id in session.execute(query):
            sharing[key].append(entry_id)
    return sharing


def candidates(
    one: Told, keys: Sequence[int], sharing: Mapping[int, Collection[UUID]]
) -> list[UUID]:
    """Return the entries worth comparing, those that share the rarest keys first."""
    if one.trace.profile is None:
        return sorted(sharing.get(keys[0], ()))
    weights: Counter[UUID] = Counter()
    for key in keys:
        sharers = sharing.get(key, ())
        for entry in sharers:
            weights[entry] += 1 + MOST_SHARING // len(sharers)
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return [entry for entry, _ in ranked[:MOST_COMPARED]]


def loaded(session: Session, ids: Collection[UUID]) -> dict[UUID, WatchEntry]:
    """Return entries by id."""
    return {
        row.id: row
        for some in chunks(ids)
        for row in session.scalars(select(WatchEntry).where(WatchEntry.id.in_(some)))
    }


def match_of(watched: Watched, one: Told) -> Match | None:
    """Compare what is watched with what a submission says, then with what else is known."""
    trace = one.trace
    if trace.profile is None:
        if not equal(watched, trace):
            return None
        reason = Reason("Same value", 0.0, trace.shown, watched.shown)
        return Match(trace.path, trace.shown, None, (reason,))
    if watched.profile is None or watched.sort is not trace.sort:
        return None
    score, reasons, doubts = likeness(watched.profile, trace.profile)
    if not score and one.known:
        score, reasons, doubts = likeness(watched.profile, merged(trace.profile, one.known))
        reasons = tuple(Reason(f"{r.text}, by other submissions", r.bits) for r in reasons)
    return Match(trace.path, trace.shown, score, reasons, doubts) if score else None


def joined_entries(
    session: Session, entities: Sequence[tuple[EntityMention, Entity]], day: date
) -> list[tuple[WatchEntry, str, str]]:
    """Return the entries made of an entity that the submission names, with path and words."""
    parts = parts_of(session, {whole.id for _, whole in entities})
    whole_of = {part: whole for whole, some in parts.items() for part in some}
    places = {whole.id: (mention.path, mention.shown) for mention, whole in reversed(entities)}
    return [
        (row, *places[whole_of[row.entity_id]])
        for some in chunks(whole_of)
        for row in session.scalars(
            select(WatchEntry)
            .join(WatchList, WatchList.id == WatchEntry.list_id)
            .where(WatchEntry.entity_id.in_(some), live(day))
        )
        if row.entity_id
    ]


# --- keeping --------------------------------------------------------------------------------------


def evidence_of(found: Sequence[Match]) -> list[dict[str, Any]]:
    """Return matches as they are stored."""
    return [
        {
            "path": one.path,
            "shown": one.shown,
            "reasons": [reason.to_json() for reason in one.reasons],
            "doubts": list(one.doubts),
        }
        for one in found[:MOST_EVIDENCE]
    ]


def keep(session: Session, rows: Sequence[dict[str, Any]]) -> set[UUID]:
    """Write hits down that are not known yet; return the lists that have new ones."""
    if not rows:
        return set()
    insert = dialect_insert(session, WatchHit.__table__)
    done = insert.values(list(rows)).on_conflict_do_nothing(
        index_elements=["entry_id", "submission_id"]
    )
    table = WatchHit.__table__
    return set(session.connection().execute(done.returning(table.c.list_id)).scalars())


def dialect_insert(session: Session, table: Any) -> Any:
    """Return an INSERT that may leave out what is there already."""
    dialect = session.get_bind().dialect.name
    return (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)


def hit_of(
    entry: WatchEntry, submission_id: UUID, found: Sequence[Match], now: datetime, *, arrival: bool
) -> dict[str, Any]:
    """Return a hit as a row."""
    return {
        "id": uuid4(),
        "entry_id": entry.id,
        "list_id": entry.list_id,
        "submission_id": submission_id,
        "found_at": now,
        "on_arrival": arrival,
        "score": found[0].score,
        "evidence": evidence_of(found),
        "state": HitState.NEW,
        "note": "",
    }


def write_keys(
    session: Session, entries: Iterable[tuple[UUID, frozenset[int], frozenset[int]]]
) -> None:
    """Let entries be found under keys, save the lesser ones that very many share."""
    listed = list(entries)
    counted = sharers(session, {key for _, _, lesser in listed for key in lesser})
    rows: list[dict[str, Any]] = []
    for entry_id, whole, lesser in listed:
        few = [key for key in lesser if counted[key] < MOST_SHARING]
        counted.update(few)
        rows.extend({"key": key, "entry_id": entry_id} for key in sorted({*whole, *few}))
    for start in range(0, len(rows), AT_ONCE * 10):
        session.execute(WATCH_KEY.insert(), rows[start : start + AT_ONCE * 10])


def sharers(session: Session, keys: Collection[int]) -> Counter[int]:
    """Return how many entries stand under each key; beyond MOST_SHARING none are written."""
    listed, found = sorted(keys), Counter[int]()
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        found.update(session.scalars(select(WATCH_KEY.c.key).where(WATCH_KEY.c.key.in_(some))))
    return found


# --- looking back ---------------------------------------------------------------------------------


def entities_watched(session: Session, entry: WatchEntry) -> dict[UUID, tuple[Match, ...]]:
    """Return the parts of entities that are what an entry watches, and why."""
    found = equal_entities(session, entry) if entry.value else alike(session, entry.watched)
    if entry.entity_id:
        found[entry.entity_id] = (Match("", "", None, (SAME_ENTITY,)),)
    listed = dict(list(found.items())[:MOST_ENTITIES])
    rows = load(session, listed)
    wholes = {row.whole_id: match for one, match in listed.items() if (row := rows.get(one))}
    parts = parts_of(session, wholes)
    joined = {part: wholes[whole] for whole, some in parts.items() for part in some}
    return {one: why for one, why in (joined | listed).items() if one in rows or one in joined}


def equal_entities(session: Session, entry: WatchEntry) -> dict[UUID, tuple[Match, ...]]:
    """Return the entities that have the value; a number may carry its country, or any."""
    values = [entry.value or ""]
    if entry.sort in NATIONAL:
        codes = (entry.country,) if entry.country else tuple(countries_in("en"))
        values.extend(f"{code} {entry.value}" for code in codes)
    query = select(Entity.id, Entity.name).where(
        Entity.sort == entry.sort, Entity.value.in_(values)
    )
    return {
        row.id: (Match("", "", None, (Reason("Same value", 0.0, row.name, entry.shown),)),)
        for row in session.execute(query)
    }


def alike(session: Session, watched: Watched) -> dict[UUID, tuple[Match, ...]]:
    """Return the entities that compare as the same, the likeliest first."""
    profile = watched.profile
    if profile is None:
        return {}
    sharing = holders_of(session, keys_of(profile))
    weights: Counter[UUID] = Counter()
    for some in sharing.values():
        for one in some:
            weights[one] += 1 + MOST_SHARING // len(some)
    ranked = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    rows = load(session, [one for one, _ in ranked[: MOST_ENTITIES * 4]])
    scored = []
    for one, row in rows.items():
        score, reasons, doubts = likeness(profile, row.profile)
        if score:
            scored.append((one, Match("", "", score, reasons, doubts)))
    return {one: (match,) for one, match in sorted(scored, key=lambda pair: -pair[1].rank)}


@dataclass(frozen=True, slots=True)
class Place:
    """How far a look back came: the mention that was seen last."""

    received_at: datetime
    mention_id: UUID


def slice_of(
    session: Session, parts: Collection[UUID], place: Place | None, since: datetime | None
) -> Sequence[EntityMention]:
    """Return the next mentions of some entities, the newest first: index look-ups with a limit."""
    table = EntityMention
    beyond = []
    if place is not None:
        beyond.append(tuple_(table.received_at, table.id) < (place.received_at, place.mention_id))
    if since is not None:
        beyond.append(table.received_at >= since)
    found: list[EntityMention] = []
    for some in chunks(parts, MOST_ENTITIES):
        found.extend(session.scalars(newest(some, and_(True, *beyond))))  # noqa: FBT003
    found.sort(key=lambda one: (one.received_at, one.id), reverse=True)
    return found[:SLICE]


def newest(parts: Sequence[UUID], beyond: Any) -> Select[EntityMention]:
    """Select the newest mentions of each entity that fit."""
    table = EntityMention
    ids = union_all(
        *(
            select(
                select(table.id)
                .where(table.entity_id == part, beyond)
                .order_by(table.received_at.desc(), table.id.desc())
                .limit(SLICE)
                .subquery()
            )
            for part in parts
        )
    )
    query = select(table).where(table.id.in_(ids))
    return query.order_by(table.received_at.desc(), table.id.desc()).limit(SLICE)
