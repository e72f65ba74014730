"""A return does not balance.

Source: practice of stock control; Regulation (EC) 273/2004, Article 8(2), for the yearly return.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise each substance whose stock is not what it should be, explained or not."""
    found = case.filed.facts.imbalances
    if not found:
        return None
    evidence = tuple(
        here(case, f"balances.{place}.difference", one)
        for place, one in zip(
            case.filed.facts.imbalance_places or range(len(found)), found, strict=False
        )
    )
    return Finding(f"Does not balance: {'; '.join(found)}.", evidence)


NO_BALANCE = Rule(
    code="no-balance-1",
    title="Return does not balance",
    weight=6,
    check=check,
    about=About.QUANTITY,
)
