"""The portal's own JSON: every field of a package, with a published schema."""

import json
from typing import Any

from portal.partners.data import Format, Package

SCHEMA_ID = "urn:precursor-portal:lead:1"
TEXT = {"type": "string"}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": SCHEMA_ID,
    "title": "Intelligence lead",
    "type": "object",
    "additionalProperties": False,
    "required": [
        "schema",
        "reference",
        "title",
        "category",
        "priority",
        "confidence",
        "asked",
        "proposal",
        "texts",
        "marking",
        "conditions",
        "expires_on",
        "approved_at",
        "handed_over_at",
        "authority",
        "recipient",
    ],
    "properties": {
        "schema": {"const": SCHEMA_ID},
        "reference": TEXT,
        "title": TEXT,
        "category": TEXT,
        "priority": {"enum": ["routine", "urgent", "immediate"]},
        "confidence": {"enum": ["low", "moderate", "high"]},
        "asked": TEXT,
        "proposal": TEXT,
        "texts": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["text", "source", "information", "handling"],
                "properties": {
                    "text": TEXT,
                    "source": {"enum": ["1", "2", "3"]},
                    "information": {"enum": ["A", "B", "C", "D", "E"]},
                    "handling": {"enum": ["P", "C"]},
                },
            },
        },
        "marking": {"type": "string", "pattern": "^TLP:(CLEAR|GREEN|AMBER|AMBER\\+STRICT|RED)$"},
        "conditions": TEXT,
        "expires_on": {"type": ["string", "null"], "format": "date"},
        "approved_at": {"type": "string", "format": "date-time"},
        "handed_over_at": {"type": "string", "format": "date-time"},
        "authority": TEXT,
        "recipient": TEXT,
    },
}


def render(package: Package) -> bytes:
    """Return the package as UTF-8 JSON; times are ISO 8601 in UTC."""
    lead = package.lead
    return json.dumps(
        {
            "schema": SCHEMA_ID,
            "reference": lead.reference,
            "title": lead.title,
            "category": lead.category,
            "priority": lead.priority,
            "confidence": lead.confidence,
            "asked": lead.asked,
            "proposal": lead.proposal,
            "texts": [
                {
                    "text": one.text,
                    "source": one.grading.source,
                    "information": one.grading.information,
                    "handling": one.grading.handling,
                }
                for one in lead.texts
            ],
            "marking": lead.marking,
            "conditions": lead.conditions,
            "expires_on": lead.expires_on.isoformat() if lead.expires_on else None,
            "approved_at": package.approved_at.isoformat(),
            "handed_over_at": package.handed_over_at.isoformat(),
            "authority": package.authority,
            "recipient": package.recipient,
        },
        ensure_ascii=False,
        indent=2,
    ).encode()


OWN_JSON = Format("json", "Portal JSON", "application/json", "json", render)
