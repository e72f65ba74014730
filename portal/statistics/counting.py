"""Counting what arrived: once for each month that is over, for each day of the one that is not.

A submission is counted under its kind alone and with each of its substances, countries and raised
rules, and each combination of these. What a month holds is made of its submissions anew, so that
the number of companies is right; then its days are forgotten.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import delete, insert, select, tuple_
from sqlalchemy.orm import Session

from portal.core import jobs
from portal.core.daily import daily
from portal.statistics.data import Grain, Key
from portal.statistics.models import Count, Counted
from portal.statistics.rules import Tally, days_between, keys_of, month_of, next_month
from portal.submissions.models import Submission
from portal.triage.marks import COUNTRY, SUBSTANCE
from portal.triage.models import CaseMark, FindingRow

CHUNK = 500  # submissions, or rows, at once
MOST_MARKS = 6  # of one sort of one submission: what is beyond is counted under no combination
LEASE = timedelta(minutes=30)  # for a month


def zone() -> ZoneInfo:
    """Return the zone in which days begin."""
    return ZoneInfo(current_app.config["TIME_ZONE"])


def begins(day: date) -> datetime:
    """Return when a day begins."""
    return datetime.combine(day, time(), zone())


def today(now: datetime) -> date:
    """Return the day at the authority."""
    return now.astimezone(zone()).date()


def tally(session: Session, first: date, end: date) -> Tally:
    """Count the submissions of some days, the last not counted."""
    found = Tally()
    for rows in chunks(session, begins(first), begins(end)):
        ids = [row[0] for row in rows]
        marks = marks_of(session, ids)
        rules = rules_of(session, ids)
        for submission_id, kind, owner in rows:
            substances = marks.get((submission_id, SUBSTANCE), ())
            countries = marks.get((submission_id, COUNTRY), ())
            raised = rules.get(submission_id, ())
            found.add(keys_of(kind, substances, countries, raised), owner)
    return found


def chunks(
    session: Session, first: datetime, end: datetime
) -> Iterator[Sequence[tuple[UUID, str, UUID]]]:
    """Yield id, kind and company of what was received in a time, some at once, by the index."""
    query = select(
        Submission.id, Submission.kind, Submission.organisation_id, Submission.received_at
    ).where(Submission.received_at >= first, Submission.received_at < end)
    order = (Submission.received_at, Submission.id)
    last: tuple[datetime, UUID] | None = None
    while True:
        more = query if last is None else query.where(tuple_(*order) > last)
        rows = session.execute(more.order_by(*order).limit(CHUNK)).all()
        yield [(row[0], row[1], row[2]) for row in rows]
        if len(rows) < CHUNK:
            return
        last = (rows[-1][3], rows[-1][0])


def marks_of(session: Session, ids: Sequence[UUID]) -> Mapping[tuple[UUID, str], Sequence[str]]:
    """Return the substances and countries of some submissions."""
    query = select(CaseMark.case_id, CaseMark.sort, CaseMark.value).where(CaseMark.case_id.in_(ids))
    found: dict[tuple[UUID, str], list[str]] = {}
    for case_id, sort, value in session.execute(query.order_by(CaseMark.value)).all():
        held = found.setdefault((case_id, sort), [])
        if len(held) < MOST_MARKS:
            held.append(value)
    return found


def rules_of(session: Session, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[str]]:
    """Return which rules raised something on some submissions, each once."""
    query = select(FindingRow.case_id, FindingRow.rule).where(
        FindingRow.case_id.in_(ids), ~FindingRow.failed
    )
    found: dict[UUID, dict[str, None]] = {}
    for case_id, rule in session.execute(query).all():
        found.setdefault(case_id, {})[rule] = None
    return {case_id: tuple(rules) for case_id, rules in found.items()}


def keep(session: Session, grain: Grain, starts_on: date, found: Tally, now: datetime) -> None:
    """Write counts down in place of those that were there."""
    held = (Count.grain == grain, Count.starts_on == starts_on)
    session.execute(delete(Count).where(*held))
    rows = [row_of(grain, starts_on, *one) for one in found.rows()]
    for start in range(0, len(rows), CHUNK):
        session.execute(insert(Count), rows[start : start + CHUNK])
    known = select(Counted).where(Counted.grain == grain, Counted.starts_on == starts_on)
    if session.scalar(known) is None:
        session.add(Counted(grain=grain, starts_on=starts_on, counted_at=now))
    session.flush()


def row_of(grain: Grain, starts_on: date, key: Key, number: int, firms: int) -> dict[str, Any]:
    """Return a count as it is stored."""
    return {
        "id": uuid4(),
        "parts": key.parts,
        "grain": grain,
        "starts_on": starts_on,
        "kind": key.kind,
        "substance": key.substance,
        "country": key.country,
        "rule": key.rule,
        "number": number,
        "firms": firms,
    }


def first_day(session: Session) -> date | None:
    """Return the day of the first submission."""
    first = session.scalar(select(Submission.received_at).order_by(Submission.received_at).limit(1))
    return today(first) if first else None


def counted(session: Session, grain: Grain) -> set[date]:
    """Return which days or months were counted."""
    return set(session.scalars(select(Counted.starts_on).where(Counted.grain == grain)))


def missing(session: Session, now: datetime) -> tuple[Grain, date] | None:
    """Return what is to be counted next: the oldest month that is over, or a day of this one."""
    day, first = today(now), first_day(session)
    if first is None:
        return None
    done, month = counted(session, Grain.MONTH), month_of(first)
    while month < month_of(day):
        if month not in done:
            return Grain.MONTH, month
        month = next_month(month)
    known = counted(session, Grain.DAY)
    left = [one for one in days_between(month_of(day), day) if one not in known]
    return (Grain.DAY, left[0]) if left else None


@daily("count-statistics")
def begin(session: Session, _payload: Mapping[str, Any], now: datetime) -> None:
    """See to it that everything before today is counted."""
    jobs.enqueue(session, "count-next", {}, now)


@jobs.job("count-next", lease=LEASE)
def count_next(session: Session, _payload: Mapping[str, Any], now: datetime) -> None:
    """Count one month or day that is over, and go on with the next."""
    found = missing(session, now)
    if found is None:
        return
    grain, starts_on = found
    end = next_month(starts_on) if grain is Grain.MONTH else starts_on + timedelta(days=1)
    keep(session, grain, starts_on, tally(session, starts_on, end), now)
    if grain is Grain.MONTH:
        forget_days(session, starts_on, end)
    jobs.enqueue(session, "count-next", {}, now)


def forget_days(session: Session, first: date, end: date) -> None:
    """Forget the days of a month that was counted."""
    for table in (Count, Counted):
        session.execute(
            delete(table).where(
                table.grain == Grain.DAY, table.starts_on >= first, table.starts_on < end
            )
        )
