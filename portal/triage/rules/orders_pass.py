"""Of somebody the portal knows suspicious orders alone, and these pass a threshold together.

Source: practice of the trade (structuring); no single company can see it.
"""

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules import together_pass
from portal.triage.rules.only_orders import only_reported


def check(case: Case) -> Finding | None:
    """Raise what passes a threshold only together, of people in no other trade."""
    return together_pass.check(case) if only_reported(case) else None


ORDERS_PASS = Rule(
    code="orders-pass-1",
    title="Known from orders alone, which pass a threshold together",
    weight=25,
    check=check,
    about=About.QUANTITY,
    source=OWN_RECORDS,
    fades=True,
)
