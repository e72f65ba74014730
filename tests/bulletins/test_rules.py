"""Whom a bulletin addresses, what it is shown beside, and which names stand in a text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.bulletins.data import Aim, Ground, Handled, NamePattern, Said, Signs, Typed
from portal.bulletins.life import MOVES, Deed, MoveRefusedError, State, move
from portal.bulletins.rules import (
    MOST_WORDS,
    addressed,
    fits,
    grams,
    grounds,
    in_order,
    standing_in,
)


@pytest.mark.parametrize(
    ("aim", "company", "is_addressed"),
    [
        (Aim(), Handled(), True),
        (Aim(activities=("trade",)), Handled(), False),
        (Aim(activities=("trade",)), Handled(activities=frozenset({"trade", "broker"})), True),
        (Aim(activities=("trade",)), Handled(activities=frozenset({"broker"})), False),
        (Aim(substances=("acetone",)), Handled(substances=frozenset({"acetone"})), True),
        (Aim(substances=("acetone",)), Handled(substances=frozenset({"toluene"})), False),
        (Aim(substances=("acetone",)), Handled(), True),
        (Aim(licensed=True), Handled(licensed=True), True),
        (Aim(licensed=True), Handled(licensed=False), False),
        (Aim(licensed=False), Handled(licensed=True), False),
        (Aim(licensed=False), Handled(licensed=False), True),
    ],
)
def test_a_bulletin_addresses_by_the_register_alone(aim, company, is_addressed):
    assert addressed(aim, company) is is_addressed


TYPED = Typed(
    substances=frozenset({"acetone"}),
    goods=("Acetone", "PMK glycidate ester"),
    origins=frozenset({"NL"}),
    countries=frozenset({"NL", "TH"}),
    names=("Golden Bear Trading 88",),
)


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (Signs(), ()),
        (Signs(substances=("acetone",)), (Ground.SUBSTANCE,)),
        (Signs(substances=("toluene",)), ()),
        (Signs(goods=("glycidate pmk",)), (Ground.SUBSTANCE,)),
        (Signs(goods=("glycidate bmk",)), ()),
        (Signs(countries=("TH",)), (Ground.COUNTRY,)),
        (Signs(countries=("VN",)), ()),
        (Signs(routes=(("NL", "TH"),)), (Ground.ROUTE,)),
        (Signs(routes=(("TH", "NL"),)), ()),
        (Signs(names=(NamePattern("words", "bear golden"),)), (Ground.NAME,)),
        (Signs(substances=("toluene",), countries=("TH",)), (Ground.COUNTRY,)),
        (Signs(substances=("toluene",), countries=("TH",), together=True), ()),
        (
            Signs(substances=("acetone",), countries=("TH",), together=True),
            (Ground.SUBSTANCE, Ground.COUNTRY),
        ),
    ],
)
def test_a_bulletin_is_shown_for_what_was_typed(signs, found):
    assert grounds(signs, TYPED) == found
    assert Signs.from_json(signs.to_json()) == signs


@pytest.mark.parametrize(
    ("sort", "value", "name", "is_fit"),
    [
        ("words", "bear golden", "GOLDEN  Bear (Trading)", True),
        ("words", "bear golden", "Golden Trading", False),
        ("words", "медведь", "Medved'", True),
        ("words", "", "anything", False),
        ("look-alike", "Bright Chemicals Ltd", "Brigth Chemicals", True),
        ("look-alike", "Bright Chemicals Ltd", "Br1ght Chemica1s GmbH", True),
        ("look-alike", "Bright Chemicals Ltd", "Bright Chemicals B.V.", False),
        ("look-alike", "Bright Chemicals Ltd", "Sunset Paints", False),
        ("form", "A 9", "Lotus 88", True),
        ("form", "A 9", "Lotus Trading 88", False),
        ("form", "* 9", "Lotus Trading 88", True),
        ("form", "* 9", "Lotus Trading", False),
        ("form", "* trading *", "Lotus Trading Company 88", True),
        ("form", "* trading *", "Trading", True),
        ("form", "* trading *", "Lotus", False),
        ("form", "A9 *", "X77 Imports", True),
        ("form", "A9 *", "77 Imports", False),
        ("form", "9", "٨٨", True),
    ],
)
def test_a_name_has_the_shape_of_a_pattern(sort, value, name, is_fit):
    assert fits(NamePattern(sort, value), name) is is_fit


def test_a_pattern_is_never_an_expression():
    assert not fits(NamePattern("form", "(a+)+$"), "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")
    assert not fits(NamePattern("words", ".*"), "Golden Bear")
    hard, began = NamePattern("form", "* " * 11 + "z"), time.perf_counter()
    assert not fits(hard, "a " * 5000)
    assert time.perf_counter() - began < 0.1


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_form_and_no_name_break_the_comparison(form, name):
    for sort in ("words", "look-alike", "form"):
        assert fits(NamePattern(sort, form), name) in {True, False}


def test_a_form_of_more_than_twelve_parts_fits_nothing():
    assert fits(NamePattern("form", "* " * 12), "Golden Bear")
    assert not fits(NamePattern("form", "* " * 13), "Golden Bear")


def test_the_readers_language_comes_first_then_english():
    texts = (Said("ar", "", ""), Said("en", "", ""), Said("th", "", ""))
    assert [one.language for one in in_order(texts, "th")] == ["th", "en", "ar"]
    assert [one.language for one in in_order(texts, "fr")] == ["en", "ar", "th"]


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        ("Golden Bear Trading B.V.", True),
        ("GOLDEN BEAR TRADING", True),
        ("Голден Беар Традинг", True),
        ("Golden Bear Shipping", False),
        ("den", False),
        ("Bea", False),
    ],
)
def test_a_name_is_found_in_a_text_without_its_legal_form(name, stands):
    text = "We ask you to look out. Golden Bear Trading, and others, order much."
    assert bool(list(standing_in(text, [name]))) is stands


def test_a_text_has_no_more_runs_than_six_for_each_word():
    words = " ".join(f"word{number}" for number in range(100))
    assert len(grams(words)) <= 100 * MOST_WORDS
    assert "word7 word8" in grams(words)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("deed", Deed)
def test_a_move_that_is_not_in_the_table_is_refused(state, deed):
    if (state, deed) in MOVES:
        assert move(state, deed) is MOVES[state, deed]
    else:
        with pytest.raises(MoveRefusedError):
            move(state, deed)


def test_the_very_name_is_no_look_alike():
    assert not fits(NamePattern("look-alike", "Delta Solvents"), "Delta Solvents B.V.")
    assert fits(NamePattern("look-alike", "Delta Solvents"), "De1ta Solvents")
