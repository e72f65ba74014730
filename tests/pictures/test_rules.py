"""Scales, sums, lanes and columns: what a picture shows, from values alone."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.pictures.data import Delivery, Lane, Line, Link, Moment, Network, Node
from portal.pictures.rules.axis import Days, Masses, rows_of
from portal.pictures.rules.layout import layout_of
from portal.pictures.rules.sums import chart_of, letter, lines_of, quantities_of
from portal.pictures.rules.timeline import timeline_of
from portal.reference.data import Confidence, Limit
from tests.factories import NOON

BEGINS, ENDS = date(2026, 1, 1), date(2026, 12, 31)


def delivery(supplier, kilograms, day):
    at = NOON + timedelta(days=day)
    return Delivery(uuid4(), f"SO-{day}", supplier, at, Decimal(kilograms))


def limit(kilograms, confidence=Confidence.CONFIRMED, jurisdiction="EU"):
    return Limit(
        key=f"{jurisdiction}-{kilograms}",
        jurisdiction=jurisdiction,
        direction="domestic",
        stated=f"{kilograms} kg",
        quantity_kg=Decimal(kilograms) if kilograms else None,
        or_equal=False,
        period="year",
        effect="",
        legal_basis="A law",
        confidence=confidence,
        in_force_from=None,
        in_force_until=None,
    )


def test_orders_of_3_suppliers_below_a_threshold_of_100_kg_pass_it_with_the_third():
    lines = lines_of([limit("100")], "EU")
    orders = [delivery(f"{name} B.V.", "40", day) for day, name in enumerate("ABC")]
    found = quantities_of(orders, lines, BEGINS, ENDS)
    assert [step.total for step in found.steps] == [40, 80, 120]
    assert [len(step.passed) for step in found.steps] == [0, 0, 1]
    assert [(one, str(kg)) for one, _, kg in found.suppliers] == [(n, "40") for n in "ABC"]


@pytest.mark.parametrize(("last", "passed"), [("60", 0), ("60.001", 1)])
def test_a_sum_of_exactly_the_threshold_does_not_pass_it(last, passed):
    lines = (Line(Decimal(100), "", sure=True),)
    found = quantities_of([delivery("A", "40", 0), delivery("B", last, 1)], lines, BEGINS, ENDS)
    assert len(found.steps[1].passed) == passed


def test_a_threshold_says_how_well_it_is_known_and_one_without_weight_is_no_line():
    unsure = limit("10", Confidence.GENERAL_KNOWLEDGE)
    limits = [unsure, limit("5"), limit(""), limit("1", jurisdiction="US")]
    lines = lines_of(limits, "EU")
    assert [(str(line.kilograms), line.sure) for line in lines] == [("5", True), ("10", False)]
    assert "(confirmed)" in lines[0].words
    assert "to be checked" in lines[1].words


def test_bars_are_as_high_as_their_mass_and_stand_apart_on_one_day():
    orders = [delivery("A", "10", 0), delivery("B", "20", 0), delivery("A", "30", 0)]
    chart = chart_of(quantities_of(orders, (), BEGINS, ENDS))
    heights = [bar.high for bar in chart.bars]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2)
    assert heights[2] == pytest.approx(3 * heights[0], abs=0.2)
    assert chart.bars[1].x >= chart.bars[0].x + chart.bar
    assert chart.bars[0].place == chart.bars[2].place == 1


def test_a_threshold_above_3_times_the_sum_is_told_and_not_drawn():
    lines = (Line(Decimal(30), "", sure=True), Line(Decimal(31), "", sure=True))
    chart = chart_of(quantities_of([delivery("A", "10", 0)], lines, BEGINS, ENDS))
    assert [level.line.kilograms for level in chart.levels] == [30]
    assert [line.kilograms for line in chart.higher] == [31]


def test_suppliers_after_26_have_2_letters():
    assert [letter(n) for n in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


@given(st.decimals(min_value="0.001", max_value="1000000", places=3))
def test_a_scale_of_masses_has_2_to_8_ticks_from_nought_up(most):
    ticks = Masses(most, 300, 20).ticks()
    assert 2 <= len(ticks) <= 8
    assert (ticks[0].at, ticks[0].words) == (300, "0")
    assert all(tick.at >= 19.9 for tick in ticks)


@given(st.dates(min_value=date(2000, 1, 1)), st.integers(0, 9000))
def test_a_scale_of_days_has_at_most_9_ticks_within_it(begins, length):
    try:
        ends = begins + timedelta(days=length)
    except OverflowError:
        ends = begins
    ticks = Days(begins, ends, 10, 710).ticks()
    assert 1 <= len(ticks) <= 9
    assert all(10 <= tick.at <= 710 for tick in ticks)


@given(st.lists(st.floats(0, 900), max_size=40))
def test_marks_of_a_row_stand_apart(places):
    rows = rows_of(sorted(places), 26)
    for (x, row), (y, other) in combinations(zip(sorted(places), rows, strict=True), 2):
        assert row != other or abs(x - y) >= 26


def test_a_timeline_numbers_its_moments_by_day_and_gives_each_lane_that_occurs_a_row():
    moments = [
        Moment(date(2026, 3, 1), Lane.FILED, "Filed", "SO-1"),
        Moment(date(2026, 3, 1), Lane.TRADE, "It happened", "SO-1"),
        Moment(date(2026, 5, 1), Lane.FILED, "Filed", "SO-2"),
    ]
    drawn = timeline_of(moments, date(2026, 4, 1))
    assert [spot.number for spot in drawn.spots] == [1, 2, 3]
    assert [row.words for row in drawn.rows] == [Lane.FILED, Lane.TRADE]
    assert drawn.spots[0].x == drawn.spots[1].x < drawn.spots[2].x
    assert drawn.today is not None
    assert timeline_of(moments, date(2027, 1, 1)).today is None
    assert timeline_of([], date(2027, 1, 1)).spots == ()


def test_a_network_without_script_has_its_centre_left_and_every_link_drawn_once():
    nodes = (
        Node("submission-1", "This", "submission"),
        Node("subject-1", "+31 6", "phone"),
        Node("submission-2", "Other", "submission"),
        Node("submission-3", "SO-3", "hidden"),
    )
    links = tuple(Link(f"submission-{n}", "subject-1", "") for n in (1, 2, 3))
    layout = layout_of(Network(nodes, links), "submission-1")
    at = {one.node.key: one for one in layout.nodes}
    assert len(layout.lines) == 3
    assert at["submission-1"].x < at["subject-1"].x < at["submission-2"].x
    assert at["submission-2"].y != at["submission-3"].y
    assert all(0 < one.y < layout.height for one in layout.nodes)


def test_0_kilograms_have_no_scale():
    assert Masses(Decimal(0), 300, 20).ticks() == ()
