"""Scales of charts: where days and kilograms stand, and which are written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

ROUND = (1, 2, 5, 10)
MOST_TICKS = 7
STEPS = (1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652)  # days between ticks


@dataclass(frozen=True, slots=True)
class Tick:
    """A word on an axis."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Days:
    """A scale of days from left to right."""

    begins: date
    ends: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """Return where a day stands."""
        whole = max((self.ends - self.begins).days, 1)
        share = (day - self.begins).days / whole
        return round(self.left + share * (self.right - self.left), 1)

    def ticks(self) -> tuple[Tick, ...]:
        """Return some evenly spaced days."""
        whole = max((self.ends - self.begins).days, 1)
        step = next((s for s in STEPS if whole / s <= MOST_TICKS), whole)
        days = [self.begins + timedelta(days=n) for n in range(0, whole + 1, step)]
        return tuple(Tick(self.at(day), f"{day.day} {day:%b %Y}") for day in days)


@dataclass(frozen=True, slots=True)
class Masses:
    """A scale of kilograms from the bottom up."""

    most: Decimal
    bottom: float
    top: float

    def at(self, kilograms: Decimal) -> float:
        """Return where a mass stands."""
        share = float(kilograms / self.most) if self.most else 0.0
        return round(self.bottom - share * (self.bottom - self.top), 1)

    def ticks(self) -> tuple[Tick, ...]:
        """Return some round masses, nought included."""
        step = round_step(self.most)
        found, value = [], Decimal(0)
        while value <= self.most and step:
            found.append(Tick(self.at(value), f"{value.normalize():f}"))
            value += step
        return tuple(found)


def round_step(most: Decimal) -> Decimal:
    """Return the round number that divides a scale into at most so many parts."""
    if most <= 0:
        return Decimal(0)
    power = Decimal(10) ** ((most / MOST_TICKS).adjusted())
    return next(n * power for n in ROUND if most / (n * power) <= MOST_TICKS)


def rows_of(places: Sequence[float], room: float) -> list[int]:
    """Return the row of each mark, so that marks of one row stand apart by at least the room."""
    ends: list[float] = []
    found = []
    for x in places:
        row = next((n for n, end in enumerate(ends) if x - end >= room), len(ends))
        if row == len(ends):
            ends.append(x)
        ends[row] = x
        found.append(row)
    return found
