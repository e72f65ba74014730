"""Reading an entity is a deed: it is written down, and counts as reading what it shows."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.dossiers.queries import Line, lines_of
from portal.entities.models import EntityMention
from portal.triage import deeds


def note_reading(
    session: Session, entity_id: UUID, lines: Iterable[Line], actor: Actor, now: datetime
) -> None:
    """Write down that an entity was read, and each case of which something was shown."""
    audit.record(session, actor, "entity.read", entity_id, now)
    shown = {line.case.id: line.case for line in lines if line.case and line.readable}
    deeds.note_readings(session, shown.values(), actor, now)


def refuse_unread(session: Session, mention: EntityMention, actor: Actor, now: datetime) -> None:
    """Refuse to move a mention of a case that the officer does not need to know.

    Raises:
        DomainError: another officer has the case.
    """
    if not lines_of(session, [mention], actor, now)[0].readable:
        raise DomainError("Another officer has this case.")
