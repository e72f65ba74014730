"""Great circles against known values, the date line, zooming, and names that cover nothing."""

import re
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.data import PLACE_LOOKS, RouteLeg, Stop
from portal.pictures.queries.world import world
from portal.pictures.rules import maps
from portal.pictures.rules.geometry import (
    frame_around,
    great_circle,
    turns,
    unwrapped,
    written,
)
from portal.triage.data import PlaceFacts
from portal.triage.rules.detour import distance

ROTTERDAM = PlaceFacts("Rotterdam", ("seaport",), 51.92, 4.50)
DUBAI = PlaceFacts("Dubai", ("seaport", "free_trade_zone"), 25.27, 55.30)
KARACHI = PlaceFacts("Karachi", ("seaport", "airport"), 24.85, 66.98)
AUCKLAND = PlaceFacts("Auckland", ("seaport",), -36.83, 174.80)
LOS_ANGELES = PlaceFacts("Los Angeles", ("seaport",), 34.05, -118.24)
PLACES = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


def way_over(*places):
    stops = [Stop(n, place.name, place) for n, place in enumerate(places, start=1)]
    legs = [RouteLeg(n, "sea", a, b) for n, (a, b) in enumerate(pairwise(stops), start=1)]
    return maps.route_of(legs)


@pytest.mark.parametrize(
    ("begin", "end", "km"),
    [
        (ROTTERDAM, KARACHI, 5_951),
        (AUCKLAND, LOS_ANGELES, 10_486),
        (PlaceFacts("Pole", (), 90, 0), PlaceFacts("Line", (), 0, 77), 10_008),
        (ROTTERDAM, ROTTERDAM, 0),
    ],
)
def test_a_leg_is_as_long_as_others_reckon_to_a_hundredth(begin, end, km):
    assert way_over(begin, end).way_km == pytest.approx(km, rel=0.01, abs=1)


def test_a_detour_is_the_way_less_the_direct_way_in_km_and_as_a_ratio():
    route = way_over(ROTTERDAM, DUBAI, KARACHI)
    way = distance(ROTTERDAM, DUBAI) + distance(DUBAI, KARACHI)
    assert route.extra_km == pytest.approx(way - distance(ROTTERDAM, KARACHI))
    assert route.ratio == pytest.approx(way / distance(ROTTERDAM, KARACHI))
    assert way_over(ROTTERDAM, KARACHI).extra_km == pytest.approx(0)


def test_a_way_that_ends_where_it_began_has_a_detour_and_no_ratio():
    route = way_over(ROTTERDAM, DUBAI, ROTTERDAM)
    assert route.ratio is None
    assert route.extra_km == pytest.approx(2 * distance(ROTTERDAM, DUBAI))


def test_a_way_over_a_place_that_is_not_known_has_no_length():
    a, b, c = Stop(1, "NLRTM", ROTTERDAM), Stop(2, "Nowhere", None), Stop(3, "PKKHI", KARACHI)
    route = maps.route_of([RouteLeg(1, "sea", a, b), RouteLeg(2, "sea", b, c)])
    assert (route.way_km, route.ratio) == (None, None)
    assert [stop.filed for stop in route.unknown] == ["Nowhere"]
    assert len(maps.map_of(route, world()).marks) == 2


@given(PLACES, PLACES)
def test_a_great_circle_goes_in_steps_of_at_most_2_degrees_or_is_a_straight_line(begin, end):
    points = great_circle(begin, end)
    assert (points[0], points[-1]) == (begin, end)
    steps = [
        distance(PlaceFacts("", (), a[1], a[0]), PlaceFacts("", (), b[1], b[0]))
        for a, b in pairwise(points)
    ]
    assert len(points) == 2 or max(steps) < 223  # 2 degrees are 222.4 km


@given(st.lists(PLACES, min_size=1))
def test_unwrapped_longitudes_never_jump_and_stay_the_same_places(points):
    found = unwrapped(points)
    assert all(abs(b[0] - a[0]) <= 180.000001 for a, b in pairwise(found))
    for (told, _), (kept, _) in zip(points, found, strict=True):
        turns_apart = (kept - told) / 360
        assert turns_apart == pytest.approx(round(turns_apart))


def test_a_way_over_the_date_line_is_one_line_on_a_map_of_less_than_half_the_world():
    drawn = maps.map_of(way_over(AUCKLAND, LOS_ANGELES), world())
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+) ", drawn.legs[0])]
    assert xs == sorted(xs)
    assert max(b - a for a, b in pairwise(xs)) < 40
    assert xs[-1] - xs[0] > maps.WIDTH / 3
    assert len(drawn.land) > 1000


def test_a_map_is_zoomed_to_its_way_and_never_nearer_than_6_degrees():
    near = frame_around([(4.5, 51.9), (4.6, 51.9)], 720, 400)
    assert near.north - near.south == pytest.approx(6)
    far = frame_around(great_circle((4.5, 51.9), (67.0, 24.9)), 720, 400)
    assert 80 < far.east - far.west < 130
    assert turns(frame_around([], 720, 400)) == range(2)


def test_every_mark_is_inside_and_no_name_covers_a_mark_or_another_name():
    places = [
        PlaceFacts(f"A place of a long name {n}", ("seaport",), 51.9 + n * 0.02, 4.5 + n * 0.01)
        for n in range(6)
    ]
    drawn = maps.map_of(way_over(*places), world())
    boxes = [maps.box_around((mark.x, mark.y)) for mark in drawn.marks]
    assert all(0 <= mark.x <= maps.WIDTH and 0 <= mark.y <= maps.HEIGHT for mark in drawn.marks)
    for one, other in combinations(boxes, 2):
        assert not maps.overlap(one, other)


def test_shapes_and_colours_of_the_5_kinds_of_place_all_differ():
    assert len({look.shape for look in PLACE_LOOKS.values()}) == 5
    assert len({look.colour for look in PLACE_LOOKS.values()}) == 5


def test_a_place_that_is_a_free_zone_too_has_a_ring_and_one_named_as_such_its_own_mark():
    assert Stop(1, "AEDXB", DUBAI).ringed
    assert Stop(1, "AEDXB", DUBAI, free_zone=True).kind == "free_trade_zone"
    assert not Stop(1, "AEDXB", DUBAI, free_zone=True).ringed


def test_the_outlines_are_the_125_rings_of_the_world_within_its_edges():
    found = world()
    assert len(found.land) == 125
    points = [point for ring in found.land for point in ring]
    assert {min(x for x, _ in points), max(x for x, _ in points)} == {-180.0, 180.0}
    assert written(((0.0, 0.0), (1.5, 2.0)), closed=True) == "M0 0L1.5 2Z"


def test_a_route_around_the_earth_shows_the_whole_map_and_no_more():
    frame = frame_around([(-179.0, 10.0), (179.0, 12.0)], 720, 400)
    assert frame.east - frame.west == pytest.approx(360)


def test_a_leg_of_0_km_has_no_arrow():
    assert maps.arrow_of([(4.5, 51.9)]) is None
    assert maps.arrow_of([(4.5, 51.9), (4.5, 51.9)]) is None
