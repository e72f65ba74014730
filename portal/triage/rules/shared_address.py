"""An address stands behind another name.

Source: practice of the trade; no single company can see it. Neighbours share an address lawfully.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, listed, traces
from portal.triage.rules.other_name import others, owner

ADDRESS = {"address"}


def check(case: Case) -> Finding | None:
    """Raise a street address that another name gave, unless many names give it."""
    seen = tuple(past for past in case.around if others(case, past, ADDRESS))
    if not seen:
        return None
    names = listed(owner(past, one) for past in seen for one in others(case, past, ADDRESS))
    return Finding(f"The address is also that of {names}.", traces(case, seen, ADDRESS))


SHARED_ADDRESS = Rule(
    code="shared-address-1",
    title="Same address behind another name",
    weight=4,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
