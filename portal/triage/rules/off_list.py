"""A substance that is on no list was reported or announced all the same.

Source: the lists of the reference data.
"""

from portal.triage.data import About, Case, Finding, Rule, here


def check(case: Case) -> Finding | None:
    """Raise a line that was not found among the listed and watched substances."""
    for place, line in enumerate(case.filed.facts.lines):
        if line.substance is None:
            evidence = (here(case, f"lines.{place}.name", line.name),)
            return Finding(f"{line.name} is not on the list.", evidence)
    return None


OFF_LIST = Rule(
    code="off-list-1",
    title="Not on the list",
    weight=3,
    check=check,
    about=About.GOODS,
)
