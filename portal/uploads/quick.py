"""Rows judged by what the pages took before; the pages stay the law.

An answer that looks at no other is good in every row once a page took it. An answer that another
one asks for is good beside the same. A form says by `alone` that its own checks look at nothing
else; a row of which anything is not known goes to the page itself.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from wtforms import Field, StringField, TextAreaField
from wtforms.validators import Optional

from portal.core.forms import AtMost, ExactField, PortalForm, Required, RequiredIf
from portal.submissions.kind import Step

NUMBER = re.compile(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?", re.ASCII)
MOST_KNOWN = 200_000  # answers to one question that are remembered
Reader = Callable[[str], Any]
Known = dict[str, Mapping[str, Any]]  # by cell, what the form holds then


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
        self.known: list[Known] = [{} for _ in names]
        self.readers = [reader(form[name]) for name in names]
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
        self.together.add(self.tied(said))

    def tied(self, said: tuple[str, ...]) -> tuple[Any, ...]:
        """Return what the answers that ask for others are, and whether those were given."""
        return tuple(
            (None if other is None else said[other], own is not None and said[own] != "")
            for other, own in self.ties
        )

    def row(self, said: tuple[str, ...]) -> Iterable[tuple[str, Known, Reader | None]]:
        """Return each cell with what is known of its question."""
        return zip(said, self.known, self.readers, strict=True)

    def accepts(self, said: tuple[str, ...]) -> bool:
        """Tell whether the page is known to be right."""
        for cell, known, read in self.row(said):
            if cell not in known and (read is None or read(cell) is None):
                return False
        return self.tied(said) in self.together

    def answers(self, said: tuple[str, ...]) -> Any:
        """Return the part of the record that a page makes; None if it is not known."""
        page = self.filled()
        found = page.__dict__
        found.update(self.rest)
        for cell, name, known, read in zip(said, self.names, self.known, self.readers, strict=True):
            if cell in known:
                found.update(known[cell])
            elif read is not None and (value := read(cell)) is not None:
                found[name] = Answer(value)
            else:
                return None
        return page.to_data() if self.tied(said) in self.together else None


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
