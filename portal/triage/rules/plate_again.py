"""A customer's vehicle was seen at other orders.

Source: practice of the trade; no single company can see it.
"""

from portal.triage.data import (
    OWN_RECORDS,
    WHO,
    About,
    Case,
    Finding,
    Past,
    Rule,
    is_notice,
    listed,
    shares,
    traces,
)

PLATE = {"plate"}


def check(case: Case) -> Finding | None:
    """Raise a plate in another submission by other people.

    A carrier's lorry stands in many notices: two notices raise nothing.
    """
    seen = [past for past in case.around if shares(past, PLATE) and elsewhere(case, past)]
    if not seen:
        return None
    plates = listed(one.shown for past in seen for one in shares(past, PLATE))
    return Finding(f"Vehicle seen elsewhere: {plates}.", traces(case, seen, PLATE))


def elsewhere(case: Case, past: Past) -> bool:
    """Tell whether a vehicle says something: not a carrier's, nor the same customer's again."""
    if is_notice(case.filed) and is_notice(past.filed):
        return False
    return not shares(past, WHO)


PLATE_AGAIN = Rule(
    code="plate-again-2",
    title="Vehicle seen elsewhere",
    weight=62,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
