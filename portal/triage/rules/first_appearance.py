"""A strong or a designer precursor appears for the first times.

Source: own records; the figures are our own.
"""

from datetime import timedelta

from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, here, substance_or_name
from portal.triage.rules.designer import kin
from portal.triage.rules.same_drug import strong

FIRST = timedelta(days=180)  # after the very first, in which it counts as new
PORTAL = timedelta(days=150)  # since when the portal must know the trade
MOST = 5  # submissions that name it; afterwards it is known


def check(case: Case) -> Finding | None:
    """Raise a precursor proper, or kin of one, within FIRST of its first appearance."""
    now, since = case.filed.received_at, case.book.since
    if since is None or now - since < PORTAL:
        return None
    for place, line in enumerate(case.filed.facts.lines):
        known = case.book.substances.get(line.substance or "")
        if not (strong(known) if known else kin(line)):
            continue
        seen = case.book.seen.get((substance_or_name(line), ""))
        if seen is None or (now - seen.first_at <= FIRST and seen.times <= MOST):
            when = f"first named on {seen.first_at:%-d %B %Y}" if seen else "never named before"
            return Finding(
                f"{line.name}: {when}.",
                (here(case, f"lines.{place}.name", line.name),),
            )
    return None


FIRST_APPEARANCE = Rule(
    code="first-appearance-1",
    title="First appearances of a substance",
    weight=7,
    check=check,
    about=About.GOODS,
    source=OWN_RECORDS,
)
