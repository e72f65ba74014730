"""A substitute is asked for since its parent came under control.

Judged only by the drug that the reference data names for each substance.
Source: practice of the trade; the years are our own.
"""

from portal.triage.data import (
    About,
    Case,
    Finding,
    Rule,
    SubstanceFacts,
    about_them,
    here,
    there,
)
from portal.triage.rules.same_drug import is_bulk

YEARS = 3  # after the listing of the parent


def check(case: Case) -> Finding | None:
    """Raise a substance on no list, from people who took a newly listed one for the same drug."""
    year = case.filed.received_at.year
    for place, line in enumerate(case.filed.facts.lines):
        own = case.book.substances.get(line.substance or "")
        if own is None or controlled(own) or is_bulk(line.substance, own):
            continue
        for past in about_them(case):
            for other_place, other in enumerate(past.filed.facts.lines):
                parent = case.book.substances.get(other.substance or "")
                if parent and replaces(own, parent, year):
                    return Finding(
                        f"{line.name} serves the drugs of {other.name}, listed since"
                        f" {parent.listed_since}, which the same people asked for.",
                        (
                            here(case, f"lines.{place}.name", line.name),
                            there(past, f"lines.{other_place}.name", other.name),
                        ),
                    )
    return None


def controlled(substance: SubstanceFacts) -> bool:
    """Tell whether a substance stands on a list."""
    return substance.un_table != "none" or substance.eu_category != "none"


def replaces(own: SubstanceFacts, parent: SubstanceFacts, year: int) -> bool:
    """Tell whether one substance serves a drug of another that was listed of late."""
    since = parent.listed_since
    new = since is not None and 0 <= year - since <= YEARS
    return new and bool(set(own.drugs) & set(parent.drugs))


SUBSTITUTE = Rule(
    code="substitute-1",
    title="Substitute after control of the parent",
    weight=15,
    check=check,
    about=About.GOODS,
)
