"""Months, middles, pictures, and which counts are hidden."""

from datetime import date
from decimal import Decimal

import pytest

from portal.statistics.data import Cell, Key
from portal.statistics.rules import (
    Tally,
    days_between,
    keys_of,
    lasting,
    lines_of,
    months_between,
    next_month,
    unranked,
    with_hidden,
    years_before,
)

DAY = 86_400


def test_months_go_over_the_end_of_a_year():
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_month(date(2026, 11, 30)) == date(2026, 12, 1)
    found = months_between(date(2026, 11, 5), date(2027, 2, 3))
    assert found == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert years_before(date(2026, 2, 1), 3) == date(2023, 2, 1)
    assert days_between(date(2026, 2, 28), date(2026, 3, 2)) == [
        date(2026, 2, 28),
        date(2026, 3, 1),
    ]


def test_a_submission_is_counted_under_every_combination_once():
    keys = keys_of("loss", ["acetone"], ["NL", "TH"], ["detour"])
    assert len(keys) == len(set(keys)) == 2 * 3 * 2
    assert Key("loss") in keys
    assert Key("loss", "acetone", "TH", "detour") in keys
    assert {key.parts for key in keys} == {"", "s", "c", "r", "sc", "sr", "cr", "scr"}


def test_companies_are_counted_once_however_much_they_file():
    tally = Tally()
    for owner in ("a", "a", "b"):
        tally.add([Key("loss")], owner)
    assert tally.rows() == [(Key("loss"), 3, 2)]


@pytest.mark.parametrize(
    ("cell", "is_hidden"),
    [
        (Cell("x", 0, 0), False),
        (Cell("x", 4, 4), True),
        (Cell("x", 5, 3), False),
        (Cell("x", 500, 2), True),
        (Cell("x", 4), True),
        (Cell("x", 5), False),
    ],
)
def test_a_count_is_hidden_below_5_or_of_fewer_than_3_companies(cell, is_hidden):
    (found,) = with_hidden([cell])
    assert found.hidden is is_hidden
    assert found.number == (0 if is_hidden else cell.number)


def test_the_place_of_a_hidden_count_tells_nothing():
    cells = [Cell("b", 90, 2, detail="7 kg"), Cell("c", 40, 9), Cell("a", 2, 2)]
    found = unranked(with_hidden(cells))
    assert [(one.label, one.number, one.detail) for one in found] == [
        ("c", 40, ""), ("a", 0, ""), ("b", 0, ""),
    ]  # fmt: skip


def test_a_single_hidden_count_takes_the_next_smallest_with_it():
    cells = [Cell("a", 90, 9), Cell("b", 3, 3), Cell("c", 40, 9), Cell("d", 0, 0)]
    assert [cell.hidden for cell in with_hidden(cells)] == [False, True, True, False]
    assert [cell.hidden for cell in with_hidden(cells[:1])] == [False]
    both = [Cell("a", 3, 3), Cell("b", 2, 2), Cell("c", 40, 9)]
    assert [cell.hidden for cell in with_hidden(both)] == [True, True, False]


def test_the_middle_and_nine_tenths_lie_between_neighbours():
    found = lasting("x", [DAY * n for n in (4, 1, 3, 2)], open_to_all=True)
    assert (found.number, found.median, found.most) == (4, Decimal("2.5"), Decimal("3.7"))
    one = lasting("x", [DAY / 2], open_to_all=True)
    assert (one.median, one.most) == (Decimal("0.5"), Decimal("0.5"))
    assert lasting("x", [], open_to_all=False).number == 0


@pytest.mark.parametrize(("number", "is_hidden"), [(4, True), (5, False)])
def test_times_of_fewer_than_5_leads_are_hidden_from_others(number, is_hidden):
    found = lasting("x", [DAY] * number, open_to_all=False)
    assert found.hidden is is_hidden
    assert (found.median is None) is is_hidden
    assert not lasting("x", [DAY] * number, open_to_all=True).hidden


def test_a_line_breaks_where_a_count_is_hidden():
    cells = [Cell("a", 10), Cell("b", 0, hidden=True), Cell("c", 5), Cell("d", 0)]
    drawn = lines_of(cells)
    assert drawn.path.count("M") == 2
    assert drawn.path.count("L") == 1
    assert (drawn.dots[0].y, drawn.dots[3].y) == (16, 196)
    assert drawn.ticks[0].words == "0"
    assert sum(dot.named for dot in lines_of([Cell(str(n), n) for n in range(120)]).dots) <= 7
    assert lines_of([]).path == ""
    assert lines_of([Cell("a", 0)]).dots[0].y == 196
