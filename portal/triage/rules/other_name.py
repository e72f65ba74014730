"""A telephone, address book entry or account stands behind another name, at another supplier.

Source: practice of the trade; no single company can see it.
"""

from portal.submissions.data import Mention
from portal.triage.data import OWN_RECORDS, About, Case, Finding, Past, Rule, listed, shares, traces
from portal.triage.names import same

STRONG = {"phone", "email", "account", "identity", "registration"}


def check(case: Case) -> Finding | None:
    """Raise a trace that belongs to one, in two submissions under names that are not the same.

    Another spelling, another script that is known to be the same, or another legal form is no
    other name. The trace of an office or agent, behind many names, says nothing.
    """
    seen = tuple(past for past in case.around if others(case, past, STRONG))
    if not seen:
        return None
    found = [(past, one) for past in seen for one in others(case, past, STRONG)]
    names = listed(owner(past, one) for past, one in found)
    shown = listed(one.shown for _, one in found)
    suppliers = {past.filed.organisation_id for past in seen} | {case.filed.organisation_id}
    at = f", at {len(suppliers)} companies" if len(suppliers) > 1 else ""
    return Finding(f"{shown} also stands for {names}{at}.", traces(case, seen, STRONG))


def others(case: Case, past: Past, sorts: set[str]) -> tuple[Mention, ...]:
    """Return the shared traces that another name owns there."""
    mine = {(one.sort, one.value): name_at(case, one) for one in case.mentions}
    return tuple(
        one
        for one in shares(past, sorts)
        if (there := owner(past, one)) and (here := mine.get((one.sort, one.value)))
        if not same(here, there) and not known_as(case, here, there)
    )


def known_as(case: Case, here: str, there: str) -> bool:
    """Tell whether somebody in hand goes by both names."""
    return any(
        any(same(name, here) for name in known) and any(same(name, there) for name in known)
        for known in (
            tuple(filter(None, (p.name, p.trading_name, p.original_script, *p.earlier_names)))
            for p in case.filed.facts.parties
        )
    )


def name_at(case: Case, trace: Mention) -> str:
    """Return whose trace it is in the submission in hand; empty if it is nobody's by name."""
    head, _, rest = trace.path.partition(".")
    parties = case.filed.facts.parties
    return parties[int(rest.split(".")[0])].name if head == "parties" else ""


def owner(past: Past, trace: Mention) -> str:
    """Return whose trace it is in another submission; empty if it is nobody's by name."""
    head, _, rest = trace.path.partition(".")
    parties = past.filed.facts.parties
    return parties[int(rest.split(".")[0])].name if head == "parties" else ""


OTHER_NAME = Rule(
    code="other-name-2",
    title="Same trace behind another name",
    weight=25,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
