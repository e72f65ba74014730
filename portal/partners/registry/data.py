"""The words of the register: networks, posts, ways of receiving, and what needs two people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.leads.data import Category, Marking
from portal.reference.data import PlaceKind


class Network(StrEnum):
    """Through which network of law enforcement a partner works."""

    BLO = "BLO"
    PCU = "PCU of CCP"
    JPC = "JPC"
    CARICC = "CARICC"
    GCC_CICCD = "GCC-CICCD"
    POLICE_LIAISON = "police liaison officer"
    DRUG_LIAISON = "drug liaison officer"
    INTERPOL = "INTERPOL"
    WCO_RILO = "WCO RILO"
    OTHER = "other"


NETWORK_WORDS: Mapping[Network, str] = {
    Network.BLO: "Border Liaison Office",
    Network.PCU: "Port Control Unit of the UNODC-WCO Container Control Programme",
    Network.JPC: "Joint Planning Cell of the Triangular Initiative",
    Network.CARICC: "Central Asian Regional Information and Coordination Centre",
    Network.GCC_CICCD: "Criminal Information Center to Combat Drugs of the Gulf Council",
    Network.POLICE_LIAISON: "Police liaison officer",
    Network.DRUG_LIAISON: "Drug liaison officer",
    Network.INTERPOL: "INTERPOL",
    Network.WCO_RILO: "Regional Intelligence Liaison Office of the WCO",
    Network.OTHER: "Another network",
}
AT_POSTS = frozenset({Network.BLO, Network.PCU})  # they stand at a place on the route
REGIONAL = frozenset({Network.JPC, Network.CARICC, Network.GCC_CICCD, Network.WCO_RILO})
LIAISON = frozenset({Network.POLICE_LIAISON, Network.DRUG_LIAISON})


class Way(StrEnum):
    """How a partner receives what is handed over."""

    ACCOUNT = "portal account"
    FILE = "signed package by file"
    NOTICE = "e-mail notice without content"


class PostSort(StrEnum):
    """What the place is at which a partner stands."""

    BORDER_POINT = "border point"
    SEAPORT = "seaport"
    AIRPORT = "airport"
    DRY_PORT = "dry port"
    FREE_ZONE = "free zone"


KINDS: Mapping[PostSort, PlaceKind] = {  # how the map marks each sort of post
    PostSort.BORDER_POINT: PlaceKind.LAND_BORDER,
    PostSort.SEAPORT: PlaceKind.SEAPORT,
    PostSort.AIRPORT: PlaceKind.AIRPORT,
    PostSort.DRY_PORT: PlaceKind.DRY_PORT,
    PostSort.FREE_ZONE: PlaceKind.FREE_ZONE,
}


class Hours(StrEnum):
    """When a contact can be reached."""

    DAY = "by day"
    NIGHT = "by night"
    ALWAYS = "day and night"


class ChangeSort(StrEnum):
    """What was done to the register."""

    REGISTER = "partner registered"
    FACTS = "facts changed"
    AGREEMENT = "agreement added"
    END_AGREEMENT = "agreement ended"
    POST = "post added"
    END_POST = "post ended"
    CONTACT = "contact added"
    END_CONTACT = "contact ended"
    KEY = "key added"
    END_KEY = "key ended"
    SUSPEND = "partner suspended"
    LIFT = "suspension lifted"
    CLOSE = "partner closed"
    OFFICER = "officer admitted"
    END_OFFICER = "officer withdrawn"


# What widens who receives what: one person proposes it, another agrees. All else counts at once.
TWO_PEOPLE = frozenset(
    {ChangeSort.REGISTER, ChangeSort.AGREEMENT, ChangeSort.KEY, ChangeSort.LIFT, ChangeSort.FACTS}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """What one agreement allows, and from when until when; both days count."""

    name: str
    marking_max: Marking
    categories: tuple[Category, ...] = ()  # empty: every category
    accepts_conditions: bool = False  # binds the partner to handling conditions (code C)
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standpoint:
    """A post as rules see it."""

    locode: str
    name: str
    sort: PostSort
    country: str
    faces: str = ""  # the country on the other side of a border point
    latitude: float | None = None
    longitude: float | None = None
