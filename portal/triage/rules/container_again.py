"""A container, seal or waybill was seen a short while ago.

Source: practice of the trade; the days are our own.
"""

from datetime import timedelta

from portal.triage.data import Case, Finding, Rule, here, shares, there

TRACES = {"container", "seal", "waybill"}
SOON = timedelta(days=60)  # a container that travels comes back later than this


def check(case: Case) -> Finding | None:
    """Raise a container within SOON of its last journey; a seal or waybill at any time."""
    seen = []
    for past in case.history:
        soon = case.filed.received_at - past.filed.received_at <= SOON
        seen += [(past, one) for one in shares(past, TRACES) if soon or one.sort != "container"]
    if not seen:
        return None
    again = sorted({one.shown for _, one in seen})
    evidence = [here(case, m.path, m.shown) for m in case.mentions if m.shown in again]
    evidence += [there(past, one.path, one.shown) for past, one in seen]
    return Finding(f"Seen before: {', '.join(again)}.", tuple(evidence))


CONTAINER_AGAIN = Rule(
    code="container-again-1", title="Container, seal or waybill seen twice", weight=15, check=check
)
