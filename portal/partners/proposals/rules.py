"""Who is proposed as a recipient of a lead, with each reason in words.

Border Liaison Offices and Port Control Units: those whose post is a stop of the route by its
UN/LOCODE; those whose border point lies between the countries of two stops that follow each other;
those whose post lies within NEAR_KM of the shortest way over the globe between two such stops (the
real way goes round land, so the distance is wide). One without a known post: by its countries.
Regional centres: those that cover both ends of the route; when none does, those that cover one.
Liaison officers: those who cover a country of the route or of a subject.
INTERPOL and other networks are never proposed by themselves: an officer chooses them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import acos, asin, hypot
from uuid import UUID

from portal.leads.data import Stop
from portal.partners.proposals.data import Candidate, Journey
from portal.partners.registry.data import AT_POSTS, LIAISON, REGIONAL, Network, PostSort, Standpoint
from portal.pictures.rules.geometry import vector

NEAR_KM = 100  # from a leg of the route to a post
EARTH_KM = 6371.0088  # mean radius
TINY = 1e-12
Vector = tuple[float, float, float]
Names = Callable[[str], str]  # a country's name by its code


def proposed(
    candidates: Sequence[Candidate], journey: Journey, name_of: Names
) -> dict[UUID, tuple[str, ...]]:
    """Return the reasons for each partner that is proposed, by its id."""
    centres = [one for one in candidates if one.network in REGIONAL]
    whole = any(set(journey.ends) <= set(one.countries) for one in centres)
    found = {}
    for one in candidates:
        if one.network in AT_POSTS:
            reasons = list(at_route(one, journey, name_of))
        elif one.network in REGIONAL:
            reasons = list(over_region(one, journey, name_of, one_end=not whole))
        elif one.network in LIAISON:
            reasons = list(for_countries(one, journey, name_of))
        else:
            reasons = []
        if reasons:
            found[one.partner_id] = tuple(reasons)
    return found


def at_route(one: Candidate, journey: Journey, name_of: Names) -> Iterator[str]:
    """Yield why a partner that stands at posts lies on the route."""
    for post in one.posts:
        reason = (
            by_code(post, journey.stops)
            or by_border(post, journey.stops, name_of)
            or by_distance(post, journey.stops)
        )
        if reason:
            yield reason
    if not one.posts:
        yield from without_post(one, journey, name_of)


def by_code(post: Standpoint, stops: Sequence[Stop]) -> str:
    """Return that the post is a stop itself."""
    parts = [stop.part for stop in stops if stop.locode and stop.locode == post.locode]
    return f"Its post {post.name} ({post.locode}) is on the route: {parts[0]}." if parts else ""


def by_border(post: Standpoint, stops: Sequence[Stop], name_of: Names) -> str:
    """Return that the border point lies between two countries that follow each other."""
    if post.sort is not PostSort.BORDER_POINT or not post.faces:
        return ""
    for begin, end in crossings(stops):
        if {begin.country, end.country} == {post.country, post.faces}:
            left, right = name_of(begin.country), name_of(end.country)
            return (
                f"Its border point {post.name} lies between {left} and {right}, and the route goes"
                f" from {begin.name} to {end.name}."
            )
    return ""


def by_distance(post: Standpoint, stops: Sequence[Stop]) -> str:
    """Return that the post lies near a leg; of several, the nearest."""
    near = [
        (distance, begin, end)
        for begin, end in pairwise(stops)
        if (distance := leg_distance_km(post, begin, end)) is not None and distance <= NEAR_KM
    ]
    if not near:
        return ""
    distance, begin, end = min(near, key=lambda leg: leg[0])
    return (
        f"Its post {post.name} lies {distance:.0f} km from the way from {begin.name} to {end.name}."
    )


def without_post(one: Candidate, journey: Journey, name_of: Names) -> Iterator[str]:
    """Yield why a partner whose post is not known may lie on the route: by its countries."""
    if one.network == Network.BLO:
        for begin, end in crossings(journey.stops):
            if {begin.country, end.country} <= set(one.countries):
                left, right = name_of(begin.country), name_of(end.country)
                yield f"It covers both sides of the border between {left} and {right}."
        return
    for stop in journey.stops:
        if stop.country and stop.country in one.countries:
            yield f"It covers {name_of(stop.country)}, where the route has {stop.name}."


def over_region(
    one: Candidate, journey: Journey, name_of: Names, *, one_end: bool
) -> Iterator[str]:
    """Yield why a regional centre covers the route: both its ends, or one where no centre does."""
    covered = [code for code in journey.ends if code in one.countries]
    if not covered:
        return
    named = " and ".join(name_of(code) for code in covered)
    if len(covered) == len(journey.ends):
        ends = "both ends" if len(covered) > 1 else "the whole"
        yield f"It covers {ends} of the route: {named}."
    elif one_end:
        yield f"It covers one end of the route, {named}; no centre covers both."


def for_countries(one: Candidate, journey: Journey, name_of: Names) -> Iterator[str]:
    """Yield which countries of the lead a liaison officer covers."""
    covered = [name_of(code) for code in journey.countries if code in one.countries]
    if covered:
        yield f"Liaison officer for {', '.join(covered)}."


def crossings(stops: Sequence[Stop]) -> Iterator[tuple[Stop, Stop]]:
    """Yield stops that follow each other in two countries."""
    for begin, end in pairwise(stops):
        if begin.country and end.country and begin.country != end.country:
            yield begin, end


def leg_distance_km(post: Standpoint, begin: Stop, end: Stop) -> float | None:
    """Return how far a post lies from the shortest way between two stops, in kilometres.

    None where a place is not known.
    """
    spots = [spot_of(one) for one in (post, begin, end)]
    known = [vector(spot) for spot in spots if spot is not None]
    if len(known) != len(spots):
        return None
    at, a, b = known
    pole = crossed(a, b)
    length = hypot(*pole)
    ends = min(angle(at, a), angle(at, b))
    if length < TINY:  # the same place, or opposite ends of the earth
        return ends * EARTH_KM
    normal = (pole[0] / length, pole[1] / length, pole[2] / length)
    off = dot(normal, at)
    foot = (at[0] - off * normal[0], at[1] - off * normal[1], at[2] - off * normal[2])
    between = dot(crossed(a, foot), normal) >= 0 and dot(crossed(foot, b), normal) >= 0
    return (abs(asin(max(-1.0, min(1.0, off)))) if between else ends) * EARTH_KM


def spot_of(one: Standpoint | Stop) -> tuple[float, float] | None:
    """Return longitude and latitude, if both are known."""
    if one.longitude is None or one.latitude is None:
        return None
    return one.longitude, one.latitude


def crossed(a: Vector, b: Vector) -> Vector:
    """Return the cross product."""
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def dot(a: Vector, b: Vector) -> float:
    """Return the scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def angle(a: Vector, b: Vector) -> float:
    """Return the angle between two places as seen from the middle of the earth, in radians."""
    return acos(max(-1.0, min(1.0, dot(a, b))))


def names_in(countries: Mapping[str, str]) -> Names:
    """Return how countries are named; a code that has no name stands for itself."""
    return lambda code: countries.get(code, code)
