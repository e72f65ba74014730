"""The schemas of what machines are answered; portal.api.showing writes it."""

from collections.abc import Mapping
from typing import Any

from portal.api.describing import Schema, of_form
from portal.bulletins.data import Ground
from portal.submissions.forms import AnswerForm
from portal.submissions.rules import Outer

INSTANT: Schema = {"type": "string", "format": "date-time"}
MAYBE_INSTANT: Schema = {"type": ["string", "null"], "format": "date-time"}
UUID: Schema = {"type": "string", "format": "uuid"}
TEXT: Schema = {"type": "string"}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
HASH: Schema = {
    "type": "string",
    "pattern": "^[0-9a-f]{64}$",
    "description": "SHA-256 of the record as canonical JSON: its members in this order, no spaces",
}


def thing(**properties: Schema) -> Schema:
    """Return an object of which every member is there."""
    return {"type": "object", "properties": properties, "required": list(properties)}


def listed(name: str) -> Schema:
    """Return a list of things."""
    return {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}}


SUMMARY: Mapping[str, Schema] = {
    "id": UUID,
    "reference": TEXT,
    "kind": TEXT,
    "state": {"type": "string", "enum": [state.value for state in Outer]},
    "received_at": INSTANT,
    "content_sha256": HASH,
}


BULLETINS: Schema = listed("Bulletin") | {
    "description": "What the authority has published for companies such as yours on what was"
    " sent. It follows from the bulletins and from what was sent, and from nothing else"
}


def schemas() -> dict[str, Any]:
    """Return every schema of an answer, by name."""
    return {
        "Kind": thing(kind=TEXT, title=TEXT, intro=TEXT, schema=TEXT),
        "Kinds": thing(kinds=listed("Kind")),
        "Substance": thing(
            key=TEXT,
            name=TEXT,
            cas_number=MAYBE_TEXT,
            hs_code=MAYBE_TEXT,
            why=TEXT,
            score={"type": "integer", "minimum": 0, "maximum": 100},
        ),
        "Substances": thing(substances=listed("Substance")),
        "Summary": thing(**SUMMARY),
        "Submissions": thing(submissions=listed("Summary"), next=MAYBE_TEXT),
        "Bulletin": thing(
            id=UUID,
            title=TEXT,
            language={"type": "string", "description": "Of the title, as in BCP 47"},
            about={
                "type": "array",
                "items": {"type": "string", "enum": [one.name.lower() for one in Ground]},
                "description": "Which part of what was sent it is about",
            },
            published_at=INSTANT,
            until={"type": ["string", "null"], "format": "date"},
            page={
                "type": "string",
                "format": "uri-reference",
                "description": "Where your people read it; that they did is remembered",
            },
        ),
        "Filed": thing(**SUMMARY, bulletins=BULLETINS),
        "Valid": thing(valid={"const": True}, bulletins=BULLETINS),
        "Waiting": thing(status=TEXT),
        "Question": thing(
            id=UUID, text=TEXT, asked_at=INSTANT, answer=MAYBE_TEXT, answered_at=MAYBE_INSTANT
        ),
        "Duty": thing(
            text=TEXT,
            due={"type": ["string", "null"], "format": "date"},
            left={"type": ["integer", "null"], "description": "Working days left"},
            basis=TEXT,
            confirmed={"type": "boolean"},
        ),
        "Submission": thing(
            **SUMMARY,
            meaning=TEXT,
            check_code=TEXT,
            record={"type": "object", "description": "As it was filed"},
            questions=listed("Question"),
            duties=listed("Duty"),
        ),
        "Answer": of_form(AnswerForm) | {"required": ["text"]},
        "Answered": thing(**SUMMARY, question={"$ref": "#/components/schemas/Question"}),
        "Fault": {
            "type": "object",
            "properties": {
                "pointer": {"type": "string", "description": "JSON pointer into the body"},
                "parameter": {"type": "string", "description": "Name of a parameter or header"},
                "detail": TEXT,
            },
            "required": ["detail"],
        },
        "Problem": {
            "type": "object",
            "description": "A refusal, by RFC 9457",
            "properties": {
                "type": {"type": "string", "format": "uri-reference"},
                "title": TEXT,
                "status": {"type": "integer"},
                "detail": TEXT,
                "incident": {"type": "string", "description": "Tell it when you ask for help"},
                "errors": listed("Fault"),
            },
            "required": ["type", "title", "status", "detail"],
        },
    }
