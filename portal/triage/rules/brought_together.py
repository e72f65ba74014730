"""Precursors and their reagents are bought apart and brought together.

Judged only by the drug that the reference data names for each substance.
Source: practice of the trade; no single company can see it.
"""

from datetime import timedelta

from portal.triage.data import (
    LOSS,
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
from portal.triage.rules.delivered_elsewhere import is_seat
from portal.triage.rules.same_drug import ByDrug, by_drug, strong_by_name

PLACES = {"address", "address-numbers", "plate"}
GOALS = {"delivery_wanted", "storage_address"}  # paths of where goods are to go
LEAST = 3  # substances for one drug, where some are bulk chemicals
YEAR = timedelta(days=365)


def check(case: Case) -> Finding | None:
    """Raise what serves one drug and was bought in several orders that meet somewhere.

    Strangers meet at one place or vehicle; one of the substances must be a precursor proper, and
    one must stand in the submission in hand. Bulk chemicals count from LEAST substances.
    """
    near = [
        past for past in case.around if abs(case.filed.received_at - past.filed.received_at) <= YEAR
    ]
    if case.filed.kind == LOSS:
        return None
    return meeting(case, tuple(past for past in near if meets(case, past)))


def found_by(case: Case, others: tuple[Past, ...]) -> ByDrug:
    """Return what serves one drug: without bulk chemicals, or with them where they are several."""
    few, all_ = by_drug(case, others, bulk=False), by_drug(case, others, bulk=True)
    many = {drug: seen for drug, seen in all_.items() if len(seen) >= LEAST}
    return {drug: seen for drug, seen in few.items() if len(seen) > 1} | many


def meets(case: Case, past: Past) -> bool:
    """Tell whether strangers have goods brought to one place, or by one vehicle.

    Where two have their seat says nothing: neighbours in a business park buy what they buy.
    """
    mine = {
        (m.sort, m.value)
        for m in case.mentions
        if m.path in GOALS and not is_seat(case.filed, m.shown)
    }
    brought = any(
        one.sort == "plate"
        or (one.path in GOALS and not is_seat(past.filed, one.shown))
        or (one.sort, one.value) in mine
        for one in shares(past, PLACES)
    )
    return brought and past.filed.kind != LOSS and not shares(past, WHO)


def meeting(case: Case, others: tuple[Past, ...]) -> Finding | None:
    """Return what some other submissions and the one in hand bring together for one drug."""
    for drug, seen in found_by(case, others).items():
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
    weight=22,
    check=check,
    about=About.GOODS,
    source=OWN_RECORDS,
)
