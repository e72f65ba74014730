"""Several owners lose goods at one place within a few months.

Source: practice of the trade; no single company can see it; the days are our own.
"""

from datetime import timedelta

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.loss_again import repeated

SOON = timedelta(days=120)


def check(case: Case) -> Finding | None:
    """Raise a loss SOON before or after another owner's at the same place; beside the year's."""
    return repeated(case, SOON, others_only=True)


LOSS_OWNERS_SOON = Rule(
    code="loss-owners-soon-1",
    title="Several owners lose goods at one place within 120 days",
    weight=20,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
