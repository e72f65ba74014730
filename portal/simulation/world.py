"""The country: its suppliers, customers and days, made when they are asked for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import pi, sin
from random import Random

from portal.simulation import naming, people
from portal.simulation.data import DAYS, Real, Supplier, Written, chance
from portal.simulation.words.names import HEADS, TAILS
from portal.simulation.words.places import HOME, LANDS

LEAST_CARRIERS = 24
KEPT = 20_000  # customers that are kept in memory
FORWARDERS = 5  # every so many suppliers is a forwarder
WORKS = (
    "Chemie",
    "Chemicals",
    "Solvents",
    "Handel",
    "Laboratoriumbenodigdheden",
    "Specialties",
    "Trading",
)
MOVES = ("Expeditie", "Forwarding", "Logistiek", "Transport", "Douaneagenten")
WEEK = (1.0, 1.05, 1.05, 1.0, 0.9, 0.08, 0.05)  # from Monday
SEASON, GROWTH = 0.22, 0.35
OPENING, CLOSING = 7 * 3600, 18 * 3600  # seconds of the day


class World:
    """A country of a seed and a size; it holds little, whatever the size."""

    def __init__(self, seed: int, size: int, now: datetime) -> None:
        self.seed = seed
        self.size = size
        self.now = now
        self.begin = (now - timedelta(days=DAYS)).replace(hour=0, minute=0, second=0, microsecond=0)
        self.supplier_count = max(12, min(1200, size // 80))
        self.carrier_count = max(LEAST_CARRIERS, self.supplier_count)
        self.customer_count = max(60, size // 6)
        self.customer = lru_cache(maxsize=KEPT)(self.make_customer)
        self.supplier = lru_cache(maxsize=None)(self.make_supplier)
        self.carrier = lru_cache(maxsize=None)(self.make_carrier)

    def make_customer(self, index: int) -> Real:
        """Return a customer by its number."""
        return people.customer(self.seed, index, self.supplier_count, DAYS)

    def make_supplier(self, index: int) -> Supplier:
        """Return a supplier by its number."""
        by = chance(self.seed, "supplier", index)
        forwarder = index % FORWARDERS == FORWARDERS - 1
        work = by.choice(MOVES if forwarder else WORKS)
        second = by.choice(("", f" {by.choice(HEADS)}{by.choice(TAILS)}"))
        name = Written((f"{naming.stem(by)}{second} {work}",))
        real = people.organisation(f"s{self.seed}f{index}", HOME, by, name=name, form="B.V.")
        return Supplier(
            index=index,
            real=real,
            forwarder=forwarder,
            careful=by.betavariate(4, 2),
            reporter=naming.person("dutch", by).latin[0],
        )

    def make_carrier(self, index: int) -> Real:
        """Return a carrier by its number."""
        return people.carrier(self.seed, index)

    def hauler(self, by: Random) -> Real:
        """Return one of the carriers."""
        return self.carrier(int(self.carrier_count * by.random() ** 1.5))

    def forwarder(self, by: Random) -> Supplier:
        """Return one of the forwarders."""
        count = self.supplier_count // FORWARDERS
        return self.supplier(by.randrange(count) * FORWARDERS + FORWARDERS - 1)

    def trader(self, by: Random) -> Supplier:
        """Return one of the suppliers that are no forwarders."""
        while True:
            found = self.supplier(by.randrange(self.supplier_count))
            if not found.forwarder:
                return found

    def traders(self, number: int, by: Random) -> list[Supplier]:
        """Return several different suppliers that are no forwarders."""
        found: dict[int, Supplier] = {}
        while len(found) < min(number, self.supplier_count - self.supplier_count // FORWARDERS - 1):
            one = self.trader(by)
            found[one.index] = one
        chosen = list(found.values())
        return [chosen[n % len(chosen)] for n in range(number)]

    def some_customer(self, by: Random) -> Real:
        """Return a customer: those of low numbers trade more."""
        return self.customer(int(self.customer_count * by.random() ** 1.6))

    def customer_abroad(self, by: Random) -> Real:
        """Return a company abroad."""
        while True:
            found = self.some_customer(by)
            if found.country != HOME.code and not found.person:
                return found

    def moment(self, day: int, by: Random) -> datetime:
        """Return a moment of a day, in working hours and never after the end."""
        seconds = by.randint(OPENING, CLOSING)
        return min(self.begin + timedelta(days=day, seconds=seconds), self.now)

    def day_of(self, moment: datetime) -> int:
        """Return the day of a moment, counted from the beginning."""
        return (moment - self.begin).days

    def day_of_date(self, day: date) -> int:
        """Return the number of a day of the calendar."""
        return (day - self.begin.date()).days

    def weight(self, day: int) -> float:
        """Return how much is traded on a day: week, season and growth."""
        when = self.begin + timedelta(days=day)
        season = 1 + SEASON * sin(2 * pi * (when.timetuple().tm_yday - 60) / 365)
        return WEEK[when.weekday()] * season * (1 + GROWTH * day / DAYS)

    def quota(self, total: int) -> Sequence[int]:
        """Return how many of a total fall on each day; they add up exactly."""
        weights = [self.weight(day) for day in range(DAYS)]
        whole, passed, before = sum(weights), 0.0, 0
        found = []
        for weight in weights:
            passed += weight
            upto = round(total * passed / whole)
            found.append(upto - before)
            before = upto
        return found


def customer_at_home(world: World, by: Random) -> Real:
    """Return a customer of the European market, at home more often than not."""
    near = {"NL", "BE", "DE", "FR", "PL", "ES"} & {land.code for land in LANDS}
    while True:
        found = world.some_customer(by)
        if found.country in near or by.random() < 0.25:
            return found
