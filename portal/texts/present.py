"""A record as parts to show and tokens to find it by."""

from collections.abc import Iterable, Iterator
from typing import Any

from portal.submissions.data import SubmissionData
from portal.submissions.present import COMPARED_AS_WORDS, mentions, sections
from portal.texts.data import MOST_TOKENS, Part
from portal.texts.rules.words import (
    GAP,
    facet,
    indexed,
    inner_parts,
    name_tokens,
    number_token,
    numbers,
)

NUMBERED = frozenset(
    {"cas_number", "hs_code", "un_number", "batch", "own_reference", "imo", "licence_number"}
    | {"origin", "destination", "free_zone", "entry_point", "exit_point"}
)
MOST_EXTRAS = 2_000  # numbers and names of one text
EMAIL_OR_SITE = frozenset({"email", "website"})


def parts_of(data: SubmissionData, title: str) -> tuple[Part, ...]:
    """Return every answer of a record as shown, with what it names."""
    named = {one.path for one in mentions(data) if one.sort == "name"}
    return tuple(
        Part(
            label=f"{section.title}: {row.label}" if "." in row.path else row.label,
            value=row.value,
            path=row.path,
            name=row.path in named or f"{row.path}.0" in named,
            substance=substance_at(data, row.path),
        )
        for section in sections(data, title)
        for row in section.rows
    )


def substance_at(data: SubmissionData, path: str) -> str:
    """Return the key of the substance that an answer names, or nothing."""
    head, _, rest = path.partition(".")
    number, _, field = rest.partition(".")
    if head != "lines" or field != "name":
        return ""
    return data.lines[int(number)].substance or ""


def tokens_of(parts: Iterable[Part]) -> list[str]:
    """Return the tokens of some parts in order, at most as many as are kept."""
    found: list[str] = []
    for part in parts:
        found.extend(indexed(part.value))
        found.append(GAP)
        if len(found) >= MOST_TOKENS:
            break
    return found[:MOST_TOKENS]


def extras_of(parts: Iterable[Part]) -> list[str]:
    """Return the tokens without a place: numbers, and names in other scripts and spellings."""
    found: dict[str, None] = {}
    for part in parts:
        if len(found) > MOST_EXTRAS:
            break
        found |= dict.fromkeys(numbers(part.value))
        found |= dict.fromkeys(inner_parts(part.value))
        if part.path.rpartition(".")[2] in NUMBERED:
            found[number_token(part.value)] = None
        if part.name:
            for one in part.value.split("; "):
                found |= dict.fromkeys(name_tokens(one))
    found.pop("", None)
    return list(found)


def traces_of(data: SubmissionData) -> Iterator[str]:
    """Yield the numbers that a record declares as traces, however spaced."""
    for one in mentions(data):
        if one.sort not in COMPARED_AS_WORDS or one.sort in EMAIL_OR_SITE:
            yield number_token(one.shown)


def facets_of(data: SubmissionData, kind: str, company: Any) -> tuple[str, ...]:
    """Return what filters ask for: kind, company, substances and countries."""
    facts = data.facts()
    countries = {party.country for party in facts.parties}
    countries |= {facts.destination_country, facts.origin_country, facts.payer_country}
    for leg in facts.legs:
        countries |= {leg.origin_country, leg.destination_country}
    keys = {line.substance for line in facts.lines}
    return (
        facet("t", kind),
        facet("o", company.hex),
        *sorted(facet("s", key) for key in keys if key),
        *sorted(facet("c", code) for code in countries if code),
    )
