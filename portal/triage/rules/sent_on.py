"""Who receives the goods sends such goods on elsewhere.

Source: practice of the trade; no single company can see it.
"""

from datetime import timedelta

from portal.submissions.data import Mention, PartyRole
from portal.triage.data import (
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Past,
    Rule,
    is_notice,
    listed,
    shares,
    substance_or_name,
    traces,
)

RECEIVERS = {PartyRole.CONSIGNEE, PartyRole.ULTIMATE_CONSIGNEE, PartyRole.IMPORTER}
AGENT = {"agent"}  # a trace that stands for an exporter, carrier or forwarder elsewhere
YEAR = timedelta(days=365)


def check(case: Case) -> Finding | None:
    """Raise a receiver who is the exporter of the same substance in another notice of a YEAR."""
    if not is_notice(case.filed):
        return None
    parties = case.filed.facts.parties
    receives = {f"parties.{n}" for n, one in enumerate(parties) if one.role in RECEIVERS}
    wanted = {m.value for m in case.mentions if ".".join(m.path.split(".")[:2]) in receives}
    seen = [past for past in case.around if goods(case, past) and sent(past, wanted)]
    if not seen:
        return None
    shown = listed(one.shown for past in seen for one in sent(past, wanted))
    return Finding(f"{shown} receives here, and sends on elsewhere.", traces(case, seen, AGENT))


def sent(past: Past, wanted: set[str]) -> list[Mention]:
    """Return the traces of a receiver that are the exporter's in another notice."""
    parties = past.filed.facts.parties
    return [
        one
        for one in shares(past, AGENT)
        if one.value in wanted and parties[int(one.path.split(".")[1])].role is PartyRole.EXPORTER
    ]


def goods(case: Case, past: Past) -> bool:
    """Tell whether both are about one substance, within a YEAR."""
    mine = {substance_or_name(line) for line in case.filed.facts.lines}
    near = abs(case.filed.received_at - past.filed.received_at) <= YEAR
    return near and bool(mine & {substance_or_name(line) for line in past.filed.facts.lines})


SENT_ON = Rule(
    code="sent-on-1",
    title="Receiver sends on",
    weight=23,
    check=check,
    about=About.ROUTE,
    source=OWN_RECORDS,
)
