"""A precursor goes again, within a short time, over places where hardly anything goes.

Source: own records, seen across companies; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import (
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Rule,
    here,
    is_notice,
    substance_or_name,
    way_of,
)
from portal.triage.rules.same_drug import strong

RECENT = timedelta(days=120)  # from the first shipment of the precursor that went this way
MOST = 6  # shipments of anything over these places; with more, the way is a usual one


def check(case: Case) -> Finding | None:
    """Raise a shipment over other places, of a precursor that took this rare way before."""
    ever = case.book.seen.get(("", way_of(case.filed.facts)))
    return again(case) if ever is not None and ever.times <= MOST else None


def again(case: Case) -> Finding | None:
    """Return that a shipment of a precursor went the same way before, first within RECENT."""
    facts, now = case.filed.facts, case.filed.received_at
    way = way_of(facts)
    if not way or not is_notice(case.filed):
        return None
    stops = tuple(
        here(case, f"legs.{n}.destination", leg.destination) for n, leg in enumerate(facts.legs)
    )
    for place, line in enumerate(facts.lines):
        known = case.book.substances.get(line.substance or "")
        first = case.book.seen.get((substance_or_name(line), way))
        if known and strong(known) and first and now - RECENT <= first.first_at < now:
            return Finding(
                f"{line.name} first went this way, {way.replace('>', ', ')},"
                f" on {first.first_at:%-d %B %Y}.",
                (here(case, f"lines.{place}.name", line.name), *stops),
            )
    return None


RARE_WAY = Rule(
    code="rare-way-1",
    title="A precursor over a rare way again",
    weight=45,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
