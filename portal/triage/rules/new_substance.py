"""A substance that is not listed, or is listed since short.

Source: the lists of the reference data; the years are our own.
"""

from portal.triage.data import About, Case, Finding, Rule, here

YEARS = 3  # for which a listing counts as new


def check(case: Case) -> Finding | None:
    """Raise a line not on the list, or listed in the last YEARS years."""
    year = case.filed.received_at.year
    for place, line in enumerate(case.filed.facts.lines):
        known = case.book.substances.get(line.substance or "")
        since = known.listed_since if known else None
        evidence = (here(case, f"lines.{place}.name", line.name),)
        if line.substance is None:
            return Finding(f"{line.name} is not on the list.", evidence)
        if since is not None and year - since <= YEARS:
            return Finding(f"{line.name} is listed only since {since}.", evidence)
    return None


NEW_SUBSTANCE = Rule(
    code="new-substance-1",
    title="Designer precursor or new listing",
    weight=12,
    check=check,
    about=About.GOODS,
)
