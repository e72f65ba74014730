"""What watch lists tell of cases: which of these somebody may read, and what they were shown."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, union
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor, Role
from portal.triage.knowing import DAY
from portal.triage.models import BreakGlass, TriageCase, Worker
from portal.watchlists import queries as watchlists
from portal.watchlists import services


def cases_of(session: Session, ids: Collection[UUID]) -> dict[UUID, TriageCase]:
    """Return cases with their officers, by id."""
    query = select(TriageCase).where(TriageCase.id.in_(ids))
    query = query.options(joinedload(TriageCase.assignee))
    return {row.id: row for row in session.scalars(query)}


def readable(
    session: Session, cases: Collection[TriageCase], actor: Actor, now: datetime
) -> frozenset[UUID]:
    """Return which of many cases an officer needs to know: `queries.may_read` for all at once."""
    own = {
        case.id
        for case in cases
        if case.assignee_id in {None, actor.id} or actor.role is Role.SUPERVISOR
    }
    others = {case.id for case in cases} - own
    if not others:
        return frozenset(own)
    worked = select(Worker.case_id).where(Worker.case_id.in_(others), Worker.account_id == actor.id)
    broken = select(BreakGlass.case_id).where(
        BreakGlass.case_id.in_(others),
        BreakGlass.account_id == actor.id,
        BreakGlass.at > now - DAY,
    )
    return frozenset(own | set(session.scalars(union(worked, broken))))


def note_hits(session: Session, case: TriageCase, actor: Actor, now: datetime) -> None:
    """Record that somebody was shown the hits of their lists on the page of a case."""
    hits = watchlists.hits_in(session, case.id, actor)
    services.note_looking(session, hits, "case", actor, now)
