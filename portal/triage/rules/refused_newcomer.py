"""Somebody whom nobody knew is refused by one company and receives shipments of another.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules import refused_elsewhere, reported_newcomer


def check(case: Case) -> Finding | None:
    """Raise newcomers to whom a shipment is announced of what another company refused them."""
    return refused_elsewhere.check(case) if reported_newcomer.check(case) else None


REFUSED_NEWCOMER = Rule(
    code="refused-newcomer-1",
    title="Unknown before, refused, and receives shipments",
    weight=15,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
    fades=True,
)
