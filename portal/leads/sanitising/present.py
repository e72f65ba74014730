"""What of a source must not reach partners: one walk over its answers, and all that names it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.core.text import search_key
from portal.entities.rules.names import written_words
from portal.leads.sanitising.data import Needs, Reporter, Secret, Sort, Source
from portal.leads.sanitising.rules import names
from portal.leads.sanitising.rules.numbers import based
from portal.leads.sanitising.rules.phrases import (
    MOST_SENTENCES,
    sentences,
    trait_of,
)
from portal.leads.wording import plain
from portal.submissions.data import (
    Line,
    Party,
    PartyRole,
    PartySort,
    SubmissionData,
    in_short,
)
from portal.submissions.present import mentions

PAPERS = frozenset({"waybill", "invoice", "container", "seal", "authorisation"})
WITH_PAPERS = ("document", "own_reference")  # answers that are references of their own
OWN_WORDS = (("known_since", "Known since"), ("relation", "Relation"), ("licence_check", "Licence"))
PART = re.compile(r"[\n,;]+")
CODE = 2  # letters of a code of a country or of a postcode
LEAST_PART = 4  # letters of a part of an address or a name of a file
CLOSED = frozenset({"name", "address", "phone", "email", "website", "account", "identity"})


@dataclass(frozen=True, slots=True)
class Told:
    """One answer of a record."""

    name: str
    label: str
    shown: str
    mention: str
    value: Any


def secrets_of(source: Source) -> Iterator[Secret]:
    """Yield everything of a source that must not reach partners as it is."""
    yield from of_reporter(source.reporter)
    yield Secret(sort=Sort.OURS, value=source.reference, label="Reference")
    yield Secret(sort=Sort.OURS, value=source.check_code, label="Code of the paper")
    for name in source.files:
        yield from of_file(name)
    yield from of_record(source.record)
    for party in source.record.parties:
        if is_reporter(party, source.reporter):
            yield from of_reporter(as_reporter(party, source.reporter.country))
    yield day_secret("Received", source.received_on)
    for label, text in source.said:
        yield from phrases(label, text)


def of_reporter(reporter: Reporter) -> Iterator[Secret]:
    """Yield what names the company."""
    for name in reporter.names:
        found = names.company_variants(name)
        yield Secret(sort=Sort.COMPANY, value=name, label="Company", variants=found)
    for person in reporter.people:
        yield from of_person(person)
    for contact in reporter.contacts:
        mail = "@" in contact
        found = names.mail_variants(contact) if mail else names.phone_variants(contact)
        label = "E-mail" if mail else "Telephone"
        yield Secret(sort=Sort.CONTACT, value=contact, label=label, variants=found)
    for number in reporter.numbers:
        yield Secret(sort=Sort.NUMBER, value=number, label="Number of the company")
    for site in reporter.sites:
        yield Secret(sort=Sort.NAME_PART, value=site, label="Site")
    for address in reporter.addresses:
        yield from of_address(address, reporter.country)


def is_reporter(party: Party, reporter: Reporter) -> bool:
    """Tell whether a party of the record is the reporting company or one of its people."""
    own = {" ".join(written_words(name)) for name in reporter.names}
    own |= {search_key(name) for name in reporter.people}
    called = " ".join(written_words(party.name))
    domains = {names.own_domain(contact) for contact in reporter.contacts} - {""}
    return (
        called in own
        or search_key(party.name) in own
        or any(names.own_domain(mail) in domains for mail in party.emails)
    )


def as_reporter(party: Party, country: str) -> Reporter:
    """Return a party as the reporting company."""
    person = party.sort is PartySort.PERSON
    given = (party.trading_name, party.original_script, *party.earlier_names)
    numbers = (party.registration_number, party.tax_number, party.eori, party.lei)
    names_ = (party.name, *(name for name in given if name))
    return Reporter(
        names=() if person else names_,
        people=names_ if person else (),
        contacts=(*party.phones, *party.emails),
        addresses=tuple(one for one in (party.street, party.city, party.address_free) if one),
        numbers=tuple(one for one in (*numbers, party.licence_number) if one),
        country=country,
    )


def of_person(name: str, label: str = "Person") -> Iterator[Secret]:
    """Yield a person's name, whole and by the surname."""
    found = names.person_variants(name)
    yield Secret(sort=Sort.PERSON, value=name, label=label, variants=found)
    for surname in names.surnames(name):
        yield Secret(sort=Sort.NAME_PART, value=surname, label=f"{label}: surname")


def of_address(address: str, country: str) -> Iterator[Secret]:
    """Yield an address, its street and its town."""
    for part in PART.split(address):
        words = part.split()
        bare = [word for word in words if not any(letter.isdigit() for letter in word)]
        town = " ".join(word for word in bare if len(word) > CODE or not word.isupper())
        if len(search_key(town)) < LEAST_PART or search_key(town) == search_key(country):
            continue
        street = bool(words) and (bare == words[: len(bare)]) and len(bare) < len(words)
        if street:
            yield Secret(sort=Sort.SITE, value=part.strip(), label="Address", country=country)
        else:
            yield Secret(sort=Sort.TOWN, value=town, label="Town", country=country)


