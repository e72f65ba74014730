"""Shipments of one substance go to one address under several names.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import (
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Rule,
    is_notice,
    listed,
    shares,
    substance_or_name,
    traces,
)
from portal.triage.rules.other_name import others, owner

ADDRESS = {"address"}
MONTHS = timedelta(days=60)
LONG = timedelta(days=120)  # for which an address is named: neighbours in one building


def check(case: Case) -> Finding | None:
    """Raise notices within MONTHS to one address, for others by name, with the same substance.

    An address that is named for longer than LONG is not one that was taken for this.
    """
    if not is_notice(case.filed) or lasts(case):
        return None
    mine = {substance_or_name(line) for line in case.filed.facts.lines}
    seen = [
        past
        for past in case.around
        if is_notice(past.filed)
        and shares(past, ADDRESS)
        and abs(case.filed.received_at - past.filed.received_at) <= MONTHS
        and mine & {substance_or_name(line) for line in past.filed.facts.lines}
        and others(case, past, ADDRESS)
    ]
    if not seen:
        return None
    names = listed(owner(past, one) for past in seen for one in others(case, past, ADDRESS))
    return Finding(
        f"The same goods go to the same address for {names}.", traces(case, seen, ADDRESS)
    )


def lasts(case: Case) -> bool:
    """Tell whether an address has been named, whoever is there, for longer than LONG."""
    own = {(one.sort, one.value) for one in case.mentions if one.sort in ADDRESS}
    moments = [case.filed.received_at] + [
        past.filed.received_at
        for past in case.around
        if any((one.sort, one.value) in own for one in shares(past, ADDRESS))
    ]
    return max(moments) - min(moments) > LONG


ONE_ADDRESS = Rule(
    code="one-address-2",
    title="Several receivers at one address",
    weight=80,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
    fades=True,
)
