"""Judging rows: the same pages as a person fills in, each distinct page of a sheet only once."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from portal.core.forms import PortalForm
from portal.core.languages import gettext, translated
from portal.core.ui import flat
from portal.intake.queries import filled
from portal.submissions.data import SubmissionData
from portal.submissions.kind import Kind, Step
from portal.uploads.columns import Writer, writer
from portal.uploads.data import Column, Complaint
from portal.uploads.quick import Quick, can_be_quick

MOST_KEPT = 50_000  # pages that are remembered
MOST_AT_ONCE = 1_000  # rows that are looked at together
DIVIDER = "\x1f"  # stands in no text that is stored
TRUE = {"true": ["y"]}
Place = tuple[int, Column, Writer]  # of a cell in the row
Beside = tuple[str, dict[str, Any]]  # the pages beside a gathered list, and what tells them
Cut = Callable[[Sequence[str]], tuple[str, ...]]


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
    shared: str = ""  # the same in all rows of one submission, where a list is gathered
    items: tuple[Any, ...] = ()  # of that list


@dataclass
class Checker:
    """Judges the rows of one sheet."""

    kind: Kind[Any]
    columns: tuple[Column, ...]
    declared_by: str
    pages: dict[tuple[str, tuple[str, ...]], Page] = field(default_factory=dict)
    quick: dict[tuple[str, ...], Quick | None] = field(default_factory=dict)
    beside: dict[tuple[str, ...], Beside] = field(default_factory=dict)  # by their cells

    @cached_property
    def groups(self) -> tuple[tuple[Step, int | None, tuple[Place, ...]], ...]:
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

    @cached_property
    def cuts(self) -> tuple[Cut, ...]:
        """Return what takes the cells of each page out of a row."""
        return tuple(cut([place for place, _, _ in found]) for _, _, found in self.groups)

    def judge_all(self, rows: Sequence[Sequence[str]]) -> list[Judged]:
        """Return what some rows come to; what is like rows that were good is not filled in anew."""
        judged: list[Judged] = []
        size = 1  # grows while more becomes known
        while len(judged) < len(rows):
            some = [self.padded(cells) for cells in rows[len(judged) :][:size]]
            for row, items in zip(some, self.known_items(some), strict=True):
                beside = self.beside.get(self.rest(row)) if items else None
                if beside and items:
                    judged.append(Judged(row, self.mark(row), beside[1], (), beside[0], items))
                else:
                    judged.append(self.judge(row))
            size = min(2 * size, MOST_AT_ONCE)
        return judged

    def padded(self, cells: Sequence[str]) -> list[str]:
        """Return a row with a cell for each column."""
        return [*cells, *[""] * (len(self.columns) - len(cells))]

    def judge(self, cells: Sequence[str]) -> Judged:
        """Return what one row comes to, by its pages."""
        row = self.padded(cells)
        parts: dict[str, Any] = {}
        wrong: list[Complaint] = []
        for (step, item, found), take in zip(self.groups, self.cuts, strict=True):
            said = take(row)
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
        if wrong or not self.kind.gathers:
            return Judged(row, self.mark(row), parts, tuple(wrong))
        return self.learned(row, parts)

    def learned(self, row: list[str], parts: dict[str, Any]) -> Judged:
        """Return a good row of a list that is gathered; remember what stands beside the list."""
        items, parts[self.kind.gathers] = tuple(parts[self.kind.gathers]), []
        own = {slug: said for slug, said in parts.items() if slug != self.kind.gathers}
        shared = hashlib.sha256(json.dumps(own, default=str, sort_keys=True).encode()).hexdigest()
        if len(self.beside) < MOST_KEPT:
            self.beside[self.rest(row)] = shared, parts
        return Judged(row, self.mark(row), parts, (), shared, items)

    def known_items(self, rows: Sequence[list[str]]) -> list[tuple[Any, ...] | None]:
        """Return the items of the gathered list in each row; None where a page must be asked."""
        if not self.beside:
            return [None] * len(rows)
        found: list[tuple[Any, ...] | None] = [
            () if len(row) == len(self.columns) else None for row in rows
        ]
        for (step, _, places), take in zip(self.groups, self.cuts, strict=True):
            if step.slug != self.kind.gathers:
                continue
            quick = self.quick_of(step, places)
            pages = quick.take([take(row) for row in rows]) if quick else [None] * len(rows)
            found = [
                None if had is None or page is None else (*had, *page)
                for had, page in zip(found, pages, strict=True)
            ]
        return found

    @cached_property
    def rest(self) -> Cut:
        """Return what takes the cells out of a row that stand beside the gathered list."""
        gathers = self.kind.gathers
        return cut([n for n, one in enumerate(self.columns) if one.step != gathers])

    @cached_property
    def order(self) -> tuple[tuple[str, int], ...]:
        """Return the names of columns with their places, by name."""
        return tuple(sorted((f"{one.name} ", place) for place, one in enumerate(self.columns)))

    def mark(self, row: Sequence[str]) -> str:
        """Return what tells a row from others, whatever the order of its columns."""
        said = [name + row[at] for name, at in self.order if row[at]]
        return hashlib.sha256(f"{self.kind.slug}{DIVIDER}{DIVIDER.join(said)}".encode()).hexdigest()

    def page(self, step: Step, said: tuple[str, ...], found: Sequence[Place]) -> Page:
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
            form = self.fill(step, typed)
            if form.errors:
                wrong = ((f.short_name, next(flat(f.errors))) for f in form if f.errors)
                self.pages[key] = Page(wrong=tuple(wrong))
            else:
                self.pages[key] = Page(form.to_data())
                if said and (quick := self.quick_of(step, found)):
                    quick.learn(said, form)
        return self.pages[key]

    def quick_of(self, step: Step, found: Sequence[Place]) -> Quick | None:
        """Return what is known of the page that stands in each row, if it can be judged so."""
        if step.slug != self.kind.gathers:
            return None
        names = tuple(one.field for _, one, _ in found)
        if names not in self.quick:
            self.quick[names] = Quick(step, names) if can_be_quick(step.form) else None
        return self.quick[names]

    def fill(self, step: Step, typed: dict[str, list[str]]) -> PortalForm:
        """Fill and check one page, as a person would."""
        if step.slug == "declaration":
            typed = {"declared_by": [self.declared_by]} | typed | TRUE
        return filled(step, typed or {"": [""]})

    def missing(self, parts: dict[str, Any]) -> Iterator[Complaint]:
        """Fill the pages that the sheet has no columns for; say what a row lacks."""
        for step in self.kind.steps:
            if step.many:
                parts.setdefault(step.slug, [])
                if len(parts[step.slug]) < step.least and step.slug != self.kind.gathers:
                    what = gettext(
                        "At least %(least)s needed: %(what)s",
                        least=step.least,
                        what=translated(step.title),
                    )
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
    found: Iterable[Place],
) -> Complaint:
    """Return what is wrong with a cell, with the column it stands in or should."""
    for place, one, _ in found:
        if one.field == name:
            return Complaint(one.name, row[place][:200], message)
    middle = "" if item is None else f"{item + 1}."
    return Complaint(f"{step.slug}.{middle}{name}", "", message)


def cut(places: Sequence[int]) -> Cut:
    """Return what takes some cells out of a row, always as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[place] for place in places)
