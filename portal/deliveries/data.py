"""Plain values of a controlled delivery: what a plan says, as its rules see it.

The 1988 Convention, Article 11, lets goods of an agreed controlled delivery travel on intact,
removed, or replaced in whole or in part, with the consent of the parties concerned.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class Substitution(StrEnum):
    """Whether the goods travel on themselves."""

    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class Result(StrEnum):
    """What came of a controlled delivery."""

    SEIZED = "seized at the destination"
    SEIZED_EARLIER = "seized on the way"
    ARRESTED = "arrests without a seizure"
    LICIT = "licit after all"
    LOST = "lost sight of"
    BROKEN_OFF = "broken off"


class ConsentState(StrEnum):
    """What a country said."""

    NOT_ASKED = "not asked"
    ASKED = "asked"
    RECEIVED = "received"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REOPENED = "must be asked again"


class EntrySort(StrEnum):
    """What an entry of the log tells."""

    ARRIVED = "arrival"
    LEFT = "departure"
    SEEN = "observation"
    SPOKEN = "word with an authority"
    DECIDED = "decision"
    STARTED = "start"
    STOPPED = "stop"
    ENDED = "end"


SUBSTITUTION_WORDS: Mapping[Substitution, str] = {
    Substitution.NONE: "None: the goods travel on untouched",
    Substitution.PARTIAL: "Partial: some of the goods are replaced",
    Substitution.FULL: "Full: all of the goods are replaced",
}
BY_HAND = (  # which entries people write; the others are written with the deed itself
    EntrySort.ARRIVED,
    EntrySort.LEFT,
    EntrySort.SEEN,
    EntrySort.SPOKEN,
    EntrySort.DECIDED,
)
AT_HALT = frozenset({EntrySort.ARRIVED, EntrySort.LEFT})  # which name a place of the route


@dataclass(frozen=True, slots=True)
class Consent:
    """What a country said last, and for which days."""

    state: ConsentState = ConsentState.NOT_ASKED
    valid_from: date | None = None  # none: from when it was given
    valid_until: date | None = None  # the last day


@dataclass(frozen=True, slots=True, kw_only=True)
class HaltFacts:
    """A country on the route: where and when, on what legal ground, and whom to call."""

    id: UUID
    number: int
    country: str  # ISO 3166-1 alpha-2
    name: str  # of the country, in words
    place: str
    planned_at: datetime
    legal_basis: str = ""
    authority: str = ""
    contact: str = ""
    day_phone: str = ""
    night_phone: str = ""
    consent: Consent = Consent()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """What a plan says, as far as rules ask."""

    halts: tuple[HaltFacts, ...]  # in their order
    in_charge: UUID | None = None
    deputy: UUID | None = None
    reachable: bool = False  # both have a telephone number in the plan
    substitution: Substitution = Substitution.NONE
    substituted: bool = False  # with what, by whom and where are all told
    cost: str = ""
    payer: str = ""
    watching: str = ""
    communication: str = ""
    consignments: int = 0
    risks: int = 0
    measures: int = 0  # of those risks
    conditions: int = 0
    conditions_met: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passing:
    """A place of the route, planned and as the log tells it."""

    number: int
    country: str
    place: str
    planned_at: datetime
    arrived_at: datetime | None = None
    left_at: datetime | None = None

    @property
    def late_minutes(self) -> int | None:
        """Return by how many minutes it was later than planned; less than 0: earlier."""
        if self.arrived_at is None:
            return None
        return round((self.arrived_at - self.planned_at).total_seconds() / 60)
