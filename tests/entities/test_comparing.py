"""What speaks for and against two mentions being the same: values alone."""
# ruff: noqa: RUF001  names in their own scripts

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.entities.data import (
    CERTAIN,
    PROBABLE,
    Address,
    Comparison,
    EntitySort,
    Number,
    Profile,
    Reason,
)
from portal.entities.rules.addresses import compare_addresses
from portal.entities.rules.blocking import MOST_KEYS, keys_of, name_key
from portal.entities.rules.compare import compare
from portal.entities.rules.names import (
    compare_organisations,
    compare_persons,
    legal_form,
    organisation_words,
    person_words,
    skeleton,
)
from portal.entities.rules.numbers import days_alike, slip

HOME = Address("Abay Avenue 51, flat 9", "", "Almaty", "", "KZ")


def person(*names, **more):
    return Profile(**{"sort": EntitySort.PERSON, "names": names, "countries": ("KZ",)} | more)


def firm(*names, **more):
    return Profile(**{"sort": EntitySort.ORGANISATION, "names": names, "countries": ("AE",)} | more)


def place(text, city="", postcode="", country="NL"):
    address = Address(text, postcode, city, "", country)
    return Profile(sort=EntitySort.ADDRESS, names=(str(address),), addresses=(address,))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Badr Trading LLC", "بدر للتجارة ذ.م.م"),
        ("Romashka OOO", "ООО «Ромашка»"),
        ("Huanyu Chemical Co., Ltd.", "寰宇化工有限公司"),
        ("Noordzee Chemie B.V.", "NOORDZEE CHEMIE BV"),
        ("Trading Badr", "Badr Trading L.L.C."),
        ("Siam Coatings Co., Ltd.", "Siam Coatings Company Limited"),
        ("Baltic Lack GmbH", "Baltik Lack GmbH"),
        ("Al Nour General Trading FZE", "النور للتجارة العامة"),
        ("Nova Trade Solutions", "NovaTrade Solutions"),
    ],
)
def test_9_spellings_of_firms_are_alike(left, right):
    found = compare_organisations(left, right)
    assert found.bits >= 4, found
    assert found.full, found


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Badr Trading LLC", "Badr Chemicals LLC"),
        ("Romashka OOO", "Roshka-Invest OOO"),
        ("Noordzee Chemie B.V.", "Zuidzee Chemie B.V."),
        ("General Trading LLC", "General Supply LLC"),
    ],
)
def test_4_pairs_of_firms_are_not_one_by_their_names(left, right):
    found = compare_organisations(left, right)
    assert found.bits < 4 or not found.full, found


@pytest.mark.parametrize(
    ("left", "right", "text"),
    [
        ("Arman Bekov", "Арман Беков", "Same name"),
        ("Arman Bekov", "BEKOV Arman", "Same name in another order"),
        ("Arman Bekov", "A. Bekov", "Same name with initials"),
        ("Arman Bekov", "Armen Bekov", "Same name in another spelling"),
        ("Mohammed Hussein", "محمد حسين", "Same name in another spelling"),
        ("Mohammed Hussein", "Muhammad Husain", "Same name in another spelling"),
        ("Sergey Ivanov", "Sergei Iwanow", "Same name in another spelling"),
        ("Jan van Dijk", "Jan Vandijk", "Same name, written apart"),
        ("Jan Pieter Vos", "Jan Vos", "Same name, one with more words"),
        ("Dr. Anna Kowalska", "Anna Kowalska", "Same name"),
    ],
)
def test_10_spellings_of_persons_are_alike(left, right, text):
    found = compare_persons(left, right)
    assert (found.text, found.full) == (text, True), found
    assert found.bits >= 4


@pytest.mark.parametrize(
    ("left", "right"),
    [("Karim Haddad", "Sami Haddad"), ("Jan de Vries", "Piet de Vries"), ("Li Wei", "Li Na")],
)
def test_3_relatives_share_a_part_of_their_names(left, right):
    assert not compare_persons(left, right).full


