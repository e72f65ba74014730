"""More is lost than is usual for the product.

Source: the figures of the report itself; 21 CFR 1310.05 for the idea of an unusual loss.
"""

from decimal import Decimal

from portal.triage.data import About, Case, Finding, Rule, here

MOST = Decimal(1)  # % of the stock, where the report says nothing of what is usual


def check(case: Case) -> Finding | None:
    """Raise a share of the stock above what is usual, or above MOST where that is not said."""
    share, usual = case.filed.facts.loss_share, case.filed.facts.loss_usual
    if share is None or share <= (MOST if usual is None else usual):
        return None
    said = "" if usual is None else f"; {usual.normalize():f} % is usual"
    return Finding(
        f"{share.normalize():f} % of the stock is lost{said}.",
        (here(case, "share_of_stock", f"{share.normalize():f} %"),),
    )


LOSS_UNUSUAL = Rule(
    code="loss-unusual-1",
    title="Above the usual loss",
    weight=6,
    check=check,
    about=About.QUANTITY,
)
