"""Judging rows: the same pages as a person fills in, each distinct page of a sheet only once."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from portal.core.ui import flat
from portal.intake.queries import filled
from portal.submissions.data import SubmissionData
from portal.submissions.kind import Kind, Step
from portal.uploads.columns import Writer, writer
from portal.uploads.data import Column, Complaint

MOST_KEPT = 50_000  # pages that are remembered
TRUE = {"true": ["y"]}


@dataclass(frozen=True, slots=True)
class Page:
    """What one filled page of a form came to."""

    answers: Any = None
    wrong: tuple[tuple[str, str], ...] = ()  # question and message


@dataclass(frozen=True, slots=True)
class Judged:
    """A row: its record when it is good, or what is wrong with it."""

    cells: list[str]
    mark: str
    parts: Mapping[str, Any] = field(default_factory=dict)
    complaints: tuple[Complaint, ...] = ()


@dataclass
class Checker:
    """Judges the rows of one sheet."""

    kind: Kind[Any]
    columns: tuple[Column, ...]
    declared_by: str
    pages: dict[tuple[str, tuple[str, ...]], Page] = field(default_factory=dict)

    @cached_property
    def groups(self) -> tuple[tuple[Step, int | None, tuple[tuple[int, Column, Writer], ...]], ...]:
        """Return each page that the sheet has columns for, with their places."""
        steps = {step.slug: step for step in self.kind.steps}
        order = sorted(enumerate(self.columns), key=lambda p: (p[1].step, p[1].item or 0))
        return tuple(
            (
                steps[slug],
                item,
                tuple((place, one, writer(steps[slug], one.field)) for place, one in found),
            )
            for (slug, item), found in groupby(order, key=lambda p: (p[1].step, p[1].item))
        )

    def judge(self, cells: Sequence[str]) -> Judged:
        """Return what one row comes to."""
        row = [*cells, *[""] * (len(self.columns) - len(cells))]
        parts: dict[str, Any] = {}
        wrong: list[Complaint] = []
        for step, item, found in self.groups:
            said = tuple(row[place] for place, _, _ in found)
            if step.many and not any(said):
                continue
            page = self.page(step, said, found)
            for name, message in page.wrong:
                wrong.append(complaint(step, item, name, message, row, found))
            if step.many:
                parts.setdefault(step.slug, []).append(page.answers)
            else:
                parts[step.slug] = page.answers
        wrong.extend(self.missing(parts))
        if any(row[len(self.columns) + 1 :]):  # one beyond may hold the reasons of last time
            wrong.append(Complaint("", "", "The row has more cells than there are columns"))
        return Judged(row, mark_of(self.kind, self.columns, row), parts, tuple(wrong))

    def page(
        self, step: Step, said: tuple[str, ...], found: Iterable[tuple[int, Column, Writer]]
    ) -> Page:
        """Return what a page comes to; the same cells are judged once."""
        key = (step.slug, said)
        if key not in self.pages:
            if len(self.pages) >= MOST_KEPT:
                self.pages.clear()
            typed = {
                one.field: write(cell)
                for cell, (_, one, write) in zip(said, found, strict=True)
                if cell
            }
            self.pages[key] = self.fill(step, typed)
        return self.pages[key]

    def fill(self, step: Step, typed: dict[str, list[str]]) -> Page:
        """Fill and check one page, as a person would."""
        if step.slug == "declaration":
            typed = {"declared_by": [self.declared_by]} | typed | TRUE
        form = filled(step, typed or {"": [""]})
        if form.errors:
            return Page(wrong=tuple((f.short_name, next(flat(f.errors))) for f in form if f.errors))
        return Page(form.to_data())

    def missing(self, parts: dict[str, Any]) -> Iterator[Complaint]:
        """Fill the pages that the sheet has no columns for; say what a row lacks."""
        for step in self.kind.steps:
            if step.many:
                parts.setdefault(step.slug, [])
                if len(parts[step.slug]) < step.least and step.slug != self.kind.gathers:
                    what = f"At least {step.least} needed: {step.title}"
                    yield Complaint(f"{step.slug}.1", "", what)
            elif step.slug not in parts:
                page = self.page(step, (), ())
                parts[step.slug] = page.answers
                for name, message in page.wrong:
                    yield Complaint(f"{step.slug}.{name}", "", message)

    def record(self, parts: Mapping[str, Any]) -> SubmissionData:
        """Return the record that the pages of a good row make."""
        built: SubmissionData = self.kind.build(parts)
        return built

    def contradictions(self, parts: Mapping[str, Any]) -> tuple[Complaint, ...]:
        """Return what contradicts itself between the pages of a good row."""
        found = self.kind.problems(self.record(parts))
        return tuple(Complaint(f"{one.step}.{one.field}", "", one.message) for one in found)


def complaint(
    step: Step,
    item: int | None,
    name: str,
    message: str,
    row: Sequence[str],
    found: Iterable[tuple[int, Column, Writer]],
) -> Complaint:
    """Return what is wrong with a cell, with the column it stands in or should."""
    for place, one, _ in found:
        if one.field == name:
            return Complaint(one.name, row[place][:200], message)
    middle = "" if item is None else f"{item + 1}."
    return Complaint(f"{step.slug}.{middle}{name}", "", message)


def mark_of(kind: Kind[Any], columns: Sequence[Column], row: Sequence[str]) -> str:
    """Return what tells a row from others, whatever the order of its columns."""
    named = sorted((one.name, cell) for one, cell in zip(columns, row, strict=False) if cell)
    text = json.dumps([kind.slug, named], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def gathered(checker: Checker, parts: Mapping[str, Any]) -> str:
    """Return what rows of one submission share: everything but the list that is gathered."""
    own = {slug: said for slug, said in parts.items() if slug != checker.kind.gathers}
    return hashlib.sha256(json.dumps(own, default=str, sort_keys=True).encode()).hexdigest()