def test_words_of_names_leave_out_what_says_little():
    assert organisation_words("ش.م.م شركة بدر") == ("bdr",)
    assert organisation_words("บริษัท สยาม เคมี จำกัด")[-1] == "chemical"
    assert organisation_words("Ltd.") == ("ltd",)
    assert organisation_words("???") == ("???",)
    assert person_words("Mr. Dr.") == ("mr", "dr")
    assert legal_form("Badr Trading Company L.L.C.") == "llc"
    assert legal_form("Badr") == ""
    assert skeleton("mohammed") == skeleton("mhmd")


@pytest.mark.parametrize(
    ("left", "right", "same", "other"),
    [
        (("Al Rigga Road 17", "Dubai"), ("17 Rigga Rd., Dubai",), True, False),
        (("Al Rigga Road 17", "Dubai"), ("Al Rigga Road 19", "Dubai"), False, True),
        (("Al Rigga Road 17, office 204",), ("Al Rigga Road 17",), True, False),
        (("Al Rigga Road 17, office 204",), ("Al Rigga Road 19, office 204",), False, True),
        (("Postbus 1129", "Rotterdam"), ("P.O. Box 1129", "Rotterdam"), True, False),
        (("Kerkstraat 5", "Utrecht"), ("Kerkstr. 5", "Utrecht"), True, False),
        (("Kerkstraat 5", "Utrecht"), ("Kerkstraat 5", "Breda"), False, True),
        (("Kerkstraat 5", "Utrecht"), ("Kerkstraat", "Utrecht"), False, False),
        (("Dorpsweg 1", "Utrecht"), ("Kerkstraat 1", "Utrecht"), False, True),
        (("Kerkstraat 5", "Utrecht"), ("Dorpsweg 7", "Breda"), False, True),
        (("ул. Абая 51", "Алматы"), ("Abay street 51", "Almaty"), True, False),
        (("12", "", "1011AB"), ("12", "", "1011 AB"), True, False),
        (("12", "", "1011AB"), ("Kerkstraat 12", "", "1012AB"), False, False),
        (("Kerkstraat 5", "Utrecht", "3511AB"), ("Kerkstraat 5", "Utrecht", "3511AC"), True, False),
    ],
)
def test_14_pairs_of_addresses(left, right, same, other):
    found = compare_addresses(*(one.addresses[0] for one in (place(*left), place(*right))))
    assert (found.same, found.other) == (same, other), found


def test_1_address_in_2_countries_is_2():
    found = compare_addresses(HOME, replace(HOME, country="KG"))
    assert found.other
    assert found.bits < 0


