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
    Rule,
    about_them,
    traces,
)

NEW = timedelta(days=120)  # since the first that is known of them
PORTAL = timedelta(days=150)  # since when the portal must know the trade
LEAST = 3  # submissions, with the one in hand
MOST = 10  # with more, the portal does not see how it began
COMPANIES = 2


def check(case: Case) -> Finding | None:
    """Raise people first named within NEW, in LEAST submissions of COMPANIES or more."""
    now = case.filed.received_at
    since = case.book.since
    old = since is not None and now - since >= PORTAL
    known = [past for past in about_them(case) if past.filed.kind not in {RETURN, *BY_PARTNERS}]
    if (
        case.filed.kind in {RETURN, *BY_PARTNERS}
        or not old
        or not LEAST <= len(known) + 1 <= MOST
        or now - known[0].filed.received_at > NEW
    ):
        return None
    companies = {past.filed.organisation_id for past in known} | {case.filed.organisation_id}
    if len(companies) < COMPANIES:
        return None
    first = known[0].filed.received_at
    reason = (
        f"Not known before {first:%-d %B %Y}; since then in {len(known) + 1} submissions of"
        f" {len(companies)} companies."
    )
    return Finding(reason, traces(case, known, WHO))


SUDDEN_CUSTOMER = Rule(
    code="sudden-customer-1",
    title="Unknown before, suddenly busy",
    weight=16,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
