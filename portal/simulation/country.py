"""The stream of a country's submissions in order of time; memory does not grow with its size."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from heapq import heappop, heappush
from random import Random

from portal.simulation import making, notices, returns
from portal.simulation.data import DAYS, Filing, Real, chance
from portal.simulation.planting import Scheme, planted, schemes
from portal.simulation.words.places import HOME
from portal.simulation.world import World, customer_at_home
from portal.submissions.data import PartyRole

MOST_RETURNS = 0.12  # of all submissions; only the smallest countries have fewer quarters for it
MIX = {  # legal submissions besides returns, in parts
    "export-notice": 37,
    "import-notice": 12,
    "transit-notice": 8,
    "suspicious-order": 26,
    "end-user-declaration": 13,
    "loss": 4,
}


def stream(seed: int, size: int, now: datetime) -> Iterator[Filing]:
    """Yield every submission of a country in order of time.

    Args:
        seed: the same seed, size and moment give the same records.
        size: how many submissions.
        now: the end of the two years.
    """
    world = World(seed, size, now)
    plans = list(schemes(world))
    members = sum(len(plan.days) for plan in plans)
    due = returns_due(world, plans)
    quotas = world.quota(size - members - sum(map(len, due)))
    waiting: list[tuple[datetime, int, Filing]] = []
    number = place = 0
    for day in range(DAYS):
        while place < len(plans) and plans[place].days[0] <= day:
            for one in planted(world, plans[place]):
                number += 1
                heappush(waiting, (one.moment, number, one))
            place += 1
        for one in legal_day(world, day, quotas[day], due[day]):
            number += 1
            heappush(waiting, (one.moment, number, one))
        while waiting and world.day_of(waiting[0][0]) <= day:
            yield heappop(waiting)[2]
    while waiting:
        yield heappop(waiting)[2]


def numbered(seed: int, size: int, now: datetime) -> Iterator[Filing]:
    """Yield the stream with a number on each submission, from 1."""
    for number, one in enumerate(stream(seed, size, now), start=1):
        yield replace(one, number=number)


def returns_due(world: World, plans: Sequence[Scheme]) -> list[list[tuple[int, int]]]:
    """Return for each day which supplier files the return of which quarter, save in a scheme."""
    taken = {(one.supplier, one.quarter) for plan in plans for one in plan.returns}
    found: list[list[tuple[int, int]]] = [[] for _ in range(DAYS)]
    quarters, suppliers = range(returns.quarter_count(world)), range(world.supplier_count)
    every = [(one, quarter) for quarter in quarters for one in suppliers]
    for supplier, quarter in every[: round(world.size * MOST_RETURNS)]:
        if (supplier, quarter) not in taken:
            found[returns.due_day(world, supplier, quarter)].append((supplier, quarter))
    return found


def legal_day(world: World, day: int, quota: int, due: list[tuple[int, int]]) -> Iterator[Filing]:
    """Yield the legal submissions of a day, in no order."""
    for supplier, quarter in due:
        by = chance(world.seed, "return", quarter, supplier)
        yield returns.periodic(world, world.supplier(supplier), quarter, day, by)
    by = chance(world.seed, "day", day)
    kinds = by.choices(tuple(MIX), tuple(MIX.values()), k=quota)
    for kind in kinds:
        yield legal(world, day, kind, by)


def legal(world: World, day: int, kind: str, by: Random) -> Filing:
    """Return one legal submission of a kind."""
    if kind.endswith("-notice"):
        return legal_notice(world, day, kind, by)
    if kind == "loss":
        return legal_loss(world, day, by)
    who = customer_at_home(world, by)
    supplier = world.supplier(usual(world, who, by))
    if kind == "end-user-declaration":
        return making.declaration(world, day, supplier, who, by)
    return making.order(world, day, supplier, making.Ask(who=who), by)


def usual(world: World, who: Real, by: Random) -> int:
    """Return a supplier of a customer: one of its own, or another now and then."""
    return by.choice(who.suppliers) if by.random() < 0.93 else by.randrange(world.supplier_count)


def legal_notice(world: World, day: int, kind: str, by: Random) -> Filing:
    """Return a notice of regular trade, filed by the exporter or its forwarder."""
    to = world.customer_abroad(by)
    supplier = world.supplier(usual(world, to, by))
    trip = notices.Trip(to=to)
    if supplier.forwarder:
        trip.exporter = world.trader(by).real
    roll = by.random()
    if roll < 0.05:
        trip.others = ((world.forwarder(by).real, PartyRole.CONSIGNEE),)
    elif roll < 0.16:
        trip.others = ((world.some_customer(by), PartyRole.ULTIMATE_CONSIGNEE),)
    elif roll < 0.3:
        trip.others = ((world.forwarder(by).real, PartyRole.FORWARDER),)
    return notices.notice(world, day, supplier, trip, by, kind)


def legal_loss(world: World, day: int, by: Random) -> Filing:
    """Return a loss that nobody caused on purpose: at one's own site, or on the way."""
    supplier = world.supplier(by.randrange(world.supplier_count))
    where = supplier.real.place
    place = f"{where.street}, {where.city}"
    carrier = world.hauler(by) if by.random() < 0.35 else None
    if carrier is not None:
        other = by.choice(HOME.cities)
        place = f"on the road near {other}"
    return making.loss(world, day, supplier, (place, HOME.code, carrier), by)
