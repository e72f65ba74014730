"""A precursor that nobody asked for, or that was listed a short while ago, is ordered again.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from portal.triage.data import (
    OWN_RECORDS,
    REPORT,
    About,
    Case,
    Finding,
    Rule,
    here,
    substance_or_name,
)
from portal.triage.rules.designer import kin
from portal.triage.rules.first_appearance import FIRST, MOST, PORTAL
from portal.triage.rules.new_substance import YEARS
from portal.triage.rules.same_drug import strong


def check(case: Case) -> Finding | None:
    """Raise a report of a precursor that was named first within FIRST, and rarely since.

    In a portal younger than PORTAL everything is rare: there, only what was listed within YEARS,
    or is on no list, counts.
    """
    now, since = case.filed.received_at, case.book.since
    if case.filed.kind != REPORT or since is None:
        return None
    for place, line in enumerate(case.filed.facts.lines):
        known = case.book.substances.get(line.substance or "")
        listed = known.listed_since if known else now.year
        fresh = listed is not None and now.year - listed <= YEARS
        if not (strong(known) if known else kin(line)) or not (fresh or now - since >= PORTAL):
            continue
        seen = case.book.seen.get((substance_or_name(line), ""))
        if seen and now - FIRST <= seen.first_at < now and seen.times <= MOST:
            return Finding(
                f"{line.name}: never named before {seen.first_at:%-d %B %Y}, and asked for again.",
                (here(case, f"lines.{place}.name", line.name),),
            )
    return None


RARE_AGAIN = Rule(
    code="rare-again-1",
    title="A precursor that is new here, ordered again",
    weight=30,
    check=check,
    about=About.GOODS,
    source=OWN_RECORDS,
)
