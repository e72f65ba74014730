"""Plain values of the simulator: who is real, and what is filed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from portal.submissions.data import SubmissionData

DAYS = 730  # of a country, from its first submission to its last
Who = Mapping[str, str]  # path of a mention in the record: id of the real person or organisation


def chance(*parts: object) -> Random:
    """Return chance that is the same whenever the same parts are given."""
    return Random("/".join(map(str, parts)))  # noqa: S311  invented people, not secrets


@dataclass(frozen=True, slots=True)
class Written:
    """A name in the ways in which it can be written."""

    latin: tuple[str, ...]  # the usual way first, then other transliterations
    native: str | None = None  # in its own script, where that is another


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody can be found and reached, from some day on."""

    street: str
    postcode: str
    city: str
    phone: str
    email: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """A real person or organisation, of which records tell more or less."""

    id: str
    person: bool
    name: Written
    form: str  # legal form, as it is usually written; empty for a person
    native_form: str
    country: str
    place: Place
    moves: tuple[tuple[int, Place], ...] = ()  # day of the country, and where from then on
    registration: str | None = None
    tax: str | None = None
    website: str | None = None
    account: str | None = None
    identity: str | None = None
    born: date | None = None
    plate: str | None = None
    trade: str = ""
    goods: tuple[str, ...] = ()
    suppliers: tuple[int, ...] = ()
    scale: float = 1.0  # of its orders against those of its trade
    growth: float = 0.0  # of that scale over the two years
    text: int = 0  # which words it uses of itself

    def wants(self, day: int) -> float:
        """Return the scale of its orders on a day."""
        return self.scale * (1 + self.growth * day / DAYS)

    def at(self, day: int) -> Place:
        """Return where it is on a day."""
        found = self.place
        for since, place in self.moves:
            if day >= since:
                found = place
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """A company that files in the portal."""

    index: int
    real: Real
    forwarder: bool
    careful: float  # how much of what it knows it writes down, 0 to 1
    reporter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One submission, with what nobody but the simulator knows."""

    number: int = 0
    moment: datetime
    supplier: int
    kind: str
    data: SubmissionData
    who: Who = field(default_factory=dict)
    scheme: str | None = None
    sort: str | None = None  # of the scheme
    last: bool = False  # of its scheme
