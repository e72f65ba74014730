"""Several orders, also at several suppliers, together pass a threshold.

Source: practice of the trade (structuring).
"""

from datetime import timedelta
from decimal import Decimal

from portal.triage.data import (
    Case,
    Finding,
    Past,
    Rule,
    here,
    kilograms,
    mass,
    same_people,
    there,
)

PERIOD = timedelta(days=365)


def check(case: Case) -> Finding | None:
    """Raise a substance whose orders by the same people pass a threshold only together.

    By anhydrous base, over PERIOD before the submission in hand.
    """
    begin = case.filed.received_at - PERIOD
    for place, line in enumerate(case.filed.facts.lines):
        earlier = [
            past
            for past in same_people(case)
            if past.filed.received_at >= begin and mass(past.filed, line.substance) > 0
        ]
        found = together(case, line.substance, earlier)
        if found is not None:
            seen = [there(p, "lines", kilograms(mass(p.filed, line.substance))) for p in earlier]
            reason = f"{len(earlier) + 1} orders of {line.name} together: {found}."
            return Finding(reason, (here(case, f"lines.{place}.quantity", str(line)), *seen))
    return None


def together(case: Case, substance: str | None, earlier: list[Past]) -> str | None:
    """Return the sum and the threshold that is passed only together, in words."""
    records = [case.filed, *(past.filed for past in earlier)]
    single = [mass(filed, substance) for filed in records]
    for limit in case.book.limits.get(substance or "", ()):
        if limit.jurisdiction != case.book.jurisdiction or not limit.quantity_kg:
            continue
        total = sum(single, Decimal(0))
        if max(single) <= limit.quantity_kg < total:
            doubt = "" if limit.sureness == "confirmed" else " (to be checked)"
            return f"{kilograms(total)}, above {kilograms(limit.quantity_kg)}{doubt}"
    return None


TOGETHER_PASS = Rule(
    code="together-pass-1",
    title="Several orders together pass a threshold",
    weight=30,
    check=check,
)
