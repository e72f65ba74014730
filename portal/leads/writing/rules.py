"""A page as it was typed: rows are added, dropped and moved in it. Plain Python.

What was typed is a mapping of input names to values; the third row of texts has names that begin
with `texts-2-`. It is kept as it is, right or wrong, until it is saved.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TEXT, SUBJECTS, FACTS = "text", "subjects", "facts"
Typed = dict[str, list[str]]
LISTS = frozenset({"texts", "subjects", "relations", "amounts", "stops", "events"})


@dataclass(frozen=True, slots=True)
class Press:
    """What a button asks for."""

    deed: str  # save, discard, add, drop, up, quote, open, take
    about: str = ""  # a list, or what is quoted or opened
    row: int = 0


def press_of(value: str) -> Press:
    """Read a button; anything unknown saves."""
    deed, _, rest = value.partition(":")
    if deed in {"quote", "open"}:
        return Press(deed, rest)
    about, _, row = rest.partition(":")
    if deed in {"add", "drop", "up", "take"} and about in LISTS:
        return Press(deed, about, int(row) if row.isascii() and row.isdigit() else 0)
    return Press("discard" if deed == "discard" else "save")


def state_of(values: Mapping[str, Any]) -> str:
    """Return what tells whether a page of the lead is still as it was when it was opened.

    It is of one page alone: who saves another page of the same lead meets nobody here.
    """
    told = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def rows_in(typed: Mapping[str, list[str]], name: str) -> list[int]:
    """Return the numbers of the rows of a list, in order."""
    found = (re.match(rf"{name}-([0-9]+)-", key) for key in typed)
    return sorted({int(one[1]) for one in found if one})


def is_blank(typed: Mapping[str, list[str]], name: str, row: int) -> bool:
    """Tell whether nothing was written or chosen in a row."""
    start = f"{name}-{row}-"
    return not any(any(values) for key, values in typed.items() if key.startswith(start))


def next_row(typed: Mapping[str, list[str]], name: str) -> int:
    """Return the number of the row after the last."""
    return max(rows_in(typed, name), default=-1) + 1


def quoted(typed: Typed, name: str, answers: Mapping[str, str]) -> Typed:
    """Return the page with a row more; blank rows at the end are filled before."""
    kept = dict(typed)
    for row in reversed(rows_in(typed, name)):
        if not is_blank(kept, name, row):
            break
        kept = without(kept, name, row)
    row = next_row(kept, name)
    return kept | {f"{name}-{row}-{key}": [value] for key, value in answers.items()}


def with_row(typed: Typed, name: str, first: str) -> Typed:
    """Return the page with an empty row more."""
    return typed | {f"{name}-{next_row(typed, name)}-{first}": [""]}


def without(typed: Typed, name: str, row: int) -> Typed:
    """Return the page without a row."""
    start = f"{name}-{row}-"
    return {key: values for key, values in typed.items() if not key.startswith(start)}


def moved_up(typed: Typed, name: str, row: int) -> Typed:
    """Return the page with a row before the one that was before it."""
    before = [one for one in rows_in(typed, name) if one < row]
    if not before:
        return typed
    above = before[-1]
    swap = {f"{name}-{row}-": f"{name}-{above}-", f"{name}-{above}-": f"{name}-{row}-"}
    kept: Typed = {}
    for key, values in typed.items():
        start = next((one for one in swap if key.startswith(one)), None)
        kept[swap[start] + key.removeprefix(start) if start else key] = values
    return kept
