"""What stands on the first page of a company. Plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One open duty, with the one place where it is done."""

    about: str  # the line that sums it up
    kind: str  # in words
    reference: str
    submission_id: UUID
    deed: str  # what the link says
    text: str = ""
    due: date | None = None
    left: int | None = None  # working days; None: no date, or it has passed
    today: bool = False  # it is due today
    passed: bool = False
    confirmed: bool = True  # False: the date rests on what nobody confirmed
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pile(Generic[T]):
    """The first of several, and whether there are more."""

    rows: Sequence[T]
    more: bool


def pile(rows: Sequence[T], most: int) -> Pile[T]:
    """Return the first rows and whether one more was found."""
    return Pile(rows[:most], len(rows) > most)
