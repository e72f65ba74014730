"""Two records side by side: the same answers in one row, with a sign of how they compare.

Plain Python. Parts of which there are several, such as parties, stand beside those that have most
answers in common, not beside those that happen to have the same number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.core.text import search_key
from portal.submissions.present import Row, Section, mentions, sections

Trace = tuple[str, str]  # sort and value of a mention


class Sign(StrEnum):
    """How two answers compare."""

    SAME = "the same"
    ALIKE = "nearly the same"
    OTHER = "differs"
    LEFT = "only left"
    RIGHT = "only right"


@dataclass(frozen=True, slots=True)
class Pair:
    """The same answer in two records."""

    label: str
    left: str
    right: str
    sign: Sign
    elsewhere: bool = False  # a trace in it stands somewhere in the other record too


@dataclass(frozen=True, slots=True)
class Group:
    """Two parts that stand side by side."""

    left: str  # title; empty where the part has no like
    right: str
    pairs: tuple[Pair, ...]


def compare(left: Any, right: Any) -> tuple[Group, ...]:
    """Return two records aligned part by part and answer by answer."""
    common = {(m.sort, m.value) for m in mentions(left)} & {
        (m.sort, m.value) for m in mentions(right)
    }
    shared = shared_paths(left, common), shared_paths(right, common)
    ours, theirs = by_sort(sections(left)), by_sort(sections(right))
    groups = []
    for sort in dict.fromkeys([*ours, *theirs]):
        for one, other in aligned(ours.get(sort, []), theirs.get(sort, [])):
            groups.append(group(one, other, shared))
    return tuple(found for found in groups if found.pairs)


def shared_paths(record: Any, common: set[Trace]) -> frozenset[str]:
    """Return where a record holds a trace that the other holds too."""
    return frozenset(m.path for m in mentions(record) if (m.sort, m.value) in common)


def by_sort(found: Iterable[Section]) -> dict[str, list[Section]]:
    """Return the parts of a record by what they are: `parties`, `lines`, or the record itself."""
    sorts: dict[str, list[Section]] = {}
    for section in found:
        path = section.rows[0].path if section.rows else ""
        sorts.setdefault(path.split(".")[0] if "." in path else "", []).append(section)
    return sorts


def aligned(
    left: list[Section], right: list[Section]
) -> list[tuple[Section | None, Section | None]]:
    """Return the parts in pairs, those with most in common first; the rest alone."""
    rated = sorted(
        (
            (-in_common(one, other), n, m)
            for n, one in enumerate(left)
            for m, other in numbered(right)
        ),
    )
    pairs: dict[int, int] = {}
    for rate, n, m in rated:
        if n not in pairs and m not in pairs.values() and (rate or not left[n].rows):
            pairs[n] = m
    if len(left) == len(right) == 1:
        pairs = {0: 0}
    both = [(one, right[pairs[n]] if n in pairs else None) for n, one in enumerate(left)]
    return [*both, *((None, other) for m, other in numbered(right) if m not in pairs.values())]


def numbered(parts: list[Section]) -> list[tuple[int, Section]]:
    """Return parts with their numbers."""
    return list(enumerate(parts))


def in_common(left: Section, right: Section) -> int:
    """Return how many answers two parts share; a name counts for more than a country."""
    ours, theirs = answers(left), answers(right)
    return sum(
        3 if key == "name" else 1
        for key in ours.keys() & theirs.keys()
        if search_key(ours[key].value) == search_key(theirs[key].value)
    )


def answers(section: Section | None) -> Mapping[str, Row]:
    """Return the answers of a part by their names inside it."""
    return {row.path.split(".", 2)[-1]: row for row in section.rows} if section else {}


def group(
    left: Section | None, right: Section | None, shared: tuple[frozenset[str], frozenset[str]]
) -> Group:
    """Return two parts answer by answer."""
    ours, theirs = answers(left), answers(right)
    pairs = tuple(
        pair(ours.get(key), theirs.get(key), shared) for key in dict.fromkeys([*ours, *theirs])
    )
    return Group(left.title if left else "", right.title if right else "", pairs)


def pair(
    left: Row | None, right: Row | None, shared: tuple[frozenset[str], frozenset[str]]
) -> Pair:
    """Return one answer of both records."""
    label = left.label if left else right.label if right else ""
    sign = sign_of(left, right)
    known = sign is not Sign.SAME and (held(left, shared[0]) or held(right, shared[1]))
    return Pair(label, left.value if left else "", right.value if right else "", sign, known)


def sign_of(left: Row | None, right: Row | None) -> Sign:
    """Return how two answers compare."""
    if left is None or right is None:
        return Sign.RIGHT if left is None else Sign.LEFT
    if left.value == right.value:
        return Sign.SAME
    return Sign.ALIKE if search_key(left.value) == search_key(right.value) else Sign.OTHER


def held(row: Row | None, paths: frozenset[str]) -> bool:
    """Tell whether an answer holds one of the traces at these paths."""
    return row is not None and any(p == row.path or p.startswith(f"{row.path}.") for p in paths)
