"""One receiver abroad gets several small consignments in place of one.

Source: practice of the trade; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import (
    OWN_RECORDS,
    WHO,
    About,
    Case,
    Finding,
    Rule,
    here,
    is_notice,
    kilograms,
    mass,
    shares,
    weighed,
)

MONTH = timedelta(days=30)
ONE_GOAL = WHO | {"address"}
LEAST = 4  # consignments, with the one in hand
SMALL = 5  # of them make no more than what nineteen of twenty name; no unit


def check(case: Case) -> Finding | None:
    """Raise LEAST consignments in MONTH, each small against what is usual, to one receiver.

    A simplified procedure for several shipments, and a substance of few records, raise nothing.
    """
    if not is_notice(case.filed) or case.filed.facts.several_shipments:
        return None
    for place, line in enumerate(case.filed.facts.lines):
        usual = case.book.usual.get(line.substance or "")
        own = mass(case.filed, line.substance)
        if usual is None or not own or own * SMALL > usual.high_kg:
            continue
        others = [
            past
            for past in case.around
            if shares(past, ONE_GOAL)
            and is_notice(past.filed)
            and abs(case.filed.received_at - past.filed.received_at) <= MONTH
            and 0 < mass(past.filed, line.substance) * SMALL <= usual.high_kg
        ]
        if len(others) + 1 >= LEAST:
            return Finding(
                f"{len(others) + 1} small consignments of {line.name} in 30 days, this one of"
                f" {kilograms(own)}.",
                (
                    here(case, f"lines.{place}.quantity", str(line)),
                    *(weighed(past, line.substance) for past in others),
                ),
            )
    return None


SMALL_CONSIGNMENTS = Rule(
    code="small-consignments-1",
    title="Several small consignments across a border",
    weight=30,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
