"""Somebody whom a portal never met that knows the trade for long asks for a precursor proper.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import (
    OWN_RECORDS,
    REPORT,
    WHO,
    About,
    Case,
    Finding,
    Rule,
    here,
    traces,
)
from portal.triage.rules.long_unknown import first_named, long_after
from portal.triage.rules.same_drug import strong
from portal.triage.rules.sudden_customer import trades

BRIEF = timedelta(days=61)  # from the first that is known of them to the last


def check(case: Case) -> Finding | None:
    """Raise a report of a precursor proper about people of whom there are reports alone."""
    return unknown(case) if case.filed.kind == REPORT else None


def unknown(case: Case) -> Finding | None:
    """Return what a submission takes for people who came late, and only with its own kind, if any.

    All that is known of them lies within BRIEF, and the portal knew the trade for long by then.
    """
    known = trades(case)
    places = [
        n
        for n, line in enumerate(case.filed.facts.lines)
        if (said := case.book.substances.get(line.substance or "")) and strong(said)
    ]
    moments = [case.filed.received_at, *(past.filed.received_at for past in known)]
    alone = all(past.filed.kind == case.filed.kind for past in known)
    if not places or not alone or max(moments) - min(moments) > BRIEF or not long_after(case):
        return None
    line = case.filed.facts.lines[places[0]]
    return Finding(
        f"{line.name}; nobody named them before {first_named(case):%-d %B %Y}.",
        (here(case, f"lines.{places[0]}.name", line.name), *traces(case, known, WHO)),
    )


UNKNOWN_ORDER = Rule(
    code="unknown-order-1",
    title="Unknown for long, and asks for a precursor",
    weight=15,
    check=check,
    about=About.NEWNESS,
    source=OWN_RECORDS,
    fades=True,
)
