"""A telephone, mailbox, account or number has stood behind two names for long.

Source: practice of the trade; no single company can see it.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.other_name import lasts, strangers, told


def check(case: Case) -> Finding | None:
    """Raise what two names have shared openly for months: mostly firms of one house."""
    found = strangers(case)
    return told(case, found) if found and lasts(case, found) else None


OTHER_NAME_KNOWN = Rule(
    code="other-name-known-1",
    title="Same trace behind another name for long",
    weight=8,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
