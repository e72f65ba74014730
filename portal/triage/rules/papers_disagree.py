"""Papers of one shipment disagree: the same invoice or waybill stands for other goods.

Source: practice of the trade.
"""

from portal.submissions.data import Filed, Mention
from portal.triage.data import (
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Past,
    Rule,
    is_notice,
    listed,
    shares,
    traces,
)

PAPERS = {"invoice", "waybill"}


def check(case: Case) -> Finding | None:
    """Raise an invoice or waybill of another notice with other substances or quantities."""
    seen = tuple(past for past in case.around if contradicts(case, past))
    if not seen:
        return None
    found: list[Mention] = [one for past in seen for one in shares(past, PAPERS)]
    what = listed(text for past in seen for text in goods(past.filed))
    return Finding(
        f"{listed(one.shown for one in found)} stands elsewhere for {what}.",
        traces(case, seen, PAPERS),
    )


def contradicts(case: Case, past: Past) -> bool:
    """Tell whether both are notices of one paper, for other goods."""
    both = is_notice(case.filed) and is_notice(past.filed) and bool(shares(past, PAPERS))
    return both and set(goods(case.filed)) != set(goods(past.filed))


def goods(filed: Filed) -> list[str]:
    """Return each line in a few words."""
    return [
        f"{line.base_kg.normalize():f} kg of {line.substance or line.name}"
        if line.base_kg
        else str(line)
        for line in filed.facts.lines
    ]


PAPERS_DISAGREE = Rule(
    code="papers-disagree-1",
    title="Invoice or waybill disagrees",
    weight=10,
    check=check,
    about=About.PAPERS,
    source=OWN_RECORDS,
)
