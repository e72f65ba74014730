"""The route is much longer than the direct way.

Source: own reckoning: great-circle distances over the places of the route.
"""

from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

from portal.triage.data import About, Case, Finding, PlaceFacts, Rule, here

EARTH_KM = 6371.0
RATIO = 1.8  # of the way over the direct way; ships go round land: Rotterdam to Shanghai is 1.6
LEAST_KM = 1000.0  # of detour


def check(case: Case) -> Finding | None:
    """Raise a route over known places that is RATIO times as long as the direct way."""
    legs = case.filed.facts.legs
    stops = [legs[0].origin, *(leg.destination for leg in legs)] if legs else []
    places = [case.book.places.get(stop) for stop in stops]
    known = [place for place in places if place is not None]
    if len(known) < 3 or len(known) != len(stops):  # noqa: PLR2004  two ends and a stop
        return None
    way = sum(distance(a, b) for a, b in pairwise(known))
    direct = distance(known[0], known[-1])
    if way <= RATIO * direct or way - direct < LEAST_KM:
        return None
    names = ", ".join(place.name for place in known)
    evidence = tuple(
        here(case, f"legs.{n}.destination", leg.destination) for n, leg in enumerate(legs)
    )
    return Finding(f"{way:,.0f} km over {names}; {direct:,.0f} km directly.", evidence)


def distance(a: PlaceFacts, b: PlaceFacts) -> float:
    """Return the great-circle distance in kilometres."""
    north, south = radians(a.latitude), radians(b.latitude)
    across = radians(b.longitude - a.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


DETOUR = Rule(
    code="detour-1",
    title="Detour",
    weight=1,
    check=check,
    about=About.ROUTE,
)
