"""What every format says of a package in words: how it may be handled, amounts, sorts."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from uuid import UUID, uuid5

from portal.entities.data import EntitySort
from portal.leads.data import Amount, Marking, Relation, Released
from portal.partners.data import Package
from portal.partners.formats.own_json import render

# of all identifiers that the portal makes from content: the same content, the same identifier
NAMESPACE = UUID("6f2d3c1e-7d0a-5b57-9a54-2b0c6a3f8e11")
MARKING_WORDS: Mapping[Marking, str] = {
    Marking.CLEAR: "may be disclosed without limit",
    Marking.GREEN: "may be shared within the community",
    Marking.AMBER: "for your organisation and, on a need-to-know basis, its clients",
    Marking.AMBER_STRICT: "for your organisation alone, on a need-to-know basis",
    Marking.RED: "for the persons named alone; no further disclosure",
}
SORT_WORDS: Mapping[str, str] = {
    EntitySort.PERSON: "Person",
    EntitySort.ORGANISATION: "Organisation",
    EntitySort.ADDRESS: "Address",
    EntitySort.PHONE: "Telephone number",
    EntitySort.EMAIL: "E-mail address",
    EntitySort.ACCOUNT: "Account",
    EntitySort.VEHICLE: "Vehicle",
    EntitySort.VESSEL: "Vessel",
    EntitySort.CONTAINER: "Container",
    EntitySort.AUTHORISATION: "Authorisation",
    EntitySort.WEBSITE: "Web site",
    EntitySort.IDENTITY: "Identity document",
    EntitySort.REGISTRATION: "Registration number",
    EntitySort.SEAL: "Seal",
    EntitySort.WAYBILL: "Waybill",
}
MAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
WEB = re.compile(r"(https?://)?([A-Za-z0-9-]+\.)+[A-Za-z]{2,}(:[0-9]+)?(/[A-Za-z0-9/._~?=&+,;-]*)?")


def hash_of(package: Package) -> str:
    """Return the SHA-256 of the own JSON, which the authority signs."""
    return package.content_sha256 or hashlib.sha256(render(package)).hexdigest()


def identifier(package: Package, *parts: object) -> UUID:
    """Return the identifier of a part of a lead: the same whenever it is handed over again."""
    return uuid5(NAMESPACE, "\n".join([package.lead.reference, *map(str, parts)]))


def handling(package: Package) -> Iterator[tuple[str, str]]:
    """Yield the terms under which a package is handed over, as pairs of words."""
    lead = package.lead
    yield "Marking", f"{lead.marking} – {MARKING_WORDS[lead.marking]}"
    yield "From", package.authority
    yield "For", recipient(package)
    yield "Need to know", "; ".join(lead.need_to_know) or "Whoever deals with it at the recipient"
    yield "Conditions", lead.conditions or "None beyond the marking"
    yield "Use in court", lead.court or "Not without written consent of the originator"
    yield "Passing it on", onward(package)
    yield "May be used until", f"{lead.expires_on:%-d %B %Y}" if lead.expires_on else "No end"
    yield "Handed over", f"{package.handed_over_at:%-d %B %Y, %H:%M} UTC"
    yield "SHA-256 of the signed data", hash_of(package)


def related(lead: Released) -> list[Relation]:
    """Return how subjects belong together: only where both are in the version for partners."""
    known = {one.number for one in lead.subjects}
    return [one for one in lead.relations if {one.left, one.right} <= known]


def recipient(package: Package) -> str:
    """Return who receives the package, with the network."""
    if not package.recipient_network:
        return package.recipient
    return f"{package.recipient} ({package.recipient_network})"


def onward(package: Package) -> str:
    """Return whether the originator is asked before it goes further."""
    if package.lead.ask_originator:
        return "Ask the originator before it goes any further"
    return "As the marking allows"


def kilograms(least: Decimal, most: Decimal) -> str:
    """Return a range of kilograms; one number where both ends are the same."""
    if least == most:
        return f"{least:f} kg"
    return f"{least:f} to {most:f} kg"


def drug_words(amount: Amount) -> str:
    """Return what drug an amount could give; empty when nothing is said of it."""
    if not amount.drug or amount.drug_least_kg is None or amount.drug_most_kg is None:
        return ""
    said = f"{kilograms(amount.drug_least_kg, amount.drug_most_kg)} {amount.drug}"
    return f"{said} ({amount.confidence} confidence)" if amount.confidence else said


def amount_words(amount: Amount) -> str:
    """Return an amount in one sentence."""
    name = f"{amount.name} (CAS {amount.cas})" if amount.cas else amount.name
    said = f"{name}: {kilograms(amount.least_kg, amount.most_kg)}"
    drug = drug_words(amount)
    return f"{said}; could give {drug}." if drug else f"{said}."


def place_words(name: str, locode: str, country: str) -> str:
    """Return a place with what it is known by."""
    known = ", ".join(part for part in (locode, country) if part)
    return f"{name} ({known})" if known else name


def identifier_words(sort: str, value: str) -> str:
    """Return an identifier of a subject in words."""
    return f"{SORT_WORDS.get(sort, sort.capitalize())}: {value}"


def mail_address(value: str) -> str:
    """Return an address of mail that every reader takes for one; empty when it is none."""
    return value if MAIL.fullmatch(value) else ""


def web_address(value: str) -> str:
    """Return the address of a web site with its scheme; empty when it is none."""
    found = WEB.fullmatch(value)
    if found is None:
        return ""
    return f"{'' if found[1] else 'http://'}{value}{'' if found[4] else '/'}"
