"""Many orders of several suppliers together pass a threshold in a year.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.together_pass import FEW, YEAR, passing


def check(case: Case) -> Finding | None:
    """Raise a substance that a steady customer takes in more than FEW orders a year."""
    found = passing(case, YEAR, "a year")
    return found[1] if found and found[0] > FEW else None


TOGETHER_OFTEN = Rule(
    code="together-often-1",
    title="Many orders at several suppliers pass a threshold",
    weight=8,
    check=check,
    about=About.QUANTITY,
    source=OWN_RECORDS,
)
