"""When a hand-over is refused, and what a package says."""

import json
from datetime import date
from typing import Any

import jsonschema
import pytest

from portal.leads.data import Category, GradedText, Grading, Handling, Marking, Released
from portal.partners.data import Package, Terms
from portal.partners.formats import FORMATS
from portal.partners.formats.own_json import OWN_JSON, SCHEMA
from portal.partners.rules import refusals
from portal.watchlists.data import Information, Source
from tests.factories import NOON

TODAY = date(2026, 3, 31)


def terms(**more):
    said: dict[str, Any] = {
        "name": "Partner",
        "marking_max": Marking.AMBER,
        "categories": (Category.ROUTE,),
        "agreement_until": TODAY,
        "active": True,
    }
    return Terms(**said | more)


def test_0_reasons_when_all_is_allowed():
    given = (Marking.AMBER, Category.ROUTE, TODAY, TODAY)
    assert list(refusals(terms(), *given)) == []
    assert list(refusals(terms(categories=(), agreement_until=None), *given)) == []


@pytest.mark.parametrize(
    ("changed", "marking", "category", "expires", "word"),
    [
        ({"active": False}, Marking.CLEAR, Category.ROUTE, None, "not an active partner"),
        (
            {"agreement_until": date(2026, 3, 30)},
            Marking.CLEAR,
            Category.ROUTE,
            None,
            "ended on 30",
        ),
        ({"marking_max": None}, Marking.CLEAR, Category.ROUTE, None, "No agreement says"),
        ({}, Marking.AMBER_STRICT, Category.ROUTE, None, "may receive up to TLP:AMBER"),
        ({}, Marking.CLEAR, Category.THEFT, None, "does not cover leads about a theft"),
        ({}, Marking.CLEAR, Category.ROUTE, date(2026, 3, 30), "could be used until 30"),
    ],
)
def test_6_refusals_each_say_why(changed, marking, category, expires, word):
    found = list(refusals(terms(**changed), marking, category, expires, TODAY))
    assert len(found) == 1
    assert word in found[0]


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
