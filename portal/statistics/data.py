"""Plain values of statistics: what is asked, what is counted, how it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Grain(StrEnum):
    """How long what is counted together lasts."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for; the days are those of the authority, both counted."""

    first: date
    last: date
    kind: str = ""
    substance: str = ""
    country: str = ""

    def to_json(self) -> dict[str, str]:
        """Return it as it is kept with an export."""
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "kind": self.kind,
            "substance": self.substance,
            "country": self.country,
        }


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, and how many companies are behind it at least."""

    label: str
    number: int
    firms: int | None = None  # none: no company could be told from it
    more: bool = False  # counting stopped at the limit
    hidden: bool = False  # too few for who reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One picture with its table."""

    key: str
    title: str
    first: str  # head of the first column
    cells: tuple[Cell, ...]
    note: str = ""
    line: bool = False  # drawn as a line over time, not as bars
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """How long a step took, in days: of how many, the middle, and nine of ten."""

    label: str
    number: int
    median: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """Everything on the page."""

    wanted: Wanted
    figures: tuple[Cell, ...]
    tables: tuple[Table, ...]
    times: tuple[Lasting, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of the yearly form: what the portal has, and what it has not, in the table itself."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """The yearly tables of one country."""

    year: int
    country: str
    sheets: tuple[Sheet, ...]
    remarks: Mapping[str, str] = field(default_factory=dict)
