"""Plain values of a check at a border: what is looked for, what is known, what is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.submissions.rules import Outer


class Sought(StrEnum):
    """What somebody typed or scanned."""

    REFERENCE = "reference of a notice"
    CODE = "code on a paper"
    CONTAINER = "container number"
    NOTHING = "nothing that can be read"


class Result(StrEnum):
    """The answer in a few words: those of the life that companies see, and no others."""

    MAY_LEAVE = "may leave"
    NOT_YET = "may not leave yet"
    MAY_NOT_LEAVE = "may not leave"
    EXPIRED = "may not leave: a paper has expired"
    CANCELLED = "cancelled"
    COMPLETE = "complete"
    LIST = "list of notices"
    CALL = "known"
    NOT_KNOWN = "not known"
    MISREAD = "not read"


class Sign(StrEnum):
    """How an answer is drawn; the words say the same."""

    GO = "go"
    ASK = "ask"
    STOP = "stop"


SIGNS: Mapping[Result, Sign] = {
    Result.MAY_LEAVE: Sign.GO,
    Result.NOT_YET: Sign.STOP,
    Result.MAY_NOT_LEAVE: Sign.STOP,
    Result.EXPIRED: Sign.STOP,
    Result.CANCELLED: Sign.STOP,
    Result.COMPLETE: Sign.ASK,
    Result.LIST: Sign.ASK,
    Result.CALL: Sign.ASK,
    Result.NOT_KNOWN: Sign.STOP,
    Result.MISREAD: Sign.ASK,
}
WORDS: Mapping[Result, str] = {
    Result.MAY_LEAVE: "May leave",
    Result.NOT_YET: "May not leave yet – call",
    Result.MAY_NOT_LEAVE: "May not leave – call",
    Result.EXPIRED: "May not leave – call",
    Result.CANCELLED: "Cancelled – call",
    Result.COMPLETE: "Complete",
    Result.LIST: "Genuine list – check each notice",
    Result.CALL: "Known – call",
    Result.NOT_KNOWN: "Not known – call",
    Result.MISREAD: "Read it again",
}
MEANING: Mapping[Result, str] = {
    Result.MAY_LEAVE: "The authority has let this consignment leave.",
    Result.NOT_YET: "The authority has not let this consignment leave yet.",
    Result.MAY_NOT_LEAVE: "Nothing may leave under this notice.",
    Result.EXPIRED: "A permit of this consignment has expired.",
    Result.CANCELLED: "The notice was cancelled. Nothing may leave under it.",
    Result.COMPLETE: "This consignment was reported as arrived. If it stands before you now, call.",
    Result.LIST: "The paper is ours. It says what was received, and not what may leave.",
    Result.CALL: "The authority knows it. It tells you more by telephone.",
    Result.NOT_KNOWN: "The authority knows no consignment under this.",
    Result.MISREAD: "This is no reference, no code and no container number.",
}
WITHOUT_LEAVE = frozenset({Result.NOT_YET, Result.MAY_NOT_LEAVE, Result.EXPIRED, Result.CANCELLED})


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, as it is looked for."""

    sought: Sought
    value: str
    remark: str = ""  # why it cannot be right


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """What may be known of a consignment at a border; nothing of it comes from the triage."""

    state: Outer
    released: bool  # the authority's last word was that it may leave
    valid_from: date | None = None
    expires_on: date | None = None  # the first of its permits to end
    title: str = ""  # of the kind of notice
    goods: tuple[tuple[str, str], ...] = ()  # name, quantity
    route: tuple[str, ...] = ()  # countries in their order, ISO 3166-1 alpha-2
    places: frozenset[str] = frozenset()  # UN/LOCODE


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks: what its need to know rests on."""

    countries: frozenset[str]
    posts: tuple[str, ...] = ()  # UN/LOCODE
    agreed: bool = True  # the agreement with the partner holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The short answer, as it is shown and kept."""

    result: str
    valid_for: tuple[str, ...] = ()
    goods: tuple[tuple[str, str], ...] = ()
    countries: tuple[str, ...] = ()  # in words, in the order of the route
    remark: str = ""
