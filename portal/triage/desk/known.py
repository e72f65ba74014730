"""What is known of the people of a case: other submissions that share a trace with it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from portal.submissions.models import SubmissionMention
from portal.triage.models import TriageCase

PERSONAL = ("name", "phone", "email", "identity", "account", "plate")
MOST_TRACES = 40  # of one case that are looked up
MOST_EACH = 20  # other submissions for one trace, the newest


@dataclass(frozen=True, slots=True)
class Related:
    """An earlier or later submission about the same people, and why."""

    case: TriageCase
    traces: tuple[str, ...]


def related(session: Session, case_id: UUID, limit: int = 20) -> list[Related]:
    """Return other cases that share a trace, newest first, with what is shared."""
    table = SubmissionMention
    own = select(table.sort, table.value).where(
        table.submission_id == case_id, table.sort.in_(PERSONAL)
    )
    traces = {(row.sort, row.value) for row in session.execute(own.limit(MOST_TRACES))}
    if not traces:
        return []
    shared: dict[UUID, dict[str, None]] = {}
    for row in session.execute(sharing(case_id, sorted(traces))):
        shared.setdefault(row.submission_id, {})[row.shown] = None
    query = select(TriageCase).where(TriageCase.id.in_(shared))
    cases = session.scalars(query.order_by(TriageCase.received_at.desc()).limit(limit)).all()
    return [Related(case, tuple(shared[case.id])) for case in cases]


def sharing(case_id: UUID, traces: list[tuple[str, str]]) -> Select[Any]:
    """Select the newest other mentions of each trace: an index look-up each, bounded."""
    table = SubmissionMention
    parts = [
        select(
            select(table.submission_id, table.shown)
            .where(table.sort == sort, table.value == value, table.submission_id != case_id)
            .order_by(table.received_at.desc())
            .limit(MOST_EACH)
            .subquery()
        )
        for sort, value in traces
    ]
    found = union_all(*parts).subquery()
    return select(found.c.submission_id, found.c.shown)
