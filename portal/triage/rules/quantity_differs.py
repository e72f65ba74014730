"""What was shipped or received is not what was announced or shipped.

Source: practice of return information under Article 12 of the Convention of 1988.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise each quantity that the company itself reported to differ."""
    found = case.filed.facts.differences
    if not found:
        return None
    return Finding("; ".join(found), tuple(here(case, line_of(case, one), one) for one in found))


def line_of(case: Case, told: str) -> str:
    """Return the path of the quantity that a difference is about: it begins with the name."""
    lines = enumerate(case.filed.facts.lines)
    found = (place for place, line in lines if told.startswith(f"{line.name}:"))
    return f"lines.{next(found, 0)}.quantity"


QUANTITY_DIFFERS = Rule(
    code="quantity-differs-1",
    title="Quantities differ",
    weight=20,
    check=check,
    about=About.QUANTITY,
)
