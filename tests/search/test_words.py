"""Words of every script, and what can be typed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.search.data import MOST_WORDS, Synonym
from portal.search.rules.explaining import matches
from portal.search.rules.reading import NOTHING, ONLY_WITHOUT, TOO_MANY, read, tiers
from portal.texts.data import Every, Part, Phrase
from portal.texts.rules.asking import for_postgresql, for_sqlite, vector
from portal.texts.rules.words import (
    indexed,
    inner_parts,
    name_tokens,
    number_token,
    numbers,
    phrase,
    sounds,
    whole_name,
)


def holds(text, typed):
    """Tell whether the tokens of what is typed follow each other in a text."""
    placed, wanted = list(indexed(text)), list(phrase(typed))
    rows = (placed[at : at + len(wanted)] for at in range(len(placed)))
    return bool(wanted) and wanted in rows


@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("北京化工有限公司", "化工", True),
        ("北京化工有限公司", "工化", False),
        ("北京化工有限公司", "化工有限", True),
        ("บริษัทเคมีภัณฑ์ไทยจำกัด", "เคมี", True),
        ("บริษัทเคมีภัณฑ์ไทยจำกัด", "ภัณฑ์ไทย", True),
        ("บริษัทเคมีภัณฑ์ไทยจำกัด", "ไทยเคมี", False),
        ("Müller & Söhne", "muller", True),
        ("Mu\u0308ller", "Müller", True),
        ("O\u2019Brien Ltd", "O'Brien", True),
        ("O'Brien Ltd", "obrien", True),
        ("شركة مُحَمَّد", "محمد", True),
        ("شرکة محمد", "شركة", True),
        ("Ромашка Химия", "ромашка", True),
        ("Drum\u00ad of ace\u200btone", "acetone", True),
        ("باقر قاسم", "قاسم باقر", False),
        ("سعر ١٢٣", "123", True),
        ("서울화학", "화학", True),
    ],
)
def test_a_word_is_found_in_its_script(text, typed, found):
    assert holds(text, typed) is found


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Muhamad", "شركة محمد حسين للتجارة"),
        ("Hussein", "شركة محمد حسين للتجارة"),
        ("Trading", "شركة محمد حسين للتجارة"),
        ("Hussein", "Хуссейн Ахмед"),
        ("حسين", "Hussein Ahmed"),
        ("Muhammad", "Muhamad Ali"),
    ],
)
def test_a_name_is_found_in_another_script_or_spelling(typed, name):
    assert set(sounds(typed)) & set(name_tokens(name))


def test_a_word_with_an_apostrophe_is_found_by_its_parts():
    assert list(inner_parts("Shaun O'Brien")) == ["o", "brien"]
    assert holds("化工 ABC", "化工 abc")
    assert holds("Shaun O'Brien Foods", "o'brien foods")


def test_2_latin_words_with_equal_consonants_alone_are_no_match():
    assert not set(sounds("acetone")) & set(name_tokens("Cotton"))


@pytest.mark.parametrize(
    ("typed", "filed"),
    [
        ("+66 2 123 4567", "+6621234567"),
        ("0066-2-123-4567", "+6621234567"),
        ("CSQU 305438 3", "CSQU3054383"),
        ("NL91 ABNA 0417 1643 00", "NL91ABNA0417164300"),
        ("67641", "67-64-1"),
        ("nl rtm", "NLRTM"),
        ("2915.24", "291524"),
        ("ab 123 c", "AB-123-C"),
    ],
)
def test_a_number_is_the_same_however_spaced(typed, filed):
    assert number_token(typed) == number_token(filed)


def test_a_number_in_a_free_text_is_found_however_spaced():
    found = set(numbers("He called from +66 2 123 4567 (plate AB-123-C) about CAS 67-64-1."))
    assert {"i_6621234567", "i_ab123c", "i_67641"} <= found


def test_a_whole_name_is_equal_whatever_the_accents():
    assert whole_name("Müller  GmbH") == whole_name("muller gmbh")
    assert whole_name("Müller GmbH") != whole_name("Müller")


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", NOTHING),
        ('"', NOTHING),
        ("- \u2212 * AND".replace("AND", ""), NOTHING),
        ("!!! ???", NOTHING),
        ("-acetone", ONLY_WITHOUT),
        ('-"a b"', ONLY_WITHOUT),
        ("a " * (MOST_WORDS + 1), TOO_MANY),
    ],
)
def test_what_cannot_be_looked_for_is_said_in_words(typed, fault):
    assert read(typed).fault == fault


def test_quotes_minus_and_star_are_read():
    asked = read('"drums of acetone" -toluene chlor* NEAR "open')
    assert [term.text for term in asked.terms] == ["drums of acetone", "chlor", "NEAR", "open"]
    assert [term.quoted for term in asked.terms] == [True, False, False, False]
    assert [term.begins for term in asked.terms] == [False, True, False, False]
    assert [term.text for term in asked.without] == ["toluene"]


@settings(max_examples=300)
@given(st.text(max_size=300))
def test_0_texts_are_an_error_of_the_language(typed):
    asked = read(typed)
    for tier in tiers(asked, ()) if asked.terms else ():
        whole = Every((tier.asked,), tier.without)
        assert '"' in for_sqlite(whole)
        assert "'" in for_postgresql(whole)
    shown = matches([Part("Words", typed, name=True)], asked, ())
    for match in shown:
        kept = "".join(piece.text for piece in match.pieces)
        assert kept.removeprefix("… ").removesuffix(" …") in typed


@given(st.text(max_size=200))
def test_every_text_finds_itself(text):
    tokens = phrase(text)
    assert not tokens or holds(text, text)
    assert vector(indexed(text), ()).count("'") % 2 == 0


def test_a_sign_never_reaches_the_database():
    with pytest.raises(ValueError, match="token"):
        for_sqlite(Phrase(('a" OR "b',)))


def test_marks_stand_on_the_words_and_nothing_is_lost():
    part = Part("Grounds", "He asked for <b>acetone</b> and 化工原料 twice")
    found = matches([part], read("acetone 化工"), ())
    assert [piece.text for piece in found[0].pieces if piece.marked] == ["acetone", "化工"]
    assert "".join(piece.text for piece in found[0].pieces) == part.value
    assert found[0].why == "exact"


@pytest.mark.parametrize(
    ("part", "typed", "why"),
    [
        (Part("Name", "Delta Trading Ltd", name=True), "kimya ticaret", "same word of a trade"),
        (Part("Name", "شركة محمد", name=True), "Muhamad", "same name in another script"),
        (Part("Name", "Mohammed Ltd", name=True), "mohamed", "same name in another spelling"),
        (Part("Plate", "AB-123-C"), "ab 123 c", "same number, however spaced"),
    ],
)
def test_each_way_of_matching_is_said(part, typed, why):
    found = matches([part], read(typed), ())
    assert why in found[0].why


def test_a_substance_of_several_words_is_found_by_its_other_name():
    part = Part("Substance", "Acetic anhydride", substance="acetic-anhydride")
    named = Synonym("acetyl oxide", "acetic-anhydride", "Acetic anhydride")
    found = matches([part], read("acetyl oxide"), (named,))
    assert found[0].why == "acetyl oxide is another name or number of Acetic anhydride"


def test_a_snippet_ends_before_marks_that_stand_far_away():
    part = Part("Grounds", "acetone " + "and more " * 60 + "acetone")
    found = matches([part], read("acetone"), ())
    assert [piece.text for piece in found[0].pieces if piece.marked] == ["acetone"]
    assert found[0].pieces[-1].text.endswith("…")


def test_a_word_said_300_times_keeps_250_places_and_extras_have_none():
    told = vector(["acetone"] * 300, ["i_123", "acetone"])
    assert told.split(" ")[0].count(",") == 249
    assert told.split(" ")[1] == "'i_123'"
