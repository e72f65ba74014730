"""The words of intelligence: grading, marking, category. Plain Python.

The 3x5x2 scheme grades the source (1 to 3), the information (A to E) and how it may be handled
(P or C). The terms in 5x5x5 and the Admiralty scheme are the nearest ones, for those who use
them; they are general knowledge and are shown as such.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from portal.watchlists.data import INFORMATION_WORDS, SOURCE_WORDS, Information, Source


class Handling(StrEnum):
    """Whether it may be shared."""

    PERMITTED = "P"
    CONDITIONS = "C"


class Marking(StrEnum):
    """Traffic Light Protocol 2.0, from the widest circle to the narrowest."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    RED = "TLP:RED"


class Category(StrEnum):
    """What a lead is about."""

    DIVERSION = "diversion attempt"
    FRONT_COMPANY = "front company"
    THEFT = "theft"
    ROUTE = "trafficking route"
    NEW_SUBSTANCE = "new substance"
    INTERNAL = "internal"


class Confidence(StrEnum):
    """How sure the author is of the whole."""

    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"


class Priority(StrEnum):
    """How soon the reader should act."""

    ROUTINE = "routine"
    URGENT = "urgent"
    IMMEDIATE = "immediate"


class Proposal(StrEnum):
    """What the author proposes."""

    WATCH = "watch"
    VERIFY = "verify with the customer's authority"
    VISIT = "visit"
    STOP = "stop the shipment"
    CONTROLLED_DELIVERY = "controlled delivery"
    TARGET = "targeting at a port or border post"
    NOTICE = "notice to industry"


class Origin(StrEnum):
    """What a lead was begun from."""

    SUBMISSIONS = "submissions"
    FINDING = "a finding"
    ENTITY = "an entity"
    NOTHING = "nothing that was filed"
    LEAD = "another lead"


class TakenFrom(StrEnum):
    """What a text was taken from."""

    OWN = "own words"
    REPORT = "report"
    ANSWER = "answer"
    NOTE = "note"
    FINDING = "finding"


class LinkSort(StrEnum):
    """How two leads belong together."""

    SAME_SUBJECT = "same subject"
    SAME_ROUTE = "same route"
    SAME_METHOD = "same method"
    FOLLOWS = "follows from"
    DUPLICATES = "duplicates"
    CAME_OF = "was split from"


HANDLING_WORDS: Mapping[Handling, str] = {
    Handling.PERMITTED: "P – Lawful sharing permitted",
    Handling.CONDITIONS: "C – Lawful sharing permitted with conditions",
}
ADMIRALTY_SOURCE: Mapping[Source, str] = {
    Source.RELIABLE: "A or B",
    Source.UNTESTED: "F",
    Source.NOT_RELIABLE: "D or E",
}
ADMIRALTY_INFORMATION: Mapping[Information, str] = {
    Information.KNOWN_DIRECTLY: "1",
    Information.CORROBORATED: "2",
    Information.KNOWN_INDIRECTLY: "3",
    Information.NOT_KNOWN: "6",
    Information.SUSPECTED_FALSE: "5",
}
FIVE_SOURCE: Mapping[Source, str] = {
    Source.RELIABLE: "A or B",
    Source.UNTESTED: "E",
    Source.NOT_RELIABLE: "C or D",
}
FIVE_INFORMATION: Mapping[Information, str] = {
    Information.KNOWN_DIRECTLY: "1 or 2",
    Information.CORROBORATED: "3",
    Information.KNOWN_INDIRECTLY: "3",
    Information.NOT_KNOWN: "4",
    Information.SUSPECTED_FALSE: "5",
}


@dataclass(frozen=True, slots=True)
class Grading:
    """The grading of one text."""

    source: Source
    information: Information
    handling: Handling

    def __str__(self) -> str:
        """Return the grading as it is written, such as `2-B-C`."""
        return f"{self.source}-{self.information}-{self.handling}"

    @property
    def words(self) -> tuple[str, str, str]:
        """Return the three parts in words."""
        return (
            SOURCE_WORDS[self.source],
            INFORMATION_WORDS[self.information],
            HANDLING_WORDS[self.handling],
        )

    @property
    def elsewhere(self) -> str:
        """Return the nearest terms of other schemes (general knowledge)."""
        admiralty = f"{ADMIRALTY_SOURCE[self.source]} / {ADMIRALTY_INFORMATION[self.information]}"
        five = f"{FIVE_SOURCE[self.source]} / {FIVE_INFORMATION[self.information]}"
        return f"nearest: 5x5x5 {five}; Admiralty {admiralty} (not confirmed)"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a text comes from: a report, one answer of it, an officer's note, a finding."""

    sort: TakenFrom = TakenFrom.OWN
    submission_id: UUID | None = None
    key: str = ""  # path of the answer, or id of the note or the finding
    words: str = ""  # as officers read it

    @property
    def token(self) -> str:
        """Return what stands for it in a form; nothing for own words."""
        if self.sort is TakenFrom.OWN:
            return ""
        return f"{self.sort.value}:{self.submission_id}:{self.key}"


@dataclass(frozen=True, slots=True)
class GradedText:
    """A text that a partner may read, with its grading."""

    text: str
    grading: Grading


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Somebody or something that a lead is about, in the words for partners."""

    number: int  # within the lead, from 1; relations name it
    sort: str  # a value of EntitySort: person, organisation, vessel, container …
    name: str
    other_names: tuple[str, ...] = ()
    country: str = ""  # ISO 3166-1 alpha-2
    part: str = ""  # what part it plays, in words
    identifiers: tuple[tuple[str, str], ...] = ()  # sort (phone, email, registration …), value
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """How two subjects of a lead belong together."""

    left: int  # number of a subject
    right: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much of a substance a lead speaks of, and what drug it could give; a range throughout."""

    substance: str  # key of the reference; empty when it is not on the list
    name: str
    cas: str = ""
    least_kg: Decimal
    most_kg: Decimal
    drug: str = ""
    drug_least_kg: Decimal | None = None
    drug_most_kg: Decimal | None = None
    confidence: str = ""  # of the yield, as the reference says


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """A place on the route."""

    part: str  # origin, transit, exit, entry, destination
    name: str
    country: str = ""
    locode: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened, and when, as exactly as partners may know."""

    when: str  # 2026-11-25, 2026-11, 2026-Q4 or 2026
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """The version of a lead for partners: nothing else of a lead ever reaches them."""

    reference: str
    title: str
    asked: str
    proposal: str
    category: Category
    priority: str
    confidence: str
    texts: tuple[GradedText, ...]
    subjects: tuple[Subject, ...] = ()
    relations: tuple[Relation, ...] = ()
    amounts: tuple[Amount, ...] = ()
    stops: tuple[Stop, ...] = ()
    events: tuple[Event, ...] = ()
    marking: Marking
    conditions: str
    court: str = ""  # whether it may be used in court, in words
    ask_originator: bool = True  # before it goes any further
    need_to_know: tuple[str, ...] = ()  # offices or functions, in words; empty: the whole partner
    expires_on: date | None


def at_most(marking: Marking, limit: Marking) -> bool:
    """Tell whether a marking is no narrower than a limit allows."""
    order = list(Marking)
    return order.index(marking) <= order.index(limit)