def of_file(name: str) -> Iterator[Secret]:
    """Yield the name of an attachment, and what it is without its ending if that tells."""
    stem = name.rpartition(".")[0] or name
    telling = any(letter.isdigit() for letter in stem) or len(stem.split()) > 1 or "_" in stem
    variants = (stem,) if telling and len(search_key(stem)) >= LEAST_PART else ()
    yield Secret(sort=Sort.FILE, value=name, label="Attachment", variants=variants)


def of_record(record: SubmissionData) -> Iterator[Secret]:
    """Yield what a record says that few others say."""
    yield from of_person(record.declared_by, "Declared by")
    for party in record.parties:
        if party.role is PartyRole.WITNESS:
            yield from of_person(party.name, "Witness")
        for field, label in OWN_WORDS:
            yield from phrases(label, getattr(party, field) or "")
    for found in mentions(record):
        if found.sort in PAPERS and not found.path.startswith("parties."):
            yield Secret(
                sort=Sort.PAPER,
                value=found.shown,
                label=found.sort.capitalize(),
                trait=f"{found.sort}:{found.value}",
                needs=Needs.ANOTHER,
            )
    for line in record.lines:
        yield from of_line(line)
    for told in walk(record):
        yield from of_answer(told)


def of_line(line: Line) -> Iterator[Secret]:
    """Yield the quantities of a line, its batch and trade name."""
    substance = line.substance or search_key(line.name)
    yield quantity("Quantity", line.quantity, line.unit.value, substance)
    for label, number in (("In kilograms", line.quantity_kg), ("As base", line.base_kg)):
        if number is not None:
            yield quantity(label, number, "kg", substance)
    if line.value is not None:
        yield quantity("Value", line.value, line.currency or "")
    if line.packages:
        yield quantity("Packages", Decimal(line.packages), "packages", substance)
    if line.batch:
        yield Secret(sort=Sort.THEIRS, value=line.batch, label="Batch")
    if line.trade_name:
        yield Secret(sort=Sort.PRODUCT, value=line.trade_name, label="Trade name")


def quantity(label: str, number: Decimal, unit: str, substance: str = "") -> Secret:
    """Return a quantity; counted among those of the same substance."""
    value, base = based(number, unit)
    return Secret(
        sort=Sort.QUANTITY,
        value=f"{plain(number)} {unit}".strip(),
        label=label,
        trait=f"quantity:{plain(value)} {base}:{substance}",
        needs=Needs.FEW,
        number=number,
        unit=unit,
    )


def day_secret(label: str, day: date) -> Secret:
    """Return a day."""
    return Secret(
        sort=Sort.DAY,
        value=f"{day.day} {day:%B} {day.year}",
        label=label,
        trait=f"day:{day.isoformat()}",
        needs=Needs.FEW,
        day=day,
    )


def walk(record: Any) -> Iterator[Told]:
    """Yield every answer of a record and of its parts, save lines and parties."""
    for declared in fields(record):
        value = getattr(record, declared.name)
        about = declared.metadata
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Line | Party):
                continue
            if is_dataclass(one):
                yield from walk(one)
            elif one is not None and one != "" and "label" in about:
                name, shown, mention = declared.name, about["shown"], about["mention"]
                yield Told(name, about["label"], shown, mention, one)


def of_answer(told: Told) -> Iterator[Secret]:
    """Yield what an answer says that few others say."""
    value = told.value
    if isinstance(value, datetime | date):
        yield day_secret(told.label, value.date() if isinstance(value, datetime) else value)
    elif isinstance(value, Decimal):
        if value:
            yield quantity(told.label, value, told.shown)
    elif isinstance(value, str):
        yield from of_words(told)


def of_words(told: Told) -> Iterator[Secret]:
    """Yield a reference, a name of a site, or sentences."""
    if told.name in WITH_PAPERS:
        yield Secret(sort=Sort.THEIRS, value=told.value, label=told.label)
    elif told.name == "site":
        yield Secret(sort=Sort.NAME_PART, value=told.value, label=told.label)
    elif told.mention not in CLOSED and told.shown not in {"sentence", "country", "place"}:
        yield from phrases(told.label, told.value)


def phrases(label: str, text: str) -> Iterator[Secret]:
    """Yield the sentences of a text."""
    for number, sentence in enumerate(sentences(text)):
        if number < MOST_SENTENCES:
            yield Secret(
                sort=Sort.PHRASE,
                value=sentence,
                label=label,
                trait=f"phrase:{trait_of(sentence)}",
                needs=Needs.FEW,
            )


def traits_of(record: SubmissionData, received_on: date) -> frozenset[str]:
    """Return under what a submission is counted among others."""
    found = (*of_record(record), day_secret("Received", received_on))
    return frozenset(one.trait for one in found if one.trait)


def speakable(records: Iterable[SubmissionData]) -> frozenset[str]:
    """Return what a lead may say though the report says it too: names of parties and substances."""
    found: set[str] = set()
    for record in records:
        found |= {one.shown for one in mentions(record) if one.sort in {"name", "address"}}
        found |= {line.name for line in record.lines}
        found |= {in_short(part, str) for part in (*record.lines, *record.parties)}
    return frozenset(found)
