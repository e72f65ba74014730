"""The country of destination has no known licit need.

Source: data/needs.csv, which is far from complete; each row says how sure it is.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise a substance that goes to a country known to need or allow none of it."""
    facts = case.filed.facts
    country = facts.destination_country or ""
    for place, line in enumerate(facts.lines):
        why = case.book.no_need.get((country, line.substance or ""))
        if why:
            goal = f"legs.{len(facts.legs) - 1}.destination_country"
            return Finding(
                f"{line.name} to {country}: {why}.",
                (
                    here(case, f"lines.{place}.name", line.name),
                    here(case, goal if facts.legs else "delivery_country", country),
                ),
            )
    return None


NO_INDUSTRY = Rule(
    code="no-industry-1",
    title="Destination with no known need",
    weight=13,
    check=check,
    about=About.ROUTE,
    source="Reports to the INCB, from general knowledge; data/needs.csv",
)
