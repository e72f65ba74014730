"""Reading what guidance rests on: the deadlines of each jurisdiction, with their sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy.orm import Session

from portal.reference import queries as reference
from portal.reference.data import JURISDICTION_NAMES, Duty
from portal.reference.models import DeadlineRow, Source


@dataclass(frozen=True, slots=True)
class Told:
    """A deadline and the texts that it was read in."""

    deadline: DeadlineRow
    sources: tuple[Source, ...]


def deadlines(session: Session, first: str) -> list[tuple[str, Sequence[Told]]]:
    """Return every deadline under the name of its jurisdiction, one jurisdiction before the rest.

    Args:
        session: for reading.
        first: the jurisdiction whose rules apply here.
    """
    rows = reference.rows(session, DeadlineRow)
    known = reference.sources(session, {key for row in rows for key in row.sources})
    duties = list(Duty)
    order = sorted(
        rows,
        key=lambda row: (row.jurisdiction != first, row.jurisdiction, duties.index(row.duty)),
    )
    return [
        (
            JURISDICTION_NAMES.get(name, name),
            [Told(row, tuple(known[key] for key in row.sources if key in known)) for row in some],
        )
        for name, some in groupby(order, key=lambda row: row.jurisdiction)
    ]
