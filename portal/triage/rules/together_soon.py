"""Orders of several suppliers together pass a threshold within 30 days.

Source: practice of the trade (structuring); no single company can see it.
"""

from datetime import timedelta

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.together_pass import passing

MONTH = timedelta(days=30)


def check(case: Case) -> Finding | None:
    """Raise what passes a threshold only together, within MONTH; it counts beside the year."""
    found = passing(case, MONTH, "30 days")
    return found[1] if found else None


TOGETHER_SOON = Rule(
    code="together-soon-1",
    title="Orders pass a threshold together within 30 days",
    weight=24,
    check=check,
    about=About.QUANTITY,
    source=OWN_RECORDS,
)
