"""The goods go from forwarder to forwarder.

Source: practice of the trade; the figures are our own.
"""

from portal.core.text import search_key
from portal.submissions.data import Party, PartyRole
from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, here, listed
from portal.triage.rules.forwarder_consignee import WORDS

BETWEEN = {PartyRole.FORWARDER, PartyRole.BROKER}
RECEIVERS = {PartyRole.CONSIGNEE, PartyRole.ULTIMATE_CONSIGNEE, PartyRole.IMPORTER}
LEAST = 3  # of them in one notice
LEAST_LAST = 2  # of them among those who receive


def check(case: Case) -> Finding | None:
    """Raise LEAST forwarders in one notice, or LEAST_LAST of them that receive the goods."""
    parties = tuple(enumerate(case.filed.facts.parties))
    chain = {search_key(one.name): (place, one) for place, one in parties if forwards(one)}
    last = [one for _, one in chain.values() if one.role in RECEIVERS]
    if len(chain) >= LEAST or len(last) >= LEAST_LAST:
        names = listed(one.name for _, one in chain.values())
        evidence = tuple(here(case, f"parties.{n}.name", p.name) for n, p in chain.values())
        return Finding(f"From forwarder to forwarder: {names}.", evidence)
    return None


def forwards(party: Party) -> bool:
    """Tell whether somebody stands between who sends and who receives."""
    named = party.role in RECEIVERS and bool(WORDS & set(search_key(party.name).split()))
    return party.role in BETWEEN or named


FORWARDER_CHAIN = Rule(
    code="forwarder-chain-1",
    title="Chain of forwarders",
    weight=63,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
