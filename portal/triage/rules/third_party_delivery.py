"""The goods go to somebody who did not order them.

Source: practice of the trade.
"""

from portal.submissions.data import PartyRole
from portal.triage.data import About, Case, Finding, Rule, here

BUYERS = {PartyRole.CUSTOMER, PartyRole.IMPORTER}
RECEIVERS = {PartyRole.CONSIGNEE, PartyRole.ULTIMATE_CONSIGNEE}


def check(case: Case) -> Finding | None:
    """Raise a receiver in another country than the buyer."""
    parties = list(enumerate(case.filed.facts.parties))
    buyers = [(place, one) for place, one in parties if one.role in BUYERS and one.country]
    for place, one in parties:
        for buyer_place, buyer in buyers:
            if one.role in RECEIVERS and one.country and one.country != buyer.country:
                return Finding(
                    f"Ordered by {buyer.name} ({buyer.country}), to be delivered to {one.name}"
                    f" ({one.country}).",
                    (
                        here(case, f"parties.{place}.name", one.name),
                        here(case, f"parties.{buyer_place}.name", buyer.name),
                    ),
                )
    return None


THIRD_PARTY_DELIVERY = Rule(
    code="third-party-delivery-1",
    title="Delivery to a third party",
    weight=1,
    check=check,
    about=About.ROUTE,
)
