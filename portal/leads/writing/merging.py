"""What two people wrote on one page at once, put together. Plain Python.

An answer, or a row of a list, that only one of them changed is taken from whoever changed it. Where
both changed the same, somebody chooses. Rows are told apart by their own number where they have
one, else by their place. If it is not known how the page was before, whatever differs is chosen.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.leads.writing.rules import LISTS, Typed

KEYS = {"texts": "row", "subjects": "number"}  # what tells the rows of a list apart
MINE, THEIRS = "mine", "theirs"
INPUT = re.compile(r"(?P<list>[a-z]+)-(?P<place>[0-9]+)-(?P<rest>.+)")
Said = tuple[str, ...]
Row = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Clash:
    """An answer, or a whole row, that both changed; empty where one of them has dropped it."""

    name: str  # what is chosen, whatever the places of rows
    mine_at: str  # the input, or what the inputs of the row begin with
    theirs_at: str


@dataclass(slots=True)
class Page:
    """A page as it was typed: answers by name, and the rows of each list by their keys."""

    plain: dict[str, list[str]] = field(default_factory=dict)
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    places: dict[tuple[str, str], str] = field(default_factory=dict)  # inputs begin so

    def at(self, name: str, key: str, rest: str = "") -> str:
        """Return where a row, or an answer in it, stands on the page; empty for nowhere."""
        start = self.places.get((name, key), "")
        return f"{start}-{rest}" if start and rest else start


@dataclass(slots=True)
class Merging:
    """Two pages that are put together on what they were before."""

    base: Page | None
    mine: Page
    theirs: Page
    chosen: Mapping[str, str]
    clashes: list[Clash] = field(default_factory=list)

    def plain(self) -> Typed:
        """Return the answers beside the lists."""
        found: Typed = {}
        for name in dict.fromkeys([*self.theirs.plain, *self.mine.plain]):
            base = self.base.plain.get(name, []) if self.base else None
            mine, theirs = self.mine.plain.get(name, []), self.theirs.plain.get(name, [])
            found[name] = self.one(base, mine, theirs, Clash(name, name, name))
        return found

    def one(
        self, base: list[str] | None, mine: list[str], theirs: list[str], clash: Clash
    ) -> list[str]:
        """Return the answer of whoever changed it, or of whom was chosen."""
        if said(mine) == said(theirs) or (base is not None and said(theirs) == said(base)):
            return mine
        if base is not None and said(mine) == said(base):
            return theirs
        return theirs if self.picked(clash) == THEIRS else mine

    def picked(self, clash: Clash) -> str:
        """Return what was chosen, and remember that there was something to choose."""
        self.clashes.append(clash)
        return self.chosen.get(clash.name, MINE)

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a list, in their order."""
        before = self.base.rows.get(name, {}) if self.base else {}
        mine, theirs = self.mine.rows.get(name, {}), self.theirs.rows.get(name, {})
        found = []
        for key in in_order(before, mine, theirs):
            row = self.row(name, key, before.get(key), (mine.get(key), theirs.get(key)))
            if row is not None:
                found.append(row)
        return found

    def row(
        self, name: str, key: str, before: Row | None, both: tuple[Row | None, Row | None]
    ) -> Row | None:
        """Return a row of whoever changed, added or dropped it; None where it was dropped."""
        mine, theirs = both
        if mine is not None and theirs is not None and (before is not None or not self.base):
            return self.within(name, key, before, (mine, theirs))
        if same(mine, theirs) or (self.base and same(theirs, before)):
            return mine
        if self.base and same(mine, before):
            return theirs
        if key.startswith("new "):
            return mine
        clash = Clash(f"{name}:{key}", self.mine.at(name, key), self.theirs.at(name, key))
        return theirs if self.picked(clash) == THEIRS else mine

    def within(self, name: str, key: str, before: Row | None, both: tuple[Row, Row]) -> Row:
        """Return a row that both have, answer by answer."""
        mine, theirs = both
        found = {}
        for rest in dict.fromkeys([*theirs, *mine]):
            clash = Clash(
                f"{name}:{key}:{rest}",
                self.mine.at(name, key, rest),
                self.theirs.at(name, key, rest),
            )
            base = before.get(rest, []) if before is not None else None
            found[rest] = self.one(base, mine.get(rest, []), theirs.get(rest, []), clash)
        return found


def merged(
    base: Typed | None, mine: Typed, theirs: Typed, chosen: Mapping[str, str]
) -> tuple[Typed, tuple[Clash, ...]]:
    """Return the page with what both changed, and what there was to choose; unchosen is mine."""
    before = page_of(base) if base is not None else None
    work = Merging(before, page_of(mine), page_of(theirs), chosen)
    found = work.plain()
    for name in sorted(LISTS):
        for place, row in enumerate(work.rows(name)):
            found |= {f"{name}-{place}-{rest}": values for rest, values in row.items()}
    return {name: values for name, values in found.items() if values}, tuple(work.clashes)


def page_of(typed: Typed) -> Page:
    """Return a page by its answers and rows; places are those of the inputs."""
    page = Page()
    lists: dict[tuple[str, int], dict[str, list[str]]] = {}
    for name, values in typed.items():
        part = INPUT.fullmatch(name)
        if part is None or part["list"] not in LISTS:
            page.plain[name] = values
        else:
            lists.setdefault((part["list"], int(part["place"])), {})[part["rest"]] = values
    for (name, place), row in sorted(lists.items()):
        key = key_of(name, place, row)
        if any(said(values) for rest, values in row.items() if rest != KEYS.get(name)):
            page.rows.setdefault(name, {})[key] = row
            page.places[name, key] = f"{name}-{place}"
    return page


def key_of(name: str, place: int, row: Row) -> str:
    """Return what tells a row from the others of its list."""
    if name not in KEYS:
        return str(place)
    own = said(row.get(KEYS[name], []))
    return own[0] if own else f"new {place}"


def in_order(before: Iterable[str], mine: Iterable[str], theirs: Iterable[str]) -> list[str]:
    """Return the keys of all rows in the order of whoever moved them, and what is new behind."""
    kept = set(before) & set(mine) & set(theirs)
    moved = [one for one in mine if one in kept] != [one for one in before if one in kept]
    first, then = (mine, theirs) if moved else (theirs, mine)
    return list(dict.fromkeys([*first, *then]))


def same(left: Row | None, right: Row | None) -> bool:
    """Tell whether two rows say the same."""
    if left is None or right is None:
        return left is right
    return all(said(left.get(one, [])) == said(right.get(one, [])) for one in {*left, *right})


def said(values: list[str]) -> Said:
    """Return an answer as it is compared: however a browser writes line ends, nothing is empty."""
    found = tuple(one.replace("\r\n", "\n").strip() for one in values)
    return found if any(found) else ()
