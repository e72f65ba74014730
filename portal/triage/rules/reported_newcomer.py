"""Somebody whom nobody knew is reported by one company, and receives shipments of others.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

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
from portal.triage.rules.sudden_customer import newcomers


def check(case: Case) -> Finding | None:
    """Raise newcomers of whom both an order was reported and a shipment is announced."""
    known = newcomers(case)
    filed = [case.filed, *(past.filed for past in known)]
    reported = sum(one.kind == REPORT for one in filed)
    announced = sum(is_notice(one) for one in filed)
    if not reported or not announced:
        return None
    shipments = "a shipment" if announced == 1 else f"{announced} shipments"
    return Finding(
        f"Not known before; reported by a company, and {shipments} announced by others.",
        traces(case, known, WHO),
    )


REPORTED_NEWCOMER = Rule(
    code="reported-newcomer-1",
    title="Unknown before, reported, and receives shipments",
    weight=12,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
    fades=True,
)
