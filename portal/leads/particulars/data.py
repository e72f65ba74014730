"""Plain values of particulars: what the sources of a lead offer to be taken."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSubject:
    """Somebody or something that a source names, with what belongs to it there."""

    entity_id: UUID
    submission_id: UUID
    sort: str
    name: str
    role: str = ""
    country: str = ""
    other_names: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()  # sort, value
    times: int = 1  # sources that name it


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """How much of a substance the sources speak of together."""

    substance: str  # key of the reference; empty when it is not on the list
    name: str
    cas: str = ""
    exact_kg: Decimal | None = None  # of anhydrous base; none: it cannot be reckoned
    lines: int = 1

    @property
    def token(self) -> str:
        """Return what stands for it in a form."""
        return self.substance or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on the way that a source tells."""

    part: str
    name: str
    country: str = ""
    locode: str = ""
    latitude: float | None = None
    longitude: float | None = None
    kinds: tuple[str, ...] = ()  # what the list of places says it is
    submission_id: UUID | None = None
    reference: str = ""

    @property
    def token(self) -> str:
        """Return what stands for it in a form."""
        return f"{self.part}:{self.locode or self.name}"
