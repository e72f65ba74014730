"""A record as people read it and as other records are found by: one walk over the declared answers.

Plain Python. Pages, papers, comparison and correlation all use these, so that an answer that is
declared once with `told()` appears everywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from portal.core.languages import count, country_name, day, decimal, gettext, moment, translated
from portal.core.text import compact_key, search_key
from portal.reference.retelling import retold
from portal.submissions.data import Mention, in_short

COMPARED_AS_WORDS = {"name", "address", "website", "email", "wording"}
UNIT_LENGTH = 3  # letters; units such as kg are not capitalised
MOST_SHOWN = 200  # parts of one sort that a page or paper lists
LEAST_LENGTH = 4  # shorter traces link everything with everything
LEAST_NUMBERS, LEAST_DIGITS = 2, 5  # house and postcode: fewer are alike by chance
LEAST_WORDING = 60  # letters; shorter answers are alike by chance


@dataclass(frozen=True, slots=True)
class Row:
    """One answer."""

    label: str
    value: str
    path: str
    lines: tuple[str, ...] = ()  # the parts of an answer with several


@dataclass(frozen=True, slots=True)
class Section:
    """A group of answers: the record itself, or one line, party or leg of it."""

    title: str
    rows: tuple[Row, ...]


def sections(
    record: Any, title: str = "The report", names: Mapping[str, str] = MappingProxyType({})
) -> tuple[Section, ...]:
    """Return every answer that was given, in the order of declaration and the reader's words.

    `names` are those of substances in the reader's language, by their international names.
    """
    own: list[Row] = []
    parts: list[Section] = []
    for declared, value, path in answers(record):
        label = translated(declared.metadata["label"])
        if is_dataclass(value):
            parts.extend(nested(value, label, path, names))
        elif isinstance(value, tuple) and value and is_dataclass(value[0]):
            for number, item in enumerate(value[:MOST_SHOWN], start=1):
                one = f"{label} {number}: {in_short(item, in_passing)}"
                parts.extend(nested(item, one, f"{path}.{number - 1}", names))
            if len(value) > MOST_SHOWN:
                more = count(len(value) - MOST_SHOWN)
                rest = gettext("%(number)s more, all in the record itself", number=more)
                own.append(Row(label, rest, path))
        else:
            own.append(row(declared, value, path, names))
    return (Section(translated(title), tuple(own)), *parts)


def nested(record: Any, title: str, path: str, names: Mapping[str, str]) -> Iterator[Section]:
    """Yield the section of a part, with paths that start at the whole."""
    for section in sections(record, title, names):
        rows = tuple(Row(r.label, r.value, f"{path}.{r.path}", r.lines) for r in section.rows)
        yield Section(section.title, rows)


def answers(record: Any) -> Iterator[tuple[Field[Any], Any, str]]:
    """Yield each declared answer that was given, with its path."""
    for declared in fields(record):
        value = getattr(record, declared.name)
        if declared.metadata.get("hidden") or value is None or value in ((), ""):
            continue
        if "label" in declared.metadata:
            yield declared, value, declared.name


def row(declared: Field[Any], value: Any, path: str, names: Mapping[str, str]) -> Row:
    """Return one answer in words."""
    shown = declared.metadata["shown"]
    if shown == "substance":
        local = names.get(value)
        text = f"{value} ({local})" if local else value
        return Row(translated(declared.metadata["label"]), text, path)
    parts = tuple(words(v, shown) for v in value) if isinstance(value, tuple) else ()
    text = "; ".join(parts) if parts else words(value, shown)
    return Row(translated(declared.metadata["label"]), text, path, parts)


def words(value: Any, shown: str = "") -> str:
    """Return a value as a person reads it."""
    if shown == "country":
        return country_name(value)
    if shown == "sentence":
        return retold(value)
    text = plain(value)
    return f"{text} {translated(shown)}" if shown and shown != "place" else text


def in_passing(value: Any) -> str:
    """Return a value inside a line: a word without a capital."""
    return translated(value.value) if isinstance(value, StrEnum) else plain(value)


def plain(value: Any) -> str:
    """Return a value without its unit."""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, StrEnum):
        text = translated(value.value)
        return text if len(value.value) <= UNIT_LENGTH else capitalised(text)
    if isinstance(value, Decimal):
        return decimal(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return str(value)


def capitalised(text: str) -> str:
    """Return a text with a capital at the front."""
    return text[:1].upper() + text[1:]


def mentions(record: Any, path: str = "") -> tuple[Mention, ...]:
    """Return every trace in the record that other records may hold too."""
    found: list[Mention] = []
    for declared in fields(record):
        value = getattr(record, declared.name)
        where = f"{path}.{declared.name}".lstrip(".")
        values = value if isinstance(value, tuple) else (value,)
        for number, item in enumerate(values):
            place = f"{where}.{number}" if isinstance(value, tuple) else where
            if is_dataclass(item):
                found.extend(mentions(item, place))
            elif declared.metadata.get("mention") and isinstance(item, str):
                found.extend(mention(declared.metadata["mention"], item, place))
    return tuple(dict.fromkeys(found))


def mention(sort: str, text: str, path: str) -> tuple[Mention, ...]:
    """Return one trace in the form in which it is compared, or nothing when too short."""
    key = search_key(text) if sort in COMPARED_AS_WORDS else compact_key(text)
    if len(key) < (LEAST_WORDING if sort == "wording" else LEAST_LENGTH):
        return ()
    found = Mention(sort, key[:200], text, path)
    return (found, *numbers(key, text, path)) if sort == "address" else (found,)


def numbers(key: str, text: str, path: str) -> tuple[Mention, ...]:
    """Return the numbers and the last word of an address: they stay when the rest is misspelt."""
    words = key.split()
    told = [word for word in words if any(letter.isdigit() for letter in word)]
    if len(told) < LEAST_NUMBERS or sum(map(len, told)) < LEAST_DIGITS:
        return ()
    value = " ".join(dict.fromkeys([*sorted(told), words[-1]]))
    return (Mention("address-numbers", value[:200], text, path),)


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that differs between two versions."""

    section: str
    label: str
    before: str
    after: str
    path: str


def differences(before: Any, after: Any) -> tuple[Change, ...]:
    """Return what a correction changed, field by field, in the order of the newer version."""
    old, new = places(before), places(after)
    paths = dict.fromkeys([*new, *old])
    return tuple(
        Change(
            section=(new.get(path) or old[path])[0],
            label=(new.get(path) or old[path])[1],
            before=old[path][2] if path in old else "",
            after=new[path][2] if path in new else "",
            path=path,
        )
        for path in paths
        if (old.get(path) or ("", "", ""))[2] != (new.get(path) or ("", "", ""))[2]
    )


def places(record: Any) -> dict[str, tuple[str, str, str]]:
    """Return section, label and words of every answer by its path."""
    return {
        row.path: (section.title, row.label, row.value)
        for section in sections(record)
        for row in section.rows
    }
