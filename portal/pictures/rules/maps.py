"""A route on a map: which paths are drawn and where each mark and name stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot

from portal.pictures.data import PLACE_LOOKS, Look, Route, RouteLeg, Stop
from portal.pictures.rules.geometry import (
    WHOLE,
    Frame,
    Point,
    frame_around,
    great_circle,
    heading,
    turns,
    unwrapped,
    written,
)
from portal.triage.data import PlaceFacts
from portal.triage.rules.detour import distance

WIDTH, HEIGHT = 720.0, 400.0
MARK = 11.0  # half the width of a mark
CHAR, TALL = 7.6, 16.0  # of a letter of a name, in picture units
LONGEST = 28  # letters of a name on the map; the table has it in full


@dataclass(frozen=True, slots=True)
class World:
    """The outlines: rings of land and lines between countries, in degrees."""

    land: tuple[tuple[Point, ...], ...]
    borders: tuple[tuple[Point, ...], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the map with its name beside it, if there is room for one."""

    stop: Stop
    look: Look
    x: float
    y: float
    name: str
    name_x: float
    name_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Arrow:
    """The middle of a leg and where it leads."""

    x: float
    y: float
    turn: float


@dataclass(frozen=True, slots=True)
class RouteMap:
    """Everything that the picture needs."""

    land: str
    borders: str
    legs: tuple[str, ...]
    direct: str  # nothing when the way is direct
    arrows: tuple[Arrow, ...]
    marks: tuple[Mark, ...]
    looks: tuple[Look, ...]  # for the key: those that occur
    ring: bool  # for the key: a place that is a free zone too
    width: float = WIDTH
    height: float = HEIGHT


def route_of(legs: Sequence[RouteLeg], zones: Sequence[Stop] = ()) -> Route:
    """Return a route with its length and the direct way; none where a place is not known."""
    stops = tuple(
        {stop.number: stop for leg in legs for stop in (leg.origin, leg.destination)}.values()
    )
    places = [stop.place for stop in stops]
    known = [place for place in places if place is not None]
    if len(known) != len(places) or len(known) < 2:  # noqa: PLR2004  two ends
        return Route(stops, tuple(legs), tuple(zones))
    way = sum(distance(a, b) for a, b in pairwise(known))
    return Route(stops, tuple(legs), tuple(zones), way, distance(known[0], known[-1]))


def spot_of(place: PlaceFacts) -> Point:
    """Return where a place is, in degrees."""
    return place.longitude, place.latitude


def map_of(route: Route, world: World) -> RouteMap:
    """Draw a route, zoomed to what is known of it; the whole world when nothing is."""
    ways = ways_of(route)
    direct = direct_of(route, ways)
    zones = [spot_of(stop.place) for stop in route.zones if stop.place]
    everything = [point for way in (*ways, direct) for point in way]
    near = everything[0][0] if everything else None
    places = {stop.number: place_near(stop, everything, near) for stop in route.known}
    shown = [*everything, *places.values(), *(unwrapped(zones, near) if zones else ())]
    frame = frame_around(shown, WIDTH, HEIGHT)
    kinds = {stop.kind for stop in route.known}
    lines = [[frame.spot(point) for point in way] for way in ways]
    return RouteMap(
        land=outlines(world.land, frame, closed=True),
        borders=outlines(world.borders, frame, closed=False),
        legs=tuple(written(line) for line in lines),
        direct=written([frame.spot(point) for point in direct]) if direct else "",
        arrows=tuple(arrow for line in lines if (arrow := arrow_of(line))),
        marks=marks_of(route, {n: frame.spot(p) for n, p in places.items()}, lines),
        looks=tuple(PLACE_LOOKS[kind] for kind in PLACE_LOOKS if kind in kinds),
        ring=any(stop.ringed for stop in route.known),
    )


def ways_of(route: Route) -> list[list[Point]]:
    """Return the great circle of each leg between known places, going on from the one before."""
    found: list[list[Point]] = []
    near: float | None = None
    for leg in route.legs:
        if leg.origin.place and leg.destination.place:
            circle = great_circle(spot_of(leg.origin.place), spot_of(leg.destination.place))
            way = unwrapped(circle, near)
            near = way[-1][0]
            found.append(way)
    return found


def direct_of(route: Route, ways: list[list[Point]]) -> list[Point]:
    """Return the great circle from the first place to the last; none for a single leg."""
    first, last = (route.stops[0].place, route.stops[-1].place) if route.stops else (None, None)
    if len(ways) < 2 or not first or not last:  # noqa: PLR2004  one leg is its own direct way
        return []
    return unwrapped(great_circle(spot_of(first), spot_of(last)), ways[0][0][0])


