"""The address is a mailbox, a flat or an office service.

Source: practice of the trade; the words are our own.
"""

from portal.core.text import search_key
from portal.submissions.data import PartySort
from portal.triage.data import About, Case, Finding, Rule, here

WORDS = {  # as `search_key` writes them: in Latin letters, small
    *("po box", "p o box", "mailbox", "postbus", "postfach", "postboks", "postbox", "apartado"),
    *("casilla", "boite postale", "case postale", "casella postale", "caixa postal", "postilokero"),
    *("skrytka pocztowa", "postafiok", "posta kutusu", "a ya", "abonentskiy yashchik"),
    *("flat", "apartment", "appartement", "apartamento", "appartamento", "wohnung", "kvartira"),
    *("self storage", "storage unit", "selfstorage", "lagerbox", "garde meuble", "trastero"),
    *("virtual office", "business center", "business centre", "coworking", "co working"),
    *("bureau virtuel", "domiciliation", "oficina virtual", "virtuelles buro", "kantoorhotel"),
}


def check(case: Case) -> Finding | None:
    """Raise an organisation whose address holds such a word."""
    for place, party in enumerate(case.filed.facts.parties):
        if party.sort is PartySort.PERSON:
            continue
        for field in ("street", "address_free"):
            address = getattr(party, field)
            key = f" {search_key(address or '')} "
            if any(f" {word} " in key for word in WORDS):
                evidence = (here(case, f"parties.{place}.{field}", address),)
                return Finding(f"{party.name} gives as its address: {address}.", evidence)
    return None


MAILBOX_ADDRESS = Rule(
    code="mailbox-address-1",
    title="Address is a mailbox or residence",
    weight=8,
    check=check,
    about=About.PEOPLE,
)
