"""The goods go from forwarder to forwarder.

Source: practice of the trade; the figures are our own.
"""

from portal.core.text import search_key
from portal.submissions.data import Party, PartyRole
from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, here, listed, shares, traces
from portal.triage.rules.forwarder_consignee import WORDS

BETWEEN = {PartyRole.FORWARDER, PartyRole.BROKER}
RECEIVERS = {PartyRole.CONSIGNEE, PartyRole.ULTIMATE_CONSIGNEE, PartyRole.IMPORTER}
LEAST = 3  # of them in one notice
AGENT = {"agent"}  # a trace that stands for an exporter, carrier or forwarder elsewhere


def check(case: Case) -> Finding | None:
    """Raise LEAST forwarders in one notice, or a receiver who sends on or forwards elsewhere."""
    parties = tuple(enumerate(case.filed.facts.parties))
    chain = {search_key(one.name): (place, one) for place, one in parties if forwards(one)}
    if len(chain) >= LEAST:
        names = listed(one.name for _, one in chain.values())
        evidence = tuple(here(case, f"parties.{n}.name", p.name) for n, p in chain.values())
        return Finding(f"From forwarder to forwarder: {names}.", evidence)
    receives = {f"parties.{place}" for place, one in parties if one.role in RECEIVERS}
    wanted = {m.value for m in case.mentions if ".".join(m.path.split(".")[:2]) in receives}
    seen = [p for p in case.around if any(one.value in wanted for one in shares(p, AGENT))]
    if not seen or not case.filed.facts.legs:
        return None
    shown = listed(one.shown for past in seen for one in shares(past, AGENT))
    return Finding(f"{shown} receives here, and sends on elsewhere.", traces(case, seen, AGENT))


def forwards(party: Party) -> bool:
    """Tell whether somebody stands between who sends and who receives."""
    named = party.role in RECEIVERS and bool(WORDS & set(search_key(party.name).split()))
    return party.role in BETWEEN or named


FORWARDER_CHAIN = Rule(
    code="forwarder-chain-1",
    title="Chain of forwarders",
    weight=12,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
