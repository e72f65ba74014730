"""Plain values: what is sent on to another country, its reply, and what was shipped."""

from enum import StrEnum
from typing import Any

SCHEMA_ID = "urn:precursor-portal:notice:1"


class Reply(StrEnum):
    """What the other country says."""

    NO_OBJECTION = "no objection"
    OBJECTION = "objection"


class Carried(StrEnum):
    """How a notice reached the other country."""

    ACCOUNT = "in this portal"
    ELSEWHERE = "by another way, such as PEN Online"


class Difference(StrEnum):
    """Why quantities differ."""

    PARTIAL = "only part was shipped"
    WEIGHING = "weighed again, within tolerance"
    SPILL = "spilt or damaged on the way"
    LOST = "lost or stolen on the way"
    REFUSED = "refused by customs or the receiver"
    MISTAKE = "the notice was wrong"
    OTHER = "another reason"


TEXT = {"type": "string"}
MAYBE = {"type": ["string", "null"]}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": SCHEMA_ID,
    "title": "Pre-export notification to another country",
    "description": "The content that Article 12(10)(a) of the Convention of 1988 asks for.",
    "type": "object",
    "additionalProperties": False,
    "required": ["schema", "reference", "authority", "sent_at", "reply_by", "kind", "goods"],
    "properties": {
        "schema": {"const": SCHEMA_ID},
        "reference": TEXT,
        "authority": TEXT,
        "to_country": TEXT,
        "sent_at": {"type": "string", "format": "date-time"},
        "reply_by": {"type": ["string", "null"], "format": "date"},
        "kind": TEXT,
        "end_use": TEXT,
        "dispatch_on": {"type": "string", "format": "date"},
        "arrival_on": {"type": ["string", "null"], "format": "date"},
        "exit_point": TEXT,
        "entry_point": TEXT,
        "goods": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "name": TEXT,
                    "cas_number": MAYBE,
                    "quantity": TEXT,
                    "unit": TEXT,
                    "quantity_kg": MAYBE,
                    "base_kg": MAYBE,
                    "hs_code": MAYBE,
                },
                "required": ["name", "quantity", "unit"],
            },
        },
        "parties": {"type": "array", "items": {"type": "object"}},
        "route": {"type": "array", "items": {"type": "object"}},
        "authorisations": {"type": "array", "items": {"type": "object"}},
        "containers": {"type": "array", "items": {"type": "object"}},
    },
}
