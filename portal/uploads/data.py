"""Plain values: the life of an upload, columns, and what is said of a row."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

MOST_ROWS = 100_000
PREFIX = "SH"  # of the reference that the paper of a sheet carries


class State(StrEnum):
    """Where an upload stands."""

    CHECKING = "being checked"
    CHECKED = "checked"
    FILING = "being filed"
    FILED = "filed"
    UNREADABLE = "not readable"
    DISCARDED = "discarded"


class Choice(StrEnum):
    """What is filed."""

    ALL = "all rows, only if all are good"
    GOOD = "the good rows only"


MOVES: Mapping[tuple[State, State], bool] = {
    (State.CHECKING, State.CHECKED): True,
    (State.CHECKING, State.UNREADABLE): True,
    (State.CHECKED, State.FILING): True,
    (State.CHECKED, State.DISCARDED): True,
    (State.UNREADABLE, State.DISCARDED): True,
    (State.FILING, State.FILED): True,
}
RUNNING = frozenset({State.CHECKING, State.FILING})


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet: where its cells belong, and how to fill it."""

    name: str  # the header, such as substances.1.quantity
    step: str
    item: int | None  # from 0; None for a step that is asked once
    field: str
    label: str
    hint: str = ""
    needed: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a cell, or with a row when no column is named."""

    column: str
    text: str
    message: str


class SheetError(ValueError):
    """A file cannot be read as a sheet of this kind, in words for who sent it."""


def as_json(complaints: tuple[Complaint, ...]) -> str | None:
    """Return complaints as they are stored."""
    if not complaints:
        return None
    return json.dumps([astuple(one) for one in complaints], ensure_ascii=False)


def chunks(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    """Yield lists of so many, the last one perhaps shorter."""
    while chunk := list(islice(rows, size)):
        yield chunk
