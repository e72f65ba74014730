"""The portal's own JSON: every field of a package, with a published schema.

Version 2 says all that a lead's version for partners holds; what was handed over in version 1 is
read as well. Quantities are decimal texts, times are ISO 8601 in UTC.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.leads.data import (
    Amount,
    Category,
    Event,
    GradedText,
    Grading,
    Handling,
    Marking,
    Relation,
    Released,
    Stop,
    Subject,
)
from portal.partners.data import Format, Package
from portal.watchlists.data import Information, Source

SCHEMA_ID = "urn:precursor-portal:lead:2"
TEXT = {"type": "string"}
TEXTS = {"type": "array", "items": TEXT}
NUMBER = {"type": "integer", "minimum": 1}
COUNTRY = {"type": "string", "pattern": "^([A-Z]{2})?$"}
KILOGRAMS = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?$"}
PERHAPS_KILOGRAMS = {"type": ["string", "null"], "pattern": KILOGRAMS["pattern"]}
DEGREES = {"type": ["number", "null"], "minimum": -180, "maximum": 180}
MOMENT = {"type": "string", "format": "date-time"}


def closed(**members: Any) -> dict[str, Any]:
    """Return the schema of an object that has these members, all of them and no other."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(members),
        "properties": members,
    }


def many(**members: Any) -> dict[str, Any]:
    """Return the schema of a list of such objects."""
    return {"type": "array", "items": closed(**members)}


SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": SCHEMA_ID,
    "title": "Intelligence lead",
    "description": "A lead as an authority hands it to a partner. Quantities are in kilograms.",
} | closed(
    schema={"const": SCHEMA_ID},
    reference=TEXT,
    title=TEXT,
    category=TEXT,
    priority={"enum": ["routine", "urgent", "immediate"]},
    confidence={"enum": ["low", "moderate", "high"]},
    asked=TEXT,
    proposal=TEXT,
    texts=many(
        text=TEXT,
        source={"enum": [one.value for one in Source]},
        information={"enum": [one.value for one in Information]},
        handling={"enum": [one.value for one in Handling]},
    ),
    subjects=many(
        number=NUMBER,
        sort=TEXT,
        name=TEXT,
        other_names=TEXTS,
        country=COUNTRY,
        part=TEXT,
        identifiers=many(sort=TEXT, value=TEXT),
        remark=TEXT,
    ),
    relations=many(left=NUMBER, right=NUMBER, words=TEXT),
    amounts=many(
        substance=TEXT,
        name=TEXT,
        cas=TEXT,
        least_kg=KILOGRAMS,
        most_kg=KILOGRAMS,
        drug=TEXT,
        drug_least_kg=PERHAPS_KILOGRAMS,
        drug_most_kg=PERHAPS_KILOGRAMS,
        confidence=TEXT,
    ),
    stops=many(
        part=TEXT, name=TEXT, country=COUNTRY, locode=TEXT, latitude=DEGREES, longitude=DEGREES
    ),
    events=many(when=TEXT, words=TEXT),
    marking={"enum": [one.value for one in Marking]},
    conditions=TEXT,
    court=TEXT,
    ask_originator={"type": "boolean"},
    need_to_know=TEXTS,
    expires_on={"type": ["string", "null"], "format": "date"},
    approved_at=MOMENT,
    handed_over_at=MOMENT,
    authority=TEXT,
    recipient=TEXT,
    recipient_network=TEXT,
)
PARTS: Mapping[str, type] = {  # the lists of a lead that are made of plain values
    "relations": Relation,
    "amounts": Amount,
    "stops": Stop,
    "events": Event,
}
KILOGRAM_FIELDS = ("least_kg", "most_kg", "drug_least_kg", "drug_most_kg")
PLAIN = ("reference", "title", "asked", "proposal", "priority", "confidence", "conditions")


def render(package: Package) -> bytes:
    """Return the package as UTF-8 JSON."""
    return json.dumps(members_of(package), ensure_ascii=False, indent=2).encode()


def members_of(package: Package) -> dict[str, Any]:
    """Return what the JSON of a package holds, in the order of the schema."""
    lead = package.lead
    said: dict[str, Any] = {"schema": SCHEMA_ID}
    said |= {one.name: getattr(lead, one.name) for one in fields(lead)}
    said["texts"] = [{"text": one.text, **asdict(one.grading)} for one in lead.texts]
    said["subjects"] = [subject(one) for one in lead.subjects]
    for name in PARTS:
        said[name] = [plain(asdict(one)) for one in getattr(lead, name)]
    said["need_to_know"] = list(lead.need_to_know)
    said["expires_on"] = lead.expires_on.isoformat() if lead.expires_on else None
    said |= {
        "approved_at": package.approved_at.isoformat(),
        "handed_over_at": package.handed_over_at.isoformat(),
        "authority": package.authority,
        "recipient": package.recipient,
        "recipient_network": package.recipient_network,
    }
    return {name: said[name] for name in SCHEMA["properties"]}


def subject(one: Subject) -> dict[str, Any]:
    """Return a subject as JSON holds it."""
    return asdict(one) | {
        "other_names": list(one.other_names),
        "identifiers": [{"sort": sort, "value": value} for sort, value in one.identifiers],
    }


def plain(members: dict[str, Any]) -> dict[str, Any]:
    """Return the members with every quantity written out, as no number of JSON keeps it."""
    return {
        name: f"{value:f}" if isinstance(value, Decimal) else value
        for name, value in members.items()
    }


def parse(content: str) -> Package:
    """Read a package back as it was handed over; version 1 says less.

    Args:
        content: what `render` returned, as text; it is ours, so nothing is checked again.
    """
    said = json.loads(content)
    parts: dict[str, Any] = {
        name: tuple(made(sort, one) for one in said.get(name, ())) for name, sort in PARTS.items()
    }
    until = said["expires_on"]
    lead = Released(
        **{name: said[name] for name in PLAIN},
        **parts,
        category=Category(said["category"]),
        texts=tuple(graded(one) for one in said["texts"]),
        subjects=tuple(subject_in(one) for one in said.get("subjects", ())),
        marking=Marking(said["marking"]),
        court=said.get("court", ""),
        ask_originator=said.get("ask_originator", True),
        need_to_know=tuple(said.get("need_to_know", ())),
        expires_on=date.fromisoformat(until) if until else None,
    )
    return Package(
        lead=lead,
        approved_at=datetime.fromisoformat(said["approved_at"]),
        handed_over_at=datetime.fromisoformat(said["handed_over_at"]),
        authority=said["authority"],
        recipient=said["recipient"],
        recipient_network=said.get("recipient_network", ""),
        content_sha256=hashlib.sha256(content.encode()).hexdigest(),
    )


def made(sort: type, members: Mapping[str, Any]) -> Any:
    """Return one value of a list: a relation, an amount, a stop, an event."""
    read = dict(members)
    for name in KILOGRAM_FIELDS:
        if read.get(name) is not None:
            read[name] = Decimal(read[name])
    return sort(**read)


def graded(said: Mapping[str, str]) -> GradedText:
    """Return one graded text."""
    grading = Grading(
        Source(said["source"]), Information(said["information"]), Handling(said["handling"])
    )
    return GradedText(said["text"], grading)


def subject_in(said: Mapping[str, Any]) -> Subject:
    """Return one subject."""
    identifiers = tuple((one["sort"], one["value"]) for one in said["identifiers"])
    return Subject(
        **dict(said) | {"other_names": tuple(said["other_names"]), "identifiers": identifiers}
    )


OWN_JSON = Format("json", "Portal JSON", "application/json", "json", render)
