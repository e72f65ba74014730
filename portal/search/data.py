"""Plain values of a search: what was typed, what is wanted, and what was found."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.texts.data import Expression, What
from portal.triage.life import Status

MOST_CHARACTERS = 300
MOST_WORDS = 20


class Sort(StrEnum):
    """What is looked for."""

    ALL = "everything"
    SUBMISSIONS = "submissions"
    NOTES = "notes and flags"
    LEADS = "leads"
    ENTITIES = "people, firms, numbers"


WHATS = {
    Sort.SUBMISSIONS: (What.RECORD, What.LATER),
    Sort.NOTES: (What.NOTE, What.FLAG),
    Sort.LEADS: (What.LEAD,),
}


class Order(StrEnum):
    """In which order results are shown."""

    BEST = "best first"
    NEWEST = "newest first"


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words in quotes, that must be there."""

    text: str
    tokens: tuple[str, ...]
    quoted: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, as read; `fault` says why nothing can be looked for."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    fault: str = ""

    @property
    def text(self) -> str:
        """Return the words that must be there, as typed."""
        return " ".join(term.text for term in self.terms)

    @property
    def alone(self) -> bool:
        """Tell whether nothing but words was typed: no quotes, nothing to leave out."""
        return not self.without and not any(term.quoted or term.begins for term in self.terms)


@dataclass(frozen=True, slots=True)
class Synonym:
    """A substance that a typed word names."""

    word: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters and the order."""

    sort: Sort = Sort.ALL
    order: Order = Order.BEST
    kind: str = ""
    status: Status | None = None
    substance: str = ""
    country: str = ""
    companies: tuple[UUID, ...] = ()
    begin: date | None = None
    end: date | None = None
    after: str = ""  # where the page before ended

    @property
    def narrow(self) -> bool:
        """Tell whether a filter looks at what cases are or say."""
        said = (self.kind, self.status, self.substance, self.country, self.companies)
        return any(said) or self.begin is not None or self.end is not None


@dataclass(frozen=True, slots=True)
class Tier:
    """Texts that match equally well."""

    asked: Expression
    without: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundText:
    """A text that matched, as it is stored."""

    id: int  # its place in the index
    what: What
    thing_id: UUID
    owner_id: UUID | None
    received_at: datetime
    parts: list[list[Any]]


@dataclass(frozen=True, slots=True)
class FoundCase:
    """What is shown of a case in which something was found."""

    id: UUID
    reference: str
    kind: str
    status: Status
    summary: str
    organisation_name: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class FoundLead:
    """What is shown of a lead in which something was found."""

    id: UUID
    reference: str
    title: str
    status: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a snippet, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """One answer that matched: which, why, and a snippet of it."""

    label: str
    why: str
    pieces: tuple[Piece, ...]
    path: str = ""
