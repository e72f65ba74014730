"""Order after order lies just below a threshold.

Source: practice of the trade (structuring); the figures are our own.
"""

from datetime import timedelta
from decimal import Decimal

from portal.triage.data import (
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Rule,
    about_them,
    here,
    kilograms,
    mass,
    weighed,
)
from portal.triage.rules.below_threshold import SHARE

YEAR = timedelta(days=365)


def check(case: Case) -> Finding | None:
    """Raise two or more orders in a year of SHARE of a threshold or more, and none above it."""
    for place, line in enumerate(case.filed.facts.lines):
        for limit in case.book.limits.get(line.substance or "", ()):
            most = limit.quantity_kg
            own = mass(case.filed, line.substance)
            if limit.jurisdiction != case.book.jurisdiction or not most or not just(own, most):
                continue
            others = [
                past
                for past in about_them(case)
                if just(mass(past.filed, line.substance), most)
                and abs(case.filed.received_at - past.filed.received_at) <= YEAR
            ]
            if others:
                return Finding(
                    f"{len(others) + 1} orders of {line.name} just below {kilograms(most)}.",
                    (
                        here(case, f"lines.{place}.quantity", str(line)),
                        *(weighed(past, line.substance) for past in others),
                    ),
                )
    return None


def just(weight: Decimal, most: Decimal) -> bool:
    """Tell whether a mass lies just below a threshold."""
    return most * SHARE <= weight <= most


BELOW_AGAIN = Rule(
    code="below-again-1",
    title="Just below a threshold again",
    weight=15,
    check=check,
    about=About.QUANTITY,
    source=OWN_RECORDS,
)
