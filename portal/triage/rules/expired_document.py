"""An authorisation does not hold on the day of dispatch.

Source: the dates in the record.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise an authorisation that ends before, or begins after, the goods leave."""
    leaves = case.filed.facts.dispatch_on
    for paper in case.filed.facts.documents:
        if leaves and paper.expires_on and paper.expires_on < leaves:
            reason = f"The {paper.sort} {paper.number} ends on {paper.expires_on:%-d %B %Y}"
        elif leaves and paper.issued_on and paper.issued_on > leaves:
            reason = f"The {paper.sort} {paper.number} begins on {paper.issued_on:%-d %B %Y}"
        else:
            continue
        evidence = (
            here(case, paper.path, paper.number),
            here(case, "dispatch_on", leaves.isoformat()),
        )
        return Finding(f"{reason}; the goods leave on {leaves:%-d %B %Y}.", evidence)
    return None


EXPIRED_DOCUMENT = Rule(
    code="expired-document-1",
    title="Authorisation expired",
    weight=8,
    check=check,
    about=About.PAPERS,
)
