"""What officers write is read, or refused with its place; what is the same matches."""

from datetime import date

import pytest

from portal.entities.data import EntitySort, Trace
from portal.watchlists.data import Watched
from portal.watchlists.rules import (
    NOTHING,
    Known,
    UnreadableError,
    equal,
    equal_key,
    last_day,
    likeness,
    of_entity,
    read,
    read_lines,
)

COUNTRIES = ("NL", "TH")


def known(sort, text, more=NOTHING):
    """Return what is known of somebody who is watched."""
    profile = read(EntitySort(sort), text, more).profile
    assert profile is not None
    return profile


@pytest.mark.parametrize(
    ("sort", "text", "value"),
    [
        ("phone", "0031 20 123 4567", "31201234567"),
        ("phone", "+31 (20) 123-4567", "31201234567"),
        ("email", "Some.One+shop@Example.org", "some.one@example.org"),
        ("website", "https://www.Example.org/shop", "example.org"),
        ("vehicle", "ab-12 cd", "AB12CD"),
        ("vessel", "IMO 9319466", "9319466"),
        ("container", "csqu 305438-3", "CSQU3054383"),
        ("registration", "12.34.56.78", "12345678"),
    ],
)
def test_a_value_is_compared_as_submissions_hold_it(sort, text, value):
    assert read(EntitySort(sort), text).value == value


@pytest.mark.parametrize(
    ("sort", "text", "why"),
    [
        ("phone", "020 123 4567", "country code"),
        ("email", "nobody", "no e-mail address"),
        ("website", "nowhere", "no web site"),
        ("vehicle", "A-1", "too short"),
        ("person", "!!", "no name"),
        ("address", "X", "too short"),
        ("organisation", "N" * 251, "at most 250"),
    ],
)
def test_what_cannot_be_watched_is_refused_with_the_reason(sort, text, why):
    with pytest.raises(UnreadableError, match=why):
        read(EntitySort(sort), text)


def test_pasted_lines_carry_country_birth_and_number():
    text = "Somchai Jaidee; th; 1984-03-27; AA 123456\n\nJan Jansen\tNL\n"
    found, wrong = read_lines(EntitySort.PERSON, text, COUNTRIES)
    assert wrong == []
    assert [one.shown for one in found] == ["Somchai Jaidee", "Jan Jansen"]
    assert found[0].profile is not None
    assert found[0].profile.born == (date(1984, 3, 27),)
    assert [(n.kind, n.value) for n in found[0].profile.numbers] == [("identity", "AA123456")]
    assert found[1].country == "NL"


def test_each_wrong_line_is_named():
    text = "Jan Jansen\nX;ZZ\n\nPiet; 1984-02-31\nKees; 1; 2"
    _, wrong = read_lines(EntitySort.PERSON, text, COUNTRIES)
    assert [line.split(":")[0] for line in wrong] == ["Line 2", "Line 4", "Line 5"]
    _, wrong = read_lines(EntitySort.PHONE, "+31201234567;NL", COUNTRIES)
    assert wrong == ["Line 1: A country says nothing of a telephone number"]


@pytest.mark.parametrize(("lines", "taken"), [(1000, 1000), (1001, 0)])
def test_1000_lines_are_taken_at_once(lines, taken):
    text = "\n".join(f"AB-{n:04}-CD" for n in range(lines))
    found, wrong = read_lines(EntitySort.VEHICLE, text, COUNTRIES)
    assert len(found) == taken
    assert bool(wrong) is (taken == 0)


@pytest.mark.parametrize(
    ("day", "last"),
    [(date(2026, 3, 31), date(2027, 3, 31)), (date(2028, 2, 29), date(2029, 2, 28))],
)
def test_a_year_ends_on_the_same_day(day, last):
    assert last_day(day) == last


@pytest.mark.parametrize(
    ("watched", "told", "same"),
    [
        ("NL", "NL 12345678", True),
        ("", "NL 12345678", True),
        ("NL", "12345678", True),
        ("TH", "NL 12345678", False),
    ],
)
def test_a_number_of_another_country_is_anothers(watched, told, same):
    one = Watched(sort=EntitySort.REGISTRATION, shown="12345678", value="12345678", country=watched)
    assert equal(one, Trace(EntitySort.REGISTRATION, "", told, value=told)) is same
    assert equal_key(one.sort, told) == equal_key(one.sort, "12345678")


@pytest.mark.parametrize(
    ("watched", "told", "same"),
    [
        ("Mohammed al-Rashid", "محمد الراشد", True),
        ("Сергей Кузнецов", "Sergey Kuznetsov", True),
        ("Somchai Jaidee", "Jaidee Somchai", True),
        ("Somchai Jaidee", "Somchai Jaidea", True),
        ("Li Wei", "Wei Li", True),
        ("Li Wei", "Li Na", False),
        ("Somchai Jaidee", "Prasert Wongsakul", False),
    ],
)
def test_a_name_matches_in_another_script_order_and_with_a_slip(watched, told, same):
    one, other = (known("person", text) for text in (watched, told))
    assert bool(likeness(one, other)[0]) is same


def test_a_short_name_with_another_birth_date_is_another():
    one = known("person", "Li Wei", Known(born=date(1984, 3, 27)))
    other = known("person", "Li Wei", Known(born=date(1961, 12, 5)))
    assert likeness(one, other)[0] == 0


def test_a_number_of_2_characters_and_a_third_value_are_refused():
    with pytest.raises(UnreadableError, match="too short"):
        read(EntitySort.PERSON, "Jan Jansen", Known(number="12"))
    _, wrong = read_lines(EntitySort.PHONE, "+31201234567;12;13", COUNTRIES)
    assert wrong == ["Line 1: “12” is too much: at most a value and a country"]


def test_an_entity_without_a_profile_is_watched_by_its_value():
    watched = of_entity(EntitySort.REGISTRATION, "12  34", "NL 1234", None)
    assert (watched.shown, watched.value, watched.country) == ("12 34", "1234", "NL")


def test_a_telephone_is_no_plate():
    one = Watched(sort=EntitySort.VEHICLE, shown="AB12CD", value="AB12CD")
    told = Trace(EntitySort.PHONE, "parties.0.phones.0", "AB12CD", value="AB12CD")
    assert not equal(one, told)


def test_only_a_person_has_a_birth_date():
    _, wrong = read_lines(EntitySort.ORGANISATION, "Delta B.V.;1984-03-27", COUNTRIES)
    assert wrong == ["Line 1: Only a person has a birth date"]
