"""An authorisation number was used by others, or for another receiver.

Source: practice of the trade. One number may serve several shipments of one trade: these raise
nothing.
"""

from datetime import timedelta

from portal.submissions.data import Filed, PartyRole
from portal.triage.data import (
    OWN_RECORDS,
    WHO,
    About,
    Case,
    Finding,
    Past,
    Rule,
    listed,
    shares,
    traces,
)
from portal.triage.names import same

NUMBER = {"authorisation"}
RECEIVERS = {PartyRole.IMPORTER, PartyRole.CONSIGNEE, PartyRole.CUSTOMER}


def check(case: Case) -> Finding | None:
    """Raise a number that stands in the notice of another company, or for other receivers."""
    return used_again(case, timedelta.max)


def used_again(case: Case, period: timedelta) -> Finding | None:
    """Return who else uses a paper of this submission within a period before or after it."""
    numbers = {one.value for one in case.mentions if one.sort in NUMBER and is_paper(one.path)}
    seen = tuple(
        past
        for past in case.around
        if uses(past, numbers)
        and stranger(case, past)
        and abs(case.filed.received_at - past.filed.received_at) <= period
    )
    if not seen:
        return None
    used = listed(one.shown for past in seen for one in shares(past, NUMBER))
    return Finding(f"Also used by others: {used}.", traces(case, seen, NUMBER))


def is_paper(path: str) -> bool:
    """Tell whether a number is of a paper, not somebody's licence."""
    return not path.startswith("parties")


def uses(past: Past, numbers: set[str]) -> bool:
    """Tell whether another submission rests on one of the papers."""
    return any(one.value in numbers and is_paper(one.path) for one in shares(past, NUMBER))


def stranger(case: Case, past: Past) -> bool:
    """Tell whether nobody who receives here receives there."""
    mine, theirs = receivers(case.filed), receivers(past.filed)
    return not shares(past, WHO) and not any(same(a, b) for a in mine for b in theirs)


def receivers(filed: Filed) -> list[str]:
    """Return the names of who receives."""
    return [party.name for party in filed.facts.parties if party.role in RECEIVERS]


DOCUMENT_AGAIN = Rule(
    code="document-again-2",
    title="Authorisation number used by others",
    weight=22,
    check=check,
    about=About.PAPERS,
    source=OWN_RECORDS,
)
