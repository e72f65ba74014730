"""A container, seal or waybill was seen on another journey.

Source: practice of the trade; the days are our own.
"""

from datetime import timedelta

from portal.submissions.data import Mention
from portal.triage.data import (
    OWN_RECORDS,
    WHO,
    About,
    Case,
    Evidence,
    Finding,
    Past,
    Rule,
    here,
    listed,
    shares,
    there,
)

TRACES = {"container", "seal", "waybill"}
WEEK = timedelta(days=7)
SOON = timedelta(days=60)  # a container that travels comes back later than this


def check(case: Case) -> Finding | None:
    """Raise a container within SOON of another's journey; a seal or waybill at any time.

    The two sides of one journey, a notice of its export and one of its import, raise nothing;
    nor do the consignments of one company that go as a group, under one waybill in a WEEK, nor a
    container that comes back to whom it went before: customers lease their own.
    """
    seen = [(past, one) for past in case.around for one in again(case, past)]
    if not seen:
        return None
    values = {(one.sort, one.value) for _, one in seen}
    evidence: list[Evidence] = [
        here(case, m.path, m.shown) for m in case.mentions if (m.sort, m.value) in values
    ]
    evidence += [there(past, one.path, one.shown) for past, one in seen]
    return Finding(f"Seen before: {listed(one.shown for _, one in seen)}.", tuple(evidence))


def again(case: Case, past: Past) -> tuple[Mention, ...]:
    """Return the traces that two journeys share, and should not."""
    if case.filed.kind != past.filed.kind and case.filed.kind.endswith("-notice"):
        return ()
    apart = abs(case.filed.received_at - past.filed.received_at)
    grouped = past.filed.organisation_id == case.filed.organisation_id and apart <= WEEK
    returned = apart > SOON or bool(shares(past, WHO))
    return tuple(
        one
        for one in shares(past, TRACES)
        if not (one.sort == "container" and returned) and not (one.sort == "waybill" and grouped)
    )


CONTAINER_AGAIN = Rule(
    code="container-again-3",
    title="Container, seal or waybill seen twice",
    weight=68,
    check=check,
    about=About.PAPERS,
    source=OWN_RECORDS,
)
