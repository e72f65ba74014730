"""Somebody whom a portal never met that knows the trade for long receives a precursor proper.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, is_notice
from portal.triage.rules.unknown_order import unknown


def check(case: Case) -> Finding | None:
    """Raise a notice of a precursor proper for people of whom there are such notices alone."""
    return unknown(case) if is_notice(case.filed) else None


UNKNOWN_RECEIVER = Rule(
    code="unknown-receiver-1",
    title="Unknown for long, and receives a precursor",
    weight=36,
    check=check,
    about=About.NEWNESS,
    source=OWN_RECORDS,
    fades=True,
)
