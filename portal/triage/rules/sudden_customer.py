"""Somebody whom nobody knew is suddenly busy at several companies.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import (
    BY_PARTNERS,
    OWN_RECORDS,
    RETURN,
    WHO,
    About,
    Case,
    Finding,
    Past,
    Rule,
    about_them,
    traces,
)

NEW = timedelta(days=120)  # since the first that is known of them
PORTAL = timedelta(days=150)  # since when the portal must know the trade
TWO, LEAST = 2, 3  # submissions, with the one in hand
MOST = 10  # with more, the portal does not see how it began
COMPANIES = 2
NO_TRADE = frozenset({RETURN, *BY_PARTNERS})  # kinds that say nothing of who trades when


def check(case: Case) -> Finding | None:
    """Raise people all of whose LEAST submissions or more, of COMPANIES, lie within NEW."""
    known = newcomers(case)
    return told(case, known) if len(known) + 1 >= LEAST else None


def newcomers(case: Case) -> list[Past]:
    """Return the other submissions about people of whom none is earlier or later than NEW.

    Who is still named later is an ordinary customer, who began at some time. Nothing comes back
    when the portal is too young to know, or all is of one company.
    """
    now = case.filed.received_at
    since = case.book.since
    known = trades(case)
    companies = {past.filed.organisation_id for past in known} | {case.filed.organisation_id}
    young = since is None or now - since < PORTAL
    if case.filed.kind in NO_TRADE or young or len(companies) < COMPANIES:
        return []
    moments = sorted({now, *(past.filed.received_at for past in known)})
    brief = moments[-1] - moments[0] <= NEW
    return known if brief and TWO <= len(known) + 1 <= MOST else []


def trades(case: Case) -> list[Past]:
    """Return the other submissions about people that tell of one trade, oldest first."""
    return [past for past in about_them(case) if past.filed.kind not in NO_TRADE]


def told(case: Case, known: list[Past]) -> Finding:
    """Return since when people are known, and at how many companies they were."""
    companies = {past.filed.organisation_id for past in known} | {case.filed.organisation_id}
    first = min(case.filed.received_at, *(past.filed.received_at for past in known))
    reason = (
        f"Not known before {first:%-d %B %Y}; since then in {len(known) + 1} submissions of"
        f" {len(companies)} companies."
    )
    return Finding(reason, traces(case, known, WHO))


SUDDEN_CUSTOMER = Rule(
    code="sudden-customer-2",
    title="Unknown before, suddenly busy",
    weight=17,
    check=check,
    about=About.NEWNESS,
    source=OWN_RECORDS,
    fades=True,
)