def place_near(stop: Stop, points: Sequence[Point], near: float | None) -> Point:
    """Return a place on that turn of the map on which the way passes it."""
    place = spot_of(stop.place) if stop.place else (0.0, 0.0)
    for across, up in points:
        if abs(up - place[1]) < 1e-6 and abs((across - place[0]) % WHOLE) < 1e-6:  # noqa: PLR2004
            return across, up
    return unwrapped([place], near)[0]


def outlines(lines: Sequence[Sequence[Point]], frame: Frame, *, closed: bool) -> str:
    """Return the path of all lines that touch the frame, on each turn of the map."""
    parts = []
    for turn in turns(frame):
        for line in lines:
            moved = [(across + turn * WHOLE, up) for across, up in line]
            if frame.meets(moved):
                parts.append(written([frame.spot(point) for point in moved], closed=closed))
    return "".join(parts)


def arrow_of(line: Sequence[Point]) -> Arrow | None:
    """Return the arrow in the middle of a leg; none when it has no length in the picture."""
    if len(line) < 2 or line[0] == line[-1]:  # noqa: PLR2004
        return None
    middle = len(line) // 2
    before, after = line[middle - 1], line[middle]
    x, y = (before[0] + after[0]) / 2, (before[1] + after[1]) / 2
    return Arrow(round(x, 1), round(y, 1), heading(before, after))


Box = tuple[float, float, float, float]  # left, top, right, bottom


def marks_of(
    route: Route, spots: Mapping[int, Point], lines: Sequence[Sequence[Point]]
) -> tuple[Mark, ...]:
    """Place the marks, apart from each other, and the names where they cover nothing."""
    spots = spread(spots)
    taken: list[Box] = [box_around(spot) for spot in spots.values()]
    crossed = [(x, y, x, y) for line in lines for x, y in filled(line)]
    marks = []
    for stop in route.known:
        x, y = spots[stop.number]
        name = stop.name if len(stop.name) <= LONGEST else f"{stop.name[: LONGEST - 1]}…"
        at_x, at_y, anchor, box = room_for(name, x, y, (*taken, *crossed))
        if box is None:  # rather over a line than without a name
            at_x, at_y, anchor, box = room_for(name, x, y, taken)
        if box is None:
            name = ""
        else:
            taken.append(box)
        look = PLACE_LOOKS[stop.kind]
        marks.append(Mark(stop, look, x, y, name, at_x, at_y, anchor))
    return tuple(marks)


def filled(line: Sequence[Point]) -> Iterator[Point]:
    """Yield points of a drawn line that are as close as the letters of a name are tall."""
    for (x1, y1), (x2, y2) in pairwise(line):
        parts = max(1, ceil(hypot(x2 - x1, y2 - y1) / (TALL / 2)))
        for n in range(parts + 1):
            yield x1 + (x2 - x1) * n / parts, y1 + (y2 - y1) * n / parts


def spread(spots: Mapping[int, Point]) -> dict[int, Point]:
    """Move marks that would hide each other to the side, so that each figure can be read."""
    placed: dict[int, Point] = {}
    for number, (x, y) in spots.items():
        at = x
        while any(abs(at - px) < 2 * MARK and abs(y - py) < 2 * MARK for px, py in placed.values()):
            at += 2 * MARK + 1
        placed[number] = (round(at, 1), y)
    return placed


def box_around(spot: Point) -> Box:
    """Return the room that a mark takes."""
    return spot[0] - MARK, spot[1] - MARK, spot[0] + MARK, spot[1] + MARK


def room_for(
    name: str, x: float, y: float, taken: Sequence[Box]
) -> tuple[float, float, str, Box | None]:
    """Return where a name can stand beside its mark without covering anything; no box: nowhere."""
    long, gap = len(name) * CHAR, MARK + 4
    sides = (
        (x + gap, y + 5, "start", x + gap),
        (x - gap, y + 5, "end", x - gap - long),
        (x, y - gap - 2, "middle", x - long / 2),
        (x, y + gap + 12, "middle", x - long / 2),
        (x + gap, y - gap, "start", x + gap),
        (x + gap, y + gap + 8, "start", x + gap),
        (x - gap, y - gap, "end", x - gap - long),
        (x - gap, y + gap + 8, "end", x - gap - long),
    )
    for at_x, at_y, anchor, left in sides:
        box = (left, at_y - TALL + 3, left + long, at_y + 4)
        inside = box[0] > 2 and box[2] < WIDTH - 2 and box[1] > 2 and box[3] < HEIGHT - 2  # noqa: PLR2004
        if inside and not any(overlap(box, other) for other in taken):
            return round(at_x, 1), round(at_y, 1), anchor, box
    return x, y, "middle", None


def overlap(a: Box, b: Box) -> bool:
    """Tell whether two boxes share room."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
