"""Somebody goes from company to company, never twice to one.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import OWN_RECORDS, WHO, About, Case, Finding, Rule, traces
from portal.triage.rules.sudden_customer import NO_TRADE, trades

NEAR = timedelta(days=120)
LEAST = 3  # submissions, with the one in hand


def check(case: Case) -> Finding | None:
    """Raise LEAST submissions or more about the same people within NEAR, each of another company.

    Ordinary customers have a supplier or two, to whom they come back.
    """
    now = case.filed.received_at
    seen = [past for past in trades(case) if abs(now - past.filed.received_at) <= NEAR]
    companies = {past.filed.organisation_id for past in seen} | {case.filed.organisation_id}
    number = len(seen) + 1
    if case.filed.kind in NO_TRADE or number < LEAST or len(companies) < number:
        return None
    reason = f"In {number} submissions of {number} companies, never twice at one."
    return Finding(reason, traces(case, seen, WHO))


EACH_ELSEWHERE = Rule(
    code="each-elsewhere-1",
    title="From company to company, never twice to one",
    weight=9,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
    fades=True,
)
