"""Plain values of the index: what is indexed, its parts, and what it can be asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_TOKENS = 16_000  # of one text; what follows is not found (a tsvector keeps no more places)


class What(StrEnum):
    """What a text is."""

    RECORD = "record"  # everything that a submission says
    LATER = "later"  # questions, answers and what a company reported afterwards
    NOTE = "note"
    FLAG = "flag"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Part:
    """One answer or one text, as shown."""

    label: str
    value: str
    path: str = ""  # of the answer
    name: bool = False  # the name of a person or an organisation
    substance: str = ""  # key of the substance that the part names

    def to_json(self) -> list[Any]:
        """Return the part as it is stored."""
        return [self.label, self.value, self.path, int(self.name), self.substance]

    @classmethod
    def from_json(cls, kept: Iterable[Any]) -> "Part":
        """Return a part from what was stored."""
        label, value, path, name, substance = kept
        return cls(label, value, path, bool(name), substance)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that follow each other; `begins` lets the last be the beginning of a longer one."""

    tokens: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """One of several is there."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Every:
    """All of several are there, and none of the others."""

    parts: tuple["Expression", ...]
    without: tuple["Expression", ...] = ()


Expression = Phrase | Either | Every


def token(text: str) -> Phrase:
    """Return what asks for one token."""
    return Phrase((text,))
