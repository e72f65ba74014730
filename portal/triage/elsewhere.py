"""What waits for a second officer in features above this one: they add themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from portal.core.access import Actor

SOON = timedelta(hours=4)
HOUR = 3600  # seconds
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Clock:
    """How much time is left, in words."""

    text: str
    colour: str


def left(until: datetime, now: datetime) -> Clock:
    """Return how much time is left until a moment."""
    seconds = int(abs((until - now).total_seconds()))
    words = f"{seconds // HOUR} h {seconds % HOUR // MINUTE} min"
    if until <= now:
        return Clock(f"overdue for {words}", "red")
    return Clock(f"{words} left", "orange" if until - now < SOON else "yellow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that somebody else must decide."""

    what: str
    title: str
    href: str
    by: str
    since: datetime
    until: datetime | None = None  # a clock runs

    def clock(self, now: datetime) -> Clock | None:
        """Return how much time is left, if a clock runs."""
        return left(self.until, now) if self.until else None


Listed = Callable[[Session, Actor], list[Waiting]]
SOURCES: list[Listed] = []


def waiting(session: Session, actor: Actor) -> list[Waiting]:
    """Return what waits for the reader in other features."""
    return [one for source in SOURCES for one in source(session, actor)]
