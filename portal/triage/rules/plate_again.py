"""A vehicle was seen at several orders.

Source: practice of the trade; no single company can see it.
"""

from portal.triage.data import Case, Finding, Rule, here, shares, there


def check(case: Case) -> Finding | None:
    """Raise a plate that stands in an earlier submission."""
    seen = [past for past in case.history if shares(past, {"plate"})]
    if not seen:
        return None
    plates = sorted({one.shown for past in seen for one in shares(past, {"plate"})})
    evidence = [here(case, m.path, m.shown) for m in case.mentions if m.shown in plates]
    evidence += [there(p, m.path, m.shown) for p in seen for m in shares(p, {"plate"})]
    return Finding(f"Vehicle seen before: {', '.join(plates)}.", tuple(evidence))


PLATE_AGAIN = Rule(code="plate-again-1", title="Vehicle seen before", weight=12, check=check)
