"""The goods are wanted at an address in no relation to the customer.

Source: practice of the trade.
"""

from portal.core.text import search_key
from portal.submissions.data import Party
from portal.triage.data import About, Case, Finding, Rule, here

LEAST = 3  # letters of a town or street that is compared


def check(case: Case) -> Finding | None:
    """Raise a place of delivery or storage that names no town, postcode or street of a party."""
    facts = case.filed.facts
    known = [part for party in facts.parties for part in parts(party)]
    for path, address in facts.deliveries:
        key = search_key(address)
        if known and not any(part in key for part in known):
            return Finding(
                f"Wanted at {address}, which is the address of nobody named.",
                (here(case, path, address), here(case, "parties.0.name", facts.parties[0].name)),
            )
    return None


def parts(party: Party) -> list[str]:
    """Return what of an address stands in another writing of it."""
    told = (party.street, party.postcode, party.city)
    keys = [search_key(part) for part in told if part]
    return [key for key in keys if len(key) >= LEAST]


UNRELATED_ADDRESS = Rule(
    code="unrelated-address-1",
    title="Delivery to an address in no relation",
    weight=8,
    check=check,
    about=About.ROUTE,
)
