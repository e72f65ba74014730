"""What the paper of a hand-over shows: plain values for its template."""

from itertools import pairwise
from typing import Any

from portal.leads.data import Released
from portal.partners.data import Package
from portal.partners.formats.terms import (
    SORT_WORDS,
    drug_words,
    handling,
    hash_of,
    identifier_words,
    kilograms,
    place_words,
    recipient,
    related,
)
from portal.pictures.data import RouteLeg, Stop
from portal.pictures.queries.world import world
from portal.pictures.rules.maps import RouteMap, map_of, route_of
from portal.reference.data import PlaceKind
from portal.triage.data import PlaceFacts


def context_of(package: Package) -> dict[str, Any]:
    """Return everything the template places."""
    lead = package.lead
    names = {one.number: one.name for one in lead.subjects}
    return {
        "reference": lead.reference,
        "marking": str(lead.marking),
        "recipient": recipient(package),
        "sha256": hash_of(package),
        "handling": tuple(handling(package))[:-1],  # the hash stands at the end of the paper
        "about": (
            ("Category", str(lead.category)),
            ("Priority", lead.priority),
            ("Confidence", lead.confidence),
            ("Proposed action", lead.proposal),
        ),
        "asked": lead.asked,
        "texts": [
            {
                "text": one.text,
                "grading": str(one.grading),
                "words": "; ".join(one.grading.words),
                "elsewhere": one.grading.elsewhere,
            }
            for one in lead.texts
        ],
        "subjects": subjects(lead),
        "relations": [(names[r.left], r.words, names[r.right]) for r in related(lead)],
        "amounts": amounts(lead),
        "stops": stops(lead),
        "map": map_for(lead),
        "events": [(one.when, one.words) for one in lead.events],
    }


def subjects(lead: Released) -> list[tuple[object, ...]]:
    """Return who and what the lead is about."""
    rows: list[tuple[object, ...]] = []
    for one in lead.subjects:
        sort = SORT_WORDS.get(one.sort, one.sort.capitalize())
        known = [identifier_words(*pair) for pair in one.identifiers]
        names = [one.name, *(f"also: {name}" for name in one.other_names)]
        said = [part for part in (one.part, one.country, *known, one.remark) if part]
        rows.append((str(one.number), sort, names, said))
    return rows


def amounts(lead: Released) -> list[tuple[str, ...]]:
    """Return the quantities and what drug they could give."""
    return [
        (one.name, one.cas, kilograms(one.least_kg, one.most_kg), drug_words(one))
        for one in lead.amounts
    ]


def stops(lead: Released) -> list[tuple[str, ...]]:
    """Return the places of the route by the numbers that the map shows."""
    return [
        (str(number), one.part, place_words(one.name, one.locode, one.country))
        for number, one in enumerate(lead.stops, 1)
    ]


def map_for(lead: Released) -> RouteMap | None:
    """Draw the route on a map; nothing when it is not known where its places lie."""
    known = [
        (number, PlaceFacts(one.name, (PlaceKind.SEAPORT,), one.latitude, one.longitude))
        for number, one in enumerate(lead.stops, 1)
        if one.latitude is not None and one.longitude is not None
    ]
    if not known:
        return None
    drawn = [Stop(number, place.name, place) for number, place in known]
    legs = [RouteLeg(n, "", a, b) for n, (a, b) in enumerate(pairwise(drawn), 1)]
    return map_of(route_of(legs or [RouteLeg(1, "", drawn[0], drawn[0])]), world())
