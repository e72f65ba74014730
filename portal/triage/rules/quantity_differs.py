"""What was shipped or received is not what was announced or shipped.

Source: practice of return information under Article 12 of the Convention of 1988.
"""

from portal.triage.data import Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise each quantity that the company itself reported to differ."""
    found = case.filed.facts.differences
    if not found:
        return None
    return Finding("; ".join(found), tuple(here(case, "lines.0.quantity", one) for one in found))


QUANTITY_DIFFERS = Rule(
    code="quantity-differs-1", title="Quantities differ", weight=20, check=check
)
