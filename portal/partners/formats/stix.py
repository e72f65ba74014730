"""STIX 2.1: a bundle of a report, notes, identities, locations, observed objects and relations.

TLP 2.0 is marked as OASIS defines it for STIX 2.1 (an extension with fixed identifiers). What STIX
has no words for (the grading 3x5x2, the terms of the hand-over, identifiers, exact ranges) stands
in an extension of the portal's own; a reader that does not know it loses nothing of the text.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any
from uuid import uuid5

from portal.entities.data import EntitySort
from portal.leads.data import ADMIRALTY_INFORMATION, Amount, GradedText, Marking, Stop, Subject
from portal.partners.data import Format, Package
from portal.partners.formats.own_json import plain
from portal.partners.formats.terms import (
    NAMESPACE,
    SORT_WORDS,
    amount_words,
    handling,
    hash_of,
    identifier,
    identifier_words,
    mail_address,
    related,
    web_address,
)

FIXED = "2026-01-01T00:00:00.000Z"  # of objects that are the same in every bundle
OWN = f"extension-definition--{uuid5(NAMESPACE, 'STIX extension 1')}"
TLP = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_SINCE = "2022-10-01T00:00:00.000Z"
TLP_MARKINGS: Mapping[Marking, str] = {  # of OASIS, the same everywhere
    Marking.CLEAR: "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    Marking.GREEN: "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    Marking.AMBER: "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    Marking.AMBER_STRICT: "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    Marking.RED: "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
CONFIDENCE: Mapping[str, int] = {"low": 15, "moderate": 50, "high": 85}  # STIX 2.1, appendix A
CREDIBILITY: Mapping[str, int] = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}  # the same; 6: none
ABOUT_OWN = (
    "What STIX has no words for. grading: source 1 to 3, information A to E, handling P or C"
    " (3x5x2). handling: the terms of the hand-over in words. content_sha256: the SHA-256 of the"
    " data that the handing authority signed. subject, amount, stop, event: as in the portal's own"
    " JSON, urn:precursor-portal:lead:2."
)


class Bundle:
    """The objects of a bundle while they are made."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.authority = f"identity--{uuid5(NAMESPACE, f'authority {package.authority}')}"
        self.terms = f"marking-definition--{identifier(package, 'terms', *handling(package))}"
        self.markings = [TLP_MARKINGS[package.lead.marking], self.terms]
        self.objects: dict[str, Any] = {}  # by identifier: what is named twice stands once

    def add(
        self, type_: str, key: Sequence[object], own: Mapping[str, Any] | None = None, **said: Any
    ) -> str:
        """Add an object of the lead; return its identifier.

        Args:
            type_: of STIX.
            key: what makes it itself within the lead.
            own: what it says in the portal's own extension.
            said: its properties; those without a value are left out.
        """
        id_ = f"{type_}--{identifier(self.package, type_, *key)}"
        made = {
            "created_by_ref": self.authority,
            "created": self.package.approved_at,
            "modified": self.package.handed_over_at,
            "object_marking_refs": self.markings,
            **{name: value for name, value in said.items() if value not in ("", [], None)},
        }
        if own:
            made["extensions"] = {OWN: {"extension_type": "property-extension", **own}}
        return self.keep(type_, id=id_, **made)

    def observe(self, type_: str, **said: Any) -> str:
        """Add an observable; its identifier is the one that STIX gives to its content."""
        return self.keep(type_, object_marking_refs=self.markings, **said)

    def keep(self, type_: str, **said: Any) -> str:
        """Have the library make an object, which refuses what STIX does not allow."""
        from stix2 import parse  # noqa: PLC0415  half a second that only this format needs

        made = parse({"type": type_, "spec_version": "2.1", **said}, version="2.1")
        self.objects.setdefault(made["id"], made)
        return str(made["id"])


def render(package: Package) -> bytes:
    """Return the package as a STIX 2.1 bundle."""
    bundle = Bundle(package)
    add_origin(bundle)
    subjects = {one.number: add_subject(bundle, one) for one in package.lead.subjects}
    add_relations(bundle, subjects)
    add_route(bundle)
    about = [one for one in bundle.objects if "-definition--" not in one]
    add_notes(bundle, [add_report(bundle, about)])
    bundle.keep(
        "marking-definition",
        id=bundle.terms,
        created=package.handed_over_at,
        created_by_ref=bundle.authority,
        definition_type="statement",
        definition={"statement": "\n".join(f"{k}: {v}" for k, v in handling(package))},
    )
    objects = [json.loads(one.serialize()) for one in bundle.objects.values()]
    id_ = f"bundle--{identifier(package, 'bundle', hash_of(package))}"
    whole = {"type": "bundle", "id": id_, "objects": objects}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode()


