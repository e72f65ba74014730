"""Which schemes are planted, when, and how many submissions each has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from portal.simulation.data import DAYS, Filing, chance
from portal.simulation.returns import due_day, partners, quarter_count
from portal.simulation.schemes import orders, papers, shipments
from portal.simulation.schemes.people import Due, Planted, Plot
from portal.simulation.world import World


@dataclass(frozen=True, slots=True)
class Sort:
    """A type of scheme: what makes it, and over how many days its submissions are spread."""

    make: Callable[[Plot], Planted]
    least: int
    most: int


SORTS: dict[str, Sort] = {
    "one phone, several names": Sort(orders.shared_phone, 20, 120),
    "one account or vehicle, several customers": Sort(orders.shared_account, 20, 120),
    "structuring in 30 days": Sort(orders.structuring, 14, 29),
    "structuring in 365 days": Sort(orders.structuring, 120, 330),
    "refused here, served there": Sort(orders.refused_served, 15, 70),
    "bought apart, brought together": Sort(orders.bought_apart, 15, 80),
    "designer precursor": Sort(orders.designer, 20, 100),
    "name like a known company": Sort(orders.lookalike, 20, 100),
    "reported consignee": Sort(shipments.reported_consignee, 20, 120),
    "chain of forwarders": Sort(shipments.forwarder_chain, 20, 90),
    "papers used again": Sort(shipments.papers_again, 15, 55),
    "new route with a detour": Sort(shipments.new_route, 25, 100),
    "small consignments over a border": Sort(shipments.small_consignments, 15, 60),
    "repeated loss": Sort(papers.repeated_loss, 30, 150),
    "returns that disagree": Sort(papers.returns_disagree, 100, 250),
    "copied declaration": Sort(papers.copied_declaration, 20, 120),
}
RETURNS = "returns that disagree"
LENGTHS = (3, 3, 4, 4, 4, 5, 5, 7)
SHARE = 0.0148  # of the submissions that belong to schemes
EARLIEST = 25  # day of the country on which a scheme can begin
LATEST = DAYS - 4


@dataclass(frozen=True, slots=True)
class Scheme:
    """One planted scheme: its type and the days of its submissions."""

    key: str
    sort: str
    days: tuple[int, ...]
    returns: tuple[Due, ...] = ()


def schemes(world: World) -> Sequence[Scheme]:
    """Return every scheme of the country in the order in which they begin."""
    number = max(1, round(world.size * SHARE * len(LENGTHS) / sum(LENGTHS)))
    order = list(SORTS)
    chance(world.seed, "sorts").shuffle(order)
    found = [planned(world, place, order[place % len(order)]) for place in range(number)]
    return sorted(found, key=lambda scheme: (scheme.days[0], scheme.key))


def planned(world: World, number: int, sort: str) -> Scheme:
    """Return the days of one scheme: weeks apart, between legal traffic."""
    key = f"{world.seed}-{number}"
    by = chance(world.seed, "scheme", number)
    length = by.choice(LENGTHS)
    span = max(by.randint(SORTS[sort].least, SORTS[sort].most), length)
    begin = by.randint(EARLIEST, LATEST - span)
    if sort == RETURNS:
        dues = returns_of(world, number, length)
        return Scheme(key, sort, tuple(one.day for one in dues), dues)
    inner = by.sample(range(1, span), length - 2)
    days = sorted((begin, begin + span, *(begin + one for one in inner)))
    return Scheme(key, sort, tuple(days))


def returns_of(world: World, number: int, length: int) -> tuple[Due, ...]:
    """Return which returns are a scheme: a buyer's and its partners', quarter after quarter.

    It goes on for at least one return after the first whole quarter: nobody could see anything
    before a quarter of which the buyer's return is the last.
    """
    by = chance(world.seed, "returns", number)
    buyer = by.randrange(world.supplier_count)
    sellers = partners(world, buyer, -1)
    number_of_returns = max(length, 2 + len(sellers))
    quarters = -(-number_of_returns // (1 + len(sellers)))
    first = by.randrange(max(1, quarter_count(world) - quarters + 1))
    named = [(one, first + n) for n in range(quarters) for one in (*sellers, buyer)]
    dues = [Due(one, quarter, due_day(world, one, quarter), buyer) for one, quarter in named]
    return tuple(sorted(dues, key=lambda due: due.day)[:number_of_returns])


def planted(world: World, scheme: Scheme) -> list[Filing]:
    """Return the submissions of a scheme, in order of time, with its name on them."""
    plot = Plot(
        world, scheme.days, chance(world.seed, "plot", scheme.key), scheme.key, scheme.returns
    )
    made = sorted(SORTS[scheme.sort].make(plot), key=lambda one: one.moment)
    final = len(made) - 1
    return [
        replace(one, scheme=scheme.key, sort=scheme.sort, last=n == final)
        for n, one in enumerate(made)
    ]
