"""What one company reports as suspicious another sends to the same people soon before or after.

Source: own records; no single company can see it; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import (
    OWN_RECORDS,
    REPORT,
    WHO,
    About,
    Case,
    Finding,
    Rule,
    is_notice,
    traces,
)
from portal.triage.rules.precursor_at_two import brief, elsewhere, same

KNOWN = timedelta(days=60)  # from the first that is known of them to the last
SOON = timedelta(days=30)  # between the report and the notice


def check(case: Case) -> Finding | None:
    """Raise any goods, where all that is known of the people lies within KNOWN."""
    places = list(range(len(case.filed.facts.lines)))
    return met(case, places, KNOWN, SOON)


def met(case: Case, places: list[int], known: timedelta, soon: timedelta) -> Finding | None:
    """Return where a report and a notice of two companies meet over some of the goods.

    Nothing is asked of how long the portal knows the trade: this is told in its first months too.
    """
    report = case.filed.kind == REPORT
    if not (report or is_notice(case.filed)) or not brief(case, known):
        return None
    seen = [
        past
        for past in elsewhere(case)
        if (is_notice(past.filed) if report else past.filed.kind == REPORT)
        and abs(case.filed.received_at - past.filed.received_at) <= soon
        and same(case, places, past)
    ]
    if not seen:
        return None
    what = "a shipment is announced" if report else "a suspicious order was reported"
    return Finding(
        f"By another company {what} of the same goods, within {soon.days} days.",
        traces(case, seen, WHO),
    )


REPORTED_AND_SENT = Rule(
    code="reported-and-sent-1",
    title="Reported by one company, sent to by another",
    weight=15,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
    fades=True,
)
