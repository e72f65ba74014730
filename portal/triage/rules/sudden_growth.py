"""What this customer takes grows suddenly.

Source: practice of the trade; the figures are our own.
"""

from datetime import timedelta
from decimal import Decimal

from portal.triage.data import (
    About,
    Case,
    Finding,
    Rule,
    here,
    kilograms,
    mass,
    same_people,
    weighed,
)

QUARTER = timedelta(days=90)
QUARTERS = 4  # before the last, the best of which is compared: seasons come back
FACTOR = 4  # times the best quarter; no unit
LEAST = 2  # earlier orders before the last quarter


def check(case: Case) -> Finding | None:
    """Raise a substance of which the last quarter has FACTOR times the best of the year before."""
    now = case.filed.received_at
    for place, line in enumerate(case.filed.facts.lines):
        sums = [mass(case.filed, line.substance), *[Decimal(0)] * QUARTERS]
        seen = []
        for past in same_people(case):
            quarter = (now - past.filed.received_at) // QUARTER
            if mass(past.filed, line.substance) and quarter <= QUARTERS:
                sums[quarter] += mass(past.filed, line.substance)
                seen.append((quarter, past))
        best = max(sums[1:])
        if len([q for q, _ in seen if q]) >= LEAST and sums[0] > FACTOR * best:
            reason = (
                f"{kilograms(sums[0])} of {line.name} in 90 days; at most {kilograms(best)} in any"
                " 90 days of the year before."
            )
            evidence = [weighed(past, line.substance) for _, past in seen]
            return Finding(reason, (here(case, f"lines.{place}.quantity", str(line)), *evidence))
    return None


SUDDEN_GROWTH = Rule(
    code="sudden-growth-2",
    title="Sudden growth",
    weight=4,
    check=check,
    about=About.QUANTITY,
)
