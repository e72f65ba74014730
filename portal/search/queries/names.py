"""Entities whose names are nearly what was typed, or that are the number typed.

Candidates come from the keys under which entities are found when submissions arrive, and are
scored by the same comparison. An entity is shown only by mentions in cases that the officer may
read, and only when such a mention itself is like what was typed: what the portal joined from other
cases tells nothing here.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.core.text import compact_key, search_key
from portal.entities import queries as entities
from portal.entities import services
from portal.entities.data import COMPARED, EntitySort, Profile
from portal.entities.models import EntityMention
from portal.entities.rules.blocking import SATURATED, keys_of
from portal.entities.rules.names import (
    Likeness,
    compare_organisations,
    compare_persons,
    information,
    organisation_words,
    person_words,
)
from portal.search.data import Asked, FoundCase
from portal.search.queries.texts import CASE
from portal.texts.rules.words import whole_name
from portal.triage.knowing import readable
from portal.triage.models import TriageCase

LEAST_LIKE = 50  # of 100
MOST_COMPARED = 60
MOST_SHOWN = 8
EACH = 12  # mentions of an entity that are looked at, the newest
MOST_LISTED = 4  # of them that are shown
MOST_PARTS = 60
MOST_WORDS = 6  # of a name, each of which may be left out
WORDED = {EntitySort.EMAIL, EntitySort.WEBSITE}


@dataclass(slots=True)
class Known:
    """An entity, in the words of what the officer may read."""

    id: UUID
    sort: EntitySort
    name: str
    score: int  # of 100
    why: str
    cases: list[FoundCase]


def like(session: Session, asked: Asked, actor: Actor, now: datetime) -> list[Known]:
    """Return the entities that are like what was typed, the likest first."""
    if not asked.alone:
        return []
    wholes = [*named(session, asked.text), *valued(session, asked.text)]
    found: dict[UUID, Known] = {}
    for mention, case, whole in mentioned(session, dict.fromkeys(wholes), actor, now):
        score, why = likeness(asked.text, mention)
        if score < LEAST_LIKE:
            continue
        known = found.setdefault(whole, Known(whole, mention.sort, mention.shown, 0, "", []))
        if score > known.score:
            known.score, known.why, known.name = score, why, mention.shown
        if case.id not in {one.id for one in known.cases} and len(known.cases) < MOST_LISTED:
            known.cases.append(case)
    return sorted(found.values(), key=lambda one: (-one.score, one.name))[:MOST_SHOWN]


def named(session: Session, text: str) -> list[UUID]:
    """Return the people and firms whose names share keys with what was typed, likeliest first."""
    sorts = (EntitySort.PERSON, EntitySort.ORGANISATION)
    spelt = shortened(text)
    keys = [key for sort in sorts for key in keys_of(Profile(sort=sort, names=spelt))]
    holders = services.holders_of(session, set(keys))
    weights: Counter[UUID] = Counter()
    for sharers in holders.values():
        weights.update(dict.fromkeys(sharers, max(1, SATURATED // len(sharers))))
    best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_COMPARED]
    wholes = entities.wholes_of(session, [one for one, _ in best])
    return [wholes[one] for one, _ in best]


def shortened(text: str) -> tuple[str, ...]:
    """Return a name whole, and without each of its words: any one of them may be mistyped."""
    words = text.split()
    fewer = (" ".join(words[:n] + words[n + 1 :]) for n in range(min(len(words), MOST_WORDS)))
    return (text, *(one for one in fewer if one))


def valued(session: Session, text: str) -> list[UUID]:
    """Return the telephones, plates, containers and so on that are what was typed."""
    values = {
        (sort, search_key(text) if sort in WORDED else compact_key(text).removeprefix("00"))
        for sort in EntitySort
        if sort not in COMPARED
    }
    return [row.whole_id for row in services.by_value(session, values).values()]


def mentioned(
    session: Session, wholes: Iterable[UUID], actor: Actor, now: datetime
) -> list[tuple[EntityMention, FoundCase, UUID]]:
    """Return the newest mentions of each entity in cases that the officer may read.

    It takes as many SELECTs where there is no entity.
    """
    parts = entities.parts_of(session, list(wholes)[:MOST_COMPARED])
    whole_of = {part: whole for whole, some in parts.items() for part in some[:MOST_PARTS]}
    table = EntityMention
    looked_up = [
        select(
            select(table.id)
            .where(table.entity_id == part)
            .order_by(table.received_at.desc(), table.id.desc())
            .limit(EACH)
            .subquery()
        )
        for part in list(whole_of)[: 2 * MOST_PARTS]
    ]
    query = (
        select(table, *CASE)
        .join(TriageCase, TriageCase.id == table.submission_id)
        .where(table.id.in_(union_all(*looked_up) if looked_up else []), readable(actor, now))
        .order_by(table.received_at.desc(), table.id.desc())
    )
    rows = [tuple(row) for row in session.execute(query)]
    return [(row[0], FoundCase(*row[1:]), whole_of[row[0].entity_id]) for row in rows]


def likeness(text: str, mention: EntityMention) -> tuple[int, str]:
    """Return how like a mention is what was typed, of 100, and in which way."""
    if mention.sort not in COMPARED:
        equal = compact_key(mention.shown) == compact_key(text).removeprefix("00")
        return (100, "Same number, however spaced") if equal else (0, "")
    if mention.sort is EntitySort.ADDRESS:
        return 0, ""
    if whole_name(text) == whole_name(mention.shown):
        return 100, "Same name"
    person = mention.sort is EntitySort.PERSON
    said = compare_persons(text, mention.shown) if person else compare_organisations(
        text, mention.shown
    )  # fmt: skip
    words = (person_words if person else organisation_words)(text)
    return share(said, words), said.text


def share(said: Likeness, words: Sequence[str]) -> int:
    """Return which part of what the typed words could say the comparison says, of 100."""
    most = sum(map(information, words))
    return max(0, min(99, round(100 * said.bits / most))) if most else 0
