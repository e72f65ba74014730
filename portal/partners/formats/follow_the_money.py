"""FollowTheMoney: one entity a line, as JSON.

The model has no markings and no goods: every entity names the marking in its keywords and the
document of the hand-over as its proof; amounts and what has no schema of its own are notes and
assets. What a typed property would not take (a number of no country) stands in the notes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import phonenumbers

from portal.entities.data import EntitySort
from portal.leads.data import Event, Stop, Subject
from portal.partners.data import Format, Package
from portal.partners.formats.terms import (
    SORT_WORDS,
    amount_words,
    handling,
    identifier,
    identifier_words,
    mail_address,
    onward,
    place_words,
    related,
    web_address,
)

Entity = dict[str, Any]
SCHEMATA: Mapping[str, str] = {
    EntitySort.PERSON: "Person",
    EntitySort.ORGANISATION: "Company",
    EntitySort.ADDRESS: "Address",
    EntitySort.VEHICLE: "Vehicle",
    EntitySort.VESSEL: "Vessel",
    EntitySort.PHONE: "UserAccount",
    EntitySort.EMAIL: "UserAccount",
    EntitySort.ACCOUNT: "UserAccount",
}  # every other sort is an Asset
OF_ANYBODY: Mapping[str, str] = {  # properties that identifiers of people and companies become
    EntitySort.PHONE: "phone",
    EntitySort.EMAIL: "email",
    EntitySort.WEBSITE: "website",
    EntitySort.IDENTITY: "idNumber",
    EntitySort.REGISTRATION: "registrationNumber",
    EntitySort.AUTHORISATION: "licenseNumber",
    "tax": "taxNumber",
    "lei": "leiCode",
}
PROPERTIES: Mapping[str, Mapping[str, str]] = {
    "Person": OF_ANYBODY,
    "Company": OF_ANYBODY,
    "Vehicle": {EntitySort.REGISTRATION: "registrationNumber"},
    "Vessel": {EntitySort.REGISTRATION: "registrationNumber"},
    "UserAccount": {EntitySort.PHONE: "phone", EntitySort.EMAIL: "email"},
}
QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def render(package: Package) -> bytes:
    """Return the package as lines of JSON, the document of the hand-over first.

    What a lead says twice in the same words is one entity: its id is made of them.
    """
    once = {one["id"]: one for one in entities(package)}
    lines = (json.dumps(one, ensure_ascii=False) for one in once.values())
    return "".join(f"{line}\n" for line in lines).encode()


def entities(package: Package) -> Iterator[Entity]:
    """Yield every entity."""
    maker = Maker(package)
    lead = package.lead
    yield maker.document()
    subjects = {one.number: maker.subject(one) for one in lead.subjects}
    yield from subjects.values()
    for relation in related(lead):
        ends = subjects[relation.left]["id"], subjects[relation.right]["id"]
        yield maker.between("UnknownLink", ends, relation.words)
    stops = [maker.stop(number, one) for number, one in enumerate(lead.stops, 1)]
    yield from stops
    for before, after in pairwise(stops):
        yield maker.leg(before, after)
    for number, text in enumerate(lead.texts, 1):
        words = f"3x5x2 grading {text.grading}: {'; '.join(text.grading.words)}"
        yield maker.note(f"Text {number}", text.text, words, str(text.grading))
    for amount in lead.amounts:
        yield maker.note("Quantity", amount_words(amount))
    for event in lead.events:
        yield maker.event(event)


class Maker:
    """Makes entities of one package; each carries its marking and its proof."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.proof = str(identifier(package, "ftm document"))

    def made(self, schema: str, *key: object, id_: str = "", **properties: Any) -> Entity:
        """Return an entity of these properties; each holds a text or a list of them."""
        said = {
            "publisher": self.package.authority,
            "modifiedAt": f"{self.package.handed_over_at:%Y-%m-%dT%H:%M:%S}",
            **properties,
        }
        listed = {
            name: [value] if isinstance(value, str) else list(value)
            for name, value in said.items()
            if value
        }
        made = id_ or str(identifier(self.package, "ftm", schema, *key))
        return {"id": made, "schema": schema, "properties": listed}

    def named(self, schema: str, *key: object, **properties: Any) -> Entity:
        """Return an entity that has keywords: the marking, and what is told beside it."""
        marking = str(self.package.lead.marking)
        keywords = [marking, *properties.pop("keywords", ())]
        return self.made(schema, *key, keywords=keywords, proof=self.proof, **properties)

    def document(self) -> Entity:
        """Return what was handed over, and under which terms."""
        lead = self.package.lead
        body = f"{lead.asked}\n\nProposed: {lead.proposal}\nPriority: {lead.priority}"
        return self.made(
            "PlainText",
            id_=self.proof,
            fileName=lead.reference,
            title=lead.title,
            bodyText=f"{body}\nConfidence: {lead.confidence}",
            summary=onward(self.package),
            notes=[f"{label}: {words}" for label, words in handling(self.package)],
            keywords=[str(lead.marking), str(lead.category)],
            publishedAt=f"{self.package.handed_over_at:%Y-%m-%dT%H:%M:%S}",
        )

    def subject(self, subject: Subject) -> Entity:
        """Return somebody or something that the lead is about."""
        schema = SCHEMATA.get(subject.sort, "Asset")
        said: dict[str, Any] = self.reached(schema, subject)
        if schema == "UserAccount":
            said["username"] = subject.name
        if schema == "Address":
            said["full"] = subject.name
        return self.named(
            schema,
            subject.number,
            subject.sort,
            subject.name,
            name=subject.name,
            alias=subject.other_names,
            country=subject.country.lower(),
            summary=subject.part,
            description=SORT_WORDS.get(subject.sort, subject.sort.capitalize()),
            **said,
        )

    def reached(self, schema: str, subject: Subject) -> dict[str, Any]:
        """Return the properties that identifiers become; those that fit none are notes."""
        said: dict[str, list[str]] = {"notes": [subject.remark] if subject.remark else []}
        known = PROPERTIES.get(schema, {})
        own = [(subject.sort, subject.name)] if schema == "UserAccount" else []
        for sort, value in (*own, *subject.identifiers):
            name, typed = known.get(sort, ""), typed_as(sort, value, subject.country)
            if name and typed:
                said.setdefault(name, []).append(typed)
            elif value != subject.name:
                said["notes"].append(identifier_words(sort, value))
        return said

    def between(self, schema: str, ends: tuple[str, str], words: str) -> Entity:
        """Return how two entities belong together."""
        return self.made(
            schema, *ends, words, subject=ends[0], object=ends[1], role=words, proof=self.proof
        )

    def stop(self, number: int, stop: Stop) -> Entity:
        """Return a place of the route."""
        placed = stop.latitude is not None and stop.longitude is not None
        country = stop.country or stop.locode[:2]
        return self.named(
            "Address",
            number,
            stop.part,
            stop.name,
            name=stop.name,
            full=place_words(stop.name, stop.locode, country),
            country=country.lower(),
            latitude=str(stop.latitude) if placed else "",
            longitude=str(stop.longitude) if placed else "",
            summary=f"{stop.part.capitalize()} of the route",
        )

    def leg(self, before: Entity, after: Entity) -> Entity:
        """Return the way from one place to the next."""
        names = [one["properties"]["name"][0] for one in (before, after)]
        return self.named(
            "Trip",
            before["id"],
            after["id"],
            name=" to ".join(names),
            startLocation=before["id"],
            endLocation=after["id"],
        )

    def note(self, name: str, text: str, words: str = "", *keywords: str) -> Entity:
        """Return a text about the lead; with its grading, where it has one."""
        return self.named(
            "Note",
            name,
            text,
            name=f"{name} of {self.package.lead.reference}",
            description=text,
            notes=words,
            entity=self.proof,
            keywords=keywords,
        )

    def event(self, event: Event) -> Entity:
        """Return what happened; a quarter begins and ends."""
        if quarter := QUARTER.fullmatch(event.when):
            year, last = quarter[1], int(quarter[2]) * 3
            when = {"startDate": f"{year}-{last - 2:02}", "endDate": f"{year}-{last:02}"}
        else:
            when = {"date": event.when}
        return self.named("Event", event.when, event.words, name=event.words, **when)


def typed_as(sort: str, value: str, country: str) -> str:
    """Return an identifier as the model writes it; empty when the model would not take it."""
    if sort == EntitySort.PHONE:
        return phone(value, country)
    if sort == EntitySort.EMAIL:
        return mail_address(value)
    return web_address(value) if sort == EntitySort.WEBSITE else value


def phone(value: str, country: str) -> str:
    """Return a telephone number with its country's, as +31201234567; empty when it is none."""
    try:
        read = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(read):
        return ""
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


FOLLOW_THE_MONEY = Format(
    "ftm", "FollowTheMoney entities", "application/json+ftm", "ftm.json", render
)
