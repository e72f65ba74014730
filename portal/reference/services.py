"""Taking up the files of reference data: dated, repeatable, and nothing is ever lost."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from portal.core import audit
from portal.reference import formats
from portal.reference.formats import ReferenceDataError, Row, Sheet
from portal.reference.models import (
    ConversionFactor,
    DeadlineRow,
    HsCode,
    PenRequirement,
    Place,
    ReferenceLoad,
    ReferencePartner,
    Source,
    Substance,
    SubstanceName,
    Threshold,
    Versioned,
)
from portal.reference.needs import Need


def plain(sheet: Sheet) -> Callable[[Path], list[Row]]:
    """Return the reader of a file that needs nothing beside it."""
    return lambda folder: formats.read(folder, sheet)


TABLES: Mapping[type[Versioned], Callable[[Path], list[Row]]] = {
    Source: formats.read_sources,
    Substance: plain(formats.SUBSTANCES),
    SubstanceName: plain(formats.SUBSTANCE_NAMES),
    Threshold: formats.read_thresholds,
    ConversionFactor: formats.read_conversions,
    HsCode: plain(formats.HS_CODES),
    Place: plain(formats.PLACES),
    ReferencePartner: plain(formats.PARTNERS),
    PenRequirement: plain(formats.PEN_REQUIREMENTS),
    Need: plain(formats.NEEDS),
    DeadlineRow: plain(formats.DEADLINES),
}


@dataclass(frozen=True, slots=True)
class TableReport:
    """What a load did to one table."""

    table: str
    added: int
    changed: int
    removed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did."""

    tables: tuple[TableReport, ...]

    @property
    def opened(self) -> int:
        """Return how many versions were opened."""
        return sum(table.added + table.changed for table in self.tables)

    @property
    def closed(self) -> int:
        """Return how many versions were closed."""
        return sum(table.changed + table.removed for table in self.tables)

    def __str__(self) -> str:
        """Say it in a line for each table that changed."""
        lines = [
            f"{t.table}: {t.added} added, {t.changed} changed, {t.removed} removed"
            for t in self.tables
            if t.added or t.changed or t.removed
        ]
        return "\n".join(lines) or "Reference data is up to date."


def load(session: Session, folder: Path, now: datetime) -> LoadReport:
    """Take up all files of a folder, or none of them.

    A changed row closes the version before it and opens a new one; a row that left its file is
    closed. A load that finds nothing new writes nothing.

    Raises:
        ReferenceDataError: a file cannot be read, or `now` is before the last load.
    """
    files = {table: read(folder) for table, read in TABLES.items()}
    last = session.scalar(select(func.max(ReferenceLoad.loaded_at)))
    if last is not None and now < last:
        raise ReferenceDataError(f"The clock stands before the last load of {last:%Y-%m-%d}.")
    report = LoadReport(tuple(load_table(session, t, rows, now) for t, rows in files.items()))
    if report.opened or report.closed:
        state = ReferenceLoad(loaded_at=now, opened=report.opened, closed=report.closed)
        session.add(state)
        session.flush()
        audit.record(
            session,
            None,
            "reference.loaded",
            state.id,
            now,
            opened=report.opened,
            closed=report.closed,
        )
    return report


def load_table(
    session: Session, table: type[Versioned], rows: list[Row], now: datetime
) -> TableReport:
    """Close the versions that no longer hold, open those that are new."""
    wanted = {row["key"]: row | {"digest": formats.digest_of(row)} for row in rows}
    known = select(table.key, table.digest).where(table.valid_until.is_(None))
    current = {row.key: row.digest for row in session.execute(known)}
    added = wanted.keys() - current.keys()
    removed = current.keys() - wanted.keys()
    changed = {k for k in wanted.keys() & current.keys() if wanted[k]["digest"] != current[k]}
    if removed or changed:
        stale = update(table).where(table.key.in_(removed | changed), table.valid_until.is_(None))
        session.execute(stale.values(valid_until=now))
    if added or changed:
        opening = [row for key, row in wanted.items() if key in added | changed]
        session.execute(insert(table), [row | {"valid_from": now} for row in opening])
    unchanged = len(wanted) - len(added) - len(changed)
    return TableReport(table.__tablename__, len(added), len(changed), len(removed), unchanged)
