"""A substance is listed since short.

Source: the lists of the reference data; the years are our own.
"""

from portal.triage.data import About, Case, Finding, Rule, here

YEARS = 3  # for which a listing counts as new


def check(case: Case) -> Finding | None:
    """Raise a line that was listed in the last YEARS years."""
    year = case.filed.received_at.year
    for place, line in enumerate(case.filed.facts.lines):
        known = case.book.substances.get(line.substance or "")
        since = known.listed_since if known else None
        if since is not None and year - since <= YEARS:
            evidence = (here(case, f"lines.{place}.name", line.name),)
            return Finding(f"{line.name} is listed only since {since}.", evidence)
    return None


NEW_SUBSTANCE = Rule(
    code="new-substance-2",
    title="New listing",
    weight=2,
    check=check,
    about=About.GOODS,
)
