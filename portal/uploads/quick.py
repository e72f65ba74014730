"""Rows judged by what the pages took before; the pages stay the law.

An answer that looks at no other is good in every row once a page took it. An answer that another
one asks for is good beside the same. A form says by `alone` that its own checks look at nothing
else; a row of which anything is not known goes to the page itself. Columns are looked at as a
whole, so that an answer that stands in a thousand rows is looked up once.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import Optional

from portal.core.forms import AtMost, ExactField, PortalForm, Required, RequiredIf
from portal.submissions.kind import Step

NUMBER = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?", re.ASCII)
MOST_KNOWN = 50_000  # answers to one question that are remembered
Reader = Callable[[str], Any]
Held = Mapping[str, Any]  # what the form holds once an answer is read


class Answer:
    """A question as it is read once the page is right."""

    __slots__ = ("data",)

    def __init__(self, data: Any) -> None:
        self.data = data


class Quick:
    """What is known of one page that stands in each row."""

    def __init__(self, step: Step, names: Sequence[str]) -> None:
        form = step.form(formdata=None, meta={"csrf": False})
        self.names = tuple(names)
        self.known: list[dict[str, Held]] = [{} for _ in names]
        own = step.form.alone  # an answer with a check of its own is read by the page alone
        self.readers = [None if name in own else reader(form[name]) for name in names]
        self.ties = tuple(
            (self.place(check.other), self.place(field.short_name))
            for field in form
            for check in field.validators
            if isinstance(check, RequiredIf)
        )
        self.together: set[tuple[Any, ...]] = set()
        self.rest: dict[str, Any] = {}
        self.filled = type("Filled", (), {"to_data": step.form.to_data})
        self.leaves = step.form.alone

    def place(self, name: str) -> int | None:
        """Return where a question stands in the row."""
        return self.names.index(name) if name in self.names else None

    def learn(self, said: tuple[str, ...], form: PortalForm) -> None:
        """Remember the answers of a page that is right."""
        if not self.rest:
            self.rest = {
                field.short_name: Answer(field.data)
                for field in form
                if field.short_name not in self.names
            }
        for cell, name, known in zip(said, self.names, self.known, strict=True):
            if len(known) < MOST_KNOWN:
                left = {one: getattr(form, one) for one in self.leaves.get(name, ())}
                known[cell] = {name: Answer(form[name].data), **left}
        self.together.add(tuple(tie[0] for tie in self.tied([*zip(said, strict=True)])))

    def tied(self, columns: Sequence[Sequence[str]]) -> list[Sequence[tuple[str | None, bool]]]:
        """Return for each tie what the answer that asks is, and whether the other was given."""
        size = len(columns[0])
        nothing: Sequence[None] = (None,) * size
        return [
            [
                (asks, bool(given))
                for asks, given in zip(
                    nothing if other is None else columns[other],
                    nothing if own is None else columns[own],
                    strict=True,
                )
            ]
            for other, own in self.ties
        ]

    def take(self, rows: Sequence[tuple[str, ...]]) -> list[tuple[Any, ...] | None]:
        """Return the part of the record that each page makes, alone in a tuple.

        An empty page makes an empty tuple; None stands for one that is not known to be right.
        """
        columns = list(zip(*rows, strict=True))
        held = [self.held(place, column) for place, column in enumerate(columns)]
        ties = list(zip(*self.tied(columns), strict=True)) or [()] * len(rows)
        return [
            self.page(answers, tie) if any(said) else ()
            for said, answers, tie in zip(rows, zip(*held, strict=True), ties, strict=True)
        ]

    def held(self, place: int, column: Sequence[str]) -> list[Held | None]:
        """Return what the form holds for each cell of a column; None where it is not known."""
        known, read, name = self.known[place], self.readers[place], self.names[place]
        found: dict[str, Held | None] = {}
        for cell in set(column):
            found[cell] = known.get(cell)
            if found[cell] is None and read is not None and (value := read(cell)) is not None:
                found[cell] = {name: Answer(value)}
        return [found[cell] for cell in column]

    def page(self, answers: Sequence[Held | None], tie: tuple[Any, ...]) -> tuple[Any] | None:
        """Return what a page makes, or None."""
        if tie not in self.together:
            return None
        page = self.filled()
        holds = page.__dict__
        holds.update(self.rest)
        for answer in answers:
            if answer is None:
                return None
            holds.update(answer)
        return (page.to_data(),)


def can_be_quick(form: type[PortalForm]) -> bool:
    """Tell whether every check of a form looks at one answer, or at one that asks for it."""
    own = {name.removeprefix("validate_") for name in dir(form) if name.startswith("validate_")}
    return bool(form.alone) and own - {"on_submit"} <= set(form.alone)


def reader(field: Field) -> Reader | None:
    """Return what reads an answer that needs no page: plain text, and a plain number."""
    checks = [type(check) for check in field.validators]
    if type(field) is ExactField and set(checks) == {Required}:
        return lambda cell: Decimal(cell) if NUMBER.fullmatch(cell) else None
    if isinstance(field, StringField) and not isinstance(field, TextAreaField):
        limits = [check.limit for check in field.validators if isinstance(check, AtMost)]
        if type(field) is StringField and limits and set(checks) <= {AtMost, Optional, RequiredIf}:
            most = min(limits)
            return lambda cell: cell if cell and len(cell) <= most and plain(cell) else None
    return None


def plain(cell: str) -> bool:
    """Tell whether a text is stored as it stands."""
    return cell.isascii() and cell.isprintable()
