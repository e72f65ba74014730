"""What passes a limit, and what may decide a duty."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portal.reference.data import Confidence, Direction, Limit
from portal.reference.rules.thresholds import exceeded

TODAY = date(2026, 11, 24)
LIMIT = Limit(
    key="eu-acetic-anhydride-export",
    jurisdiction="EU",
    direction="export",
    stated="100 kg",
    quantity_kg=Decimal(100),
    or_equal=False,
    period="per consignment",
    effect="export authorisation",
    legal_basis="Article 12",
    confidence=Confidence.CONFIRMED,
    in_force_from=None,
    in_force_until=None,
)


def held(limit, kilograms, *, direction=Direction.EXPORT, **more):
    quantity = None if kilograms is None else Decimal(kilograms)
    return exceeded([limit], "EU", direction, quantity, TODAY, **more)


@pytest.mark.parametrize(
    ("kilograms", "or_equal", "passed"),
    [
        ("99.999999", False, False),
        ("100", False, False),
        ("100.000001", False, True),
        ("99.999999", True, False),
        ("100", True, True),
    ],
)
def test_a_limit_of_100_kg_is_passed_at_its_edge_as_the_law_says(kilograms, or_equal, passed):
    (answer,) = held(replace(LIMIT, or_equal=or_equal), kilograms)
    assert answer.exceeded is passed
    assert answer.decides


@pytest.mark.parametrize(("kilograms", "passed"), [("0", False), ("0.000001", True), (None, True)])
def test_a_limit_of_0_means_any_quantity_even_one_not_weighed(kilograms, passed):
    (answer,) = held(replace(LIMIT, quantity_kg=Decimal(0)), kilograms)
    assert answer.exceeded is passed


def test_1_quantity_not_weighed_passes_no_other_limit():
    (answer,) = held(LIMIT, None)
    assert (answer.exceeded, answer.decides) == (None, False)
    assert answer.why == "The weight of the substance is not known."


def test_1_limit_not_set_by_weight_gives_no_answer():
    (answer,) = held(replace(LIMIT, quantity_kg=None), "5")
    assert (answer.exceeded, answer.why) == (None, "The limit is not set by weight.")


@pytest.mark.parametrize(
    "period", ["year", "preceding calendar year", "calendar month (cumulative)"]
)
@pytest.mark.parametrize(
    ("kilograms", "earlier", "passed"),
    [("101", None, True), ("60", None, None), ("60", "40", False), ("60", "40.1", True)],
)
def test_one_delivery_cannot_rule_out_a_limit_over_3_sorts_of_period(
    period, kilograms, earlier, passed
):
    earlier_kg = None if earlier is None else Decimal(earlier)
    (answer,) = held(replace(LIMIT, period=period), kilograms, earlier_kg=earlier_kg)
    assert answer.exceeded is passed


def test_2_sorts_of_general_knowledge_never_decide():
    general = Confidence.GENERAL_KNOWLEDGE
    (by_limit,) = held(replace(LIMIT, confidence=general), "101")
    (by_mass,) = held(LIMIT, "101", confidence=general)
    assert by_limit.exceeded
    assert by_mass.exceeded
    assert (by_limit.decides, by_mass.decides) == (False, False)
    assert by_limit.why == "The limit is general knowledge, not confirmed."
    assert by_mass.why == "The quantity rests on general knowledge."


@pytest.mark.parametrize(
    ("begun", "ended", "decides"),
    [
        (date(2026, 11, 24), None, True),
        (date(2026, 11, 25), None, False),
        (None, date(2026, 11, 25), True),
        (None, date(2026, 11, 24), False),
    ],
)
def test_a_text_decides_from_its_1st_day_in_force_to_the_day_before_its_end(begun, ended, decides):
    (answer,) = held(replace(LIMIT, in_force_from=begun, in_force_until=ended), "101")
    assert answer.decides is decides


def test_only_limits_of_1_jurisdiction_and_direction_answer():
    limits = [
        LIMIT,
        replace(LIMIT, key="all", direction="all"),
        replace(LIMIT, key="import", direction="import"),
        replace(LIMIT, key="us", jurisdiction="US"),
    ]
    answers = exceeded(limits, "EU", Direction.EXPORT, Decimal(101), TODAY)
    assert [answer.limit.key for answer in answers] == ["all", LIMIT.key]
    assert [a.limit.key for a in exceeded(limits, "EU", Direction.TRANSIT, Decimal(1), TODAY)] == [
        "all"
    ]


def test_the_sharpest_of_3_answers_comes_first():
    general = replace(LIMIT, key="a", confidence=Confidence.GENERAL_KNOWLEDGE)
    not_passed = replace(LIMIT, key="b", quantity_kg=Decimal(500))
    answers = exceeded([general, not_passed, LIMIT], "EU", Direction.EXPORT, Decimal(101), TODAY)
    assert [answer.limit.key for answer in answers] == [LIMIT.key, "a", "b"]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "more than 100 kg in one consignment"),
        ({"quantity_kg": Decimal(0)}, "any quantity"),
        ({"or_equal": True, "period": "year"}, "at least 100 kg in a year"),
        ({"stated": "92.4 l"}, "more than 92.4 l (100 kg) in one consignment"),
        ({"stated": "9 l", "quantity_kg": None}, "more than 9 l in one consignment"),
    ],
)
def test_a_limit_is_said_in_5_ways(changes, words):
    assert replace(LIMIT, **changes).words == words
