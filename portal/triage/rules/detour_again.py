"""A precursor takes a detour that another shipment took a short while ago.

Source: own records, seen across companies; the figure is our own. Once may be chance.
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
from portal.triage.rules import precursor_detour
from portal.triage.rules.same_drug import strong

RECENT = timedelta(days=120)  # from the first shipment that went this way


def check(case: Case) -> Finding | None:
    """Raise a precursor's detour that was first taken within RECENT by an earlier shipment."""
    facts, now = case.filed.facts, case.filed.received_at
    if not is_notice(case.filed) or precursor_detour.check(case) is None:
        return None
    way = way_of(facts)
    for place, line in enumerate(facts.lines):
        known = case.book.substances.get(line.substance or "")
        first = case.book.seen.get((substance_or_name(line), way))
        if known and strong(known) and first and now - RECENT <= first.first_at < now:
            return Finding(
                f"{line.name} first went this way, {way.replace('>', ', ')},"
                f" on {first.first_at:%-d %B %Y}.",
                (
                    here(case, f"lines.{place}.name", line.name),
                    *(
                        here(case, f"legs.{n}.destination", leg.destination)
                        for n, leg in enumerate(facts.legs)
                    ),
                ),
            )
    return None


DETOUR_AGAIN = Rule(
    code="detour-again-1",
    title="The same detour of a precursor again",
    weight=30,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
