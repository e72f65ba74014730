"""One place of a lead on both sides: what officers wrote, and what partners will read."""

from dataclasses import dataclass
from datetime import datetime

from portal.leads.sanitising.data import Mark
from portal.leads.sanitising.rules.marking import in_source, pieces
from portal.leads.wording import Place


@dataclass(frozen=True, slots=True)
class Kept:
    """A mark that stays, and why."""

    mark: Mark
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Beside:
    """One place: what officers wrote, what partners will read, and what betrays in it."""

    written: str
    place: Place  # for partners
    marks: tuple[Mark, ...]  # not answered
    kept: tuple[Kept, ...]

    written_spans: tuple[tuple[int, int], ...] = ()  # what betrays in what officers wrote

    @property
    def changed(self) -> bool:
        """Tell whether partners read other words."""
        return self.written != self.place.text

    @property
    def officers(self) -> tuple[tuple[str, bool], ...]:
        """Return what officers wrote, in pieces."""
        return pieces(self.written, self.written_spans)

    @property
    def partners(self) -> tuple[tuple[str, bool], ...]:
        """Return what partners will read, in pieces."""
        marks = (*self.marks, *(one.mark for one in self.kept))
        return pieces(self.place.text, (span for mark in marks for span in mark.spans))

    @property
    def sources(self) -> tuple[tuple[Mark, tuple[tuple[str, bool], ...]], ...]:
        """Return the answers of sources that stand in the words for partners, in pieces."""
        return tuple((mark, in_source(mark)) for mark in self.marks)
