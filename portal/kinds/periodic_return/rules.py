"""Whether a return balances, and the days of its period. Plain Python."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from portal.kinds.periodic_return.data import (
    SIGNS,
    WITH_PARTNER,
    Balance,
    CounterpartyTotal,
    Entry,
    Movement,
    Period,
)

MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}
YEAR = 12  # months


def end_of(period: Period, begins_on: date) -> date:
    """Return the last day of a period that begins on a first of a month."""
    months = begins_on.month - 1 + MONTHS[period]
    return date(begins_on.year + months // YEAR, months % YEAR + 1, 1) - timedelta(days=1)


def begins_right(period: Period, begins_on: date) -> bool:
    """Tell whether a period can begin on a day: the first of a month, quarter or year."""
    return begins_on.day == 1 and (begins_on.month - 1) % MONTHS[period] == 0


def signed(kilograms: Decimal) -> str:
    """Write a difference with its sign, without needless zeros."""
    text = f"{kilograms:+f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def balances(entries: Iterable[Entry]) -> tuple[Balance, ...]:
    """Return the sums of each substance in kg, in the order in which they first appear."""
    sums: dict[str, dict[Movement, Decimal]] = {}
    names: dict[str, str] = {}
    for one in entries:
        names.setdefault(one.substance, one.name)
        of = sums.setdefault(one.substance, {})
        of[one.movement] = of.get(one.movement, Decimal(0)) + one.quantity_kg
    return tuple(balance(names[key], of) for key, of in sums.items())


def balance(name: str, sums: dict[Movement, Decimal]) -> Balance:
    """Return the balance of one substance: closing stock less what should be there."""
    should = sum((SIGNS[what] * amount for what, amount in sums.items()), Decimal(0))
    amounts = {what: sums.get(what, Decimal(0)) for what in Movement}
    return Balance(
        name=name,
        opening=amounts[Movement.OPENING],
        produced=amounts[Movement.PRODUCED],
        bought=amounts[Movement.BOUGHT],
        imported=amounts[Movement.IMPORTED],
        used=amounts[Movement.USED],
        sold=amounts[Movement.SOLD],
        exported=amounts[Movement.EXPORTED],
        lost=amounts[Movement.LOST],
        closing=amounts[Movement.CLOSING],
        difference=amounts[Movement.CLOSING] - should,
    )


def totals(entries: Iterable[Entry]) -> tuple[CounterpartyTotal, ...]:
    """Return what each counterparty gave or took of each substance, the most first."""
    sums: dict[tuple[str, Movement, str, str | None], tuple[int, Decimal]] = {}
    for one in entries:
        if one.movement in WITH_PARTNER and one.counterparty:
            key = (one.name, one.movement, one.counterparty, one.country)
            count, kilograms = sums.get(key, (0, Decimal(0)))
            sums[key] = (count + 1, kilograms + one.quantity_kg)
    ordered = sorted(sums.items(), key=lambda item: (-item[1][1], item[0][2]))
    return tuple(
        CounterpartyTotal(
            name=name,
            movement=movement,
            counterparty=who,
            country=country,
            entries=count,
            quantity_kg=kilograms,
        )
        for (name, movement, who, country), (count, kilograms) in ordered
    )
