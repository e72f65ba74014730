"""Posts of partners as marks on the map of the world."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from portal.partners.registry.data import KINDS, Standpoint
from portal.pictures.data import Route, Stop
from portal.pictures.rules.maps import RouteMap
from portal.triage.data import PlaceFacts


@dataclass(frozen=True, slots=True)
class Spot:
    """A post with the number that it carries on the map and in the table."""

    number: int
    partner_id: UUID
    partner: str
    point: Standpoint


@dataclass(frozen=True, slots=True)
class PostMap:
    """Posts, and the map on which they are drawn."""

    spots: tuple[Spot, ...]
    route: Route
    map: RouteMap

    def of(self, partner_id: UUID) -> tuple[Spot, ...]:
        """Return the posts of one partner."""
        return tuple(spot for spot in self.spots if spot.partner_id == partner_id)


def route_of_posts(spots: Iterable[Spot]) -> Route:
    """Return posts as the map draws places: marks without a way between them."""
    return Route(tuple(Stop(one.number, one.point.locode, facts_of(one)) for one in spots))


def facts_of(spot: Spot) -> PlaceFacts | None:
    """Return what the map needs of a post; nothing where the list has no such place."""
    point = spot.point
    if point.latitude is None or point.longitude is None:
        return None
    kinds = (KINDS[point.sort].value,)
    return PlaceFacts(point.name, kinds, point.latitude, point.longitude)
