"""Which cases an officer needs to know: one rule, for a query, for many cases and for one.

Nobody's cases are everybody's; others are read by who has them, who worked on them, supervisors,
and for a day by who broke the glass.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import Session

from portal.core.access import Actor, Role
from portal.triage.models import BreakGlass, TriageCase, Worker

DAY = timedelta(days=1)


def readable(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Return the condition under which an officer may read a case."""
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


def readable_among(
    session: Session, cases: Collection[TriageCase], actor: Actor, now: datetime
) -> set[UUID]:
    """Return the ids of those cases that an officer may read; by one SELECT whoever has them."""
    ids = [case.id for case in cases]
    return set(
        session.scalars(select(TriageCase.id).where(TriageCase.id.in_(ids), readable(actor, now)))
    )


def may_read(session: Session, case: TriageCase, actor: Actor, now: datetime) -> bool:
    """Tell whether an officer needs to know a case."""
    if actor.role is Role.SUPERVISOR or case.assignee_id in {None, actor.id}:
        return True
    return case.id in readable_among(session, [case], actor, now)
