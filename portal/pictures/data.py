"""Plain values of pictures: what is drawn, and what the table beside it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from portal.reference.data import PlaceKind
from portal.triage.data import PlaceFacts
from portal.triage.rules.detour import distance


class Shape(StrEnum):
    """The shape of a mark: colour is never the only sign."""

    CIRCLE = "circle"
    TRIANGLE = "triangle"
    SQUARE = "square"
    DIAMOND = "diamond"
    HEXAGON = "hexagon"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Look:
    """How one sort of thing is marked in a picture and its key."""

    shape: Shape
    colour: str  # dark enough for white figures on it
    words: str


PLACE_LOOKS: Mapping[str, Look] = {
    PlaceKind.SEAPORT: Look(Shape.CIRCLE, "#14505c", "Seaport"),
    PlaceKind.AIRPORT: Look(Shape.TRIANGLE, "#4c2c92", "Airport"),
    PlaceKind.LAND_BORDER: Look(Shape.SQUARE, "#505a5f", "Land border crossing"),
    PlaceKind.DRY_PORT: Look(Shape.DIAMOND, "#8a4600", "Dry port"),
    PlaceKind.FREE_ZONE: Look(Shape.HEXAGON, "#b10e1e", "Free zone"),
}


SUBMISSION = Look(Shape.SQUARE, "#14505c", "Submission")
HIDDEN = Look(Shape.CROSS, "#505a5f", "Submission that is another officer's")
OTHER = Look(Shape.CIRCLE, "#505a5f", "Anything else that is named")
NODE_LOOKS: Mapping[str, Look] = {
    "submission": SUBMISSION,
    "hidden": HIDDEN,
    "person": Look(Shape.CIRCLE, "#4c2c92", "Person"),
    "organisation": Look(Shape.HEXAGON, "#4c2c92", "Organisation"),
    "registration": Look(Shape.SQUARE, "#4c2c92", "Registration number"),
    "identity": Look(Shape.TRIANGLE, "#4c2c92", "Identity paper"),
    "phone": Look(Shape.DIAMOND, "#8a4600", "Telephone"),
    "email": Look(Shape.TRIANGLE, "#8a4600", "E-mail"),
    "website": Look(Shape.SQUARE, "#8a4600", "Web site"),
    "account": Look(Shape.DIAMOND, "#b10e1e", "Account"),
    "address": Look(Shape.HEXAGON, "#00602f", "Address"),
    "vehicle": Look(Shape.DIAMOND, "#00602f", "Vehicle"),
    "vessel": Look(Shape.TRIANGLE, "#00602f", "Vessel"),
    "container": Look(Shape.SQUARE, "#00602f", "Container"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """An entity that several submissions may name: a person, a telephone, an address."""

    key: str  # the same for the same subject, in one picture
    id: UUID  # under which it is asked for
    sort: str
    shown: str


@dataclass(frozen=True, slots=True)
class Node:
    """A submission or a subject in the network."""

    key: str
    label: str
    sort: str  # submission, hidden, or the sort of a subject
    detail: str = ""
    received_at: datetime | None = None  # of a submission that the officer may know of
    address: str = ""  # of its page
    expand: str = ""  # where its neighbours are asked for; nothing: they are not for this officer
    more: bool = False  # has neighbours that were left out for their number
    short: str = ""  # in the picture, where there is little room

    @property
    def look(self) -> Look:
        """Return how the node is marked."""
        return NODE_LOOKS.get(self.sort, OTHER)


@dataclass(frozen=True, slots=True)
class Link:
    """A submission names a subject."""

    submission: str
    subject: str
    path: str  # of the answer, such as parties.0.phones.1

    @property
    def words(self) -> str:
        """Return where it stands, counted as people count."""
        steps = self.path.replace("_", " ").split(".")
        return " ".join(str(int(one) + 1) if one.isdigit() else one for one in steps)


@dataclass(frozen=True, slots=True)
class Network:
    """Some nodes and how they hang together; `full` says that it was cut at the limit."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    full: bool = False


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of a route, as it was filed and as the list of places knows it."""

    number: int
    filed: str
    place: PlaceFacts | None  # none: not on the list, so not on the map
    free_zone: bool = False  # named as one by the company
    country: str = ""

    @property
    def name(self) -> str:
        """Return the name of the place, or what was filed."""
        return self.place.name if self.place else self.filed

    @property
    def kind(self) -> str:
        """Return as what the place is marked: as the free zone that the company named, if so."""
        kinds = self.place.kinds if self.place else ()
        if self.free_zone:
            return PlaceKind.FREE_ZONE
        return kinds[0] if kinds else ""

    @property
    def ringed(self) -> bool:
        """Tell whether there is a free zone too, where the place is marked as something else."""
        kinds = self.place.kinds if self.place else ()
        return PlaceKind.FREE_ZONE in kinds and self.kind != PlaceKind.FREE_ZONE

    @property
    def kinds_words(self) -> str:
        """Return everything that the list says the place is."""
        kinds = self.place.kinds if self.place else ()
        return ", ".join(PLACE_LOOKS[kind].words for kind in kinds)


@dataclass(frozen=True, slots=True)
class RouteLeg:
    """A leg between two stops; no length when one of them is not on the list."""

    number: int
    mode: str
    origin: Stop
    destination: Stop
    departs_on: date | None = None
    arrives_on: date | None = None

    @property
    def km(self) -> float | None:
        """Return the great-circle distance."""
        ends = self.origin.place, self.destination.place
        return distance(ends[0], ends[1]) if ends[0] and ends[1] else None


@dataclass(frozen=True, slots=True)
class Route:
    """A way over places, and how much longer it is than the direct one."""

    stops: tuple[Stop, ...] = ()
    legs: tuple[RouteLeg, ...] = ()
    zones: tuple[Stop, ...] = ()  # free zones on the way that are no stop of their own
    way_km: float | None = None  # none: a place is not known
    direct_km: float | None = None

    @property
    def known(self) -> tuple[Stop, ...]:
        """Return what can be marked on a map."""
        return tuple(stop for stop in (*self.stops, *self.zones) if stop.place)

    @property
    def unknown(self) -> tuple[Stop, ...]:
        """Return what the list of places does not hold."""
        return tuple(stop for stop in (*self.stops, *self.zones) if not stop.place)

    @property
    def extra_km(self) -> float | None:
        """Return the detour."""
        if self.way_km is None or self.direct_km is None:
            return None
        return self.way_km - self.direct_km

    @property
    def ratio(self) -> float | None:
        """Return the way over the direct way; none when it ends where it began."""
        if self.way_km is None or not self.direct_km:
            return None
        return self.way_km / self.direct_km


class Lane(StrEnum):
    """The rows of a timeline."""

    FILED = "Filed"
    TRADE = "The trade itself"
    MOVED = "Goods under way"
    ASKED = "Questions and answers"
    JUDGED = "What officers and the portal noted"


LANE_LOOKS: Mapping[Lane, Look] = {
    Lane.FILED: Look(Shape.CIRCLE, "#14505c", Lane.FILED),
    Lane.TRADE: Look(Shape.SQUARE, "#8a4600", Lane.TRADE),
    Lane.MOVED: Look(Shape.TRIANGLE, "#4c2c92", Lane.MOVED),
    Lane.ASKED: Look(Shape.DIAMOND, "#505a5f", Lane.ASKED),
    Lane.JUDGED: Look(Shape.HEXAGON, "#b10e1e", Lane.JUDGED),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, or is to happen."""

    day: date
    lane: Lane
    words: str
    reference: str
    address: str = ""
    at: datetime | None = None  # when the hour is known


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one submission says of one substance: a bar."""

    submission_id: UUID
    reference: str
    supplier: str
    received_at: datetime
    base_kg: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A threshold, in words with how well it is known."""

    kilograms: Decimal
    words: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Step:
    """A bar and what it makes the sum."""

    delivery: Delivery
    letter: str  # of the supplier
    total: Decimal
    passed: tuple[Line, ...]  # which this delivery made the sum pass


@dataclass(frozen=True, slots=True)
class Quantities:
    """One substance, for the same people, from all suppliers, within a period."""

    steps: tuple[Step, ...]
    suppliers: tuple[tuple[str, str, Decimal], ...]  # letter, name, kilograms
    lines: tuple[Line, ...]
    begins: date
    ends: date
    uncounted: int = 0  # without a mass that can be told
    left_out: int = 0  # not for this officer
    full: bool = False  # more than were looked at

    @property
    def total(self) -> Decimal:
        """Return the kilograms of anhydrous base in all."""
        return self.steps[-1].total if self.steps else Decimal(0)


@dataclass(frozen=True, slots=True)
class Count:
    """A bar of a count."""

    label: str
    number: int
    detail: str = ""
    more: bool = False  # counting stopped at the limit
