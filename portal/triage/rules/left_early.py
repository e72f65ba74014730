"""The goods left before the authority had released them.

Source: Regulation (EC) 111/2005, Article 11, for the idea.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise a reported dispatch without a release, or before the day from which it holds."""
    left, released = case.filed.facts.dispatched_on, case.filed.facts.released_on
    if left is None or (released is not None and left >= released):
        return None
    why = f"may leave from {released:%-d %B %Y}" if released else "not released"
    return Finding(
        f"Left on {left:%-d %B %Y}; {why}.", (here(case, "dispatch_on", left.isoformat()),)
    )


LEFT_EARLY = Rule(
    code="left-early-1",
    title="Left before the release",
    weight=30,
    check=check,
    about=About.ROUTE,
)