def test_an_address_is_certain_with_its_town_and_in_doubt_with_another_number():
    here = place("Kerkstraat 5", "Utrecht", "3511AB")
    assert compare(here, place("Kerkstr 5", "Utrecht", "3511 AB")).certain
    assert compare(here, place("Kerkstraat 7", "Utrecht", "3511AB")).doubts


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (person("Arman Bekov"), person("Арман Беков", phones=("7701",)), "probable"),
        (person("Arman Bekov", phones=("7701",)), person("A. Bekov", phones=("7701",)), "certain"),
        (
            person("Arman Bekov", addresses=(HOME,)),
            person("Bekov Arman", addresses=(HOME,)),
            "certain",
        ),
        # father and son: one address, one telephone
        (
            person("Karim Haddad", addresses=(HOME,), phones=("9611",)),
            person("Sami Haddad", addresses=(HOME,), phones=("9611",)),
            "probable",
        ),
        # father and son of one name
        (
            person("Karim Haddad", addresses=(HOME,), born=(date(1950, 1, 2),)),
            person("Karim Haddad", addresses=(HOME,), born=(date(1980, 5, 7),)),
            "probable",
        ),
        # twins
        (
            person("Anna Vos", addresses=(HOME,), born=(date(1990, 1, 2),)),
            person("Julia Vos", addresses=(HOME,), born=(date(1990, 1, 2),)),
            "probable",
        ),
        # one day of birth, one number with a slip in it
        (
            person("Anna Vos", born=(date(1990, 1, 2),), numbers=(Number("identity", "N0881245"),)),
            person(
                "Ann Vosch", born=(date(1990, 1, 2),), numbers=(Number("identity", "N0881254"),)
            ),
            "certain",
        ),
        # namesakes in two towns
        (
            person("Ali Hassan", addresses=(HOME,)),
            person("Ali Hassan", addresses=(Address("Main Road 1", "", "Kabul", "", "KZ"),)),
            "neither",
        ),
        # a firm that another script names, with one telephone
        (
            firm("Badr Trading LLC", phones=("9715",)),
            firm("بدر للتجارة ذ.م.م", phones=("9715",)),
            "certain",
        ),
        # sister companies
        (
            firm(
                "Romashka Chemical",
                numbers=(Number("registration", "7701234567", "AE"),),
                phones=("1",),
            ),
            firm(
                "Romashka Chemical",
                numbers=(Number("registration", "9908877665", "AE"),),
                phones=("1",),
            ),
            "neither",
        ),
        # the same register number, another trading name
        (
            firm("Romashka", numbers=(Number("registration", "7701234567", "AE"),)),
            firm("Vasilyok", numbers=(Number("registration", "7701234567", "AE"),)),
            "probable",
        ),
        (
            firm("Romashka", numbers=(Number("registration", "7701234567", "AE"),)),
            firm("Romashka OOO", numbers=(Number("registration", "7701234567", "AE"),)),
            "certain",
        ),
        # the digits of two registers
        (
            firm("Romashka", numbers=(Number("tax", "7701234567", "AE"),)),
            firm("Vasilyok", numbers=(Number("tax", "7701234567", "RU"),)),
            "neither",
        ),
        # one telephone, other names
        (
            firm("Badr Trading LLC", phones=("9715",), addresses=(HOME,)),
            firm("Al Nour General Trading FZE", phones=("9715",), addresses=(HOME,)),
            "probable",
        ),
        # mail of the firm, and mail that anybody has
        (
            firm("Romashka", emails=("a@romashka.example",)),
            firm("Romashka", emails=("b@romashka.example",)),
            "certain",
        ),
        (
            firm("Romashka", emails=("a@gmail.com",)),
            firm("Vasilyok", emails=("b@gmail.com",)),
            "neither",
        ),
        (firm("Romashka"), firm("Romashka", countries=("RU",)), "neither"),
        (firm("Romashka", accounts=("X1",)), firm("Romashka", accounts=("X1",)), "certain"),
    ],
)
def test_18_pairs_are_certain_probable_or_neither(left, right, verdict):
    found = compare(left, right)
    is_ = "certain" if found.certain else "probable" if found.probable else "neither"
    assert is_ == verdict, (found.score, found.doubts, found.reasons)


def test_filed_in_the_same_words_is_the_same_when_nothing_else_is_known():
    assert compare(firm("Ace"), firm("ACE")).certain
    assert not compare(firm("Ace"), firm("ACE", phones=("1",))).certain


def test_a_name_of_40_says_6_bits_less():
    one = person("Ali Hassan", addresses=(HOME,))
    assert compare(one, one).score - compare(one, one, 40).score == 6.0


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("7701234567", "7701234576", True),
        ("7701234567", "7701234568", False),  # given one after the other
        ("77012", "77013", False),  # too short to tell
        ("7701234567", "1234567770", False),
    ],
)
def test_a_slip_in_a_number(left, right, alike):
    assert slip(left, right) is alike


@pytest.mark.parametrize(
    ("left", "right", "how"),
    [
        (date(1980, 4, 5), date(1980, 4, 5), "same"),
        (date(1980, 4, 5), date(1980, 5, 4), "near"),
        (date(1980, 4, 5), date(1980, 4, 15), "near"),
        (date(1980, 4, 5), date(1981, 6, 15), "other"),
    ],
)
def test_days_of_birth(left, right, how):
    assert days_alike(left, right) == how


