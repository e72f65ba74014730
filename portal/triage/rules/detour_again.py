"""A precursor takes a detour that another shipment took a short while ago.

Source: own records, seen across companies; the figure is our own. Once may be chance.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules import precursor_detour
from portal.triage.rules.rare_way import again


def check(case: Case) -> Finding | None:
    """Raise a detour that a precursor took before; it counts beside the detour itself."""
    return again(case) if precursor_detour.check(case) else None


DETOUR_AGAIN = Rule(
    code="detour-again-1",
    title="The same detour of a precursor again",
    weight=30,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
