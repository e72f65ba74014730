"""The customer's trade does not fit the substance.

Source: practice of the trade; the words are our own and say nothing where they are missing.
"""

from portal.core.text import search_key
from portal.submissions.data import PartyRole
from portal.triage.data import About, Case, Finding, Rule, here

BUYERS = {PartyRole.CUSTOMER, PartyRole.IMPORTER, PartyRole.CONSIGNEE, PartyRole.END_USER}
UNFIT = {
    *("bakery", "restaurant", "catering", "travel", "tourism", "hotel", "furniture", "fashion"),
    *("garments", "shoes", "toys", "flowers", "jewellery", "jewelry", "telecom", "mobile"),
    *("electronics", "carpets", "cars", "autos", "tyres", "taxi", "barber", "kebab", "casino"),
    *("consulting", "marketing", "estate", "film", "music", "fitness", "souvenirs", "books"),
    *("klusbedrijf", "schoonmaak", "reisen", "mobel", "backerei", "textilhandel"),
}
STRONG = ("1", "2A", "2B")  # categories of the EU; solvents and acids serve many trades


def check(case: Case) -> Finding | None:
    """Raise a buyer whose name tells a trade that needs no strong precursor."""
    for line_place, line in enumerate(case.filed.facts.lines):
        known = case.book.substances.get(line.substance or "")
        if known is None or not (known.un_table == "I" or known.eu_category in STRONG):
            continue
        for place, party in enumerate(case.filed.facts.parties):
            words = set(search_key(f"{party.name} {party.trading_name or ''}").split()) & UNFIT
            if party.role in BUYERS and words:
                return Finding(
                    f"{party.name} does not sound like a user of {line.name}.",
                    (
                        here(case, f"parties.{place}.name", party.name),
                        here(case, f"lines.{line_place}.name", line.name),
                    ),
                )
    return None


TRADE_UNFIT = Rule(
    code="trade-unfit-1",
    title="Trade does not fit the substance",
    weight=12,
    check=check,
    about=About.GOODS,
)