def test_certain_begins_at_15_bits_and_probable_at_10():
    def scored(bits, *doubts):
        return Comparison((Reason("", bits),), doubts)

    assert (CERTAIN, PROBABLE) == (15.0, 10.0)
    assert scored(15.0).certain
    assert not scored(14.9).certain
    assert not scored(30.0, "doubt").certain
    assert scored(10.0).probable
    assert not scored(9.9).probable


texts = st.text(max_size=40)
addresses = st.builds(Address, texts, texts, texts, texts, st.sampled_from(["", "NL", "KZ"]))
numbers = st.builds(Number, st.sampled_from(["tax", "identity"]), texts, st.just(""))
profiles = st.builds(
    Profile,
    sort=st.sampled_from([EntitySort.PERSON, EntitySort.ORGANISATION]),
    names=st.lists(texts.filter(str.strip), min_size=1, max_size=3).map(tuple),
    numbers=st.lists(numbers, max_size=2).map(tuple),
    born=st.lists(st.dates(date(1900, 1, 1)), max_size=2).map(tuple),
    emails=st.lists(texts, max_size=2).map(tuple),
    addresses=st.lists(addresses, max_size=2).map(tuple),
    countries=st.lists(st.sampled_from(["NL", "KZ"]), max_size=1).map(tuple),
)


@given(profiles, profiles)
def test_whatever_was_typed_compares_the_same_both_ways(left, right):
    right = replace(right, sort=left.sort)
    one, other = compare(left, right), compare(right, left)
    assert one.score == pytest.approx(other.score, abs=0.11)
    assert set(one.doubts) == set(other.doubts)


@given(profiles)
def test_whatever_was_typed_is_found_under_at_most_60_keys_and_stored(one):
    keys = keys_of(one)
    assert 0 < len(keys) <= MOST_KEYS
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert Profile.from_json(one.sort, one.to_json()) == one
    assert isinstance(name_key(one), int)


@given(addresses)
def test_whatever_was_typed_an_address_is_found_under_keys(address):
    one = Profile(sort=EntitySort.ADDRESS, names=(str(address),), addresses=(address,))
    assert keys_of(one)
    assert compare(one, one).alike


@pytest.mark.parametrize(
    ("left", "right", "namesakes", "joined"),
    [
        ("Draromar Line", "Draromar Line N.V.", 1, True),
        ("Draromar Line", "Draromar Line N.V.", 2, False),
        ("Draromar Line", "Draormar Line N.V.", 1, True),
        ("Elran Transport", "Elarn Transport N.V.", 1, False),  # so short a name may be another
        ("Draromar Line B.V.", "Draromar Line N.V.", 1, False),
        ("Ferbeline Trading B.V.", "Ferbeline Trading BV", 2, True),
        ("Ferbeline Trading", "Ferbeline Coatings", 1, False),
    ],
)
def test_a_bare_name_is_that_of_the_1_firm_that_has_it(left, right, namesakes, joined):
    told = Profile(sort=EntitySort.ORGANISATION, names=(left,))
    known = firm(right, phones=("31201234567",))
    assert compare(told, known, namesakes).certain is joined


@pytest.mark.parametrize(
    ("slip", "same"),
    [("Tertonova Handdel", True), ("Tertonova hCemie", False), ("Handdel Tertonova", False)],
)
def test_a_slip_in_the_word_of_a_trade_is_read_as_that_word(slip, same):
    assert compare_organisations(slip, "Tertonova Handel").same is same


def test_2_firms_that_give_details_need_more_than_a_rare_name():
    one = firm("Ferbeline Trading", phones=("31201234567",))
    other = firm("Ferbeline Trading B.V.", phones=("49301234567",))
    assert not compare(one, other, 1).certain
