"""A partner asks about somebody or something that is named here.

Source: own records.
"""

from portal.triage.data import (
    OWN_RECORDS,
    REQUEST,
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

# "agent" and "carrier" are names that say little of an order; a partner asks about them on purpose
TRACES = WHO | {"container", "seal", "waybill", "plate", "authorisation", "agent", "carrier"}


def check(case: Case) -> Finding | None:
    """Raise what an information request and another record share, on either of the two."""
    found = tuple(past for past in case.around if touches(case, past))
    if not found:
        return None
    shown = listed(one.shown for past in found for one in shares(past, TRACES))
    if case.filed.kind == REQUEST:
        return Finding(f"On record here: {shown}.", traces(case, found, TRACES))
    return Finding(f"A partner asks about {shown}.", traces(case, found, TRACES))


def touches(case: Case, past: Past) -> bool:
    """Tell whether one of the two is a request, and they share a trace."""
    return REQUEST in {case.filed.kind, past.filed.kind} and bool(shares(past, TRACES))


ASKED_BY_PARTNER = Rule(
    code="asked-by-partner-1",
    title="Asked about by a partner",
    weight=20,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