def add_origin(bundle: Bundle) -> None:
    """Add who hands over, what the extension means, and the marking."""
    marking = bundle.package.lead.marking
    bundle.keep(
        "identity",
        id=bundle.authority,
        created=FIXED,
        modified=FIXED,
        name=bundle.package.authority,
        identity_class="organization",
    )
    bundle.keep(
        "extension-definition",
        id=OWN,
        created=FIXED,
        modified=FIXED,
        created_by_ref=bundle.authority,
        name="Precursor portal: intelligence lead",
        description=ABOUT_OWN,
        schema="urn:precursor-portal:lead:2",
        version="1.0.0",
        extension_types=["property-extension"],
    )
    level = str(marking).removeprefix("TLP:").lower()
    bundle.keep(
        "marking-definition",
        id=TLP_MARKINGS[marking],
        created=TLP_SINCE,
        name=str(marking),
        extensions={TLP: {"extension_type": "property-extension", "tlp_2_0": level}},
    )


def add_subject(bundle: Bundle, subject: Subject) -> str:
    """Add somebody or something that the lead is about, with what it can be reached by."""
    make = SUBJECTS.get(subject.sort, thing)
    made = make(bundle, subject)
    for sort, value in subject.identifiers:
        if observable := observed(bundle, sort, value):
            link(bundle, made, observable, SORT_WORDS[sort])
    return made


def own_subject(subject: Subject) -> dict[str, Any]:
    """Return what the extension says of a subject."""
    identifiers = [{"sort": sort, "value": value} for sort, value in subject.identifiers]
    said = asdict(subject) | {"identifiers": identifiers}
    return {"subject": {name: value for name, value in said.items() if value}}


def description(subject: Subject) -> str:
    """Return a subject in words."""
    lines = [SORT_WORDS.get(subject.sort, subject.sort.capitalize()), subject.part]
    lines.append("Also: " + "; ".join(subject.other_names) if subject.other_names else "")
    lines.append(f"Country: {subject.country}" if subject.country else "")
    lines.extend(identifier_words(*one) for one in subject.identifiers)
    lines.append(subject.remark)
    return "\n".join(line for line in lines if line)


def key_of(subject: Subject) -> tuple[object, ...]:
    """Return what makes a subject itself within a lead."""
    return (subject.number, subject.sort, subject.name)


def identity(bundle: Bundle, subject: Subject) -> str:
    """Add a person or an organisation."""
    person = subject.sort == EntitySort.PERSON
    return bundle.add(
        "identity",
        key_of(subject),
        own_subject(subject),
        name=subject.name,
        description=description(subject),
        identity_class="individual" if person else "organization",
        roles=[subject.part] if subject.part else [],
        contact_information="\n".join(identifier_words(*one) for one in subject.identifiers),
    )


def address(bundle: Bundle, subject: Subject) -> str:
    """Add an address; one of no country is a thing with a name, as STIX asks where it lies."""
    if not subject.country:
        return thing(bundle, subject)
    return bundle.add(
        "location",
        key_of(subject),
        own_subject(subject),
        name=subject.name,
        description=description(subject),
        country=subject.country,
        street_address=subject.name,
    )


def thing(bundle: Bundle, subject: Subject) -> str:
    """Add a vessel, a container, a seal, a number: physical resources that have a name."""
    return bundle.add(
        "infrastructure",
        key_of(subject),
        own_subject(subject),
        name=subject.name,
        description=description(subject),
        aliases=list(subject.other_names),
        infrastructure_types=["unknown"],
    )


def reached(bundle: Bundle, subject: Subject) -> str:
    """Add an address of mail, a number of a telephone, an account, a web site.

    An observable is the same for everybody; what the lead says of it stands in a note.
    """
    made = observed(bundle, subject.sort, subject.name)
    if not made:
        return thing(bundle, subject)
    note(bundle, f"About {subject.name}", description(subject), [made], own_subject(subject))
    return made


def observed(bundle: Bundle, sort: str, value: str) -> str:
    """Add an observable; none, an empty text, where STIX has none for it."""
    if sort == EntitySort.EMAIL and (mail := mail_address(value)):
        return bundle.observe("email-addr", value=mail)
    if sort == EntitySort.WEBSITE and (web := web_address(value)):
        return bundle.observe("url", value=web)
    if sort in {EntitySort.PHONE, EntitySort.ACCOUNT}:
        return bundle.observe("user-account", user_id=value, display_name=SORT_WORDS[sort])
    return ""


