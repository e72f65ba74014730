"""The destination was changed late, or is told differently by two notices of one journey.

Source: practice of the trade; the days are our own.
"""

from datetime import timedelta

from portal.submissions.data import Filed
from portal.triage.data import (
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Past,
    Rule,
    here,
    is_notice,
    shares,
    there,
)

ONE_JOURNEY = {"container", "waybill", "seal"}
JOURNEY = timedelta(days=90)  # between the notices of one journey


def check(case: Case) -> Finding | None:
    """Raise a correction after release, or another notice of the journey, with other goals."""
    goal = case.filed.facts.destination_country
    if goal is None or not is_notice(case.filed):
        return None
    if case.older and case.released:
        found = [Past(filed=case.older, shared=())]
        why = "Changed after the release"
    else:
        found = [past for past in case.around if same_journey(case, past)]
        why = "Two notices of one journey differ"
    for past in found:
        other = past.filed.facts.destination_country
        if other and other != goal:
            return Finding(
                f"{why}: to {goal} here, to {other} in {past.filed.reference}.",
                (here(case, last_leg(case.filed), goal), there(past, last_leg(past.filed), other)),
            )
    return None


def same_journey(case: Case, past: Past) -> bool:
    """Tell whether two notices of different kinds are about one journey."""
    near = abs(case.filed.received_at - past.filed.received_at) <= JOURNEY
    other = is_notice(past.filed) and past.filed.kind != case.filed.kind
    if case.filed.facts.origin_country != past.filed.facts.origin_country:
        return False  # a container that comes back
    return near and other and bool(shares(past, ONE_JOURNEY))


def last_leg(filed: Filed) -> str:
    """Return the path of the destination of a route."""
    return f"legs.{max(len(filed.facts.legs) - 1, 0)}.destination_country"


DESTINATION_CHANGED = Rule(
    code="destination-changed-1",
    title="Destination changed",
    weight=20,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
