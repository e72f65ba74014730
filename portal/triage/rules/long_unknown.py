"""Somebody whom a portal never met that knows the trade for long is at two companies or more.

Source: practice of the trade; no single company can see it; the figures are our own.
"""

from datetime import datetime, timedelta

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule
from portal.triage.rules.sudden_customer import newcomers, told, trades

LONG = timedelta(days=300)  # that the portal had known the trade when they first came


def check(case: Case) -> Finding | None:
    """Raise newcomers who came LONG after the portal began: most who trade had come by then."""
    known = newcomers(case)
    return told(case, known) if known and long_after(case) else None


def long_after(case: Case) -> bool:
    """Tell whether people were first named LONG after the portal's first submission."""
    since = case.book.since
    return since is not None and first_named(case) - since >= LONG


def first_named(case: Case) -> datetime:
    """Return when people were first named in a submission about a trade."""
    moments = [past.filed.received_at for past in trades(case)]
    return min([case.filed.received_at, *moments])


LONG_UNKNOWN = Rule(
    code="long-unknown-1",
    title="Unknown for long, and at several companies",
    weight=1,
    check=check,
    about=About.NEWNESS,
    source=OWN_RECORDS,
    fades=True,
)
