"""Plain values of bulletins: what they are about, whom they address, when they are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class Sort(StrEnum):
    """What a bulletin is about; companies read it."""

    SUBSTANCE = "new substance"
    ROUTE = "route of goods"
    CUSTOMER = "sort of customer"
    METHOD = "way of ordering"
    OTHER = "warning"


class Ground(StrEnum):
    """Which part of what was typed a bulletin is about; reporters read it."""

    SUBSTANCE = "the substance"
    COUNTRY = "the country"
    ROUTE = "the route"
    NAME = "the name of somebody"


@dataclass(frozen=True, slots=True)
class NamePattern:
    """The shape of a name, never a name that is shown; no regular expression."""

    sort: str  # words, look-alike or form
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """When a bulletin is shown beside a draft."""

    substances: tuple[str, ...] = ()  # keys of the reference
    goods: tuple[str, ...] = ()  # words of goods that are not on the list
    countries: tuple[str, ...] = ()  # ISO 3166-1 alpha-2
    routes: tuple[tuple[str, str], ...] = ()  # from, to
    names: tuple[NamePattern, ...] = ()
    together: bool = False  # every sort of sign must be there, not any

    def to_json(self) -> dict[str, Any]:
        """Return the signs as they are stored."""
        return {
            "substances": list(self.substances),
            "goods": list(self.goods),
            "countries": list(self.countries),
            "routes": [list(one) for one in self.routes],
            "names": [[one.sort, one.value] for one in self.names],
            "together": self.together,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Signs":
        """Return the signs that were stored."""
        return cls(
            substances=tuple(kept.get("substances", ())),
            goods=tuple(kept.get("goods", ())),
            countries=tuple(kept.get("countries", ())),
            routes=tuple((one[0], one[1]) for one in kept.get("routes", ())),
            names=tuple(NamePattern(*one) for one in kept.get("names", ())),
            together=bool(kept.get("together")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """Whom a bulletin addresses; empty: everybody."""

    activities: tuple[str, ...] = ()
    substances: tuple[str, ...] = ()
    licensed: bool | None = None  # with a licence or registration on file, without, or either


@dataclass(frozen=True, slots=True, kw_only=True)
class Handled:
    """What the register says of a company: nothing else decides what it is shown."""

    activities: frozenset[str] = frozenset()
    substances: frozenset[str] = frozenset()
    licensed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a reporter typed so far, as far as bulletins look at it."""

    substances: frozenset[str] = frozenset()
    goods: tuple[str, ...] = ()
    origins: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an officer says of a bulletin beside its texts."""

    sort: Sort
    aim: Aim
    signs: Signs
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A bulletin's text in one language, as an officer wrote it."""

    language: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Met:
    """That an edition of a bulletin is about something that was typed."""

    bulletin_id: UUID
    number: int
    grounds: tuple[Ground, ...]

    def to_json(self) -> list[Any]:
        """Return it as it is kept."""
        return [str(self.bulletin_id), self.number, [one.name for one in self.grounds]]

    @classmethod
    def from_json(cls, kept: Sequence[Any]) -> "Met":
        """Return what was kept."""
        bulletin_id, number, grounds = kept
        return cls(UUID(bulletin_id), number, tuple(Ground[one] for one in grounds))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A bulletin as a company sees it."""

    id: UUID
    number: int
    sort: Sort
    said: Said  # in the reader's language, if it was written in it
    others: tuple[Said, ...]
    published_at: datetime
    until: date | None
    unread: bool
    over: bool = False  # no longer in force
    withdrawn: bool = False
    grounds: tuple[Ground, ...] = ()
