"""Somebody named here is the subject of another matter.

Source: own records.
"""

from portal.triage.data import (
    OWN_RECORDS,
    WHO,
    About,
    Case,
    Finding,
    Rule,
    about_them,
    listed,
    shares,
    traces,
)


def check(case: Case) -> Finding | None:
    """Raise people whom officers flagged, or made a lead of, in another submission."""
    known = [past for past in about_them(case) if past.suspected]
    if not known:
        return None
    shown = listed(one.shown for past in known for one in shares(past, WHO))
    return Finding(f"Known from a flagged matter: {shown}.", traces(case, known, WHO))


KNOWN_SUBJECT = Rule(
    code="known-subject-2",
    title="Known person",
    weight=25,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
