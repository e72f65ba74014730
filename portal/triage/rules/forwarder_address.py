"""The customer's address is a forwarder's or a carrier's.

Source: own records.
"""

from portal.core.text import search_key
from portal.submissions.data import Mention, Party, PartyRole
from portal.triage.data import OWN_RECORDS, About, Case, Finding, Past, Rule, here, there
from portal.triage.names import bare

MOVERS = {PartyRole.FORWARDER, PartyRole.CARRIER}
BUYERS = {PartyRole.CUSTOMER, PartyRole.IMPORTER, PartyRole.CONSIGNEE, PartyRole.END_USER}


def check(case: Case) -> Finding | None:
    """Raise a buyer at an address that another submission gives of somebody who moves goods."""
    parties = case.filed.facts.parties
    own = {
        one.value: (one, party)
        for one in case.mentions
        if one.sort == "address" and (party := party_of(parties, one)) and party.role in BUYERS
    }
    for past in case.around:
        for shared in past.shared:
            mover = party_of(past.filed.facts.parties, shared)
            if shared.value not in own or mover is None or mover.role not in MOVERS:
                continue
            mention, party = own[shared.value]
            if bare(search_key(mover.name)) != bare(search_key(party.name)):
                return found(case, past, (mention, party), (shared, mover))
    return None


def found(
    case: Case, past: Past, one: tuple[Mention, Party], other: tuple[Mention, Party]
) -> Finding:
    """Return what is found of a buyer and of who moves goods from the same address."""
    return Finding(
        f"{one[1].name} is at the address of {other[1].name}, a {other[1].role.value}.",
        (here(case, one[0].path, one[0].shown), there(past, other[0].path, other[0].shown)),
    )


def party_of(parties: tuple[Party, ...], mention: Mention) -> Party | None:
    """Return of whom a mention is; none where it stands elsewhere."""
    head, _, rest = mention.path.partition(".")
    return parties[int(rest.split(".")[0])] if head == "parties" else None


FORWARDER_ADDRESS = Rule(
    code="forwarder-address-1",
    title="Address is a forwarder's",
    weight=8,
    check=check,
    about=About.PEOPLE,
    source=OWN_RECORDS,
)
