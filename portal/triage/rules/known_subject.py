"""Somebody named here is the subject of an earlier matter.

Source: own records.
"""

from portal.triage.data import Case, Finding, Rule, same_people, there


def check(case: Case) -> Finding | None:
    """Raise people whom officers flagged before, or made a lead of."""
    known = [past for past in same_people(case) if past.suspected]
    if not known:
        return None
    shown = sorted({one.shown for past in known for one in past.shared})
    evidence = tuple(there(past, one.path, one.shown) for past in known for one in past.shared)
    return Finding(f"Known from a flagged matter: {', '.join(shown)}.", evidence)


KNOWN_SUBJECT = Rule(
    code="known-subject-1", title="Known person or address", weight=20, check=check
)
