"""Plain values of the desk: what an officer wants to see of the queue, and in which order."""

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.triage.life import OPEN, Status

PAGE = 50  # cases on a page, and the most that are changed at once
DAY = timedelta(days=1)


class Order(StrEnum):
    """In which order the queue is read."""

    WORST = "worst first"
    OLDEST = "oldest first"
    NEWEST = "newest first"
    DUE = "first clock to end"


class Whose(StrEnum):
    """Whose cases the queue shows."""

    ANYBODY = "anybody's"
    MINE = "mine"
    NOBODY = "nobody's"


class Within(StrEnum):
    """How lately a case was received."""

    DAY = "24 hours"
    WEEK = "7 days"
    MONTH = "30 days"
    QUARTER = "90 days"


class Clock(StrEnum):
    """When the clock of a case ends."""

    OVER = "already over"
    TODAY = "today or over"
    SOON = "within 3 days"
    WEEK = "within 7 days"


LASTS = {
    Within.DAY: DAY,
    Within.WEEK: 7 * DAY,
    Within.MONTH: 30 * DAY,
    Within.QUARTER: 90 * DAY,
}
AHEAD = {Clock.OVER: -DAY, Clock.TODAY: 0 * DAY, Clock.SOON: 3 * DAY, Clock.WEEK: 7 * DAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What an officer wants to see of the queue."""

    status: Status | None = None  # none: every open one
    kind: str = ""
    whose: Whose = Whose.ANYBODY
    officer: UUID | None = None  # whose cases, when they are one officer's
    substance: str = ""
    country: str = ""
    company: UUID | None = None
    within: Within | None = None
    clock: Clock | None = None
    stoppable: bool = False
    flagged: bool = False
    order: Order = Order.WORST
    after: str = ""  # where the page before ended
    before: str = ""  # where the page after begins

    @property
    def open(self) -> bool:
        """Tell whether open cases are wanted."""
        return self.status is None or self.status in OPEN

    def first(self) -> "Wanted":
        """Return the same from its first page on."""
        return replace(self, after="", before="")

    def address(self) -> dict[str, str]:
        """Return it as the answers of an address: what a link and a saved view hold."""
        told = ((one.name, getattr(self, one.name), one.default) for one in fields(self))
        return {name: written(value) for name, value, usual in told if value != usual}


def written(value: Any) -> str:
    """Return one answer as it stands in an address."""
    return "y" if value is True else str(value)


def read_id(text: str | None) -> UUID | None:
    """Return an id of an address; none for one that is spoiled."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
