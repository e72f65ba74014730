"""One order is paid in several ways.

Source: practice of the trade.
"""

from portal.submissions.data import Payment
from portal.triage.data import About, Case, Finding, Rule, here

ANONYMOUS = {Payment.CASH, Payment.PREPAID_CASH, Payment.CRYPTO, Payment.THIRD_PARTY}


def check(case: Case) -> Finding | None:
    """Raise two or more ways of payment, one of which does not show who pays."""
    ways = case.filed.facts.payments
    if len(set(ways)) < 2 or not ANONYMOUS & set(ways):  # noqa: PLR2004  split is two
        return None
    shown = ", ".join(way.value for way in ways)
    return Finding(f"Payment is split: {shown}.", (here(case, "payments", shown),))


SPLIT_PAYMENT = Rule(
    code="split-payment-1",
    title="Split payment",
    weight=6,
    check=check,
    about=About.PAYMENT,
)
