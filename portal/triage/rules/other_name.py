"""A telephone, mailbox, account or number stands behind another name.

Source: practice of the trade; no single company can see it.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from portal.submissions.data import Filed, Mention, Party, PartyRole
from portal.triage.data import (
    BY_PARTNERS,
    OWN_RECORDS,
    About,
    Case,
    Finding,
    Past,
    Rule,
    listed,
    shares,
    traces,
)
from portal.triage.names import same

STRONG = {"phone", "email", "account", "identity", "registration"}
SURE = 2
LATIN = 0x0370  # code points below it are Latin letters
LONG = timedelta(days=180)  # who hides does not do so for longer under the same number
MANY = 12  # submissions with the trace, from which it is everybody's knowledge
Shared = tuple[Past, Mention]


def check(case: Case) -> Finding | None:
    """Raise a trace that belongs to one, in two submissions under names that are not the same.

    Another spelling, another script that is known to be the same, or another legal form is no
    other name; nor is a company's for its owner's. A name in another script, which may be a
    translation, is none where SURE sorts of traces agree. Who shares the seat too is of one group:
    who hides gives another address. The trace of an office or agent, behind
    many names, says nothing; one that two names have shared for LONG, or in MANY submissions, is
    for another rule.
    """
    found = strangers(case)
    return told(case, found) if found and not lasts(case, found) else None


def strangers(case: Case) -> list[Shared]:
    """Return where others have a trace of ours, with the trace."""
    group = neighbours(case)
    return [
        (past, one)
        for past in case.around
        for one in others(case, past, STRONG)
        if not any(same(owner(past, one), name) for name in group)
    ]


def lasts(case: Case, found: Iterable[Shared]) -> bool:
    """Tell whether the traces have been shared openly for long, or by very many submissions."""
    values = {(one.sort, one.value) for _, one in found}
    moments = [
        past.filed.received_at
        for past in case.around
        if values & {(one.sort, one.value) for one in past.shared}
    ]
    moments.append(case.filed.received_at)
    return len(moments) > MANY or max(moments) - min(moments) > LONG


def told(case: Case, found: Sequence[Shared]) -> Finding:
    """Return whose trace is also whose."""
    seen = tuple({past.filed.id: past for past, _ in found}.values())
    names = listed(owner(past, one) for past, one in found)
    shown = listed(one.shown for _, one in found)
    all_ = (case.filed, *(past.filed for past in seen))
    suppliers = {one.organisation_id for one in all_ if one.kind not in BY_PARTNERS}
    at = f", at {len(suppliers)} companies" if len(suppliers) > 1 else ""
    return Finding(f"{shown} also stands for {names}{at}.", traces(case, seen, STRONG))


def neighbours(case: Case) -> set[str]:
    """Return who gave the same address too: firms that share their seat openly are a group."""
    return {owner(past, one) for past in case.around for one in others(case, past, {"address"})}


def others(case: Case, past: Past, sorts: set[str]) -> tuple[Mention, ...]:
    """Return the shared traces that another owns there."""
    mine = {(one.sort, one.value): one for one in case.mentions}
    return tuple(
        one
        for one in shares(past, sorts)
        if (own := mine.get((one.sort, one.value))) and differ(case, past, own, one)
    )


def differ(case: Case, past: Past, own: Mention, other: Mention) -> bool:
    """Tell whether a trace is of two parties, here and there, who are not the same."""
    mine, theirs = party_of(case.filed, own), party_of(past.filed, other)
    if mine is None or theirs is None or not (mine.sort is theirs.sort or both_buy(mine, theirs)):
        return False
    joined = {one.value for one in case.mentions if one.sort == "entity" and at(one, own)} & {
        one.value for one in past.shared if one.sort == "entity" and at(one, other)
    }
    if joined or any(same(a, b) for a in names(mine) for b in names(theirs)):
        return False
    common = [one for one in past.shared if at(one, other) and one.sort in STRONG | {"address"}]
    if is_latin(mine.name) is not is_latin(theirs.name):
        return len({one.sort for one in common}) < SURE
    return True


def both_buy(mine: Party, theirs: Party) -> bool:
    """Tell whether two buy for themselves: no longer a company here and its owner there."""
    return mine.role is theirs.role is PartyRole.CUSTOMER


def is_latin(name: str) -> bool:
    """Tell whether a name is written in Latin letters."""
    return all(ord(letter) < LATIN for letter in name if letter.isalpha())


def at(one: Mention, other: Mention) -> bool:
    """Tell whether two traces are of one party."""
    return one.path.split(".")[:2] == other.path.split(".")[:2]


def names(party: Party) -> tuple[str, ...]:
    """Return every name that somebody goes by."""
    told = (party.name, party.trading_name, party.original_script, *party.earlier_names)
    return tuple(name for name in told if name)


def party_of(filed: Filed, trace: Mention) -> Party | None:
    """Return whose trace it is; None for one that is no party's."""
    head, _, rest = trace.path.partition(".")
    return filed.facts.parties[int(rest.split(".")[0])] if head == "parties" else None


def owner(past: Past, trace: Mention) -> str:
    """Return whose trace it is in another submission, by name; empty if it is nobody's."""
    party = party_of(past.filed, trace)
    return party.name if party else ""


OTHER_NAME = Rule(
    code="other-name-3",
    title="Same trace behind another name",
    weight=40,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
    fades=True,
)
