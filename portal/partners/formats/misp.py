"""MISP: an event for the partner's own organisation, with objects, tags and no indicator.

Nothing is meant for automatic detection (`to_ids` is off throughout), nothing is to be passed on
by a server of its own accord (distribution 0). The Admiralty scale is the nearest one, on the
careful side; the grading 3x5x2 itself stands in the comment.
"""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from portal.entities.data import EntitySort
from portal.leads.data import ADMIRALTY_INFORMATION, Grading, Stop, Subject
from portal.partners.data import Format, Package
from portal.partners.formats.terms import (
    SORT_WORDS,
    amount_words,
    handling,
    identifier,
    identifier_words,
    mail_address,
    place_words,
    recipient,
    related,
    web_address,
)
from portal.watchlists.data import Source

if TYPE_CHECKING:
    from pymisp import MISPEvent, MISPObject

ORGANISATION_ONLY = 0
INHERIT = 5
COMPLETED = 2
THREAT: Mapping[str, int] = {"immediate": 1, "urgent": 2, "routine": 3}
ADMIRALTY: Mapping[Source, str] = {Source.RELIABLE: "b", Source.UNTESTED: "f"} | {
    Source.NOT_RELIABLE: "e"
}
TEMPLATES: Mapping[str, tuple[str, str]] = {  # template of MISP, and what in it holds the name
    EntitySort.PERSON: ("person", "full-name"),
    EntitySort.ORGANISATION: ("organization", "name"),
    EntitySort.VEHICLE: ("vehicle", "license-plate-number"),
    EntitySort.ADDRESS: ("geolocation", "address"),
    EntitySort.ACCOUNT: ("bank-account", "account"),
}
THING = ("physical-object", "name")
WORDS: Mapping[str, str] = {  # what in a template holds free words
    "person": "text",
    "organization": "description",
    "vehicle": "description",
    "geolocation": "text",
    "bank-account": "text",
    "physical-object": "description",
}
IDENTIFIERS: Mapping[tuple[str, str], str] = {
    ("person", EntitySort.PHONE): "phone-number",
    ("person", EntitySort.IDENTITY): "identity-card-number",
    ("organization", EntitySort.PHONE): "phone-number",
    ("organization", EntitySort.REGISTRATION): "registration-number",
}
SINGLE: Mapping[str, str] = {  # sorts that are an attribute rather than an object
    EntitySort.PHONE: "phone-number",
    EntitySort.EMAIL: "email",
    EntitySort.WEBSITE: "url",
}


def render(package: Package) -> bytes:
    """Return the package as a MISP event, as its servers export one."""
    event = event_of(package)
    said = {"Event": json.loads(event.to_json())}
    return json.dumps(said, ensure_ascii=False, indent=2).encode()


def event_of(package: Package) -> "MISPEvent":
    """Return the event."""
    from pymisp import MISPEvent  # noqa: PLC0415  a third of a second that only this format needs

    lead = package.lead
    event = MISPEvent()
    event.from_dict(
        uuid=str(identifier(package, "misp event")),
        info=f"{lead.reference} {lead.title}",
        date=f"{package.handed_over_at:%Y-%m-%d}",
        timestamp=moment(package),
        publish_timestamp=0,
        published=False,
        analysis=COMPLETED,
        threat_level_id=THREAT[lead.priority],
        distribution=ORGANISATION_ONLY,
        Orgc={"name": package.authority, "uuid": str(identifier(package, "misp organisation"))},
    )
    event.add_tag(str(lead.marking).lower())
    event.add_tag(f'estimative-language:confidence-in-analytic-judgment="{lead.confidence}"')
    writer = Writer(package, event)
    writer.report()
    subjects = {one.number: writer.subject(one) for one in lead.subjects}
    for one in related(lead):
        writer.relate(subjects[one.left], subjects[one.right], one.words)
    writer.route()
    writer.texts()
    return event


def moment(package: Package) -> int:
    """Return when it was handed over, as MISP counts time."""
    return int(package.handed_over_at.timestamp())


def tags(grading: Grading) -> Iterator[str]:
    """Yield the nearest terms of the Admiralty scale."""
    yield f'admiralty-scale:source-reliability="{ADMIRALTY[grading.source]}"'
    credibility = ADMIRALTY_INFORMATION[grading.information]
    yield f'admiralty-scale:information-credibility="{credibility}"'


def template_of(subject: Subject) -> tuple[str, str]:
    """Return the template for a subject; an address of no country is a thing, as MISP asks."""
    if subject.sort == EntitySort.ADDRESS and not subject.country:
        return THING
    return TEMPLATES.get(subject.sort, THING)


