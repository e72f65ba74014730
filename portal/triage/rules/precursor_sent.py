"""A precursor proper that one company reports as suspicious is sent by another.

Source: own records; no single company can see it; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.precursor_at_two import precursors
from portal.triage.rules.reported_and_sent import met

KNOWN = timedelta(days=120)  # from the first that is known of them to the last
SOON = timedelta(days=45)  # between the report and the notice


def check(case: Case) -> Finding | None:
    """Raise precursors alone, over a longer time; it counts beside any goods."""
    return met(case, precursors(case), KNOWN, SOON)


PRECURSOR_SENT = Rule(
    code="precursor-sent-1",
    title="A precursor reported by one company, sent by another",
    weight=15,
    check=check,
    about=About.GOODS,
    source=OWN_RECORDS,
    fades=True,
)
