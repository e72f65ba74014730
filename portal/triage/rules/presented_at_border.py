"""The goods stood at a border under papers that do not let them leave.

Source: practice of border control; the weight is our own.
"""

from portal.triage.data import About, Case, Evidence, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise what partners checked at a border: stopped, cancelled, expired or not released."""
    seen = case.filed.facts.presented
    if not seen:
        return None
    evidence: tuple[Evidence, ...] = tuple(here(case, path, words) for path, words in seen)
    more = f" And {len(seen) - 1} more." if len(seen) > 1 else ""
    return Finding(f"{seen[-1][1]}{more}", evidence)


PRESENTED_AT_BORDER = Rule(
    code="presented-at-border-1",
    title="At a border without leave",
    weight=40,
    check=check,
    about=About.ROUTE,
)
