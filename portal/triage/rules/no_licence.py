"""Somebody in the Union is to receive a substance of category 1, and no licence is named.

Source: Regulation (EC) No 273/2004, Article 3(2): who possesses such a substance needs a licence.
"""

from stdnum.eu.vat import MEMBER_STATES

from portal.submissions.data import PartyRole
from portal.triage.data import About, Case, Finding, Rule, here

RECEIVERS = {
    *(PartyRole.CUSTOMER, PartyRole.CONSIGNEE, PartyRole.ULTIMATE_CONSIGNEE),
    *(PartyRole.IMPORTER, PartyRole.END_USER),
}
NOT_IN_IT = {"xi"}  # numbers of Northern Ireland, which no address gives as a country
MEMBERS = {code.upper() for code in MEMBER_STATES - NOT_IN_IT}


def check(case: Case) -> Finding | None:
    """Raise a receiver of category 1 in the Union without the number of a licence."""
    facts = case.filed.facts
    strong = [
        (place, line)
        for place, line in enumerate(facts.lines)
        if line.substance and is_strong(case, line.substance)
    ]
    if not strong or facts.enquiry_only:
        return None
    line_place, line = strong[0]
    for place, party in enumerate(facts.parties):
        if party.role in RECEIVERS and party.country in MEMBERS and not party.licence_number:
            return Finding(
                f"No licence is named of {party.name}, who is to receive {line.name}.",
                (
                    here(case, f"parties.{place}.name", party.name),
                    here(case, f"lines.{line_place}.name", line.name),
                ),
            )
    return None


def is_strong(case: Case, substance: str) -> bool:
    """Tell whether a substance is of category 1."""
    known = case.book.substances.get(substance)
    return known is not None and known.eu_category == "1"


NO_LICENCE = Rule(
    code="no-licence-1",
    title="Licence missing",
    weight=2,
    check=check,
    about=About.PAPERS,
    source="Regulation (EC) No 273/2004, Article 3(2); the article's text was not checked",
)
