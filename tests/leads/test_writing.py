"""Pages as they are typed, ranges, versions and pictures: values alone."""

from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.leads.checklists.data import OWN, steps_of
from portal.leads.data import Category
from portal.leads.drawing.data import Pictures
from portal.leads.drawing.rules import layout_of, route, seen
from portal.leads.linking.rules import LinkRefusedError, hold_number, renumbered
from portal.leads.particulars import rules
from portal.leads.particulars.data import Place
from portal.leads.rules import lacking
from portal.leads.versions.rules import differences, fields_of, pieces
from portal.leads.writing.rules import (
    Press,
    moved_up,
    press_of,
    quoted,
    rows_in,
    with_row,
    without,
)
from portal.pictures.data import Lane, Link, Moment, Network, Node

PAGE = {"title": ["T"], "texts-0-text": ["one"], "texts-2-text": ["two"], "texts-2-source": ["1"]}


@pytest.mark.parametrize(
    ("value", "press"),
    [
        ("save", Press("save")),
        ("", Press("save")),
        ("discard", Press("discard")),
        ("drop:texts:2", Press("drop", "texts", 2)),
        ("up:stops:1", Press("up", "stops", 1)),
        ("drop:texts:x", Press("drop", "texts", 0)),
        ("drop:__class__:2", Press("save")),
        ("quote:answer:7:parties.0.name", Press("quote", "answer:7:parties.0.name")),
        ("open:7", Press("open", "7")),
    ],
)
def test_a_button_is_read_as_1_deed(value, press):
    assert press_of(value) == press


def test_rows_are_added_dropped_and_moved_and_nothing_else_changes():
    assert rows_in(PAGE, "texts") == [0, 2]
    more = with_row(dict(PAGE), "texts", "text")
    assert more == PAGE | {"texts-3-text": [""]}
    assert without(more, "texts", 3) == PAGE
    up = moved_up(dict(PAGE), "texts", 2)
    assert up["texts-0-text"] == ["two"]
    assert up["texts-0-source"] == ["1"]
    assert up["texts-2-text"] == ["one"]
    assert moved_up(up, "texts", 0) == up


def test_a_quote_fills_a_blank_row_before_it_makes_a_new_one():
    blank = with_row(dict(PAGE), "texts", "text")
    filled = quoted(blank, "texts", {"text": "said", "taken": "t"})
    assert rows_in(filled, "texts") == [0, 2, 3]
    assert filled["texts-3-taken"] == ["t"]
    again = quoted(filled, "texts", {"text": "more"})
    assert rows_in(again, "texts") == [0, 2, 3, 4]


@pytest.mark.parametrize(
    ("exact", "least", "most"),
    [("37", 20, 50), ("50", 20, 100), ("1", "0.5", 2), ("0.3", "0.2", "0.5"), ("0", 0, 1)],
)
def test_an_amount_lies_between_steps_of_1_2_and_5(exact, least, most):
    assert rules.around(Decimal(exact)) == (Decimal(least), Decimal(most))


@given(st.decimals(min_value="0.000001", max_value="1e9", places=6))
def test_0_ranges_touch_the_amount(kilograms):
    least, most = rules.around(kilograms)
    assert least < kilograms < most
    assert most <= least * 5


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("2026-11-25", True),
        ("2026-11", True),
        ("2026-Q4", True),
        ("2026", True),
        ("2026-13", False),
        ("2026-Q5", False),
        ("spring", False),
    ],
)
def test_a_time_is_a_day_month_quarter_or_year(text, fits):
    assert rules.is_when(text) is fits


def amount(**more):
    row = {"substance": "", "name": "N", "cas": "", "least_kg": "10", "most_kg": "10"}
    return row | {"released": True, "yields": [], "drug": ""} | more


def test_partners_never_read_an_exact_amount():
    told = rules.amount_told(amount())
    assert (told.least_kg, told.most_kg) == (Decimal(5), Decimal(20))
    assert (told.drug, told.drug_most_kg) == ("", None)


def test_the_drug_is_the_one_chosen_or_the_most():
    yields = [
        {"drug": "a", "at_most_kg": "3", "confidence": "confirmed"},
        {"drug": "b", "at_most_kg": "7", "confidence": "confirmed"},
    ]
    assert rules.amount_told(amount(yields=yields)).drug == "b"
    told = rules.amount_told(amount(yields=yields, drug="a"))
    assert (told.drug, told.drug_least_kg, told.drug_most_kg) == ("a", Decimal(0), Decimal(3))


def test_a_relation_is_told_only_between_2_subjects_that_are():
    subject: dict[str, Any] = {"sort": "person", "country": "", "part": "", "remark": ""}
    subject |= {"other_names": [], "identifiers": []}
    rows = [SimpleNamespace(number=n, name=str(n), released=n < 3, **subject) for n in (1, 2, 3)]
    told = rules.subjects_told(rows)
    assert [one.number for one in told] == [1, 2]
    relations = [
        {"left": 1, "right": 2, "words": "knows", "released": True},
        {"left": 1, "right": 3, "words": "pays", "released": True},
        {"left": 2, "right": 1, "words": "hides", "released": False},
    ]
    assert [one.words for one in rules.relations_told(relations, told)] == ["knows"]


