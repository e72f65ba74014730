"""The columns of a kind's sheet, made from its pages, and cells turned into typed answers."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from wtforms import BooleanField, Field, SelectField, SelectMultipleField, TextAreaField

from portal.core.forms import CountryField, DatePartsField
from portal.core.languages import gettext
from portal.submissions.kind import Kind, Step
from portal.uploads.data import Column, SheetError

NOT_ASKED = {"csrf_token", "pick", "true"}  # the declaration is made once, for the whole sheet
OFFERED = {"substances": 2, "parties": 3, "legs": 2, "authorisations": 2, "containers": 1}
MOST_ITEMS = 50  # of a repeated step in one row
NUMBERED = re.compile(r"([a-z_]+)\.([0-9]{1,3})\.([a-z_]+)")
YES = {"yes", "y", "true", "1", "x", "ja", "oui", "sí", "да", "是", "نعم", "ใช่"}
DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})( 00:00:00)?")
MOST_CHOICES = 40
REASONS = "reasons"


def offered(kind: Kind[Any]) -> tuple[Column, ...]:
    """Return the columns of the template of a kind, in the order of its pages."""
    found: list[Column] = []
    for step in kind.steps:
        places: Iterable[int | None] = (None,)
        if step.many and step.slug != kind.gathers:
            places = range(OFFERED.get(step.slug, 1))
        for item in places:
            found.extend(column(step, item, field) for field in fields_of(step).values())
    return tuple(found)


def column(step: Step, item: int | None, field: Field) -> Column:
    """Return one column."""
    middle = "" if item is None else f"{item + 1}."
    choices: tuple[str, ...] = ()
    if isinstance(field, SelectField) and not isinstance(field, CountryField):
        choices = tuple(str(value) for value in field.choices or () if value)
    return Column(
        name=f"{step.slug}.{middle}{field.short_name}",
        step=step.slug,
        item=item,
        field=field.short_name,
        label=str(field.label.text),
        hint=str(field.description or ""),
        needed=bool(field.flags.required) and (item is None or item < step.least),
        choices=choices[:MOST_CHOICES],
    )


@lru_cache(maxsize=64)
def fields_of(step: Step) -> Mapping[str, Field]:
    """Return the questions of a page by name, with what is typed nowhere left out."""
    form = step.form(formdata=None, meta={"csrf": False})
    return {f.short_name: f for f in form if f.short_name not in NOT_ASKED}


def read_header(kind: Kind[Any], header: Sequence[str]) -> tuple[Column, ...]:
    """Return what each column of a sheet is.

    Raises:
        SheetError: a header is unknown or stands there twice; none is known.
    """
    names = [name.strip().lower() for name in header]
    while names and names[-1] in {"", REASONS}:  # a sheet that was handed back is taken again
        names.pop()
    if not names:
        raise SheetError("The sheet is empty. The first row must hold the names of the columns")
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        words = gettext(
            "These columns stand there twice: %(columns)s", columns=", ".join(sorted(twice))
        )
        raise SheetError(words)
    return tuple(known(kind, name) for name in names)


def known(kind: Kind[Any], name: str) -> Column:
    """Return the column of a name.

    Raises:
        SheetError: there is none.
    """
    numbered = NUMBERED.fullmatch(name)
    slug, _, alone = name.partition(".")
    step = kind.step(numbered[1] if numbered else slug)
    field = fields_of(step).get(numbered[3] if numbered else alone) if step else None
    if step is None or field is None or bool(numbered) != (step.many and slug != kind.gathers):
        words = gettext(
            "The column “%(name)s” is not known. Take the names from the template,"
            " and leave its first row as it is",
            name=name[:80],
        )
        raise SheetError(words)
    number = int(numbered[2]) if numbered else None
    if number is not None and not 1 <= number <= MOST_ITEMS:
        words = gettext(
            "The column “%(name)s” has a number that is not from 1 to %(most)s",
            name=name,
            most=MOST_ITEMS,
        )
        raise SheetError(words)
    return column(step, None if number is None else number - 1, field)


Writer = Callable[[str], list[str]]


def writer(step: Step, name: str) -> Writer:
    """Return what turns a cell into what a browser would send for the question."""
    field = fields_of(step)[name]
    if isinstance(field, DatePartsField):
        return dated
    if isinstance(field, BooleanField):
        return lambda cell: ["y"] if cell.lower() in YES else []
    if isinstance(field, SelectMultipleField):
        choose = chooser(field)
        return lambda cell: [choose(one.strip()) for one in cell.split(";") if one.strip()]
    if isinstance(field, SelectField):
        choose = chooser(field)
        return lambda cell: [choose(cell)]
    if isinstance(field, TextAreaField) and several(field):
        return lambda cell: ["\n".join(one.strip() for one in cell.split(";"))]
    return lambda cell: [cell]


def several(field: Field) -> bool:
    """Tell whether a question takes one answer on each line."""
    return any(getattr(check, "several", False) for check in field.validators)


def chooser(field: SelectField) -> Callable[[str], str]:
    """Return what finds a choice by its value or its words, whatever the case."""
    choices: Mapping[Any, Any] = field.choices or {}
    by_words = {str(label).lower(): str(value) for value, label in choices.items()}
    by_words |= {str(value).lower(): str(value) for value in choices}
    return lambda cell: by_words.get(cell.lower(), cell)


def dated(cell: str) -> list[str]:
    """Return day, month and year of an ISO 8601 date; anything else as it stands."""
    found = DATE.fullmatch(cell)
    return [found[3], found[2], found[1]] if found else [cell]


def shown(value: Any) -> str:
    """Return a cell of a sheet as text: a number in full, a day by ISO 8601."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date):
        return value.isoformat()[:10]
    return str(value).strip()
