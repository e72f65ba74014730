"""A paper does not hold on the day of dispatch, or, without one, when it is shown.

Source: the dates in the record.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise a paper that ended, or begins only after that day: an authorisation, a declaration."""
    leaves = case.filed.facts.dispatch_on
    day = leaves or case.filed.received_at.date()
    told = f"the goods leave on {day:%-d %B %Y}" if leaves else f"it was shown on {day:%-d %B %Y}"
    for paper in case.filed.facts.documents:
        if paper.expires_on and paper.expires_on < day:
            reason = f"The {paper.sort} {paper.number} ends on {paper.expires_on:%-d %B %Y}"
        elif paper.issued_on and paper.issued_on > day:
            reason = f"The {paper.sort} {paper.number} begins on {paper.issued_on:%-d %B %Y}"
        else:
            continue
        when = (here(case, "dispatch_on", leaves.isoformat()),) if leaves else ()
        return Finding(f"{reason}; {told}.", (here(case, paper.path, paper.number), *when))
    return None


EXPIRED_DOCUMENT = Rule(
    code="expired-document-2",
    title="Paper expired",
    weight=8,
    check=check,
    about=About.PAPERS,
)
