"""Packages of a lead: one that says as little as it may, one that says everything."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from portal.entities.data import EntitySort
from portal.leads.data import (
    Amount,
    Category,
    Event,
    GradedText,
    Grading,
    Handling,
    Marking,
    Relation,
    Released,
    Stop,
    Subject,
)
from portal.partners.data import Package
from portal.watchlists.data import Information, Source
from tests.factories import NOON

UNTIL = date(2026, 12, 31)
BEST = Grading(Source.RELIABLE, Information.KNOWN_DIRECTLY, Handling.PERMITTED)
WORST = Grading(Source.NOT_RELIABLE, Information.SUSPECTED_FALSE, Handling.CONDITIONS)
VAGUE = Grading(Source.UNTESTED, Information.NOT_KNOWN, Handling.CONDITIONS)


def package(**more: Any) -> Package:
    """Return a package of which only one text is graded; what is given replaces the lead's."""
    lead: dict[str, Any] = {
        "reference": "LD-2345-6789",
        "title": "Покупатель прекурсоров",
        "category": Category.ROUTE,
        "priority": "urgent",
        "confidence": "high",
        "asked": "Watch.",
        "proposal": "watch",
        "texts": (GradedText("Seen.", BEST),),
        "marking": Marking.AMBER,
        "conditions": "",
        "expires_on": None,
    }
    return Package(
        lead=Released(**lead | more),
        approved_at=NOON,
        handed_over_at=NOON,
        authority="Precursor Authority",
        recipient="Port Control Unit",
        recipient_network="CCP",
    )


def full(**more: Any) -> Package:
    """Return a package that says everything, each thing in words of its own."""
    said: dict[str, Any] = {
        "texts": (
            GradedText("The buyer asked twice.\nOnce by letter.", BEST),
            GradedText("Somebody paid for it in cash.", VAGUE),
            GradedText("A rumour names a warehouse.", WORST),
        ),
        "subjects": subjects(),
        "relations": (
            Relation(1, 2, "is the director of"),
            Relation(4, 1, "is the number of"),
            Relation(5, 4, "was given with"),
            Relation(1, 99, "knows somebody who was left out"),
        ),
        "amounts": (
            Amount(
                substance="acetic-anhydride",
                name="Acetic anhydride",
                cas="108-24-7",
                least_kg=Decimal(100),
                most_kg=Decimal("250.5"),
                drug="heroin",
                drug_least_kg=Decimal(40),
                drug_most_kg=Decimal(80),
                confidence="low",
            ),
            Amount(substance="", name="A new solvent", least_kg=Decimal(5), most_kg=Decimal(5)),
            Amount(
                substance="acetone",
                name="Acetone",
                least_kg=Decimal(1),
                most_kg=Decimal(2),
                drug="cocaine",
                drug_least_kg=Decimal(3),
                drug_most_kg=Decimal(3),
            ),
        ),
        "stops": (
            Stop(
                part="origin",
                name="Rotterdam",
                country="NL",
                locode="NLRTM",
                latitude=51.9,
                longitude=4.4,
            ),
            Stop(part="transit", name="A warehouse inland"),
            Stop(part="exit", name="At sea", latitude=12.5, longitude=60.0),
            Stop(part="destination", name="Bangkok", locode="THBKK"),
        ),
        "events": (
            Event("2026-11-25", "The first letter"),
            Event("2026-11", "The second letter"),
            Event("2026-Q4", "The payment"),
            Event("2026", "The warehouse was let"),
        ),
        "marking": Marking.AMBER_STRICT,
        "conditions": "Only for those who deal with the consignment.",
        "court": "May be used in court with our letter.",
        "ask_originator": False,
        "need_to_know": ("Profilers", "The head of the unit"),
        "expires_on": UNTIL,
    }
    return package(**said | more)


def subjects() -> tuple[Subject, ...]:
    """Return one subject of each sort, with identifiers of each sort."""
    known = (
        ("phone", "+31 20 123 4567"),
        ("phone", "12"),
        ("phone", "extension nine"),
        ("email", "buyer@example.org"),
        ("email", "not an address"),
        ("website", "example.org"),
        ("website", "https://example.com/shop"),
        ("website", "a page somewhere"),
        ("account", "NL91ABNA0417164300"),
        ("registration", "KVK 12345678"),
        ("identity", "PASS-77"),
        ("authorisation", "LIC-5"),
        ("seal", "SEAL-1"),
        ("messenger", "@buyer"),
    )
    names = {
        EntitySort.PHONE: "+31 20 765 4321",
        EntitySort.EMAIL: "desk@example.org",
        EntitySort.WEBSITE: "https://example.net/",
    }
    return tuple(
        Subject(
            number=number,
            sort=sort.value,
            name=names.get(sort, f"The {sort.value} in question"),
            other_names=(f"Other {sort.value}", "Ещё имя") if number % 2 else (),
            country="NL" if number != 3 else "",
            part="consignee" if number % 3 else "",
            identifiers=known if number in {1, 2} else known[9:10],
            remark="Seen once." if number % 2 else "",
        )
        for number, sort in enumerate(EntitySort, 1)
    )


def unplaced() -> Package:
    """Return a package with subjects that have less than their sort asks for."""
    odd = {"address": "NL", "email": "", "website": "", "drone": "", "phone": "", "account": ""}
    return full(
        subjects=tuple(
            Subject(number=number, sort=sort, name="nowhere to be found", country=country)
            for number, (sort, country) in enumerate(odd.items(), 1)
        ),
        relations=(Relation(1, 2, "near"),),
    )


def marked(marking: Marking) -> Package:
    """Return the full package with another marking."""
    said = full()
    return replace(said, lead=replace(said.lead, marking=marking))
