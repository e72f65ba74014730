"""An authorisation number was used by others at about the same time.

Source: practice of the trade; the days are our own.
"""

from datetime import timedelta

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.document_again import used_again

SOON = timedelta(days=90)  # an authorisation is valid for about so long


def check(case: Case) -> Finding | None:
    """Raise a number that others use within SOON; it counts beside the use at any time.

    Numbers a year apart may be alike by a slip; those of one season are one paper.
    """
    return used_again(case, SOON)


DOCUMENT_AGAIN_SOON = Rule(
    code="document-again-soon-1",
    title="Authorisation number used by others within 90 days",
    weight=48,
    check=check,
    about=About.PAPERS,
    source=OWN_RECORDS,
)
