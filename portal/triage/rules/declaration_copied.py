"""The use is declared in the words of another customer.

Source: practice of the trade; the length is our own.
"""

import re

from portal.submissions.data import Filed, PartyRole
from portal.triage.data import OWN_RECORDS, About, Case, Finding, Rule, listed, shares, traces
from portal.triage.names import same

WORDING = {"wording"}
DIGIT = re.compile(r"\d")
DECLARANTS = {PartyRole.CUSTOMER, PartyRole.END_USER}
MOST = 7  # others with the same words, above which they are a form that everybody fills in


def check(case: Case) -> Finding | None:
    """Raise a long text of particulars that a few customers of other names declare too."""
    return copied(case, particular=True)


def copied(case: Case, *, particular: bool) -> Finding | None:
    """Return who else has the same words; particular ones hold numbers: litres, years, people.

    General words are those of a trade association or of a supplier's form; whoever shares
    particulars has copied them.
    """
    mine = declarants(case.filed)
    seen = tuple(
        past
        for past in case.around
        if any(bool(DIGIT.search(one.shown)) is particular for one in shares(past, WORDING))
        and not any(same(a, b) for a in mine for b in declarants(past.filed))
    )
    if not seen or len({frozenset(declarants(past.filed)) for past in seen}) > MOST:
        return None
    names = listed(name for past in seen for name in declarants(past.filed))
    return Finding(
        f"The use is worded as in the declaration of {names}.", traces(case, seen, WORDING)
    )


def declarants(filed: Filed) -> list[str]:
    """Return the names of who declares."""
    return [party.name for party in filed.facts.parties if party.role in DECLARANTS]


DECLARATION_COPIED = Rule(
    code="declaration-copied-2",
    title="Declaration in copied words",
    weight=80,
    check=check,
    about=About.PAPERS,
    source=OWN_RECORDS,
)
