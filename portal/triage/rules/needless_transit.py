"""The goods pass through a country where no transit is needed.

Source: own reckoning over the places of the route; the distances are our own.
"""

from portal.triage.data import About, Case, Finding, PlaceFacts, Rule, here
from portal.triage.rules.detour import distance

NEAR_KM = 1500.0  # between the ends; goods go directly by road, rail or a short sea
FAR_KM = 300.0  # that the transit adds


def check(case: Case) -> Finding | None:
    """Raise a third country between two near ends, or a country that is left and entered again."""
    legs = case.filed.facts.legs
    if len(legs) < 2:  # noqa: PLR2004  a transit has two legs
        return None
    begin, end = case.book.places.get(legs[0].origin), case.book.places.get(legs[-1].destination)
    ends = {legs[0].origin_country, legs[-1].destination_country}
    for place, leg in enumerate(legs[:-1]):
        stop = case.book.places.get(leg.destination)
        back = leg.destination_country not in ends and legs[-1].destination_country in {
            one.origin_country for one in legs[: place + 1]
        }
        if leg.destination_country not in ends and (back or far(begin, stop, end)):
            why = "and back" if back else "where no transit is needed"
            return Finding(
                f"Through {leg.destination} ({leg.destination_country}), {why}.",
                (
                    here(case, f"legs.{place}.destination", leg.destination),
                    here(case, f"legs.{len(legs) - 1}.destination", legs[-1].destination),
                ),
            )
    return None


def far(begin: PlaceFacts | None, stop: PlaceFacts | None, end: PlaceFacts | None) -> bool:
    """Tell whether a stop lies far off the way between two near places."""
    if begin is None or stop is None or end is None:
        return False
    direct = distance(begin, end)
    return direct <= NEAR_KM and distance(begin, stop) + distance(stop, end) - direct >= FAR_KM


NEEDLESS_TRANSIT = Rule(
    code="needless-transit-1",
    title="Transit where none is needed",
    weight=1,
    check=check,
    about=About.ROUTE,
)
