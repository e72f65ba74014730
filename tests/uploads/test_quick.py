"""Rows that are judged by what is known come to what their pages would have said."""

import random

import pytest

from portal.submissions.kind import registered
from portal.uploads.checking import Checker
from portal.uploads.columns import read_header

HEADER = [
    *("period.period", "period.begins_on", "entries.substance", "entries.movement"),
    *("entries.quantity", "entries.unit", "entries.counterparty", "entries.country"),
    *("entries.happened_on", "entries.document"),
]
CELLS = [
    ["month", "year"],
    ["2026-01-01", "2026-02-30"],
    ["acetone", "AA", "no such thing", ""],
    ["bought", "closing stock", "stolen"],
    ["12.5", "0", "-1", "1e3", "", "007"],
    ["kg", "g", "drums"],
    ["Trading Ltd", "", "x" * 300, "ราชา"],
    ["NL", "", "XX"],
    ["2026-01-05", "", "yesterday"],
    ["INV-1", "", "\u202eINV"],
]


def checker_of(app) -> Checker:
    kind = registered()["return"]
    return Checker(kind, read_header(kind, HEADER), "A. Reporter")


def rows(seed: int, number: int = 120) -> list[list[str]]:
    """Return rows of which most are good, and some are wrong in one cell or two."""
    chance = random.Random(seed)  # noqa: S311
    found = []
    for _ in range(number):
        row = [choices[0] for choices in CELLS]
        for place in chance.sample(range(len(CELLS)), chance.choice((0, 0, 1, 2))):
            row[place] = chance.choice(CELLS[place])
        found.append(row)
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_120_rows_come_to_what_their_pages_say(app, session, seed):
    quickly, one_by_one = checker_of(app), checker_of(app)
    sheet = rows(seed)
    judged = quickly.judge_all(sheet)
    for row, one in zip(sheet, judged, strict=True):
        expected = one_by_one.judge(row)
        assert one.complaints == expected.complaints, row
        assert one.items == expected.items, row
        assert (one.shared, one.mark) == (expected.shared, expected.mark), row
    assert 0 < sum(bool(one.complaints) for one in judged) < len(sheet)


def test_2_orders_of_columns_give_1_mark(app, session):
    kind = registered()["return"]
    turned = Checker(kind, read_header(kind, HEADER[::-1]), "A. Reporter")
    row = rows(1)[0]
    assert checker_of(app).judge(row).mark == turned.judge(row[::-1]).mark
