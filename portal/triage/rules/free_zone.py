"""The goods stop in a free zone.

Source: practice of the trade; a circumstance, not a reproach.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise a leg that ends in a free zone or a bonded warehouse."""
    for place, leg in enumerate(case.filed.facts.legs):
        if leg.free_zone or leg.warehouse:
            where = leg.free_zone or leg.warehouse or ""
            field = "free_zone" if leg.free_zone else "warehouse"
            known = case.book.places.get(where)
            name = known.name if known else where
            evidence = (here(case, f"legs.{place}.{field}", where),)
            return Finding(f"The goods rest in {name} on the way.", evidence)
    return None


FREE_ZONE = Rule(
    code="free-zone-1",
    title="Free zone or bonded store on the way",
    weight=5,
    check=check,
    about=About.ROUTE,
)
