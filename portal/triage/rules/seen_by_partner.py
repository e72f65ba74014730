"""A partner saw at a border or on the way what is named here.

Source: own records.
"""

from portal.triage.data import (
    OWN_RECORDS,
    SIGHTING,
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

TRACES = WHO | {"container", "seal", "waybill", "plate", "authorisation"}


def check(case: Case) -> Finding | None:
    """Raise what a sighting and another record share, on either of the two."""
    seen = tuple(past for past in case.around if touches(case, past))
    if not seen:
        return None
    shown = listed(one.shown for past in seen for one in shares(past, TRACES))
    if case.filed.kind == SIGHTING:
        return Finding(f"What was seen is on record here: {shown}.", traces(case, seen, TRACES))
    places = listed(past.filed.facts.seen_at or "" for past in seen)
    return Finding(f"A partner saw it at {places}: {shown}.", traces(case, seen, TRACES))


def touches(case: Case, past: Past) -> bool:
    """Tell whether one of the two is a sighting, and they share a trace."""
    return SIGHTING in {case.filed.kind, past.filed.kind} and bool(shares(past, TRACES))


SEEN_BY_PARTNER = Rule(
    code="seen-by-partner-1",
    title="Seen by a partner",
    weight=25,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
