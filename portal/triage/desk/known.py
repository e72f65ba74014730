"""What is known of the people of a case: other submissions that name the same entity."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.entities import queries as entities
from portal.entities.data import EntitySort
from portal.triage.knowing import readable
from portal.triage.models import TriageCase

PERSONAL = frozenset(
    {
        *(EntitySort.PERSON, EntitySort.ORGANISATION, EntitySort.PHONE, EntitySort.EMAIL),
        *(EntitySort.IDENTITY, EntitySort.REGISTRATION, EntitySort.ACCOUNT, EntitySort.VEHICLE),
    }
)
MOST_EACH = 20  # other submissions for one entity, the newest


@dataclass(frozen=True, slots=True)
class Related:
    """An earlier or later submission about the same people, and why."""

    case: TriageCase
    traces: tuple[str, ...]  # none, and nothing of the case but its reference, where hidden
    readable: bool


def related(
    session: Session, case_id: UUID, actor: Actor, now: datetime, limit: int = 20
) -> list[Related]:
    """Return other cases that name the same people, newest first, with what is shared.

    A case that the officer may not read is listed by its reference alone.
    """
    shared: dict[UUID, dict[str, None]] = {}
    for one in entities.sharing(session, case_id, PERSONAL, now, MOST_EACH):
        shared.setdefault(one.submission_id, {})[one.shown] = None
    query = select(TriageCase, readable(actor, now)).where(TriageCase.id.in_(shared))
    query = query.options(joinedload(TriageCase.assignee))
    found = session.execute(query.order_by(TriageCase.received_at.desc()).limit(limit))
    return [
        Related(case, tuple(shared[case.id]) if may_read else (), bool(may_read))
        for case, may_read in found
    ]
