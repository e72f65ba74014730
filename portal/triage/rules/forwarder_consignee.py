"""A forwarder is the last to receive the goods.

Source: practice of the trade.
"""

from portal.core.text import search_key
from portal.submissions.data import PartyRole
from portal.triage.data import About, Case, Finding, Rule, here

RECEIVERS = {PartyRole.CONSIGNEE, PartyRole.ULTIMATE_CONSIGNEE, PartyRole.IMPORTER}
WORDS = {
    *("forwarding", "forwarders", "forwarder", "freight", "cargo", "shipping", "transport"),
    *("logistics", "logistik", "logistiek", "logistica", "logistique", "lojistik", "nakliyat"),
    *("spedition", "spediteur", "expeditie", "expediteur", "transitaire", "transitario"),
}


def check(case: Case) -> Finding | None:
    """Raise a receiver that is named as a forwarder, or whose name says so."""
    parties = case.filed.facts.parties
    forwarders = {search_key(p.name) for p in parties if p.role is PartyRole.FORWARDER}
    for place, party in enumerate(parties):
        key = search_key(party.name)
        if party.role in RECEIVERS and (key in forwarders or WORDS & set(key.split())):
            evidence = (here(case, f"parties.{place}.name", party.name),)
            return Finding(f"{party.name} receives the goods, and is a forwarder.", evidence)
    return None


FORWARDER_CONSIGNEE = Rule(
    code="forwarder-consignee-1",
    title="Forwarder as final consignee",
    weight=4,
    check=check,
    about=About.ROUTE,
)
