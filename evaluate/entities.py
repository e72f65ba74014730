"""Which mentions the portal takes for the same person or organisation."""

from collections.abc import Hashable, Iterator
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.entities.data import EntitySort
from portal.entities.models import Entity, EntityMention

SORTS = (EntitySort.PERSON, EntitySort.ORGANISATION)
CHUNK = 5_000


def resolved(session: Session) -> Iterator[tuple[UUID, str, Hashable]]:
    """Yield submission, path and entity of each mention of a person or organisation."""
    query = (
        select(
            EntityMention.submission_id,
            EntityMention.path,
            func.coalesce(Entity.joined_to_id, Entity.id).label("whole"),
        )
        .join(Entity, Entity.id == EntityMention.entity_id)
        .where(EntityMention.sort.in_(SORTS))
    )
    for row in session.execute(query.execution_options(yield_per=CHUNK)):
        yield row.submission_id, row.path, row.whole


def place_of(path: str) -> str:
    """Return the path of whoever a path tells of: parties.0.name tells of parties.0."""
    parts = path.split(".")
    return ".".join(parts[:2]) if parts[0] == "parties" else path
