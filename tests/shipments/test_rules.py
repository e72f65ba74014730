"""What differs between announced, shipped and received; what a return and a dispatch raise."""

from decimal import Decimal

import pytest

from portal.shipments.rules import amounts, between, differences
from tests.factories import line

LINES = (line("acetone", "5"), line("toluene", "800"))


def test_1_of_2_quantities_differs():
    found = differences(LINES, (Decimal("5.00"), Decimal("799.5")), "shipped")
    assert found == ("Toluene: 799.5 kg shipped, 800 announced",)
    assert differences(LINES, (None, None), "shipped") == ()


def test_1_kilogram_was_lost_on_the_way():
    left, came = (Decimal(5), Decimal(800)), (Decimal(5), Decimal(799))
    assert between(LINES, left, came) == ("Toluene: 799 kg received, 800 shipped",)


@pytest.mark.parametrize("told", [{}, {"quantities": "5"}, {"quantities": ["5"]}])
def test_0_told_quantities_mean_those_announced(told):
    assert amounts(told, LINES) == (Decimal(5), Decimal(800))


def test_2_told_quantities_count():
    assert amounts({"quantities": ["4", "0"]}, LINES) == (Decimal(4), Decimal(0))
