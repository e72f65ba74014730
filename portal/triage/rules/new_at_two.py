"""Somebody whom nobody knew is at two companies within a short time.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.sudden_customer import LEAST, newcomers, told


def check(case: Case) -> Finding | None:
    """Raise people who are known from this and one other submission, of another company."""
    known = newcomers(case)
    return told(case, known) if known and len(known) + 1 < LEAST else None


NEW_AT_TWO = Rule(
    code="new-at-two-1",
    title="Unknown before, and at two companies",
    weight=28,
    check=check,
    about=About.NEWNESS,
    source=OWN_RECORDS,
    fades=True,
)
