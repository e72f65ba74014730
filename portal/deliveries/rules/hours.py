"""Planned against actual as a picture: two lanes over a scale of hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from portal.deliveries.data import Passing
from portal.pictures.rules.axis import Tick, rows_of

WIDTH, LEFT, RIGHT = 900.0, 112.0, 866.0  # left of it stand the words of the lanes
ROOM = 26.0  # a mark with its figure
HEAD = 10.0
FOOT = 34.0
HOUR = timedelta(hours=1)
STEPS = (1, 2, 3, 6, 12, 24, 48, 72, 168, 336, 720)  # hours between two ticks
MOST_TICKS = 7
DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark: a place of the route by its number."""

    number: int
    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of marks under its words."""

    words: str
    y: float
    bottom: float
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """The line from the planned mark to the actual one."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Hours:
    """The whole picture."""

    planned: Lane
    actual: Lane
    ties: tuple[Tie, ...]
    ticks: tuple[Tick, ...]
    now: float | None  # none: outside of the picture
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Scale:
    """Moments from left to right."""

    begins: datetime
    ends: datetime

    def at(self, moment: datetime) -> float:
        """Return where a moment stands."""
        share = (moment - self.begins) / max(self.ends - self.begins, HOUR)
        return round(LEFT + share * (RIGHT - LEFT), 1)

    def ticks(self, zone: tzinfo) -> Iterator[Tick]:
        """Yield some even hours of the authority's clock; days alone where they are enough."""
        whole = max(self.ends - self.begins, HOUR)
        step = next((s for s in STEPS if whole / (s * HOUR) <= MOST_TICKS), STEPS[-1])
        first = self.begins.astimezone(zone).replace(minute=0, second=0, microsecond=0)
        if step >= DAY_HOURS:
            first = first.replace(hour=0)
        else:
            first = first.replace(hour=first.hour - first.hour % step)
        number = 0
        while (when := first + number * step * HOUR) <= self.ends:
            if when >= self.begins:
                clock = "" if step >= DAY_HOURS else f" {when:%H:%M}"
                yield Tick(self.at(when), f"{when.day} {when:%b}{clock}")
            number += 1


def hours_of(passings: Sequence[Passing], now: datetime, zone: tzinfo) -> Hours:
    """Draw a route's hours; `now` is marked while it lies between the first and the last."""
    moments = [one.planned_at for one in passings]
    moments += [one.arrived_at for one in passings if one.arrived_at]
    scale = Scale(min(moments, default=now), max(moments, default=now))
    planned = lane("Planned", [(one, one.planned_at) for one in passings], scale, 0.0)
    seen = [(one, one.arrived_at) for one in passings if one.arrived_at]
    actual = lane("As it was", sorted(seen, key=lambda pair: pair[1]), scale, planned.bottom)
    places = {spot.number: spot for spot in planned.spots}
    ties = tuple(Tie(places[s.number].x, places[s.number].y, s.x, s.y) for s in actual.spots)
    shown = scale.begins <= now <= scale.ends
    return Hours(
        planned,
        actual,
        ties,
        tuple(scale.ticks(zone)),
        scale.at(now) if shown and moments else None,
        WIDTH,
        actual.bottom + FOOT,
    )


def lane(words: str, marks: Sequence[tuple[Passing, datetime]], scale: Scale, top: float) -> Lane:
    """Place the marks of a lane so that none covers another."""
    places = [scale.at(moment) for _, moment in marks]
    rows = rows_of(places, ROOM)
    spots = tuple(
        Spot(one.number, x, top + HEAD + row * ROOM + ROOM / 2, f"{one.country}, {one.place}")
        for (one, _), x, row in zip(marks, places, rows, strict=True)
    )
    bottom = top + HEAD + (max(rows, default=0) + 1) * ROOM + 6
    return Lane(words, top, bottom, spots)


def lateness(minutes: int | None) -> str:
    """Write how much later or earlier than planned something was."""
    if minutes is None:
        return ""
    if minutes == 0:
        return "on time"
    hours, rest = divmod(abs(minutes), 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{rest} min"] if rest else []
    return f"{' '.join(parts)} {'late' if minutes > 0 else 'early'}"