SUBJECTS: Mapping[str, Callable[[Bundle, Subject], str]] = {
    EntitySort.PERSON: identity,
    EntitySort.ORGANISATION: identity,
    EntitySort.ADDRESS: address,
    EntitySort.EMAIL: reached,
    EntitySort.PHONE: reached,
    EntitySort.ACCOUNT: reached,
    EntitySort.WEBSITE: reached,
}


def link(bundle: Bundle, source: str, target: str, words: str) -> None:
    """Say that two objects belong together, and how."""
    bundle.add(
        "relationship",
        (source, target, words),
        relationship_type="related-to",
        description=words,
        source_ref=source,
        target_ref=target,
    )


def add_relations(bundle: Bundle, subjects: Mapping[int, str]) -> None:
    """Add how subjects belong together."""
    for one in related(bundle.package.lead):
        link(bundle, subjects[one.left], subjects[one.right], one.words)


def add_route(bundle: Bundle) -> None:
    """Add the places of the route, each linked to the next."""
    stops = [add_stop(bundle, n, one) for n, one in enumerate(bundle.package.lead.stops, 1)]
    for before, after in pairwise(stops):
        link(bundle, before, after, "Next on the route")


def add_stop(bundle: Bundle, number: int, stop: Stop) -> str:
    """Add a place; one that lies nowhere known is a thing with a name."""
    country = stop.country or stop.locode[:2]
    more: dict[str, Any] = {"country": country}
    if stop.latitude is not None and stop.longitude is not None:
        more |= {"latitude": stop.latitude, "longitude": stop.longitude}
    placed = bool(country) or "latitude" in more
    return bundle.add(
        "location" if placed else "infrastructure",
        (number, stop.part, stop.name),
        {"stop": {name: value for name, value in asdict(stop).items() if value not in ("", None)}},
        name=stop.name,
        description=f"{stop.part.capitalize()} of the route",
        **more if placed else {"infrastructure_types": ["unknown"]},
    )


def add_report(bundle: Bundle, about: Sequence[str]) -> str:
    """Add the report that holds the lead together."""
    package, lead = bundle.package, bundle.package.lead
    own: dict[str, Any] = {
        "reference": lead.reference,
        "priority": lead.priority,
        "handling": dict(handling(package)),
        "content_sha256": hash_of(package),
        "marking": str(lead.marking),
        "expires_on": lead.expires_on.isoformat() if lead.expires_on else "",
    }
    return bundle.add(
        "report",
        (lead.reference,),
        {name: value for name, value in own.items() if value},
        name=lead.title,
        description=f"{lead.asked}\n\nProposed: {lead.proposal}",
        report_types=["threat-report"],
        published=package.handed_over_at,
        confidence=CONFIDENCE[lead.confidence],
        labels=[str(lead.category)],
        external_references=[
            {"source_name": package.authority, "external_id": lead.reference},
        ],
        object_refs=list(about),
    )


def add_notes(bundle: Bundle, about: list[str]) -> None:
    """Add each text with its grading, each amount, each event."""
    lead = bundle.package.lead
    for number, text in enumerate(lead.texts, 1):
        note(bundle, f"Text {number}: {text.grading}", text.text, about, graded(text))
    for amount in lead.amounts:
        note(bundle, "Quantity", amount_words(amount), about, {"amount": amount_of(amount)})
    for event in lead.events:
        words = f"{event.when}: {event.words}"
        note(bundle, "Event", words, about, {"event": asdict(event)})


def graded(text: GradedText) -> dict[str, Any]:
    """Return what the extension says of a text's grading."""
    words = "; ".join(text.grading.words)
    return {"grading": {**asdict(text.grading), "scheme": "3x5x2", "words": words}}


def amount_of(amount: Amount) -> dict[str, Any]:
    """Return what the extension says of an amount."""
    said = plain(asdict(amount))
    return {name: value for name, value in said.items() if value not in ("", None)}


def note(
    bundle: Bundle, title: str, content: str, about: list[str], own: Mapping[str, Any]
) -> None:
    """Add a note; one of a graded text says how credible it is by the nearest term of STIX."""
    grading = own.get("grading")
    credibility = ADMIRALTY_INFORMATION[grading["information"]] if grading else ""
    bundle.add(
        "note",
        (title, content),
        own,
        abstract=title,
        content=content,
        object_refs=about,
        confidence=CREDIBILITY.get(credibility),
    )


STIX = Format("stix", "STIX 2.1 bundle", "application/stix+json;version=2.1", "stix.json", render)
