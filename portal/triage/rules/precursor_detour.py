"""A precursor proper takes a detour.

Source: own reckoning, as for any detour; bulk chemicals go where the ship goes.
"""

from portal.triage.data import About, Case, Finding, Rule
from portal.triage.rules import detour
from portal.triage.rules.same_drug import strong


def check(case: Case) -> Finding | None:
    """Raise a detour of goods of which one is a precursor proper; it counts beside the detour."""
    known = (case.book.substances.get(line.substance or "") for line in case.filed.facts.lines)
    return detour.check(case) if any(one and strong(one) for one in known) else None


PRECURSOR_DETOUR = Rule(
    code="precursor-detour-1",
    title="Detour of a precursor",
    weight=20,
    check=check,
    about=About.ROUTE,
)
