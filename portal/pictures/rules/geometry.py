"""Great circles, and where they stand on a flat map.

Degrees of WGS 84 in, picture units out. Longitudes along a way are unwrapped: they go on past 180,
so that a way over the date line stays one line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import acos, atan2, ceil, cos, degrees, hypot, radians, sin

Point = tuple[float, float]  # longitude, latitude
STEP = 2.0  # degrees between two points of a drawn great circle
HALF, WHOLE = 180.0, 360.0
LEAST_SPAN = 6.0  # degrees of latitude that a map shows at least
MARGIN = 0.18  # of the span, around what is shown
TINY = 1e-9
POLE = 90.0
FLATTEST = 65.0  # degrees; nearer to the poles the map is not squeezed further


def great_circle(begin: Point, end: Point) -> list[Point]:
    """Return points along the shortest way between two places, both ends included.

    Between opposite ends of the earth every way is as short: the straight line is taken.
    """
    a, b = vector(begin), vector(end)
    angle = acos(max(-1.0, min(1.0, sum(x * y for x, y in zip(a, b, strict=True)))))
    if sin(angle) < TINY:
        return [begin, end]
    parts = max(1, ceil(degrees(angle) / STEP))
    inner = []
    for n in range(1, parts):
        near, far = (sin((1 - n / parts) * angle), sin(n / parts * angle))
        x, y, z = ((near * p + far * q) / sin(angle) for p, q in zip(a, b, strict=True))
        inner.append((degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))))
    return [begin, *inner, end]


def vector(point: Point) -> tuple[float, float, float]:
    """Return a place as a point on a sphere of radius one."""
    across, up = radians(point[0]), radians(point[1])
    return cos(up) * cos(across), cos(up) * sin(across), sin(up)


def unwrapped(points: Sequence[Point], near: float | None = None) -> list[Point]:
    """Return points whose longitudes never jump: each is within half a turn of the one before."""
    found: list[Point] = []
    last = near
    for across, up in points:
        if last is not None:
            across += WHOLE * round((last - across) / WHOLE)  # noqa: PLW2901  the same place
        found.append((across, up))
        last = across
    return found


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the earth that a picture shows, and the picture's size."""

    west: float
    east: float
    south: float
    north: float
    width: float
    height: float

    def spot(self, point: Point) -> Point:
        """Return where a place stands in the picture, from its upper left corner."""
        x = (point[0] - self.west) / (self.east - self.west) * self.width
        y = (self.north - point[1]) / (self.north - self.south) * self.height
        return round(x, 1), round(y, 1)

    def meets(self, points: Sequence[Point]) -> bool:
        """Tell whether the frame around some points touches this one."""
        across, up = [p[0] for p in points], [p[1] for p in points]
        beside = max(across) < self.west or min(across) > self.east
        return not (beside or max(up) < self.south or min(up) > self.north)


def frame_around(points: Sequence[Point], width: float, height: float) -> Frame:
    """Return a frame with room around some points, in true proportion at its middle latitude."""
    if not points:
        return Frame(-HALF, HALF, -POLE, POLE, width, height)
    across, up = [p[0] for p in points], [p[1] for p in points]
    middle_x, middle_y = (min(across) + max(across)) / 2, (min(up) + max(up)) / 2
    squeeze = cos(radians(min(abs(middle_y), FLATTEST)))  # of a degree of longitude
    tall = max((max(up) - min(up)) * (1 + 2 * MARGIN), LEAST_SPAN)
    wide = max((max(across) - min(across)) * (1 + 2 * MARGIN), LEAST_SPAN)
    tall = max(tall, wide * squeeze * height / width)
    wide = tall / squeeze * width / height
    if wide > WHOLE:
        wide, tall = WHOLE, max(tall, WHOLE * squeeze * height / width)
    return Frame(
        middle_x - wide / 2,
        middle_x + wide / 2,
        middle_y - tall / 2,
        middle_y + tall / 2,
        width,
        height,
    )


def turns(frame: Frame) -> range:
    """Return by how many whole turns the map is repeated to fill a frame."""
    first = int((frame.west + HALF) // WHOLE)
    return range(first, int((frame.east + HALF) // WHOLE) + 1)


def written(points: Sequence[Point], *, closed: bool = False) -> str:
    """Return points as the path of an SVG."""
    kept = [points[0], *(b for a, b in pairwise(points) if a != b)]
    path = "M" + "L".join(f"{x:g} {y:g}" for x, y in kept)
    return path + "Z" if closed else path


def heading(begin: Point, end: Point) -> float:
    """Return the direction of a line in a picture, in degrees clockwise from rightwards."""
    return round(degrees(atan2(end[1] - begin[1], end[0] - begin[0])), 1)
