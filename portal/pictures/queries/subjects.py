"""What submissions name, and which submissions name it: the one place that knows of entities.

A subject is an entity. It is called as a submission calls it that the officer reads, never by the
entity's own name, which may come from a case that is not for this officer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from portal.core.errors import NotFoundError
from portal.entities.data import EntitySort
from portal.entities.models import Entity, EntityMention
from portal.entities.queries import PARTS_AT_ONCE, chunks, entities_of, parts_of
from portal.pictures.data import Subject

MOST_NAMED = 40  # subjects of one submission that are looked at
PLACES = 2  # in one submission where a subject stands, as a rule
PEOPLE = frozenset(
    {
        EntitySort.PERSON,
        EntitySort.ORGANISATION,
        EntitySort.PHONE,
        EntitySort.EMAIL,
        EntitySort.ACCOUNT,
        EntitySort.IDENTITY,
        EntitySort.REGISTRATION,
    }
)


@dataclass(frozen=True, slots=True)
class Named:
    """A subject as one submission names it."""

    submission_id: UUID
    subject: Subject
    path: str


def subject_of(entity_id: UUID, mention: EntityMention) -> Subject:
    """Return an entity as a mention calls it."""
    return Subject(f"subject-{entity_id}", entity_id, mention.sort.value, mention.shown)


def whole(session: Session, entity_id: UUID) -> UUID:
    """Return the id of an entity, whole even when the id is that of a part.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(Entity, entity_id)
    if found is None:
        raise NotFoundError
    return found.whole_id


def named_in(session: Session, submission_id: UUID) -> list[Named]:
    """Return what a submission names and what tells something, each subject once."""
    found: dict[UUID, Named] = {}
    for mention, entity in entities_of(session, submission_id):
        if mention.telling:
            subject = subject_of(entity.id, mention)
            found.setdefault(entity.id, Named(submission_id, subject, mention.path))
    return list(found.values())[:MOST_NAMED]


def naming(
    session: Session,
    wanted: Sequence[UUID],
    each: int,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Named]:
    """Return who names each entity, the newest first: one look-up in an index for each part."""
    parts = parts_of(session, wanted)
    whole_of = {part: one for one, some in parts.items() for part in some}
    rows = [
        row
        for some in chunks(whole_of, PARTS_AT_ONCE)
        for row in session.scalars(newest(some, each * PLACES, since, until))
    ]
    rows.sort(key=lambda row: (row.received_at, row.submission_id, row.path), reverse=True)
    return list(once(rows, whole_of, each))


def once(rows: Sequence[EntityMention], whole_of: dict[UUID, UUID], each: int) -> Iterator[Named]:
    """Yield each submission once for an entity, and no more than so many."""
    seen: dict[UUID, set[UUID]] = {}
    for row in rows:
        entity_id = whole_of[row.entity_id]
        known = seen.setdefault(entity_id, set())
        if row.submission_id not in known and len(known) < each:
            known.add(row.submission_id)
            yield Named(row.submission_id, subject_of(entity_id, row), row.path)


def newest(
    parts: Sequence[UUID], most: int, since: datetime | None, until: datetime | None
) -> Select[EntityMention]:
    """Select the newest telling mentions of each part of an entity."""
    table = EntityMention
    found = []
    for part in parts:
        query = select(table.id).where(table.entity_id == part, table.telling)
        query = query if since is None else query.where(table.received_at >= since)
        query = query if until is None else query.where(table.received_at <= until)
        last = query.order_by(table.received_at.desc(), table.submission_id.desc()).limit(most)
        found.append(select(last.subquery().c.id))
    return select(table).where(table.id.in_(union_all(*found)))
