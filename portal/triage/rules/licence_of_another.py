"""The licence number is another's.

Source: own records.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, listed, traces
from portal.triage.rules.other_name import others, owner

LICENCE = {"authorisation"}


def check(case: Case) -> Finding | None:
    """Raise a licence number that somebody of another name gave as theirs."""
    seen = tuple(past for past in case.around if others(case, past, LICENCE))
    if not seen:
        return None
    names = listed(owner(past, one) for past in seen for one in others(case, past, LICENCE))
    return Finding(f"The licence is also that of {names}.", traces(case, seen, LICENCE))


LICENCE_OF_ANOTHER = Rule(
    code="licence-of-another-1",
    title="Licence of another",
    weight=25,
    check=check,
    about=About.PAPERS,
    source=OWN_RECORDS,
)
