"""A timeline as a picture: lanes, marks that do not cover each other, and a scale of days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.pictures.data import LANE_LOOKS, Lane, Look, Moment
from portal.pictures.rules.axis import Days, Tick, rows_of

WIDTH, LEFT, RIGHT = 900.0, 24.0, 876.0
ROOM = 26.0  # a mark with its figure
HEAD = 24.0  # the words above a lane
FOOT = 34.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A mark of a moment, with the number that it has in the table."""

    moment: Moment
    number: int
    look: Look
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Row:
    """A lane."""

    words: str
    y: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture; the moments are in the order of their days."""

    spots: tuple[Spot, ...]
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    today: float | None  # none: outside of the picture
    width: float
    height: float


def timeline_of(moments: Sequence[Moment], today: date) -> Timeline:
    """Place moments, which come in the order of their days."""
    if not moments:
        return Timeline((), (), (), None, WIDTH, 0.0)
    days = Days(moments[0].day, moments[-1].day, LEFT + 10, RIGHT - 10)
    numbered = list(enumerate(moments, start=1))
    spots: list[Spot] = []
    rows: list[Row] = []
    y = 0.0
    for lane in Lane:
        own = [(number, moment) for number, moment in numbered if moment.lane is lane]
        if not own:
            continue
        places = [days.at(moment.day) for _, moment in own]
        at_rows = rows_of(places, ROOM)
        top = y + HEAD
        spots.extend(
            Spot(moment, number, LANE_LOOKS[lane], x, top + row * ROOM + ROOM / 2)
            for (number, moment), x, row in zip(own, places, at_rows, strict=True)
        )
        bottom = top + (max(at_rows) + 1) * ROOM + 4
        rows.append(Row(lane.value, y, bottom))
        y = bottom
    inside = days.begins <= today <= days.ends
    spots.sort(key=lambda spot: spot.number)
    return Timeline(
        tuple(spots), tuple(rows), days.ticks(), days.at(today) if inside else None, WIDTH, y + FOOT
    )
