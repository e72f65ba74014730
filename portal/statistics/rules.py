"""Months, middles, and which counts are too small to be shown. Plain Python.

A count is hidden from who has no right to cases when a company could be told from it: fewer than
LEAST submissions, or fewer than LEAST_FIRMS companies behind them. When only one count of a table
is hidden the next smallest goes with it, so that a sum does not tell it. How many companies there
are is known of each month; of several months the most of any is taken, so never too many.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from portal.pictures.rules.axis import Masses, Tick
from portal.statistics.data import Cell, Key, Lasting

LEAST = 5
LEAST_FIRMS = 3
NINE_TENTHS = Decimal("0.9")
DAY_SECONDS = 86_400
DECEMBER = 12


def month_of(day: date) -> date:
    """Return the first day of a month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """Return the first day of the month after."""
    after = month.month == DECEMBER
    return date(month.year + after, 1 if after else month.month + 1, 1)


def months_between(first: date, last: date) -> list[date]:
    """Return the first days of the months from one to another, both counted."""
    found = [month_of(first)]
    while found[-1] < month_of(last):
        found.append(next_month(found[-1]))
    return found


def days_between(first: date, end: date) -> list[date]:
    """Return the days from one up to, and without, another."""
    return [first + timedelta(days=n) for n in range((end - first).days)]


def years_before(month: date, years: int) -> date:
    """Return the same month some years before."""
    return month.replace(year=month.year - years)


def keys_of(
    kind: str, substances: Iterable[str], countries: Iterable[str], rules: Iterable[str]
) -> list[Key]:
    """Return everything that a submission is counted under."""
    parts = product(("", *substances), ("", *countries), ("", *rules))
    return [Key(kind, *one) for one in parts]


class Tally:
    """Counts of submissions by what they share, with the companies behind each."""

    def __init__(self) -> None:
        self.numbers: Counter[Key] = Counter()
        self.owners: dict[Key, set[object]] = {}

    def add(self, keys: Iterable[Key], owner: object) -> None:
        """Count a submission."""
        for key in keys:
            self.numbers[key] += 1
            self.owners.setdefault(key, set()).add(owner)

    def rows(self) -> list[tuple[Key, int, int]]:
        """Return each key with its count and how many companies are behind it."""
        return [(key, number, len(self.owners[key])) for key, number in self.numbers.items()]


def with_hidden(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return counts of which those that could tell a company are hidden."""
    hidden = {place for place, cell in enumerate(cells) if too_small(cell)}
    if len(hidden) == 1:
        left = [n for n, cell in enumerate(cells) if n not in hidden and cell.number]
        hidden |= {min(left, key=lambda n: cells[n].number)} if left else set()
    return tuple(
        replace(cell, number=0, firms=None, detail="", hidden=True) if place in hidden else cell
        for place, cell in enumerate(cells)
    )


def unranked(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return counts with the hidden ones last, by their words: their place tells nothing."""
    return tuple(sorted(cells, key=lambda cell: (cell.hidden, cell.label if cell.hidden else "")))


def too_small(cell: Cell) -> bool:
    """Tell whether a company could be told from a count; nothing tells nobody."""
    if cell.number == 0:
        return False
    return cell.number < LEAST or (cell.firms is not None and cell.firms < LEAST_FIRMS)


def lasting(label: str, seconds: Iterable[float], *, open_to_all: bool) -> Lasting:
    """Return the middle and nine tenths of some durations, in days."""
    days = sorted(Decimal(max(one, 0)) / DAY_SECONDS for one in seconds)
    if not days:
        return Lasting(label=label, number=0)
    if not open_to_all and len(days) < LEAST:
        return Lasting(label=label, number=0, hidden=True)
    return Lasting(
        label=label,
        number=len(days),
        median=rounded(share_of(days, Decimal("0.5"))),
        most=rounded(share_of(days, NINE_TENTHS)),
    )


def share_of(ordered: Sequence[Decimal], share: Decimal) -> Decimal:
    """Return the value below which a share of ordered values lies, between two neighbours."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def rounded(days: Decimal) -> Decimal:
    """Return days with one decimal."""
    return days.quantize(Decimal("0.1"))


# --- pictures -------------------------------------------------------------------------------------

MOST_NAMED = 7  # labels below a line
WIDTH, HEIGHT = 640, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 620, 16, 196


@dataclass(frozen=True, slots=True)
class Dot:
    """A count on the line."""

    x: float
    y: float
    cell: Cell
    named: bool  # its label stands below


@dataclass(frozen=True, slots=True)
class Line:
    """A count over time, in the units of its picture."""

    path: str
    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM


def lines_of(cells: Sequence[Cell]) -> Line:
    """Return where the counts of a table stand; a hidden one breaks the line."""
    most = Decimal(max((cell.number for cell in cells), default=0))
    scale = Masses(most, BOTTOM, TOP)
    step = (RIGHT - LEFT) / max(len(cells) - 1, 1)
    every = -(-len(cells) // MOST_NAMED)
    dots = tuple(
        Dot(
            round(LEFT + step * place, 1),
            scale.at(Decimal(cell.number)),
            cell,
            place % every == 0,
        )
        for place, cell in enumerate(cells)
    )
    path, drawing = [], False
    for dot in dots:
        if not dot.cell.hidden:
            path.append(f"{'L' if drawing else 'M'}{dot.x} {dot.y}")
        drawing = not dot.cell.hidden
    return Line("".join(path), dots, tuple(one for one in scale.ticks() if "." not in one.words))
