"""What this customer takes grows suddenly.

Source: practice of the trade; the figures are our own.
"""

from datetime import timedelta
from decimal import Decimal

from portal.triage.data import (
    Case,
    Finding,
    Rule,
    here,
    kilograms,
    mass,
    same_people,
    there,
)

QUARTER = timedelta(days=90)
FACTOR = 4  # times the quarter before; no unit


def check(case: Case) -> Finding | None:
    """Raise a substance of which the last quarter has FACTOR times the quarter before."""
    now = case.filed.received_at
    for place, line in enumerate(case.filed.facts.lines):
        recent, before = mass(case.filed, line.substance), Decimal(0)
        seen = []
        for past in same_people(case):
            age, weight = now - past.filed.received_at, mass(past.filed, line.substance)
            if not weight or age > 2 * QUARTER:
                continue
            recent, before = (
                (recent + weight, before) if age <= QUARTER else (recent, before + weight)
            )
            seen.append(there(past, "lines", kilograms(weight)))
        if before and recent > FACTOR * before:
            reason = (
                f"{kilograms(recent)} of {line.name} in 90 days; {kilograms(before)} in the 90"
                " days before."
            )
            return Finding(reason, (here(case, f"lines.{place}.quantity", str(line)), *seen))
    return None


SUDDEN_GROWTH = Rule(code="sudden-growth-1", title="Sudden growth", weight=12, check=check)