def test_texts_are_compared_word_by_word():
    found = [(one.sort, one.text) for one in pieces("He pays in cash.", "He paid in cash, twice.")]
    assert ("gone", "pays") in found
    assert ("new", "paid") in found
    assert "".join(text for sort, text in found if sort != "new") == "He pays in cash."
    assert "".join(text for sort, text in found if sort != "gone") == "He paid in cash, twice."


@given(st.text(max_size=80), st.text(max_size=80))
def test_0_letters_are_lost_in_a_comparison(before, after):
    found = list(pieces(before, after))
    kept = [one.text for one in found if one.sort != "new"]
    assert "".join(kept).split() == before.split()


def test_very_long_texts_are_shown_whole():
    long = "word " * 3000
    assert [one.sort for one in pieces(long, "short")] == ["gone", "new"]


def test_versions_differ_field_by_field():
    before = {"title": "A", "texts": [{"text": "x", "grading": "1-A-P", "released": False}]}
    after = {"title": "A", "texts": [{"text": "y", "grading": "1-A-P", "released": True}]}
    assert [(one.label, one.before, one.after) for one in differences(before, after)] == [
        ("Text 1, text", "x", "y"),
        ("Text 1, partners may read it", "no", "yes"),
    ]
    told = fields_of(
        {"subjects": [{"name": "N", "identifiers": [["phone", "+1"]]}], "sources": ["s"]}
    )
    assert told == {"Subject 1, name": "N", "Subject 1, identifiers": "phone, +1", "Sources": "1"}


def test_every_category_has_a_checklist_with_codes_of_its_own():
    assert set(OWN) == set(Category)
    for category in Category:
        codes = [step.code for step in steps_of(category)]
        assert len(codes) == len(set(codes)) >= 5


def test_a_lead_lacks_what_is_asked_and_a_text():
    assert len(list(lacking(" ", []))) == 2
    assert list(lacking("Look.", ["Text."])) == []


def test_a_lead_rests_on_40_submissions_at_most():
    hold_number(40)
    with pytest.raises(LinkRefusedError):
        hold_number(41)


def test_subjects_of_a_merged_lead_come_after_the_others():
    assert renumbered([1, 3], [2, 5]) == {2: 4, 5: 5}
    assert renumbered([], [7]) == {7: 1}


# --- pictures -------------------------------------------------------------------------------------

OPEN, CLOSED = UUID(int=1), UUID(int=2)
KEYS = {OPEN: f"submission-{OPEN}", CLOSED: f"submission-{CLOSED}"}
SPOT: dict[str, Any] = {"name": "Poti", "kinds": ("seaport",), "latitude": 42.1, "longitude": 41.7}


def pictures():
    noon = datetime(2026, 11, 1, 12, tzinfo=UTC)
    nodes = (
        Node(KEYS[OPEN], "Open one (SO-1)", "submission", received_at=noon),
        Node(KEYS[CLOSED], "Secret one (SO-2)", "submission", detail="Secret firm"),
        Node("subject-1", "Shared", "person"),
        Node("subject-2", "Secret subject", "phone"),
    )
    links = (
        Link(KEYS[OPEN], "subject-1", "parties.0"),
        Link(KEYS[CLOSED], "subject-1", "parties.1"),
        Link(KEYS[CLOSED], "subject-2", "parties.1.phones.0"),
    )
    moments = tuple(
        Moment(date(2026, 11, 1), Lane.FILED, f"of {name}", name) for name in ("SO-1", "SO-2")
    )
    stops = (
        Place(part="origin", submission_id=CLOSED, **SPOT),
        Place(part="destination", **SPOT | {"name": "Baku"}),
    )
    return Pictures(Network(nodes, links), moments, stops)


def test_0_of_a_hidden_source_stays_in_the_pictures_but_its_reference():
    found = seen(pictures(), {KEYS[OPEN]}, {KEYS[OPEN]: "SO-1", KEYS[CLOSED]: "SO-2"})
    assert "ecret" not in repr(found)
    assert [node.label for node in found.network.nodes] == ["Open one (SO-1)", "SO-2", "Shared"]
    assert [link.subject for link in found.network.links] == ["subject-1"]
    assert [moment.reference for moment in found.moments] == ["SO-1"]
    assert [stop.name for stop in found.stops] == ["Baku"]


def test_sources_stand_on_the_left_and_nothing_overlaps():
    layout = layout_of(pictures().network)
    places = [(one.x, one.y) for one in layout.nodes]
    assert len(places) == len(set(places)) == 4
    assert {one.x for one in layout.nodes if one.node.sort == "submission"} == {20.0}
    assert len(layout.lines) == 3


def test_a_single_place_makes_no_leg():
    assert [stop.name for stop in route(pictures().stops[:1]).stops] == ["Poti"]
    way = route(pictures().stops)
    assert [leg.number for leg in way.legs] == [1]
    assert way.way_km == 0
    unplaced = Place(part="origin", name="Somewhere")
    assert route([unplaced, unplaced]).way_km is None
