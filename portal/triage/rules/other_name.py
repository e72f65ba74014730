"""The same telephone, address, account or document stands behind another name.

Source: practice of the trade.
"""

from portal.core.text import search_key
from portal.submissions.data import Mention
from portal.triage.data import Case, Finding, Past, Rule, here, shares, there

TRACES = {"phone", "email", "identity", "account", "registration"}


def check(case: Case) -> Finding | None:
    """Raise a trace that earlier submissions give for people of other names."""
    own = {search_key(party.name) for party in case.filed.facts.parties}
    seen = [past for past in case.history if shares(past, TRACES) and not own & names(past)]
    if not seen:
        return None
    traces = {one.value: one for past in seen for one in shares(past, TRACES)}
    others = sorted({owner(past, one) for past in seen for one in shares(past, TRACES)})
    shown = ", ".join(sorted({one.shown for one in traces.values()}))
    evidence = [here(case, m.path, m.shown) for m in case.mentions if m.value in traces]
    evidence += [there(past, one.path, one.shown) for past in seen for one in shares(past, TRACES)]
    return Finding(f"{shown} also stands for {', '.join(others)}.", tuple(evidence))


def owner(past: Past, trace: Mention) -> str:
    """Return whose trace it is in an earlier submission."""
    parts = trace.path.split(".")
    parties = past.filed.facts.parties
    return parties[int(parts[1])].name if parts[0] == "parties" else past.filed.reference


def names(past: Past) -> set[str]:
    """Return the names in an earlier submission, as compared."""
    return {search_key(party.name) for party in past.filed.facts.parties}


OTHER_NAME = Rule(
    code="other-name-1", title="Same trace behind another name", weight=20, check=check
)
