"""Precursors and their reagents are bought apart and brought together.

Judged only by the drug that the reference data names for each substance.
Source: practice of the trade; no single company can see it.
"""

from datetime import timedelta

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
from portal.triage.rules.same_drug import by_drug, strong_by_name

PLACES = {"address", "plate"}
YEAR = timedelta(days=365)


def check(case: Case) -> Finding | None:
    """Raise what serves one drug and was bought in several orders that meet somewhere.

    One of them must be a precursor proper, and one must stand in the submission in hand. Bulk
    chemicals count only where strangers meet at one place or vehicle: one buyer buys them anyway.
    """
    near = [
        past for past in case.around if abs(case.filed.received_at - past.filed.received_at) <= YEAR
    ]
    same = tuple(past for past in near if shares(past, WHO))
    apart = tuple(past for past in near if shares(past, PLACES) and not shares(past, WHO))
    return meeting(case, (*same, *apart), bulk=False) or meeting(case, apart, bulk=True)


def meeting(case: Case, others: tuple[Past, ...], *, bulk: bool) -> Finding | None:
    """Return what some other submissions and the one in hand bring together for one drug."""
    for drug, seen in by_drug(case, others, bulk=bulk).items():
        own = [one for one in seen.values() if one.submission_id == case.filed.id]
        if not own or len(own) == len(seen) or not any(strong_by_name(case, one) for one in seen):
            continue
        holding = {one.submission_id for one in seen.values()}
        met = [past for past in others if past.filed.id in holding]
        companies = {past.filed.organisation_id for past in met} | {case.filed.organisation_id}
        at = f" at {len(companies)} companies" if len(companies) > 1 else ""
        reason = f"{listed(sorted(seen))}, bought apart{at}, serve to make {drug}."
        return Finding(reason, (*seen.values(), *traces(case, met, WHO | PLACES)))
    return None


BROUGHT_TOGETHER = Rule(
    code="brought-together-1",
    title="Bought apart and brought together",
    weight=25,
    check=check,
    about=About.GOODS,
    source=OWN_RECORDS,
)
