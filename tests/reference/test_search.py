"""Substances and places are found as people write them."""

import pytest

from portal.reference import queries
from portal.reference.data import PlaceKind
from portal.reference.rules.search import (
    Index,
    entry,
    hs_digits,
    is_wrong_cas,
    plain_key,
    sound_key,
)

NAMES = [
    ("acetic anhydride", "acetic-anhydride", "name"),
    ("  ACETIC   Anhydride ", "acetic-anhydride", "name"),
    ("AcAn", "acetic-anhydride", "synonym"),
    ("acetik anhidride", "acetic-anhydride", "name"),
    ("acetic anhydride 98 % technical", "acetic-anhydride", "name"),
    ("уксусный ангидрид", "acetic-anhydride", queries.LOCAL_NAME),
    ("эфедрин", "ephedrine", queries.LOCAL_NAME),
    ("ацетон", "acetone", queries.LOCAL_NAME),
    ("Toluol", "toluene", "synonym"),
    ("\u03b3-butyrolactone", "gbl", "name"),
    ("4ap", "4-anilinopiperidine", "synonym"),
    ("ephedrine hydrochloride", "ephedrine", "salt"),
    ("potassium permangante", "potassium-permanganate", "name"),
    ("red phosphorous", "red-phosphorus", "name"),
    ("BMK", "p2p", "synonym"),
]
CODES = [
    ("108-24-7", "acetic-anhydride", "CAS number"),
    ("108247", "acetic-anhydride", "CAS number"),
    ("50-98-6", "ephedrine", "CAS number (hydrochloride)"),
    ("2915.24", "acetic-anhydride", "HS code"),
    ("2915 24 00", "acetic-anhydride", "HS code"),
    ("UN 1715", "acetic-anhydride", "UN number"),
    ("eu category 2a", "acetic-anhydride", "EU category"),
    ("2A", "red-phosphorus", "EU category"),
    ("EU 1", "ephedrine", "EU category"),
    ("us list i", "ephedrine", "US list"),
    ("List 1", "ephedrine", "US list"),
    ("Table II", "acetone", "UN table"),
    ("8522", "n-acetylanthranilic-acid", "DEA code"),
]


@pytest.mark.parametrize(("typed", "key", "kind"), NAMES)
def test_a_substance_is_the_first_of_those_found_by_15_ways_of_naming(reference, typed, key, kind):
    best = queries.find_substances(reference, typed)[0]
    assert (best.substance.key, best.matched_kind) == (key, kind)


@pytest.mark.parametrize(("typed", "key", "kind"), CODES)
def test_a_substance_is_among_those_of_13_codes(reference, typed, key, kind):
    hits = queries.find_substances(reference, typed, limit=200)
    found = {hit.substance.key: hit for hit in hits}
    assert found[key].matched_kind == kind
    assert found[key].exact


@pytest.mark.parametrize("typed", ["", "   ", "%", "zzzzz", "xx", "108-24-8", "x" * 100_000])
def test_7_texts_find_nothing_and_break_nothing(reference, typed):
    assert queries.find_substances(reference, typed) == []


@pytest.mark.parametrize(("typed", "exact"), [("acetone", True), ("acetonne", False)])
def test_only_what_was_typed_right_is_exact_of_2_spellings(reference, typed, exact):
    assert queries.find_substances(reference, typed)[0].exact is exact


def test_a_list_of_48_substances_is_cut_at_the_limit(reference):
    assert len(queries.find_substances(reference, "EU 1")) == 10
    assert len(queries.find_substances(reference, "EU 1", limit=200)) == 48


def test_a_search_after_the_first_sends_2_selects(reference, statements):
    queries.find_substances(reference, "acetone")
    statements.clear()
    queries.find_substances(reference, "ephedrine")
    assert len(statements) == 2


@pytest.mark.parametrize(
    ("typed", "locode"),
    [
        ("Rotterdam", "NLRTM"),
        ("nl rtm", "NLRTM"),
        ("NLRTM", "NLRTM"),
        ("Бандар-Аббас", "IRBND"),  # noqa: RUF001  Cyrillic on purpose
        ("bandar abas", "IRBND"),
        ("Jebel Ali", "AEJEA"),
    ],
)
def test_a_place_is_the_first_of_those_found_by_6_ways_of_naming(reference, typed, locode):
    assert queries.find_places(reference, typed)[0].place.locode == locode


def test_places_of_a_country_are_found_by_2_names_of_it_and_kept_to_a_kind(reference):
    for typed in ("Afghanistan", "AF"):
        hits = queries.find_places(reference, typed, {PlaceKind.LAND_BORDER}, limit=100)
        assert {hit.place.country for hit in hits if hit.score == 100} == {"AF"}
        assert {hit.place.kind for hit in hits} == {PlaceKind.LAND_BORDER}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("108-24-7", False),
        ("108-24-8", True),
        (" 108\u201024\u20108 ", True),
        ("acetone", False),
        ("1082478", False),
    ],
)
def test_a_wrong_check_digit_is_named_in_2_of_5(typed, wrong):
    assert is_wrong_cas(typed) is wrong


@pytest.mark.parametrize(
    ("typed", "digits"),
    [("2915.24", "291524"), ("29152400", "291524"), ("2915", None), ("108-24-7", None)],
)
def test_an_hs_code_is_read_in_its_first_6_digits(typed, digits):
    assert hs_digits(typed) == digits


def test_2_spellings_of_a_name_sound_alike():
    assert sound_key(plain_key("Ephedrine")) == sound_key(plain_key("эфедрин"))
    assert sound_key(plain_key("ацетон")) == sound_key(plain_key("acetone"))


def test_1_long_word_of_a_name_is_enough_when_nothing_is_like_the_whole():
    index = Index([entry("pp", "potassium permanganate technical grade crystals", "name")])
    found = index.matches("permanganade in some hundred drums for a customer at the harbour of X")
    assert [match.entry.key for match in found] == ["pp"]
    assert index.matches("nothing of this sort at all") == []
