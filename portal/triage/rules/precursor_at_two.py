"""Somebody whom nobody knew wants the same precursor proper at several companies.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import (
    OWN_RECORDS,
    WHO,
    About,
    Case,
    Finding,
    Past,
    Rule,
    here,
    substance_or_name,
    traces,
)
from portal.triage.rules.long_unknown import first_named
from portal.triage.rules.same_drug import strong
from portal.triage.rules.sudden_customer import NEW, NO_TRADE, PORTAL, trades


def check(case: Case) -> Finding | None:
    """Raise a precursor that people, all within NEW, want here and at another company.

    The portal had known the trade for PORTAL when they first came.
    """
    since = case.book.since
    places = precursors(case)
    if case.filed.kind in NO_TRADE or since is None or not places or not brief(case, NEW):
        return None
    seen = [past for past in elsewhere(case) if same(case, places, past)]
    if not seen or first_named(case) - since < PORTAL:
        return None
    line = case.filed.facts.lines[places[0]]
    return Finding(
        f"{line.name} here and at another company; nobody named them before"
        f" {first_named(case):%-d %B %Y}.",
        (here(case, f"lines.{places[0]}.name", line.name), *traces(case, seen, WHO)),
    )


def precursors(case: Case) -> list[int]:
    """Return the places of the lines that are precursors proper."""
    return [
        n
        for n, line in enumerate(case.filed.facts.lines)
        if (said := case.book.substances.get(line.substance or "")) and strong(said)
    ]


def brief(case: Case, period: timedelta) -> bool:
    """Tell whether all that is known of people lies within a period."""
    moments = [case.filed.received_at, *(past.filed.received_at for past in trades(case))]
    return max(moments) - min(moments) <= period


def elsewhere(case: Case) -> list[Past]:
    """Return what other companies filed about the same people."""
    own = case.filed.organisation_id
    return [past for past in trades(case) if past.filed.organisation_id != own]


def same(case: Case, places: list[int], past: Past) -> bool:
    """Tell whether another submission has one of these lines' substances."""
    mine = {substance_or_name(case.filed.facts.lines[n]) for n in places}
    return bool(mine & {substance_or_name(line) for line in past.filed.facts.lines})


PRECURSOR_AT_TWO = Rule(
    code="precursor-at-two-1",
    title="Unknown before, and the same precursor at several companies",
    weight=8,
    check=check,
    about=About.GOODS,
    source=OWN_RECORDS,
    fades=True,
)
