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
from portal.triage.rules.precursor_at_two import brief, precursors
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
    places = precursors(case)
    alone = all(past.filed.kind == case.filed.kind for past in known)
    if not places or not alone or not brief(case, BRIEF) or not long_after(case):
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
