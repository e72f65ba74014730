"""The quantity lies just below a threshold.

Source: practice of the trade; the share is our own.
"""

from decimal import Decimal

from portal.triage.data import About, Case, Finding, Rule, here, kilograms

SHARE = Decimal("0.8")  # of a threshold, from which "just below" begins


def check(case: Case) -> Finding | None:
    """Raise a line of SHARE of a threshold or more, but not above it.

    A threshold that is not confirmed raises nothing by itself: the reason says so.
    """
    for place, line in enumerate(case.filed.facts.lines):
        for limit in case.book.limits.get(line.substance or "", ()):
            if limit.jurisdiction != case.book.jurisdiction or not limit.quantity_kg:
                continue
            if line.base_kg and limit.quantity_kg * SHARE <= line.base_kg <= limit.quantity_kg:
                doubt = "" if limit.sureness == "confirmed" else " (threshold to be checked)"
                reason = (
                    f"{kilograms(line.base_kg)} of {line.name} is just below the threshold of"
                    f" {kilograms(limit.quantity_kg)} per {limit.period}{doubt}."
                )
                return Finding(reason, (here(case, f"lines.{place}.quantity", str(line)),))
    return None


BELOW_THRESHOLD = Rule(
    code="below-threshold-1",
    title="Just below a threshold",
    weight=8,
    check=check,
    about=About.QUANTITY,
)
