"""A carrier loses goods again.

Source: practice of the trade; the figures are our own. Few carriers carry most goods.
"""

from datetime import timedelta

from portal.triage.data import LOSS, OWN_RECORDS, About, Case, Finding, Rule, listed, shares, traces

QUARTER = timedelta(days=90)
LEAST = 3  # losses with the carrier, with the one in hand
CARRIER = {"carrier"}


def check(case: Case) -> Finding | None:
    """Raise LEAST losses with one carrier within a QUARTER, of any owners."""
    seen = [
        past
        for past in case.around
        if case.filed.kind == past.filed.kind == LOSS
        and shares(past, CARRIER)
        and abs(case.filed.received_at - past.filed.received_at) <= QUARTER
    ]
    if len(seen) + 1 < LEAST:
        return None
    shown = listed(one.shown for past in seen for one in shares(past, CARRIER))
    return Finding(f"{len(seen) + 1} losses in 90 days with {shown}.", traces(case, seen, CARRIER))


LOSS_CARRIER = Rule(
    code="loss-carrier-1",
    title="Repeated loss with one carrier",
    weight=10,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
