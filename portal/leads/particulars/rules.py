"""What partners may read of particulars, and how an exact amount becomes a range."""

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from portal.leads.data import Amount, Event, Relation, Stop, Subject

STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
WHEN = re.compile(r"[0-9]{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
PARTS = ("origin", "transit", "exit", "entry", "destination")
Row = Mapping[str, Any]


def around(kilograms: Decimal) -> tuple[Decimal, Decimal]:
    """Return the steps 1, 2, 5, 10 … that lie strictly below and above an amount."""
    if kilograms <= 0:
        return Decimal(0), Decimal(1)
    size = kilograms.log10().to_integral_value(ROUND_FLOOR)
    whole = Decimal(10) ** int(size)
    scale = sorted({whole / 2, whole / 5, *(step * whole for step in (*STEPS, Decimal(20)))})
    below = max(step for step in scale if step < kilograms)
    above = min(step for step in scale if step > kilograms)
    return below, above


def is_when(text: str) -> bool:
    """Tell whether a text is a day, a month, a quarter or a year."""
    return bool(WHEN.fullmatch(text))


def subjects_told(rows: Iterable[Any]) -> tuple[Subject, ...]:
    """Return the subjects that partners may read of."""
    return tuple(
        Subject(
            number=row.number,
            sort=row.sort,
            name=row.name,
            other_names=tuple(row.other_names),
            country=row.country,
            part=row.part,
            identifiers=tuple((sort, value) for sort, value in row.identifiers),
            remark=row.remark,
        )
        for row in rows
        if row.released
    )


def relations_told(rows: Iterable[Row], subjects: Iterable[Subject]) -> tuple[Relation, ...]:
    """Return the relations that partners may read of: of subjects that they know, both."""
    known = {subject.number for subject in subjects}
    return tuple(
        Relation(row["left"], row["right"], row["words"])
        for row in rows
        if row["released"] and {row["left"], row["right"]} <= known
    )


def amount_told(row: Row) -> Amount:
    """Return an amount as a range, with the range of the drug that it could give.

    By mass balance the true yield lies between nothing and the most that the most could give.
    """
    least, most = Decimal(row["least_kg"]), Decimal(row["most_kg"])
    if least == most:
        least, most = around(least)
    drug = chosen_yield(row)
    return Amount(
        substance=row["substance"],
        name=row["name"],
        cas=row["cas"],
        least_kg=least,
        most_kg=most,
        drug=drug["drug"] if drug else "",
        drug_least_kg=Decimal(0) if drug else None,
        drug_most_kg=Decimal(drug["at_most_kg"]) if drug else None,
        confidence=drug["confidence"] if drug else "",
    )


def chosen_yield(row: Row) -> Row | None:
    """Return the yield of the drug that the author chose, or of the one that could be the most."""
    yields: list[Row] = row.get("yields") or []
    named = [one for one in yields if one["drug"] == row.get("drug")]
    most = sorted(yields, key=lambda one: Decimal(one["at_most_kg"]), reverse=True)
    return next(iter([*named, *most]), None)


def amounts_told(rows: Iterable[Row]) -> tuple[Amount, ...]:
    """Return the amounts that partners may read of."""
    return tuple(amount_told(row) for row in rows if row["released"])


def stops_told(rows: Iterable[Row]) -> tuple[Stop, ...]:
    """Return the places on the route that partners may read of."""
    names = ("part", "name", "country", "locode", "latitude", "longitude")
    return tuple(Stop(**{name: row[name] for name in names}) for row in rows if row["released"])


def events_told(rows: Iterable[Row]) -> tuple[Event, ...]:
    """Return what happened, as far as partners may read of it."""
    return tuple(Event(row["when"], row["words"]) for row in rows if row["released"])
