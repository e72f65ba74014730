"""What a company returned does not balance against its partners' returns.

Source: own records; the share is our own.
"""

from decimal import Decimal

from portal.submissions.data import Filed, Trade
from portal.triage.data import (
    OWN_RECORDS,
    RETURN,
    About,
    Case,
    Finding,
    Rule,
    here,
    kilograms,
    there,
)
from portal.triage.names import equal

MIRROR = {"sold": "bought", "bought": "sold", "exported": "imported", "imported": "exported"}
SHARE = Decimal("0.25")  # of the larger figure, that may lie between two books


def check(case: Case) -> Finding | None:
    """Raise a quantity that the partner's return of the same period tells otherwise.

    A partner that names nobody, or not this company, raises nothing: that may be its way to write.
    """
    for past in case.around:
        if past.filed.kind != RETURN or not one_period(case.filed, past.filed):
            continue
        for own in case.filed.facts.trades:
            told = [one for one in past.filed.facts.trades if mirrors(case, own, one)]
            other = sum((one.quantity_kg for one in told), Decimal(0))
            named = told and equal(own.counterparty, past.filed.organisation)
            if named and differs(own, other):
                evidence = [there(past, one.path, kilograms(one.quantity_kg)) for one in told]
                return Finding(
                    f"{kilograms(own.quantity_kg)} of {own.name} {own.movement}, to or from"
                    f" {own.counterparty}, which returned {kilograms(other)}.",
                    (
                        here(case, own.path, kilograms(own.quantity_kg)),
                        *evidence,
                    ),
                )
    return None


def one_period(mine: Filed, other: Filed) -> bool:
    """Tell whether two returns are of the same period."""
    a, b = mine.facts, other.facts
    return a.begins_on is not None and (a.begins_on, a.ends_on) == (b.begins_on, b.ends_on)


def mirrors(case: Case, own: Trade, told: Trade) -> bool:
    """Tell whether a partner's trade is the other side of one's own."""
    return (
        told.name == own.name
        and told.movement == MIRROR.get(own.movement)
        and equal(told.counterparty, case.filed.organisation)
    )


def differs(own: Trade, other: Decimal) -> bool:
    """Tell whether two figures lie further apart than books do."""
    gap = abs(own.quantity_kg - other)
    return own.movement in MIRROR and gap > SHARE * max(own.quantity_kg, other)


UNBALANCED_PARTNERS = Rule(
    code="unbalanced-partners-1",
    title="Returns of partners disagree",
    weight=79,
    check=check,
    about=About.QUANTITY,
    source=OWN_RECORDS,
)
