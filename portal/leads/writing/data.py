"""Plain values of writing: what can be quoted from a source."""

from dataclasses import dataclass
from uuid import UUID

from portal.leads.data import Provenance


@dataclass(frozen=True, slots=True)
class Quotable:
    """Words of a source that one button takes into the lead, with where they come from."""

    label: str
    text: str
    provenance: Provenance

    @property
    def token(self) -> str:
        """Return what stands for it in a form."""
        return self.provenance.token


@dataclass(frozen=True, slots=True)
class QuotableGroup:
    """What belongs together in a source: a part of the record, notes, findings."""

    title: str
    items: tuple[Quotable, ...]


@dataclass(frozen=True, slots=True)
class OpenSource:
    """A source that is open beside the page."""

    submission_id: UUID
    reference: str
    summary: str
    groups: tuple[QuotableGroup, ...]

    def quotable(self, token: str) -> Quotable | None:
        """Return what a button names, if it stands here."""
        return next(
            (one for group in self.groups for one in group.items if one.token == token), None
        )
