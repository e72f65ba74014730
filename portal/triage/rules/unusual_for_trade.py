"""The quantity is uncommon for everybody who takes the substance.

Source: Regulation (EU) 2019/1148, Article 9(1)(c), for the idea; the figures are our own.
"""

from portal.triage.data import ARTICLE_9, About, Case, Finding, Rule, here, kilograms

FACTOR = 3  # times what nineteen of twenty take; no unit
LEAST = 20  # earlier records, below which nothing is usual


def check(case: Case) -> Finding | None:
    """Raise a line of more than FACTOR times what nineteen of twenty newest records name."""
    for place, line in enumerate(case.filed.facts.lines):
        usual = case.book.usual.get(line.substance or "")
        if usual is None or usual.records < LEAST or line.base_kg is None:
            continue
        if line.base_kg > FACTOR * usual.high_kg:
            return Finding(
                f"{kilograms(line.base_kg)} of {line.name}; nineteen of twenty take"
                f" {kilograms(usual.high_kg)} or less.",
                (here(case, f"lines.{place}.quantity", str(line)),),
            )
    return None


UNUSUAL_FOR_TRADE = Rule(
    code="unusual-for-trade-1",
    title="Uncommon quantity for the trade",
    weight=6,
    check=check,
    about=About.QUANTITY,
    source=ARTICLE_9,
    confirmed=True,
)
