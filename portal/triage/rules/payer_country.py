"""The money comes from another country than the customer.

Source: practice of the trade.
"""

from portal.submissions.data import PartyRole
from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise a payment from a country that is not the customer's."""
    payer = case.filed.facts.payer_country
    for place, party in enumerate(case.filed.facts.parties):
        if party.role is PartyRole.CUSTOMER and payer and party.country and payer != party.country:
            evidence = (
                here(case, "payer_country", payer),
                here(case, f"parties.{place}.country", party.country),
            )
            return Finding(f"Paid from {payer}; the customer is in {party.country}.", evidence)
    return None


PAYER_COUNTRY = Rule(
    code="payer-country-1",
    title="Payment from another country",
    weight=2,
    check=check,
    about=About.PAYMENT,
)