class Writer:
    """Writes what a package says into an event; all of it deterministic."""

    def __init__(self, package: Package, event: "MISPEvent") -> None:
        self.package = package
        self.event = event

    def common(self, *key: object) -> dict[str, Any]:
        """Return what every attribute says."""
        return {
            "uuid": str(identifier(self.package, "misp", *key)),
            "timestamp": moment(self.package),
            "to_ids": False,
            "disable_correlation": False,
            "distribution": INHERIT,
        }

    def attribute(self, type_: str, value: str, comment: str, *tagged: str) -> Any:
        """Add an attribute of its own."""
        more = self.common(type_, value, comment)
        if type_ == "text":
            more["category"] = "Other"
        more["Tag"] = [{"name": one} for one in tagged]
        return self.event.add_attribute(type_, value, comment=comment, **more)

    def object(self, name: str, key: object, values: Mapping[str, Any], comment: str) -> Any:
        """Add an object of a template; values without content are left out."""
        from pymisp import MISPObject  # noqa: PLC0415

        made: MISPObject = MISPObject(name, strict=True)
        made.from_dict(
            uuid=str(identifier(self.package, "misp", name, key)),
            timestamp=moment(self.package),
            comment=comment,
            distribution=INHERIT,
        )
        for relation, said in values.items():
            for number, value in enumerate(said if isinstance(said, list) else [said]):
                if value not in ("", None):
                    more = self.common(name, key, relation, number, value)
                    made.add_attribute(relation, value=value, **more)
        return self.event.add_object(made)

    def report(self) -> None:
        """Add what the whole is, and under which terms it was handed over."""
        lead = self.package.lead
        self.object(
            "intelligence-report",
            lead.reference,
            {
                "report-id": lead.reference,
                "report-type": "Intelligence Report",
                "reporting-unit": self.package.authority,
                "disseminated-to": [recipient(self.package)],
                "date-time": self.package.approved_at.isoformat(),
                "dissemination-time": self.package.handed_over_at.isoformat(),
                "classification": str(lead.marking),
                "handling-instructions": [f"{k}: {v}" for k, v in handling(self.package)],
                "narrative": lead.asked,
                "conclusion": f"Proposed: {lead.proposal}",
                "evaluation": f"Confidence: {lead.confidence}",
                "comment": [f"Category: {lead.category}", f"Priority: {lead.priority}"],
            },
            lead.title,
        )

    def subject(self, subject: Subject) -> Any:
        """Add somebody or something that the lead is about."""
        if single := self.single(subject):
            return single
        template, name = template_of(subject)
        words = [SORT_WORDS.get(subject.sort, subject.sort.capitalize()), subject.part]
        words.append("Also: " + "; ".join(subject.other_names) if subject.other_names else "")
        words.append(f"Country: {subject.country}" if subject.country else "")
        values: dict[str, Any] = {name: subject.name}
        if template == "geolocation":
            values["countrycode"] = subject.country
        for sort, value in subject.identifiers:
            if relation := IDENTIFIERS.get((template, sort)):
                values.setdefault(relation, value)
            words.append(identifier_words(sort, value))
        words.append(subject.remark)
        values[WORDS[template]] = "\n".join(one for one in words if one)
        return self.object(template, subject.number, values, subject.part)

    def single(self, subject: Subject) -> Any:
        """Add a subject that is one attribute; nothing, where it is none."""
        if subject.sort not in SINGLE:
            return None
        values = {EntitySort.EMAIL: mail_address, EntitySort.WEBSITE: web_address}
        value = values.get(EntitySort(subject.sort), str)(subject.name)
        if not value:
            return None
        words = [subject.part, *subject.other_names, subject.remark]
        words.extend(identifier_words(*one) for one in subject.identifiers)
        return self.attribute(SINGLE[subject.sort], value, "\n".join(one for one in words if one))

    def relate(self, left: Any, right: Any, words: str) -> None:
        """Say how two subjects belong together; what no object can point from is a text."""
        if not hasattr(left, "add_reference") and not hasattr(right, "add_reference"):
            self.attribute("text", f"{left.value} – {right.value}: {words}", "Relation")
            return
        if not hasattr(left, "add_reference"):
            left, right = right, left
        key = ("reference", left.uuid, right.uuid, words)
        left.add_reference(
            right.uuid,
            "related-to",
            comment=words,
            uuid=str(identifier(self.package, "misp", *key)),
            timestamp=moment(self.package),
        )

    def route(self) -> None:
        """Add the places of the route in their order."""
        before: MISPObject | None = None
        for number, stop in enumerate(self.package.lead.stops, 1):
            made = self.stop(number, stop)
            if before is not None:
                self.relate(before, made, "Next on the route")
            before = made

    def stop(self, number: int, stop: Stop) -> Any:
        """Add a place."""
        country = stop.country or stop.locode[:2]
        values = {
            "city": stop.name,
            "countrycode": country,
            "latitude": stop.latitude,
            "longitude": stop.longitude,
            "text": f"{stop.part.capitalize()} of the route: "
            f"{place_words(stop.name, stop.locode, country)}",
        }
        key = ("stop", number, stop.part, stop.name)
        return self.object("geolocation", key, values, f"{number}. {stop.part}")

    def texts(self) -> None:
        """Add each text with its grading, each amount, each event."""
        lead = self.package.lead
        for number, text in enumerate(lead.texts, 1):
            words = f"Text {number}; 3x5x2 grading {text.grading}: {'; '.join(text.grading.words)}"
            self.attribute("text", text.text, words, *tags(text.grading))
        for amount in lead.amounts:
            self.attribute("text", amount_words(amount), "Quantity")
        for event in lead.events:
            self.attribute("text", f"{event.when}: {event.words}", "Event")


MISP = Format("misp", "MISP event", "application/json", "misp.json", render)
