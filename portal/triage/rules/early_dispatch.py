"""The goods are to leave before the answer can be there.

Source: the lead time of the jurisdiction, as printed in the record.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise a dispatch before the day on which the goods may leave."""
    facts = case.filed.facts
    if not facts.dispatch_on or not facts.may_leave_on or facts.dispatch_on >= facts.may_leave_on:
        return None
    return Finding(
        f"To leave on {facts.dispatch_on:%-d %B %Y}; may not before"
        f" {facts.may_leave_on:%-d %B %Y}.",
        (
            here(case, "dispatch_on", facts.dispatch_on.isoformat()),
            here(case, "may_leave_on", facts.may_leave_on.isoformat()),
        ),
    )


EARLY_DISPATCH = Rule(
    code="early-dispatch-1",
    title="Dispatch before the answer",
    weight=1,
    check=check,
    about=About.PAPERS,
)
