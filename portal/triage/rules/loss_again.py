"""Goods are lost again at one place.

Source: practice of the trade; the days are our own.
"""

from datetime import timedelta

from portal.core.text import search_key
from portal.triage.data import (
    LOSS,
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Past,
    Rule,
    here,
    listed,
    there,
)

YEAR = timedelta(days=365)


def check(case: Case) -> Finding | None:
    """Raise a loss within a YEAR of another at the same place, of any owner."""
    return repeated(case, YEAR, others_only=False)


def repeated(case: Case, period: timedelta, *, others_only: bool) -> Finding | None:
    """Return the losses at the place in hand; of other owners only, if asked."""
    place = case.filed.facts.loss_place or ""
    if case.filed.kind != LOSS or not any(letter.isdigit() for letter in place):
        return None  # a place without a number is a stretch of road, or a whole town
    own = tuple(Past(filed=one, shared=()) for one in case.own)
    seen = {
        past.filed.id: past
        for past in (*case.around, *own)
        if past.filed.kind == LOSS
        and not (others_only and past.filed.organisation_id == case.filed.organisation_id)
        and abs(case.filed.received_at - past.filed.received_at) <= period
        and search_key(past.filed.facts.loss_place or "") == search_key(place)
    }
    if not seen:
        return None
    evidence = (there(one, "place", place) for one in seen.values())
    reason = f"{len(seen) + 1} losses in {period.days} days at {listed(place.splitlines())}."
    return Finding(reason, (here(case, "place", place), *evidence))


LOSS_AGAIN = Rule(
    code="loss-again-1",
    title="Repeated loss at one place",
    weight=8,
    check=check,
    about=About.QUANTITY,
    source=OWN_RECORDS,
)
