"""A substance goes a way that it never went.

Source: own records; the figures are our own.
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
    route_of,
    substance_or_name,
)
from portal.triage.rules.same_drug import strong

KNOWN = timedelta(days=90)  # since when the substance must be known
LEAST = 10  # submissions of the substance, below which every way is new
NEW = timedelta(days=30)  # from the first shipment on a way, in which it counts as new


def check(case: Case) -> Finding | None:
    """Raise a shipment within NEW of the first on its way, of a precursor that is known well."""
    facts, now = case.filed.facts, case.filed.received_at
    if not is_notice(case.filed) or not facts.legs:
        return None
    for place, line in enumerate(facts.lines):
        known = case.book.substances.get(line.substance or "")
        if known is None or not strong(known):
            continue
        key = substance_or_name(line)
        ever = case.book.seen.get((key, ""))
        if ever is None or ever.times < LEAST or now - ever.first_at < KNOWN:
            continue
        route = case.book.seen.get((key, route_of(facts)))
        if route is None or now - route.first_at <= NEW:
            return Finding(
                f"{line.name} went from {facts.origin_country} to {facts.destination_country}"
                f" {'for the first time' if route is None else 'first a short while ago'}.",
                (
                    here(case, f"lines.{place}.name", line.name),
                    here(case, f"legs.{len(facts.legs) - 1}.destination_country", route_of(facts)),
                ),
            )
    return None


NEW_ROUTE = Rule(
    code="new-route-1",
    title="New route for the substance",
    weight=4,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
