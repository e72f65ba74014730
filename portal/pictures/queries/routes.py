"""The route of a submission, over the list of places."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.pictures.data import Route, RouteLeg, Stop
from portal.pictures.rules.maps import route_of
from portal.reference.data import PlaceKind
from portal.reference.models import Place
from portal.submissions.data import Leg, SubmissionData
from portal.submissions.kind import registered
from portal.submissions.models import Submission
from portal.triage.data import PlaceFacts

MOST_LEGS = 30
BY_MODE: Mapping[str, PlaceKind] = {"sea": PlaceKind.SEAPORT, "air": PlaceKind.AIRPORT}


def route(session: Session, submission: Submission) -> Route:
    """Return the way that a submission tells, in the order of its legs."""
    data: SubmissionData = registered()[submission.kind].load(submission.content)
    legs = data.facts().legs[:MOST_LEGS]
    codes = {code for leg in legs for code in (leg.origin, leg.destination, leg.free_zone) if code}
    places = places_of(session, codes)
    zones = {leg.free_zone for leg in legs if leg.free_zone}
    stops: list[Stop] = []
    drawn: list[RouteLeg] = []
    for number, leg in enumerate(legs, start=1):
        if not stops or stops[-1].filed != leg.origin:
            stops.append(stop(len(stops) + 1, leg.origin, leg, places, zones))
        stops.append(stop(len(stops) + 1, leg.destination, leg, places, zones))
        drawn.append(
            RouteLeg(number, leg.mode, stops[-2], stops[-1], leg.departs_on, leg.arrives_on)
        )
    beside = sorted(zones - {one.filed for one in stops})
    return route_of(drawn, further(beside, len(stops), places))


def stop(
    number: int, code: str, leg: Leg, places: Mapping[str, Sequence[Place]], zones: Collection[str]
) -> Stop:
    """Return a place of the way: as a seaport where a ship calls, as an airport where a flight."""
    rows = sorted(places.get(plain(code), ()), key=lambda row: row.kind != BY_MODE.get(leg.mode))
    return Stop(number, code, facts_of(rows), code in zones, rows[0].country if rows else "")


def further(
    codes: Sequence[str], after: int, places: Mapping[str, Sequence[Place]]
) -> tuple[Stop, ...]:
    """Return the free zones on the way that are no stop of their own."""
    return tuple(
        Stop(number, code, facts_of(places.get(plain(code), ())), free_zone=True)
        for number, code in enumerate(codes, start=after + 1)
    )


def facts_of(rows: Sequence[Place]) -> PlaceFacts | None:
    """Return what a map needs of a place that may be several things at once."""
    if not rows:
        return None
    first, kinds = rows[0], tuple(row.kind.value for row in rows)
    return PlaceFacts(first.name, kinds, float(first.latitude), float(first.longitude))


def places_of(session: Session, codes: Collection[str]) -> dict[str, list[Place]]:
    """Return the current places of some UN/LOCODEs in one look-up."""
    found: dict[str, list[Place]] = {}
    order = list(PlaceKind)
    query = select(Place).where(
        Place.locode.in_({plain(code) for code in codes}), Place.valid_until.is_(None)
    )
    rows = session.scalars(query) if codes else ()
    for row in sorted(rows, key=lambda place: (order.index(place.kind), place.key)):
        found.setdefault(row.locode, []).append(row)
    return found


def plain(code: str) -> str:
    """Return a UN/LOCODE without the blank that some write into it."""
    return code.replace(" ", "").upper()
