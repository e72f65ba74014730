"""Plain values of statistics: what is asked, what is counted, how it is shown."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Grain(StrEnum):
    """How long what is counted together lasts."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is asked for: whole months, by their first days, both counted."""

    first: date
    last: date
    kind: str = ""
    substance: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """What submissions that are counted together share; an empty property means any."""

    kind: str
    substance: str = ""
    country: str = ""
    rule: str = ""

    @property
    def parts(self) -> str:
        """Return which properties it is by."""
        named = (("s", self.substance), ("c", self.country), ("r", self.rule))
        return "".join(letter for letter, value in named if value)


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, and how many companies are behind it at least."""

    label: str
    number: int
    firms: int | None = None  # none: no company stands behind it
    more: bool = False  # counting stopped at the limit
    hidden: bool = False  # too few for who reads
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One picture with its table."""

    key: str
    title: str
    first: str  # head of the first column
    cells: tuple[Cell, ...]
    note: str = ""
    line: bool = False  # drawn as a line over time, not as bars
    ranked: bool = False  # the largest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting:
    """How long a step took, in days: of how many, the middle, and nine of ten."""

    label: str
    number: int
    median: Decimal | None = None
    most: Decimal | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """Everything on the page."""

    figures: tuple[Cell, ...]
    tables: tuple[Table, ...]
    times: tuple[Lasting, ...]
    uncounted: int = 0  # days before today whose counts are still to be made


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table of the yearly form: what the portal has, and what it has not, in the table itself."""

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    firms: tuple[int, ...] = ()  # behind each row; none: no company stands behind them
    missing: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """The yearly tables of one country."""

    year: int
    country: str
    sheets: tuple[Sheet, ...]
