"""Which cases an officer may read, as a condition of a query."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, true

from portal.core.access import Actor, Role
from portal.triage.models import BreakGlass, TriageCase, Worker
from portal.triage.queries import DAY


def readable(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition that `triage.queries.may_read` decides for one case."""
    if actor.role is Role.SUPERVISOR:
        return true()
    worked = exists().where(Worker.case_id == TriageCase.id, Worker.account_id == actor.id)
    broken = exists().where(
        BreakGlass.case_id == TriageCase.id,
        BreakGlass.account_id == actor.id,
        BreakGlass.at > now - DAY,
    )
    own = or_(TriageCase.assignee_id.is_(None), TriageCase.assignee_id == actor.id)
    return or_(own, worked, broken)
