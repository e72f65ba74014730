"""What differs between two versions of a lead. Plain Python."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

MOST_WORDS = 4000  # of a field that is compared word by word; longer ones are shown whole
WORD = re.compile(r"\s+|\w+|[^\w\s]")
LABELS: Mapping[str, str] = {
    "title": "Title",
    "summary": "Summary for officers",
    "asked": "What is asked of the reader",
    "category": "Category",
    "priority": "Priority",
    "confidence": "Confidence",
    "proposal": "Proposed action",
    "crime_group": "Link to an organised group",
    "marking": "Marking",
    "need_to_know": "Who needs to know it",
    "court": "May it be used in court",
    "ask_originator": "We must be asked first",
    "conditions": "Further conditions",
    "expires_on": "May be used until",
}
ROWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "texts": ("Text", ("text", "grading", "words", "released")),
    "subjects": (
        "Subject",
        ("sort", "name", "other_names", "country", "part", "identifiers", "remark", "released"),
    ),
    "relations": ("Relation", ("left", "words", "right", "released")),
    "amounts": ("Amount", ("name", "exact_kg", "least_kg", "most_kg", "drug", "released")),
    "stops": ("Place", ("part", "name", "locode", "country", "released")),
    "events": ("Event", ("when", "words", "released")),
}
NAMES: Mapping[str, str] = {
    "words": "words",
    "text": "text",
    "released": "partners may read it",
    "exact_kg": "kg as filed",
    "least_kg": "kg, from",
    "most_kg": "kg, to",
    "left": "from subject",
    "right": "to subject",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both, only before, or only after."""

    sort: str  # same, gone, new
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which two versions differ."""

    label: str
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return the two merged, word by word."""
        return tuple(pieces(self.before, self.after))


def pieces(before: str, after: str) -> Iterator[Piece]:
    """Yield what stayed, what went and what came, in the order of reading."""
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield from whole(before, after)
        return
    for sort, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if sort == "equal":
            yield Piece("same", "".join(old[a:b]))
        else:
            yield from whole("".join(old[a:b]), "".join(new[c:d]))


def whole(before: str, after: str) -> Iterator[Piece]:
    """Yield one text that went and one that came."""
    if before:
        yield Piece("gone", before)
    if after:
        yield Piece("new", after)


def fields_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return each field of a kept version with its words, in the order of reading."""
    found = {label: in_words(content.get(name)) for name, label in LABELS.items()}
    for name, (label, parts) in ROWS.items():
        for number, row in enumerate(content.get(name, ()), start=1):
            for part in parts:
                words = in_words(row.get(part))
                if words:
                    found[f"{label} {number}, {NAMES.get(part, part.replace('_', ' '))}"] = words
    sources = content.get("sources", ())
    return {key: value for key, value in found.items() if value} | (
        {"Sources": str(len(sources))} if sources else {}
    )


def in_words(value: Any) -> str:
    """Return a value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        joint = ": " if value and all(isinstance(one, str) for one in value) else "; "
        inner = [in_words(one) for one in value]
        return joint.join(inner) if joint == "; " else ", ".join(inner)
    return "" if value is None else str(value)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return the fields in which two kept versions differ."""
    old, new = fields_of(before), fields_of(after)
    return tuple(
        Difference(label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys([*old, *new])
        if old.get(label, "") != new.get(label, "")
    )
