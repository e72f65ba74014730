"""Two firms of nearly one name and other details have been there side by side for long.

Source: practice of the trade.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.lookalike import differ, double, lasts


def check(case: Case) -> Finding | None:
    """Raise a name like another's that has been borne openly for months: mostly by chance."""
    found = double(case, differ)
    return found[1] if found and lasts(case, found[0]) else None


LOOKALIKE_KNOWN = Rule(
    code="lookalike-known-1",
    title="Name like another company's for long",
    weight=3,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
