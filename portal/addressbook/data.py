"""What an entry of the address book is, and what of a page it keeps. Plain Python."""

from collections.abc import Mapping
from enum import StrEnum

from portal.core.text import search_key
from portal.submissions.data import PartyRole

Typed = Mapping[str, list[str]]  # name of a field: what the browser sent for it


class EntrySort(StrEnum):
    """What an entry is."""

    CUSTOMER = "customer"
    CONSIGNEE = "consignee"
    CARRIER = "carrier"
    PRODUCT = "product"


ADD: Mapping[EntrySort, str] = {
    EntrySort.CUSTOMER: "Add a customer",
    EntrySort.CONSIGNEE: "Add a consignee",
    EntrySort.CARRIER: "Add a carrier",
    EntrySort.PRODUCT: "Add a product",
}
PEOPLE = (EntrySort.CUSTOMER, EntrySort.CONSIGNEE, EntrySort.CARRIER)
BY_ROLE: Mapping[str, EntrySort] = {
    PartyRole.IMPORTER: EntrySort.CONSIGNEE,
    PartyRole.CONSIGNEE: EntrySort.CONSIGNEE,
    PartyRole.ULTIMATE_CONSIGNEE: EntrySort.CONSIGNEE,
    PartyRole.NOTIFY_PARTY: EntrySort.CONSIGNEE,
    PartyRole.CARRIER: EntrySort.CARRIER,
    PartyRole.FORWARDER: EntrySort.CARRIER,
    PartyRole.BROKER: EntrySort.CARRIER,
}
NEVER = frozenset({PartyRole.PERSON_KNOWN.value, PartyRole.WITNESS.value})  # no business partners
OF_ONE_FILING = frozenset(  # answers of a page that an entry leaves out
    {"role", "relation", "pick", "quantity", "packages", "batch", "value", "currency"}
)
FOUND_BY = ("name", "trading_name", "original_script", "city", "substance", "description")
SHORT = 250


def first(typed: Typed, name: str) -> str:
    """Return what was typed in a field, or nothing."""
    return (typed.get(name) or [""])[0].strip()


def kept_of(typed: Typed) -> dict[str, list[str]]:
    """Return what an entry keeps of what was typed."""
    return {
        name: list(values)
        for name, values in typed.items()
        if name not in OF_ONE_FILING and any(values)
    }


def label_of(typed: Typed) -> str:
    """Return the line under which an entry is listed."""
    if name := first(typed, "name"):
        country = first(typed, "country")
        return f"{name}, {country}"[:SHORT] if country else name[:SHORT]
    name = first(typed, "substance") or first(typed, "description")
    trade_name = first(typed, "trade_name")
    return f"{name} ({trade_name})"[:SHORT] if trade_name else name[:SHORT]


def searched(typed: Typed) -> str:
    """Return the words by which an entry is found."""
    said = (first(typed, name) for name in (*FOUND_BY, "trade_name"))
    return search_key(" ".join(filter(None, said)))[:1000]
