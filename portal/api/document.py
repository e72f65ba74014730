"""The OpenAPI 3.1 document: every address of the interface, made from the code that answers."""

from collections.abc import Mapping
from typing import Any

from portal.api import answers, describing
from portal.api.data import PER_MINUTE, ROOT, Scope
from portal.api.describing import Schema
from portal.api.showing import schema_name
from portal.submissions.kind import Kind

INTRO = (
    "File, read and answer by machine, by the same rules as on the pages. Send a key in the header"
    " `Authorization: Bearer`; an administrator of your company makes it under *Keys and webhooks*."
    f" A key may ask {PER_MINUTE} times a minute. Send decimal numbers as text, so that no digit is"
    " lost. Send an `Idempotency-Key` with each POST, and repeat it when no answer came: nothing is"
    " done twice. What the authority has published on what you send stands in the answer under"
    " `bulletins`: show it to your people."
)
REFUSALS = {
    "400": "The body is not JSON.",
    "401": "No key was sent, or none that works.",
    "403": "The key lacks the scope.",
    "404": "There is nothing at this address, or it is not for you to see.",
    "409": "It is not possible any more.",
    "413": "The body is larger than 2 MiB.",
    "415": "The body was not sent as application/json.",
    "422": "Something that was sent is not right; `errors` says what and where.",
    "429": "Too many requests; `Retry-After` says when to come back.",
    "503": "The portal cannot store anything at the moment.",
}
ALWAYS = ("401", "403", "429", "503")
POSTS = ("400", "409", "413", "415", "422")
REF = "#/components/schemas/"
REF = "#/components/schemas/"


def refused(*codes: str) -> dict[str, Any]:
    """Return the refusals of an operation."""
    return {code: {"$ref": f"#/components/responses/{code}"} for code in (*ALWAYS, *codes)}


def operation(
    scope: Scope, name: str, summary: str, given: Mapping[str, Any], *codes: str, **more: Any
) -> dict[str, Any]:
    """Return one operation."""
    return {
        "operationId": name,
        "summary": summary,
        "description": f"Needs the scope `{scope}`.",
        "security": [{"key": []}],
        "responses": {**given, **refused(*codes)},
        **more,
    }


def shown(description: str, name: str, **more: Any) -> dict[str, Any]:
    """Return an answer in JSON."""
    content = {"application/json": {"schema": {"$ref": REF + name}}}
    return {"description": description, "content": content, **more}


def sent(name: str) -> dict[str, Any]:
    """Return a body in JSON."""
    return {"required": True, "content": {"application/json": {"schema": {"$ref": REF + name}}}}


def parameter(name: str, where: str, words: str, schema: Schema) -> dict[str, Any]:
    """Return a parameter."""
    needed = {"required": True} if where == "path" else {}
    return {"name": name, "in": where, "description": words, "schema": schema, **needed}


ONE = parameter("submission_id", "path", "The id of a submission", answers.UUID)
ASKED = parameter("question_id", "path", "The id of a question", answers.UUID)
SEARCH = parameter("q", "query", "What to look for", {"type": "string", "maxLength": 250})
REPEATABLE = parameter(
    "Idempotency-Key",
    "header",
    "A name of your own for this request, such as a UUID. The same request under the same name"
    " gives the same answer and is done once",
    {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
)
DRY = parameter(
    "dry_run", "query", "Only check; nothing is filed", {"type": "boolean", "default": False}
)
CURSOR = parameter("cursor", "query", "The value of `next` of the page before", answers.UUID)


def paths(kinds: Mapping[str, Kind[Any]]) -> dict[str, Any]:
    """Return every address of the interface."""
    found: dict[str, Any] = {
        "/kinds": {
            "get": operation(
                Scope.REFERENCE,
                "kinds",
                "List the kinds of submission",
                {"200": shown("The kinds", "Kinds")},
            )
        },
        "/substances": {
            "get": operation(
                Scope.REFERENCE,
                "substances",
                "Find substances by name, trade or street name, CAS number or HS code",
                {"200": shown("The best first", "Substances")},
                "422",
                parameters=[SEARCH],
            )
        },
    }
    return (
        found | {f"/submissions/{slug}": filing(kind) for slug, kind in kinds.items()} | reading()
    )


def filing(kind: Kind[Any]) -> dict[str, Any]:
    """Return how one kind is filed."""
    name = schema_name(kind)
    location = {
        "headers": {"Location": {"schema": answers.TEXT, "description": "Where it is found"}}
    }
    given = {
        "201": shown("Filed", "Filed", **location),
        "200": shown("Only checked: it would be filed", "Valid"),
    }
    title = f"File: {kind.title}"
    return {
        "post": operation(
            Scope.WRITE,
            f"file{name}",
            title,
            given,
            *POSTS,
            parameters=[DRY, REPEATABLE],
            requestBody=sent(name),
        )
    }


def reading() -> dict[str, Any]:
    """Return how submissions are read and questions answered."""
    pdf = {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}}
    wait = {"headers": {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}}
    papers = {
        "200": {"description": "The signed paper", "content": pdf},
        "202": shown("It is being prepared", "Waiting", **wait),
    }
    one = "/submissions/{submission_id}"
    return {
        "/submissions": {
            "get": operation(
                Scope.READ,
                "submissions",
                "List what was filed, newest first",
                {"200": shown("A page of at most 50", "Submissions")},
                "422",
                parameters=[CURSOR, SEARCH],
            )
        },
        one: {
            "get": operation(
                Scope.READ,
                "submission",
                "Read one submission",
                {"200": shown("The submission", "Submission")},
                "404",
                parameters=[ONE],
            )
        },
        f"{one}/questions/{{question_id}}/answer": {
            "post": operation(
                Scope.WRITE,
                "answer",
                "Answer a question of the authority",
                {"200": shown("Answered", "Answered")},
                "404",
                *POSTS,
                parameters=[ONE, ASKED, REPEATABLE],
                requestBody=sent("Answer"),
            )
        },
        f"{one}/acknowledgement.pdf": {
            "get": operation(
                Scope.READ,
                "acknowledgement",
                "Fetch the signed acknowledgement",
                papers,
                "404",
                parameters=[ONE],
            )
        },
    }


def document(kinds: Mapping[str, Kind[Any]], authority: str) -> dict[str, Any]:
    """Return the whole document."""
    names = {slug: schema_name(kind) for slug, kind in kinds.items()}
    problem = {"application/problem+json": {"schema": {"$ref": f"{REF}Problem"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Precursor portal of {authority}", "version": "1", "description": INTRO},
        "servers": [{"url": ROOT}],
        "paths": paths(kinds),
        "components": {
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "A key of your company"}
            },
            "responses": {
                code: {"description": words, "content": problem} for code, words in REFUSALS.items()
            },
            "schemas": dict(describing.schemas(kinds, names)) | answers.schemas(),
        },
    }
