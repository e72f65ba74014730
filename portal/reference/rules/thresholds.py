"""Which limits a quantity passes, and which of the answers may decide a duty."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from portal.reference.data import Confidence, Direction, Limit, ThresholdAnswer


def exceeded(
    limits: Iterable[Limit],
    jurisdiction: str,
    direction: Direction,
    quantity_kg: Decimal | None,
    on: date,
    *,
    confidence: Confidence = Confidence.CONFIRMED,
    earlier_kg: Decimal | None = None,
) -> list[ThresholdAnswer]:
    """Hold a quantity against the limits of one substance, the sharpest answer first.

    Quantities are kilograms of anhydrous base; None means that some was there but its weight
    is not known, which passes a limit of "any quantity" and no other. `confidence` is that of
    the quantity. `earlier_kg` is what moved before in the period of the limit, if known.
    """
    fitting = [
        limit
        for limit in limits
        if limit.jurisdiction == jurisdiction and limit.direction in {direction.value, "all"}
    ]
    answers = [answer(limit, quantity_kg, on, confidence, earlier_kg) for limit in fitting]
    return sorted(answers, key=lambda a: (a.exceeded is not True, not a.decides, a.limit.key))


def answer(
    limit: Limit,
    quantity_kg: Decimal | None,
    on: date,
    confidence: Confidence,
    earlier_kg: Decimal | None,
) -> ThresholdAnswer:
    """Hold a quantity against one limit."""
    passed = passes(limit, quantity_kg, earlier_kg)
    doubts = [
        doubt
        for doubt, holds in (
            ("The limit is general knowledge, not confirmed.", limit.confidence),
            ("That the jurisdiction lists the substance is not confirmed.", limit.listing),
            ("The quantity rests on general knowledge.", confidence),
        )
        if holds is not Confidence.CONFIRMED
    ]
    if not in_force(limit, on):
        doubts.append("The text seen is not known to be in force on this day.")
    if passed is None:
        doubts.append(unknown_because(limit, quantity_kg))
    return ThresholdAnswer(
        limit=limit,
        quantity_kg=quantity_kg,
        exceeded=passed,
        decides=not doubts,
        why=" ".join(doubts) or "Confirmed by the source named.",
    )


def passes(limit: Limit, quantity_kg: Decimal | None, earlier_kg: Decimal | None) -> bool | None:
    """Tell whether the limit is passed; None when that depends on what is not known."""
    if limit.quantity_kg is None:
        return None
    if limit.quantity_kg == 0:  # "any quantity"
        return limit.or_equal or quantity_kg is None or quantity_kg > 0
    if quantity_kg is None:
        return None
    total = quantity_kg + (earlier_kg or 0)
    over = total >= limit.quantity_kg if limit.or_equal else total > limit.quantity_kg
    if not over and limit.cumulative and earlier_kg is None:
        return None
    return over


def unknown_because(limit: Limit, quantity_kg: Decimal | None) -> str:
    """Say why the limit gives no answer."""
    if limit.quantity_kg is None:
        return "The limit is not set by weight."
    if quantity_kg is None:
        return "The weight of the substance is not known."
    return f"The limit is for a {limit.period}; other movements in it are not known."


def in_force(limit: Limit, on: date) -> bool:
    """Tell whether the text that was read is known to be in force on a day."""
    begun = limit.in_force_from is None or limit.in_force_from <= on
    return begun and (limit.in_force_until is None or on < limit.in_force_until)
