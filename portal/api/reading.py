"""A body turned into what a browser would send for each question, with faults by JSON pointer."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    SelectMultipleField,
    TextAreaField,
)

from portal.api.data import Fault
from portal.api.parsing import Number
from portal.core.forms import DatePartsField, ExactField, PortalForm, YesNoField
from portal.core.ui import flat, seen
from portal.submissions.kind import Kind, Step

CONFIRM = "confirm_doubts"
DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
NOTHING = {"": [""]}  # a page that was sent empty: what is missing shows
MOST_NAME = 60  # characters of an unknown name that are repeated


class WrongTypeError(ValueError):
    """A value is of another type than the question takes."""


def fields_of(form: Any) -> Mapping[str, Field]:
    """Return the unfilled questions of a class of forms by name; they are only looked at."""
    return cached_fields(form)


@lru_cache(maxsize=128)
def cached_fields(form: Any) -> Mapping[str, Field]:
    """Return them, made once."""
    return {field.short_name: field for field in form(formdata=None, meta={"csrf": False})}


def takes_lines(field: Field) -> bool:
    """Tell whether a question takes one answer on each line."""
    checks = getattr(field, "validators", ())
    return isinstance(field, TextAreaField) and any(getattr(c, "several", False) for c in checks)


# --- one value ------------------------------------------------------------------------------------


def typed(field: Field, value: Any) -> list[str]:
    """Return what a browser would send for an answer; an empty list for none.

    Raises:
        WrongTypeError: saying what is taken instead.
    """
    if value is None:
        return []
    for sort, read in READERS:
        if isinstance(field, sort):
            return read(value)
    if takes_lines(field):
        return ["\n".join(lines(value))]
    return [text(value)]


def text(value: Any) -> str:
    """Return a text."""
    if not isinstance(value, str) or isinstance(value, Number):
        raise WrongTypeError("Send text, in quotation marks")
    return value


def number(value: Any) -> list[str]:
    """Return a decimal number by its digits; sent as text or as a number."""
    if not isinstance(value, str):
        raise WrongTypeError('Send a number, best as text such as "12.5"')
    return [str(value)]


def whole(value: Any) -> list[str]:
    """Return a whole number by its digits."""
    if not isinstance(value, Number):
        raise WrongTypeError("Send a whole number, without quotation marks")
    return [str(value)]


def ticked(value: Any) -> list[str]:
    """Return a box that is ticked, or not."""
    if not isinstance(value, bool):
        raise WrongTypeError("Send true or false, without quotation marks")
    return ["y"] if value else []


def yes_or_no(value: Any) -> list[str]:
    """Return the answer to a question of yes or no."""
    if not isinstance(value, bool):
        raise WrongTypeError("Send true, false or null, without quotation marks")
    return ["yes" if value else "no"]


def day(value: Any) -> list[str]:
    """Return day, month and year."""
    found = DATE.fullmatch(text(value))
    if found is None:
        raise WrongTypeError("Send a day as YYYY-MM-DD, such as 2026-03-27")
    return [found[3], found[2], found[1]]


def several(value: Any) -> list[str]:
    """Return several choices."""
    if not isinstance(value, list):
        raise WrongTypeError("Send a list of texts")
    return [text(one) for one in value]


def lines(value: Any) -> list[str]:
    """Return answers of one line each."""
    found = several(value)
    if any(len(one.splitlines()) > 1 for one in found):
        raise WrongTypeError("Send each answer as a text of its own, without line breaks")
    return found


READERS: tuple[tuple[type[Field], Callable[[Any], list[str]]], ...] = (
    (DatePartsField, day),
    (ExactField, number),
    (IntegerField, whole),
    (BooleanField, ticked),
    (YesNoField, yes_or_no),
    (SelectMultipleField, several),
)


# --- a page, and all of them ----------------------------------------------------------------------


def page(form: Any, value: Any, pointer: str) -> tuple[dict[str, list[str]], list[Fault]]:
    """Return what a browser would send for a page, and what could not be read."""
    if not isinstance(value, dict):
        return {}, [Fault("Send an object with the answers of this page by name", pointer)]
    known, said, faults = fields_of(form), {}, []
    for name, one in value.items():
        where = f"{pointer}/{escaped(name)}"
        if name not in known:
            faults.append(Fault(f"There is no question of this name: {short(name)}", where))
            continue
        try:
            said[name] = typed(known[name], one)
        except WrongTypeError as error:
            faults.append(Fault(str(error), where))
    return said, faults


def answers(kind: Kind[Any], value: Any) -> tuple[dict[str, Any], list[Fault]]:
    """Return the answers of a body as a draft would hold them, and what could not be read."""
    if not isinstance(value, dict):
        return {}, [Fault("Send an object with the pages of this kind by name", "")]
    found: dict[str, Any] = {}
    faults = [*strangers(kind, value)]
    for step in kind.steps:
        said = value.get(step.slug)
        if step.many:
            found[step.slug], wrong = items(step, [] if said is None else said)
        else:
            one, wrong = page(step.form, {} if said is None else said, f"/{step.slug}")
            found[step.slug] = one or NOTHING
        faults.extend(wrong)
    return found, faults


def strangers(kind: Kind[Any], value: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what stands in a body and belongs to no page."""
    known = {step.slug for step in kind.steps}
    for name, one in value.items():
        if name == CONFIRM:
            if not isinstance(one, bool):
                yield Fault("Send true or false", f"/{CONFIRM}")
        elif name not in known:
            yield Fault(f"There is no page of this name: {short(name)}", f"/{escaped(name)}")


def items(step: Step, value: Any) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Return the items of a repeated page, and what could not be read."""
    pointer = f"/{step.slug}"
    if not isinstance(value, list):
        return [], [Fault(f"Send a list, with an object for each {step.item}", pointer)]
    if len(value) > step.most:
        return [], [Fault(f"Send at most {step.most}; these are {len(value)}", pointer)]
    faults = []
    if len(value) < step.least:
        faults.append(Fault(f"Send at least {step.least}", pointer))
    found = []
    for place, one in enumerate(value):
        said, wrong = page(step.form, one, f"{pointer}/{place}")
        found.append({"id": str(place), "typed": said or NOTHING})
        faults.extend(wrong)
    return found, faults


def form_faults(form: PortalForm, pointer: str) -> Iterator[Fault]:
    """Yield what a page refuses, each with its place."""
    for field in form:
        if field.errors:
            detail = next(flat(field.errors), "This is not right")
            offered = getattr(form, "pick", None)
            if field.short_name == "substance" and offered is not None and offered.choices:
                one_of = ", ".join(
                    f"{key} ({name.strip()})" for key, name in offered.choices.items()
                )
                detail = f"{detail}: send one of these as pick: {one_of}"
            yield Fault(seen(detail), f"{pointer}/{field.short_name}")


def escaped(name: str) -> str:
    """Return a name as a JSON pointer holds it."""
    return seen(name[:MOST_NAME]).replace("~", "~0").replace("/", "~1")


def short(name: str) -> str:
    """Return a name that nobody expected, cut to what can be shown."""
    return seen(name[:MOST_NAME])
