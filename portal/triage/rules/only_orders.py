"""Of somebody the portal knows suspicious orders alone, soon after each other at several companies.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import OWN_RECORDS, REPORT, WHO, About, Case, Finding, Past, Rule, traces
from portal.triage.rules.long_unknown import first_named
from portal.triage.rules.precursor_at_two import brief, elsewhere
from portal.triage.rules.sudden_customer import trades

BRIEF = timedelta(days=120)  # from the first that is known of them to the last
NEXT = timedelta(days=40)  # between one company and another


def check(case: Case) -> Finding | None:
    """Raise people of whom there are only reports, all within BRIEF, another company's within NEXT.

    Who buys for a trade is named in notices, declarations or over years too. Nothing is asked of
    how long the portal knows the trade: this is told in its first months as well.
    """
    known = only_reported(case)
    now = case.filed.received_at
    near = [past for past in elsewhere(case) if abs(now - past.filed.received_at) <= NEXT]
    if not known or not near or not brief(case, BRIEF):
        return None
    reason = (
        f"In {len(known) + 1} suspicious orders since {first_named(case):%-d %B %Y}, of which"
        f" one at another company within {NEXT.days} days, and in nothing else."
    )
    return Finding(reason, traces(case, known, WHO))


def only_reported(case: Case) -> list[Past]:
    """Return the other submissions about people of a report, if these are reports as well."""
    known = trades(case)
    reports = {case.filed.kind, *(past.filed.kind for past in known)} == {REPORT}
    return known if reports else []


ONLY_ORDERS = Rule(
    code="only-orders-1",
    title="Known from suspicious orders alone, at several companies",
    weight=40,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
    fades=True,
)
