"""No end-user declaration was seen for an order that was more than an enquiry.

Source: practice of the trade.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise an order for which the company saw no declaration of use."""
    facts = case.filed.facts
    if facts.declaration_seen is not False or facts.enquiry_only:
        return None
    evidence = (here(case, "declaration_seen", "no"),)
    return Finding("No end-user declaration was seen.", evidence)


NO_DECLARATION = Rule(
    code="no-declaration-1",
    title="End-user declaration missing",
    weight=1,
    check=check,
    about=About.PAPERS,
)
