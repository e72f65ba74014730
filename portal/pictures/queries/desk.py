"""Counts for who leads the desk: where findings come from, and how old the queue is.

Bounded: findings of the newest cases alone, and no bar counts further than a limit.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Subquery, func, select
from sqlalchemy.orm import Session

from portal.pictures.data import Count
from portal.submissions.kind import registered
from portal.submissions.models import Submission
from portal.triage.models import FindingRow, TriageCase

NEWEST = 10_000  # cases whose findings are counted
MOST_BARS = 15
AGES: tuple[tuple[str, int | None], ...] = (
    ("less than a day", 1),
    ("1 to 3 days", 3),
    ("3 to 7 days", 7),
    ("1 to 2 weeks", 14),
    ("2 weeks to a month", 30),
    ("1 to 3 months", 90),
    ("older", None),
)


def findings_by_rule(session: Session) -> tuple[Count, ...]:
    """Return which indicators were raised most often."""
    newest = newest_cases()
    query = (
        select(func.max(FindingRow.title), func.count(), func.sum(FindingRow.weight))
        .join(newest, newest.c.id == FindingRow.case_id)
        .where(~FindingRow.failed)
        .group_by(FindingRow.rule)
        .order_by(func.count().desc(), FindingRow.rule)
        .limit(MOST_BARS)
    )
    return tuple(
        Count(title, number, f"{weight} points in all")
        for title, number, weight in session.execute(query)
    )


def findings_by_company(session: Session) -> tuple[Count, ...]:
    """Return in whose submissions most findings were raised."""
    newest = newest_cases()
    query = (
        select(newest.c.organisation_name, func.count(), func.count(newest.c.id.distinct()))
        .join(FindingRow, newest.c.id == FindingRow.case_id)
        .where(~FindingRow.failed)
        .group_by(newest.c.organisation_name)
        .order_by(func.count().desc(), newest.c.organisation_name)
        .limit(MOST_BARS)
    )
    return tuple(
        Count(name, number, f"in {cases} submissions")
        for name, number, cases in session.execute(query)
    )


def findings_by_kind(session: Session) -> tuple[Count, ...]:
    """Return in which kinds of submission findings were raised."""
    newest = newest_cases()
    query = (
        select(newest.c.kind, func.count(), func.count(newest.c.id.distinct()))
        .join(FindingRow, newest.c.id == FindingRow.case_id)
        .where(~FindingRow.failed)
        .group_by(newest.c.kind)
        .order_by(func.count().desc(), newest.c.kind)
    )
    kinds: Mapping[str, str] = {slug: kind.title for slug, kind in registered().items()}
    return tuple(
        Count(kinds.get(slug, slug), number, f"in {cases} submissions")
        for slug, number, cases in session.execute(query)
    )


def newest_cases() -> Subquery:
    """Select the newest cases, by the index of the times of receipt."""
    newest = select(Submission.id).order_by(Submission.received_at.desc()).limit(NEWEST).subquery()
    return (
        select(TriageCase.id, TriageCase.kind, TriageCase.organisation_name)
        .join(newest, newest.c.id == TriageCase.id)
        .subquery()
    )


def ages(session: Session, now: datetime) -> tuple[Count, ...]:
    """Return how many open cases are how old; each bar stops counting at NEWEST."""
    found = []
    younger = now
    for words, days in AGES:
        older = now - timedelta(days=days) if days else None
        query = select(TriageCase.id).where(TriageCase.open, TriageCase.received_at <= younger)
        if older is not None:
            query = query.where(TriageCase.received_at > older)
            younger = older
        bounded = query.limit(NEWEST + 1).subquery()
        number = session.scalar(select(func.count()).select_from(bounded)) or 0
        found.append(Count(words, min(number, NEWEST), more=number > NEWEST))
    return tuple(found)
