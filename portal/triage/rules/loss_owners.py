"""Several owners lose goods at one place.

Source: practice of the trade; no single company can see it.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.loss_again import YEAR, repeated


def check(case: Case) -> Finding | None:
    """Raise a loss within a year of another owner's at the same place; it counts beside that."""
    return repeated(case, YEAR, others_only=True)


LOSS_OWNERS = Rule(
    code="loss-owners-1",
    title="Several owners lose goods at one place",
    weight=40,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
