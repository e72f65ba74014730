"""Orders of several suppliers together pass a threshold in a year.

Source: practice of the trade (structuring); no single company can see it.
"""

from datetime import timedelta
from decimal import Decimal

from portal.triage.data import (
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Past,
    Rule,
    about_them,
    here,
    kilograms,
    mass,
    weighed,
)
from portal.triage.rules.same_drug import is_bulk

YEAR = timedelta(days=365)
FEW = 8  # orders in a year; who takes more is a customer whom everybody knows


def check(case: Case) -> Finding | None:
    """Raise a substance whose orders at several suppliers pass a threshold only together.

    By anhydrous base, over any year that holds the submission in hand and ends with it or later.
    Who orders more than FEW times a year is for another rule.
    """
    found = passing(case, YEAR, "a year")
    return found[1] if found and found[0] <= FEW else None


def passing(case: Case, period: timedelta, words: str) -> tuple[int, Finding] | None:
    """Return how many orders of the same people there are, and what they come to in a period."""
    for place, line in enumerate(case.filed.facts.lines):
        others = [past for past in within(case, period) if mass(past.filed, line.substance) > 0]
        suppliers = {past.filed.organisation_id for past in others} | {case.filed.organisation_id}
        found = together(case, line.substance, others) if proper(case, line.substance) else None
        if found is not None and len(suppliers) > 1:
            reason = (
                f"{len(others) + 1} orders of {line.name} at {len(suppliers)} companies in"
                f" {words}: {found}."
            )
            seen = [weighed(past, line.substance) for past in others]
            own = here(case, f"lines.{place}.quantity", str(line))
            return len(others) + 1, Finding(reason, (own, *seen))
    return None


def proper(case: Case, substance: str | None) -> bool:
    """Tell whether a substance is no solvent or acid, of which everybody takes much."""
    known = case.book.substances.get(substance or "")
    return known is None or not is_bulk(substance, known)


def within(case: Case, period: timedelta) -> list[Past]:
    """Return what was filed about the same people at most a period before or after."""
    now = case.filed.received_at
    return [past for past in about_them(case) if abs(now - past.filed.received_at) <= period]


def together(case: Case, substance: str | None, others: list[Past]) -> str | None:
    """Return the sum and the threshold that is passed only together, in words."""
    single = [mass(filed, substance) for filed in (case.filed, *(one.filed for one in others))]
    for limit in case.book.limits.get(substance or "", ()):
        if limit.jurisdiction != case.book.jurisdiction or not limit.quantity_kg:
            continue
        total = sum(single, Decimal(0))
        if max(single) <= limit.quantity_kg < total:
            doubt = "" if limit.sureness == "confirmed" else " (to be checked)"
            return f"{kilograms(total)}, above {kilograms(limit.quantity_kg)}{doubt}"
    return None


TOGETHER_PASS = Rule(
    code="together-pass-2",
    title="Orders at several suppliers together pass a threshold",
    weight=31,
    check=check,
    about=About.QUANTITY,
    source=OWN_RECORDS,
)
