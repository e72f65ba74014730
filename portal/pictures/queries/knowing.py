"""Which of many cases an officer needs to know: `triage.queries.may_read`, in two SELECTs."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from portal.core.access import Actor, Role
from portal.triage.models import BreakGlass, TriageCase, Worker
from portal.triage.queries import DAY


def cases(session: Session, ids: Collection[UUID]) -> dict[UUID, TriageCase]:
    """Return some cases by their ids."""
    if not ids:
        return {}
    return {
        row.id: row for row in session.scalars(select(TriageCase).where(TriageCase.id.in_(ids)))
    }


def readable(
    session: Session, found: Collection[TriageCase], actor: Actor, now: datetime
) -> set[UUID]:
    """Return the ids of those cases that an officer may read."""
    if actor.role is Role.SUPERVISOR:
        return {case.id for case in found}
    known = {case.id for case in found if case.assignee_id in {None, actor.id}}
    asked = [case.id for case in found if case.id not in known]
    if not asked:
        return known
    worked = select(Worker.case_id).where(Worker.case_id.in_(asked), Worker.account_id == actor.id)
    broken = select(BreakGlass.case_id).where(
        BreakGlass.case_id.in_(asked),
        BreakGlass.account_id == actor.id,
        BreakGlass.at > now - DAY,
    )
    return known | set(session.scalars(union(worked, broken)))
