"""Making returns over a period, which agree with what the partners file of the same trade."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from portal.kinds.periodic_return.data import Entry, Movement, Period, ReturnData
from portal.kinds.periodic_return.rules import balances, end_of, totals
from portal.simulation.data import DAYS, Filing, Supplier, chance
from portal.simulation.goods import substances
from portal.simulation.making import filing
from portal.simulation.words.goods import TYPICAL
from portal.simulation.world import World

FILED_AFTER = (5, 30)  # days after a quarter within which its return is filed
STEPS = (1, 7)  # which companies a company sells to, by number
EXPORTED = (
    *("acetone", "toluene", "methyl-ethyl-ketone", "sulphuric-acid", "acetic-anhydride"),
    *("potassium-permanganate", "hydrochloric-acid", "formic-acid", "methanol"),
)
ON_THE_WAY = 0.03  # of a delivery, at the end of a quarter
LATE = 0.06  # of deliveries are on the way then
SLACK = 0.05  # of stocks do not balance, by a few kilograms
REASONS = ("Rounding of the scales", "Evaporation", "Residue in the tank")


def sold(world: World, seller: int, buyer: int, quarter: int) -> tuple[str, Decimal]:
    """Return what one company sells another in a quarter; the same for both sides."""
    key = chance(world.seed, "pair", seller, buyer).choice(EXPORTED)
    share = chance(world.seed, "sold", seller, buyer, quarter).lognormvariate(0, 0.3)
    return key, Decimal(round(TYPICAL[key].order_kg * 12 * share))


def partners(world: World, index: int, sign: int) -> list[int]:
    """Return to whom a company sells, or from whom it buys."""
    found = [(index + sign * step) % world.supplier_count for step in STEPS]
    return [one for one in dict.fromkeys(found) if one != index]


def quarter_of(world: World, number: int) -> tuple[date, date]:
    """Return the first and last day of a quarter, counted from the first whole one."""
    first = world.begin.date().replace(day=1)
    while (first.month - 1) % 3 or first < world.begin.date():
        first = (first + timedelta(days=32)).replace(day=1)
    for _ in range(number):
        first = end_of(Period.QUARTER, first) + timedelta(days=1)
    return first, end_of(Period.QUARTER, first)


def due_day(world: World, supplier: int, quarter: int) -> int:
    """Return the day on which a company files the return of a quarter."""
    end = world.day_of_date(quarter_of(world, quarter)[1])
    return end + chance(world.seed, "due", quarter, supplier).randint(*FILED_AFTER)


def quarter_count(world: World) -> int:
    """Return how many quarters end early enough for everybody's return."""
    number = 0
    while world.day_of_date(quarter_of(world, number)[1]) + FILED_AFTER[1] < DAYS:
        number += 1
    return number


def periodic(
    world: World,
    supplier: Supplier,
    quarter: int,
    day: int,
    by: Random,
    missing: Mapping[int, float] | None = None,
) -> Filing:
    """Return a company's return of a quarter.

    What was bought and sold agrees with what the partners file, but for goods on the way; a scheme
    says of which partner's deliveries a share is `missing`.
    """
    begins, ends = quarter_of(world, quarter)
    trade, ids = traded(world, supplier.index, quarter, by, missing or {})
    entries = (*trade, *stocks(trade, by))
    summed, found = balances(entries), totals(entries)
    data = ReturnData(
        lines=(),
        parties=(),
        declared_by=supplier.reporter,
        period=Period.QUARTER,
        begins_on=begins,
        ends_on=ends,
        explanation=by.choice(REASONS) if any(one.difference for one in summed) else None,
        balances=summed,
        totals=found,
        entries=entries,
    )
    who = {f"totals.{n}.counterparty": ids[one.counterparty] for n, one in enumerate(found)}
    return filing(world, day, supplier, "return", data, who, by)


def traded(
    world: World, index: int, quarter: int, by: Random, missing: Mapping[int, float]
) -> tuple[list[Entry], dict[str, str]]:
    """Return what was bought and sold, and who the partners are by their names."""
    entries: list[Entry] = []
    ids: dict[str, str] = {}
    for sign, movement in ((-1, Movement.BOUGHT), (1, Movement.SOLD)):
        for other in partners(world, index, sign):
            seller, buyer = (other, index) if sign < 0 else (index, other)
            key, amount = sold(world, seller, buyer, quarter)
            if movement is Movement.BOUGHT:
                away = ON_THE_WAY if by.random() < LATE else 0.0
                amount = Decimal(round(float(amount) * (1 - max(missing.get(other, 0.0), away))))
            real = world.supplier(other).real
            name = f"{real.name.latin[0]} {real.form}"
            ids[name] = real.id
            entries.append(entry(key, movement, amount, name))
    return entries, ids


def stocks(trade: list[Entry], by: Random) -> list[Entry]:
    """Return the stocks and the use that go with what was traded."""
    change: dict[str, Decimal] = {}
    for one in trade:
        sign = 1 if one.movement is Movement.BOUGHT else -1
        change[one.substance] = change.get(one.substance, Decimal(0)) + sign * one.quantity_kg
    found = []
    for key, more in change.items():
        opening = Decimal(round(abs(float(more)) + TYPICAL[key].order_kg * by.uniform(2, 20)))
        used = Decimal(round(float(max(more, Decimal(0))) * by.uniform(0, 0.6)))
        slack = by.choice((-1, 1)) * by.randint(1, 4) if by.random() < SLACK else 0
        closing = max(opening + more - used + slack, Decimal(0))
        found += [
            entry(key, Movement.OPENING, opening),
            entry(key, Movement.USED, used),
            entry(key, Movement.CLOSING, closing),
        ]
    return found


def entry(key: str, what: Movement, amount: Decimal, partner: str | None = None) -> Entry:
    """Return one quantity of a return."""
    return Entry(
        substance=key,
        name=substances()[key].name,
        movement=what,
        quantity_kg=amount,
        counterparty=partner,
        country="NL" if partner else None,
    )
