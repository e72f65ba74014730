"""A substance on no list is named like a kin of a listed precursor.

Source: names of the substances in Table I of the 1988 Convention; the stems are our own. Kin of a
precursor are made to fall outside the lists.
"""

from portal.core.text import search_key
from portal.submissions.data import Line
from portal.triage.data import About, Case, Finding, Rule, here

STEMS = (
    *("glycid", "piperidon", "anilinopiperid", "phenylaminopiperid", "fentanyl", "ephedr"),
    *("phenylacet", "phenylmalon", "benzodioxol", "methylenedioxy", "phenylpropanon"),
    *("safrol", "piperonal", "lysergic", "ergot", "acetylanthranil"),
)
WORDS = {"bmk", "pmk", "mapa", "apaa", "apaan", "p2p", "mdp2p", "npp", "anpp", "4ap", "eapa"}


def check(case: Case) -> Finding | None:
    """Raise a line on no list whose name holds a stem or short name of a listed precursor."""
    for place, line in enumerate(case.filed.facts.lines):
        if line.substance is None and kin(line):
            return Finding(
                f"{line.name} is on no list, and named like a kin of a listed precursor.",
                (here(case, f"lines.{place}.name", line.name),),
            )
    return None


def kin(line: Line) -> bool:
    """Tell whether a name holds a stem or short name of a listed precursor."""
    words = search_key(f"{line.name} {line.trade_name or ''}").split()
    return bool(WORDS & set(words)) or any(stem in "".join(words) for stem in STEMS)


DESIGNER = Rule(
    code="designer-1",
    title="Designer precursor",
    weight=45,
    check=check,
    about=About.GOODS,
)
