"""Who stands behind a scheme: invented people who vary names, scripts, telephones and addresses."""

from dataclasses import dataclass, replace
from random import Random

from portal.simulation import people
from portal.simulation.data import Filing, Real, Supplier, chance
from portal.simulation.words.places import BY_CODE, Land
from portal.simulation.world import World

NEAR = ("NL", "BE", "DE", "FR", "PL", "ES")
FAR = ("AE", "TR", "PK", "IQ", "KZ", "CN", "TH", "MX", "CO", "IN", "NG", "EG")
TRADES = ("resale", "cleaning", "coatings", "textiles", "laboratory", "water treatment")


@dataclass(frozen=True, slots=True)
class Due:
    """A return of a scheme: whose, of which quarter, on which day; and who buys."""

    supplier: int
    quarter: int
    day: int
    buyer: int


@dataclass(frozen=True, slots=True)
class Plot:
    """What a scheme is given: the country, its days, its own chance and its name."""

    world: World
    days: tuple[int, ...]
    by: Random
    key: str
    returns: tuple[Due, ...] = ()  # of a scheme of returns: those that it is made of

    def suppliers(self) -> list[Supplier]:
        """Return a supplier for each day; as different as can be."""
        return self.world.traders(len(self.days), self.by)


Planted = list[Filing]


def land_among(codes: tuple[str, ...], by: Random) -> Land:
    """Return one of some countries."""
    return BY_CODE[by.choice(codes)]


def front(plot: Plot, number: int, codes: tuple[str, ...] = NEAR, *, person: bool = False) -> Real:
    """Return a company, or a person, that serves a scheme; the same for the same number."""
    by = chance("front", plot.key, number)
    land = land_among(codes, by)
    make = people.individual if person else people.organisation
    return make(f"x{plot.key}-{number}", land, by, trade=by.choice(TRADES), goods=("acetone",))


def elsewhere(real: Real, **changes: str | None) -> Real:
    """Return somebody with another telephone, address or mail."""
    return replace(real, place=replace(real.place, **changes))  # type: ignore[arg-type]
