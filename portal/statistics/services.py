"""Putting the dashboard together, for those who may know small counts and those who may not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor, Permission, may
from portal.core.errors import DomainError
from portal.core.languages import count, country_name, month
from portal.statistics import counting, queries, yearly
from portal.statistics.data import Cell, Dashboard, Grain, Table, Wanted, Yearly
from portal.statistics.models import Export
from portal.statistics.rules import (
    LEAST,
    days_between,
    lasting,
    month_of,
    months_between,
    unranked,
    with_hidden,
)
from portal.submissions.kind import registered

MOST_BARS = 20
MOST_LIVE = 3  # days that are counted while somebody waits
EXPORTS_A_DAY = 20  # of one person
NO_FILTER = "Not narrowed by kind, substance or country."
NOW = "As it is now, whatever months are chosen."
OFFICE_NOTE = (
    "The authority has no offices on file: these are the groups of officers whose members hold"
    " the cases."
)
HIDDEN_NOTE = (
    f"Counts below {LEAST}, or of fewer than three companies, are not shown to you; nor is the next"
    " smallest where one alone would be missing."
)


class TooManyExportsError(DomainError):
    """Somebody took counts away too often."""

    status = 429


def may_know_all(actor: Actor) -> bool:
    """Tell whether somebody may know counts from which a company could be told."""
    return may(actor, Permission.OVERSIGHT_READ)


def dashboard(session: Session, wanted: Wanted, actor: Actor, now: datetime) -> Dashboard:
    """Count everything on the page."""
    live, uncounted = live_of(session, wanted, now)
    tables = [*arrived(session, wanted, live), *waiting(session, wanted, now)]
    tables += worked(session, wanted)
    know = may_know_all(actor)
    shown = [one if know else for_others(one) for one in tables]
    times = tuple(
        lasting(label, seconds, open_to_all=know)
        for label, seconds in queries.durations(session, wanted).items()
    )
    return Dashboard(
        figures=figures(tables, know=know),
        tables=tuple(shown),
        times=times,
        uncounted=uncounted,
    )


def for_others(table: Table) -> Table:
    """Return a table without the counts from which a company could be told."""
    cells = with_hidden(table.cells)
    return replace(table, cells=unranked(cells) if table.ranked else cells)


def live_of(
    session: Session, wanted: Wanted, now: datetime
) -> tuple[Sequence[tuple[date, Any, int, int]], int]:
    """Count the days that no summary holds; return how many more there are."""
    today = counting.today(now)
    if wanted.last < month_of(today):
        return (), 0
    known = counting.counted(session, Grain.DAY)
    left = [one for one in days_between(month_of(today), today) if one not in known]
    days = [*left[-MOST_LIVE + 1 :], today]
    found = [
        (day, key, number, firms)
        for day in days
        for key, number, firms in counting.tally(session, day, day + timedelta(days=1)).rows()
    ]
    return found, len(left) - (len(days) - 1) + unmade_months(session, today)


def unmade_months(session: Session, today: date) -> int:
    """Return of how many days before this month the counts are still to be made."""
    first = counting.first_day(session)
    if first is None or month_of(first) == month_of(today):
        return 0
    done = counting.counted(session, Grain.MONTH)
    days = days_between(first, month_of(today))
    return sum(month_of(day) not in done for day in days)


def arrived(session: Session, wanted: Wanted, live: Iterable[Any]) -> list[Table]:
    """Return what arrived: over time, by kind, substance, country and rule."""
    kinds = {slug: kind.title for slug, kind in registered().items()}
    by = [
        ("kind", "Received by kind", "Kind", kinds),
        ("substance", "Received by substance", "Substance", queries.substance_names(session)),
        ("country", "Received by country that is named", "Country", {}),
        ("rule", "Received by indicator that was raised", "Indicator", queries.rule_titles()),
    ]
    sums = queries.received(session, wanted, "month", live)
    months = [
        Cell(month(one), *sums.get(one.isoformat(), (0, 0)))
        for one in months_between(wanted.first, wanted.last)
    ]
    found = [
        Table(
            key="months",
            title="Received by month",
            first="Month",
            cells=tuple(months),
            line=len(months) > 1,
        )
    ]
    for name, title, first, words in by:
        sums = queries.received(session, wanted, name, live)
        cells, note = cells_of(sums, words, is_country=name == "country")
        found.append(Table(key=name, title=title, first=first, cells=cells, note=note, ranked=True))
    return found


def cells_of(
    sums: queries.Sums, words: Mapping[str, str], *, is_country: bool
) -> tuple[tuple[Cell, ...], str]:
    """Return the largest counts under their words, and what is said of the others."""
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1][0], pair[0]))
    cells = tuple(
        Cell(country_name(key) if is_country else words.get(key, key), number, firms)
        for key, (number, firms) in ordered[:MOST_BARS]
    )
    left = len(ordered) - len(cells)
    return cells, f"The {MOST_BARS} largest; {count(left)} more are not shown." if left > 0 else ""


def waiting(session: Session, wanted: Wanted, now: datetime) -> list[Table]:
    """Return what waits, by age and by who holds it."""
    return [
        Table(
            key="ages",
            title="Open cases by age",
            first="Age",
            cells=queries.ages(session, wanted, now),
            note=NOW,
        ),
        Table(
            key="offices",
            title="Open cases by office",
            first="Group of officers",
            cells=queries.offices(session, wanted),
            note=f"{OFFICE_NOTE} {NOW}",
        ),
    ]


def worked(session: Session, wanted: Wanted) -> list[Table]:
    """Return leads, hand-overs, outcomes and seizures."""
    rows = (
        ("leads", "Leads begun, by where they stand", "Status", queries.leads),
        ("networks", "Hand-overs by network", "Network", queries.hand_overs),
        ("outcomes", "Outcomes that partners reported", "Result", queries.outcomes),
        ("seizures", "Seizures by substance", "Substance", queries.seizures),
    )
    return [
        Table(key=key, title=title, first=first, cells=read(session, wanted), ranked=True)
        for key, title, first, read in rows
    ]


def figures(tables: Sequence[Table], *, know: bool) -> tuple[Cell, ...]:
    """Return the numbers at the top: sums of tables, hidden like their parts."""
    sums = []
    for key, label in (
        ("months", "received"),
        ("ages", "open now"),
        ("leads", "leads begun"),
        ("networks", "hand-overs"),
        ("outcomes", "outcomes"),
    ):
        cells = next(one.cells for one in tables if one.key == key)
        known = [cell.firms for cell in cells if cell.firms is not None]
        total = Cell(
            label,
            sum(cell.number for cell in cells),
            max(known, default=0) if known else None,
            more=any(cell.more for cell in cells),
        )
        sums.append(total if know else with_hidden([total])[0])
    return tuple(sums)


def of_year(session: Session, year: int, actor: Actor) -> Yearly:
    """Return the yearly tables as far as somebody may know them."""
    found = yearly.yearly(session, year)
    if may_know_all(actor):
        return found
    return replace(found, sheets=tuple(yearly.for_others(one) for one in found.sheets))


def as_rows(found: Dashboard) -> list[tuple[str, ...]]:
    """Return everything on the page, one table below the other, for a spreadsheet."""
    rows: list[tuple[str, ...]] = [("What", "Number")]
    rows += [(one.label, shown(one)) for one in found.figures]
    for table in found.tables:
        rows += [(), (table.title,), (table.first, "Number")]
        rows += [(one.label, shown(one), one.detail) for one in table.cells]
        rows += [(table.note,)] if table.note else []
    rows += [(), ("Days that a step took",), ("Step", "Leads", "Middle", "Nine of ten at most")]
    for one in found.times:
        figures = [str(one.median), str(one.most)] if one.number else ["", ""]
        rows.append((one.label, "not shown" if one.hidden else str(one.number), *figures))
    return rows


def shown(cell: Cell) -> str:
    """Return a count as it is written."""
    if cell.hidden:
        return "not shown"
    return f"{cell.number} or more" if cell.more else str(cell.number)


def note_export(
    session: Session,
    what: str,
    wanted: Mapping[str, Any],
    rows: int,
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write down that counts were taken away.

    Raises:
        TooManyExportsError: too often on one day.
    """
    since = now - timedelta(days=1)
    if queries.exports_since(session, actor.id, since) >= EXPORTS_A_DAY:
        raise TooManyExportsError(
            f"You took counts away {EXPORTS_A_DAY} times within a day. Try again later."
        )
    row = Export(
        account_id=actor.id,
        made_at=now,
        reason=reason,
        what=what,
        wanted=dict(wanted),
        rows=rows,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "statistics.exported", row.id, now, what=what, rows=rows)
