"""Somebody whom nobody knew takes much of a strong precursor.

Source: practice of the trade. The portal does not ask when a company was founded: it knows since
when its supplier knows it, and whether other companies named it before.
"""

import re
from decimal import Decimal

from portal.submissions.data import Party, PartyRole
from portal.triage.data import About, Case, Finding, Rule, about_them, here, mass

BUYERS = {PartyRole.CUSTOMER, PartyRole.IMPORTER, PartyRole.CONSIGNEE}
STRONG = ("1", "2A")  # categories of the EU
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MUCH_KG = Decimal(1)


def check(case: Case) -> Finding | None:
    """Raise a buyer known since this year or never before, for MUCH_KG of a strong precursor."""
    facts = case.filed.facts
    strong = [
        n
        for n, line in enumerate(facts.lines)
        if (known := case.book.substances.get(line.substance or ""))
        and known.eu_category in STRONG
        and mass(case.filed, line.substance) >= MUCH_KG
    ]
    if not strong or about_them(case):
        return None
    for place, party in enumerate(facts.parties):
        if party.role in BUYERS and recent(party, case.filed.received_at.year):
            since = party.known_since or "not known before"
            field = "known_since" if party.known_since else "name"
            return Finding(
                f"{party.name} ({since}) takes {facts.lines[strong[0]]}.",
                (
                    here(case, f"parties.{place}.{field}", since),
                    here(case, f"lines.{strong[0]}.quantity", str(facts.lines[strong[0]])),
                ),
            )
    return None


def recent(party: Party, year: int) -> bool:
    """Tell whether a buyer is known since this year, or nothing is said of it."""
    years = [int(found) for found in YEAR.findall(party.known_since or "")]
    return not years or max(years) >= year


NEW_CUSTOMER = Rule(
    code="new-customer-1",
    title="New and unknown, and takes a strong precursor",
    weight=8,
    check=check,
    about=About.NEWNESS,
)
