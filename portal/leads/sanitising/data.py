"""What can betray a source, and a mark of it in a text. Plain Python."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.leads.wording import Shape
from portal.submissions.data import SubmissionData


class Sort(StrEnum):
    """What sort of thing betrays."""

    COMPANY = "name of the reporting company"
    PERSON = "person of the reporting company"
    CONTACT = "contact of the reporting company"
    SITE = "address of the reporting company"
    TOWN = "town of the reporting company"
    NUMBER = "number of the reporting company"
    NAME_PART = "part of a name of the reporting company"
    PRODUCT = "product of the reporting company"
    OURS = "reference of this portal"
    THEIRS = "reference of the reporter"
    PAPER = "reference that only the source has"
    FILE = "name of an attachment"
    QUANTITY = "exact quantity"
    DAY = "exact date"
    PHRASE = "words copied from the report"


@dataclass(frozen=True, slots=True)
class Betrayal:
    """Why a sort betrays, and whether it may stay with a typed reason."""

    why: str
    keepable: bool = False


BETRAYALS: Mapping[Sort, Betrayal] = {
    Sort.COMPANY: Betrayal("It says who reported."),
    Sort.PERSON: Betrayal("It says who reported."),
    Sort.CONTACT: Betrayal("Whoever looks it up finds who reported."),
    Sort.SITE: Betrayal("It says where the reporter works."),
    Sort.TOWN: Betrayal("With the substance, the town often leaves one company.", keepable=True),
    Sort.NUMBER: Betrayal("A register answers with the reporter's name."),
    Sort.NAME_PART: Betrayal("It is part of a name of the reporter.", keepable=True),
    Sort.PRODUCT: Betrayal("A trade name may have one seller.", keepable=True),
    Sort.OURS: Betrayal("It stands on the reporter's papers."),
    Sort.THEIRS: Betrayal("Whoever sees the reporter's books finds it there."),
    Sort.PAPER: Betrayal(  # who is to find a container must be told its number
        "No other company has filed it: it leads back to the one that did.", keepable=True
    ),
    Sort.FILE: Betrayal("The reporter gave the file its name."),
    Sort.QUANTITY: Betrayal("Few companies have filed this very quantity.", keepable=True),
    Sort.DAY: Betrayal("Few companies have filed something of this very day.", keepable=True),
    Sort.PHRASE: Betrayal("The reporter knows its own words again.", keepable=True),
}


class Answer(StrEnum):
    """How a mark is answered."""

    PROPOSAL = "proposal"
    OWN = "own wording"
    KEPT = "kept"


class Needs(StrEnum):
    """How many other companies must have filed a value before it betrays nobody."""

    NOBODY = "it always betrays"
    ANOTHER = "one other company"
    FEW = "as many as the authority set"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """One thing of a source that must not reach partners as it is."""

    sort: Sort
    value: str  # as it stands in the source
    label: str  # of the answer, such as "Own reference"
    source: str = ""  # reference of the submission
    country: str = ""  # in words, for what to say instead
    trait: str = ""  # under which other submissions are counted
    needs: Needs = Needs.NOBODY
    number: Decimal | None = None  # of a quantity
    unit: str = ""
    day: date | None = None
    variants: tuple[str, ...] = ()  # other ways to write it

    @property
    def key(self) -> str:
        """Return what stands for the secret in answers: no text of it."""
        return fingerprint(f"{self.sort}:{self.value}")


@dataclass(frozen=True, slots=True)
class Hit:
    """A part of a text in which a secret stands."""

    start: int
    end: int
    secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A secret at a place of the version for partners, once for each way it is written there."""

    place: str
    label: str  # of the place
    shape: Shape
    text: str  # of the whole place
    spans: tuple[tuple[int, int], ...]
    secret: Secret
    proposals: tuple[str, ...] = ()

    @property
    def surface(self) -> str:
        """Return how the secret is written at the place."""
        start, end = self.spans[0]
        return self.text[start:end]

    @property
    def key(self) -> str:
        """Return what tells the mark from the others of its place."""
        return fingerprint(f"{self.secret.key}:{self.surface}")

    @property
    def why(self) -> str:
        """Say why it betrays."""
        return BETRAYALS[self.secret.sort].why

    @property
    def keepable(self) -> bool:
        """Tell whether it may stay with a reason."""
        return BETRAYALS[self.secret.sort].keepable


@dataclass(frozen=True, slots=True)
class Reply:
    """How one mark is answered."""

    mark: str  # Mark.key
    answer: Answer
    words: str = ""  # said instead, or the reason for keeping it


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporter:
    """The company behind a source, as far as it can be known by it."""

    names: tuple[str, ...]  # legal and trade names
    people: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()  # e-mail, telephone
    addresses: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()  # their names
    numbers: tuple[str, ...] = ()  # registration, tax, licences …
    country: str = ""  # in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A submission that a lead was made from."""

    reference: str
    check_code: str
    received_on: date
    record: SubmissionData
    reporter: Reporter
    files: tuple[str, ...] = ()  # names of attachments
    said: tuple[tuple[str, str], ...] = ()  # label and text of what the company wrote afterwards


def fingerprint(text: str) -> str:
    """Return a short stand-in for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]
