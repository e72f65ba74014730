"""One buyer takes precursors and their reagents apart, at several suppliers.

Judged only by the drug that the reference data names for each substance.
Source: practice of the trade; no single company can see it.
"""

from datetime import timedelta

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, about_them, listed
from portal.triage.rules.same_drug import by_drug, strong_by_name

SOON = timedelta(days=120)


def check(case: Case) -> Finding | None:
    """Raise what serves one drug in orders of the same people at several companies, within SOON.

    One must be a precursor proper, and one must stand in the submission in hand. Solvents and other
    bulk chemicals raise nothing: everybody buys them.
    """
    others = tuple(
        past
        for past in about_them(case)
        if past.filed.organisation_id != case.filed.organisation_id
        and abs(case.filed.received_at - past.filed.received_at) <= SOON
    )
    for drug, seen in by_drug(case, others, bulk=False).items():
        own = [one for one in seen.values() if one.submission_id == case.filed.id]
        if own and len(own) < len(seen) and any(strong_by_name(case, one) for one in seen):
            reason = (
                f"{listed(sorted(seen))}, bought apart by the same people, serve to make {drug}."
            )
            return Finding(reason, tuple(seen.values()))
    return None


BOUGHT_APART = Rule(
    code="bought-apart-1",
    title="Bought apart by the same people",
    weight=1,
    check=check,
    about=About.GOODS,
    source=OWN_RECORDS,
)
