"""When a hand-over is refused, and what a package says."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import jsonschema
import pytest

from portal.leads.data import Category, GradedText, Grading, Handling, Marking, Released
from portal.partners.data import Offer, Package, Terms
from portal.partners.formats import FORMATS
from portal.partners.formats.own_json import OWN_JSON, SCHEMA
from portal.partners.registry.data import Bond, Way
from portal.partners.registry.rules import bond_words, codes_of, in_force
from portal.partners.rules import allowing, closed_words, last_day, readable, refusals
from portal.watchlists.data import Information, Source
from tests.factories import NOON

TODAY = date(2026, 3, 31)
YESTERDAY = date(2026, 3, 30)
TOMORROW = date(2026, 4, 1)


def bond(**more):
    said: dict[str, Any] = {
        "name": "Memorandum",
        "marking_max": Marking.AMBER,
        "categories": (Category.ROUTE,),
        "accepts_conditions": True,
        "valid_from": TODAY,
        "valid_until": TODAY,
    }
    return Bond(**said | more)


def terms(*bonds, **more):
    said: dict[str, Any] = {"name": "Partner", "network": "JPC", "bonds": bonds or (bond(),)}
    return Terms(**said | more)


def offer(**more):
    said: dict[str, Any] = {
        "marking": Marking.AMBER,
        "category": Category.ROUTE,
        "expires_on": TODAY,
        "conditioned": True,
        "conditions": "Not in court.",
    }
    return Offer(**said | more)


def test_0_reasons_when_all_is_allowed_to_the_last_day():
    assert list(refusals(terms(), offer(), NOON)) == []
    bare = bond(categories=(), valid_from=None, valid_until=None)
    assert list(refusals(terms(bare), offer(expires_on=None), NOON)) == []


@pytest.mark.parametrize(
    ("agreed", "word"),
    [
        ({"valid_until": YESTERDAY}, "ended on 30 March 2026"),
        ({"valid_from": TOMORROW, "valid_until": None}, "begins on 1 April 2026"),
        ({"marking_max": Marking.GREEN}, "may receive up to TLP:GREEN; this lead is TLP:AMBER"),
        ({"categories": (Category.THEFT,)}, "does not cover leads about a trafficking route"),
        ({"accepts_conditions": False}, "does not bind Partner to handling conditions"),
    ],
)
def test_5_refusals_of_an_agreement_each_say_why(agreed, word):
    found = list(refusals(terms(bond(**agreed)), offer(), NOON))
    assert len(found) == 1
    assert word in found[0]


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"approved": False}, "not approved"),
        ({"overdue": True}, "approved in an emergency"),
        ({"expires_on": YESTERDAY}, "could be used until 30 March 2026"),
        ({"conditions": " "}, "names no conditions"),
        ({"need_to_know": ("Customs Almaty", "BLO")}, "Only these need to know: Customs Almaty"),
        ({"unasked": ("PCU Karachi",)}, "rests on what PCU Karachi told"),
    ],
)
def test_6_refusals_of_a_lead_each_say_why(changed, word):
    found = list(refusals(terms(), offer(**changed), NOON))
    assert len(found) == 1
    assert word in found[0]


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"active": False}, "not an active partner"),
        ({"way": Way.FILE}, "holds no key"),
        ({"bonds": ()}, "There is no agreement with Partner"),
    ],
)
def test_3_refusals_of_a_partner_each_say_why(changed, word):
    said = {"name": "Partner", "network": "JPC", "bonds": (bond(),)} | changed
    found = list(refusals(Terms(**said), offer(), NOON))
    assert len(found) == 1
    assert word in found[0]


def test_a_key_lets_packages_go_by_file():
    assert list(refusals(terms(way=Way.FILE, sealable=True), offer(), NOON)) == []


def test_of_2_agreements_1_that_allows_it_is_enough():
    ended, narrow = bond(valid_until=YESTERDAY), bond(marking_max=Marking.CLEAR)
    assert list(refusals(terms(ended, bond()), offer(), NOON)) == []
    assert len(list(refusals(terms(ended, narrow), offer(), NOON))) == 1


def test_the_originator_itself_needs_no_consent():
    assert list(refusals(terms(), offer(unasked=("Partner",)), NOON)) == []


@pytest.mark.parametrize("named", ["partner", "jpc", "DUTY desk"])
def test_a_list_of_who_needs_to_know_names_partner_network_or_function(named):
    known = terms(functions=("Duty desk",))
    assert list(refusals(known, offer(need_to_know=("Somebody else", named)), NOON)) == []


def test_only_agreements_that_allow_it_count():
    ended = bond(valid_until=YESTERDAY)
    good = bond(name="Good")
    assert allowing(terms(ended, good), offer(), TODAY) == (good,)


@pytest.mark.parametrize(
    ("wanted", "lead_until", "ends", "last"),
    [
        (None, None, (None,), None),
        (None, None, (TODAY, None), None),
        (None, None, (TODAY, TOMORROW), TOMORROW),
        (TODAY, TOMORROW, (TOMORROW,), TODAY),
        (TOMORROW, TODAY, (None,), TODAY),
        (date(2027, 1, 1), None, (TOMORROW,), TOMORROW),
    ],
)
def test_nobody_reads_longer_than_lead_and_agreement_allow(wanted, lead_until, ends, last):
    bonds = [bond(valid_from=None, valid_until=end) for end in ends]
    assert last_day(wanted, lead_until, bonds, TODAY) == last


@dataclass(frozen=True)
class Given:
    expires_on: date | None = None
    recalled_at: datetime | None = None


@pytest.mark.parametrize(
    ("given", "open_", "word"),
    [
        (Given(), True, ""),
        (Given(expires_on=TODAY), True, ""),
        (Given(expires_on=YESTERDAY), False, "could be read until 30 March 2026"),
        (Given(recalled_at=NOON), False, "recalled on 31 March 2026"),
        (Given(expires_on=TOMORROW, recalled_at=NOON), False, "recalled"),
    ],
)
def test_a_partner_reads_to_the_last_day_and_nothing_that_was_recalled(given, open_, word):
    assert readable(given, NOON) is open_
    said = closed_words(given, NOON)
    assert word in said
    assert bool(said) is not open_


@pytest.mark.parametrize(
    ("begins", "ends", "holds", "word"),
    [
        (None, None, True, ""),
        (TODAY, TODAY, True, "ends today"),
        (TOMORROW, None, False, "not begun"),
        (None, YESTERDAY, False, "expired"),
        (None, date(2026, 4, 7), True, "ends within 7 days"),
        (None, date(2026, 5, 30), True, "ends within 60 days"),
        (None, date(2026, 5, 31), True, ""),
    ],
)
def test_an_agreement_says_when_it_holds(begins, ends, holds, word):
    one = bond(valid_from=begins, valid_until=ends)
    assert in_force(one, TODAY) is holds
    assert bond_words(one, TODAY) == word


def test_countries_are_read_however_they_are_typed():
    assert codes_of("af, ir  PK AF") == ("AF", "IR", "PK")


def package(**more):
    grading = Grading(Source.RELIABLE, Information.KNOWN_DIRECTLY, Handling.PERMITTED)
    lead: dict[str, Any] = {
        "reference": "LD-2345-6789",
        "title": "Покупатель прекурсоров",
        "category": Category.ROUTE,
        "priority": "urgent",
        "confidence": "high",
        "asked": "Watch.",
        "proposal": "watch",
        "texts": (GradedText("Seen.", grading),),
        "marking": Marking.AMBER,
        "conditions": "",
        "expires_on": TODAY,
    }
    return Package(
        lead=Released(**lead | more),
        approved_at=NOON,
        handed_over_at=NOON,
        authority="Authority",
        recipient="Partner",
        recipient_network="JPC",
    )


@pytest.mark.parametrize("expires", [TODAY, None])
def test_the_own_json_holds_to_its_schema(expires):
    said = json.loads(OWN_JSON.render(package(expires_on=expires)))
    jsonschema.validate(said, SCHEMA)
    assert said["title"] == "Покупатель прекурсоров"
    assert said["texts"][0] == {
        "text": "Seen.",
        "source": "1",
        "information": "A",
        "handling": "P",
    }


def test_slugs_are_unique():
    assert len({one.slug for one in FORMATS}) == len(FORMATS)
