"""An address, vehicle or web site named here is known from another matter.

Source: own records.
"""

from portal.triage.data import (
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Rule,
    listed,
    shares,
    traces,
)

PLACES = {"address", "plate", "website", "container"}


def check(case: Case) -> Finding | None:
    """Raise a place or vehicle of a submission that officers flagged, or made a lead of."""
    known = [past for past in case.around if past.suspected and shares(past, PLACES)]
    if not known:
        return None
    shown = listed(one.shown for past in known for one in shares(past, PLACES))
    return Finding(f"Known from a flagged matter: {shown}.", traces(case, known, PLACES))


KNOWN_PLACE = Rule(
    code="known-place-1",
    title="Known address or vehicle",
    weight=15,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
