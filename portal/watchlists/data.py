"""Plain values of watch lists: what can be watched, what matches, how a source is graded."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.entities.data import EntitySort, Profile, Reason

MOST_LINES = 1000  # that are pasted at once
WATCHED: Mapping[EntitySort, str] = {
    EntitySort.PERSON: "Person",
    EntitySort.ORGANISATION: "Organisation",
    EntitySort.ADDRESS: "Address",
    EntitySort.PHONE: "Telephone number",
    EntitySort.EMAIL: "E-mail address",
    EntitySort.VEHICLE: "Vehicle plate",
    EntitySort.CONTAINER: "Container number",
    EntitySort.ACCOUNT: "Bank account, wallet or messaging name",
    EntitySort.VESSEL: "Vessel, by name or IMO number",
    EntitySort.WEBSITE: "Web site",
    EntitySort.REGISTRATION: "Registration, tax, EORI or LEI number",
    EntitySort.IDENTITY: "Passport or identity number",
    EntitySort.AUTHORISATION: "Authorisation or licence number",
    EntitySort.SEAL: "Seal number",
    EntitySort.WAYBILL: "Waybill number",
}
# numbers that another country gives to somebody else
NATIONAL = frozenset({EntitySort.REGISTRATION, EntitySort.IDENTITY})
SUBJECTS = frozenset({EntitySort.PERSON, EntitySort.ORGANISATION})


class HitState(StrEnum):
    """What a list's readers made of a hit; the first to say it says it for all of them."""

    NEW = "new"
    SEEN = "seen"
    CONFIRMED = "confirmed"
    OTHER = "not the same"


class NumberSort(StrEnum):
    """Who gave a subject's number."""

    IDENTITY = "identity"
    REGISTRATION = "registration"
    TAX = "tax"
    EORI = "eori"
    LEI = "lei"


class Source(StrEnum):
    """How reliable the source is."""

    RELIABLE = "1"
    UNTESTED = "2"
    NOT_RELIABLE = "3"


class Information(StrEnum):
    """How the source knows it."""

    KNOWN_DIRECTLY = "A"
    CORROBORATED = "B"
    KNOWN_INDIRECTLY = "C"
    NOT_KNOWN = "D"
    SUSPECTED_FALSE = "E"


SOURCE_WORDS: Mapping[Source, str] = {
    Source.RELIABLE: "1 – Reliable",
    Source.UNTESTED: "2 – Untested",
    Source.NOT_RELIABLE: "3 – Not reliable",
}
INFORMATION_WORDS: Mapping[Information, str] = {
    Information.KNOWN_DIRECTLY: "A – Known directly to the source",
    Information.CORROBORATED: "B – Known indirectly to the source but corroborated",
    Information.KNOWN_INDIRECTLY: "C – Known indirectly to the source",
    Information.NOT_KNOWN: "D – Not known",
    Information.SUSPECTED_FALSE: "E – Suspected to be false",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Who or what is watched."""

    sort: EntitySort
    shown: str  # as an officer wrote it
    value: str | None = None  # of those that are equal or not, as compared
    country: str = ""
    profile: Profile | None = None  # of those that are compared


@dataclass(frozen=True, slots=True)
class Match:
    """Why something in a submission is held to be what is watched."""

    path: str
    shown: str
    score: float | None  # bits; none: an equal value, or the same entity
    reasons: tuple[Reason, ...]
    doubts: tuple[str, ...] = ()

    @property
    def rank(self) -> float:
        """Return how strong it is beside others."""
        return float("inf") if self.score is None else self.score


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of entries beside what they watch."""

    reason: str
    expires_on: date | None = None  # none: with the list
    source: Source | None = None
    information: Information | None = None
