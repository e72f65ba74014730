"""One supplier's customer splits what would pass a threshold.

Source: practice of the trade (structuring); the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import (
    About,
    Case,
    Finding,
    Past,
    Rule,
    about_them,
    here,
    mass,
    weighed,
)
from portal.triage.rules.together_pass import together

WEEKS = timedelta(days=30)
LEAST = 3  # orders; two may be one that was forgotten


def check(case: Case) -> Finding | None:
    """Raise LEAST or more orders at one supplier in WEEKS that pass a threshold only together."""
    for place, line in enumerate(case.filed.facts.lines):
        others = [past for past in near(case) if mass(past.filed, line.substance) > 0]
        found = together(case, line.substance, others)
        if found is not None and len(others) + 1 >= LEAST:
            seen = [weighed(past, line.substance) for past in others]
            reason = f"{len(others) + 1} orders of {line.name} in 30 days: {found}."
            return Finding(reason, (here(case, f"lines.{place}.quantity", str(line)), *seen))
    return None


def near(case: Case) -> list[Past]:
    """Return what the same company filed of the same people a short while before or after."""
    return [
        past
        for past in about_them(case)
        if past.filed.organisation_id == case.filed.organisation_id
        and abs(case.filed.received_at - past.filed.received_at) <= WEEKS
    ]


SPLIT_ORDERS = Rule(
    code="split-orders-1",
    title="Order split into several",
    weight=12,
    check=check,
    about=About.QUANTITY,
)
