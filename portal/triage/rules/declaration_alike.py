"""The use is declared in general words that other customers use too.

Source: practice of the trade.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.declaration_copied import copied


def check(case: Case) -> Finding | None:
    """Raise a long text without numbers that a few customers of other names declare too."""
    return copied(case, particular=False)


DECLARATION_ALIKE = Rule(
    code="declaration-alike-1",
    title="Declaration in general words of others",
    weight=8,
    check=check,
    about=About.PAPERS,
    source=OWN_RECORDS,
)
