"""The document turned into what the page of documentation shows."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

EXAMPLE = Path(__file__).parent.parent.parent / "docs" / "client_example.py"
FEW = 12  # choices that are listed one by one
Document = Mapping[str, Any]


@lru_cache(maxsize=1)
def example() -> str:
    """Return the worked example, as it stands in its file."""
    return EXAMPLE.read_text()


def of(document: Document) -> dict[str, Any]:
    """Return what the page is drawn from."""
    return {
        "intro": document["info"]["description"].replace("`", "").replace("*", ""),
        "operations": list(operations(document)),
        "kinds": list(bodies(document)),
        "example": example(),
    }


def operations(document: Document) -> Iterator[dict[str, Any]]:
    """Yield each operation with its parameters and answers."""
    root = document["servers"][0]["url"]
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            yield {
                "id": said["operationId"],
                "call": f"{method.upper()} {root}{path}",
                "summary": said["summary"],
                "description": said["description"].replace("`", ""),
                "parameters": said.get("parameters", []),
                "body": body_name(said),
                "answers": [
                    (code, resolved(document, answer)["description"].replace("`", ""))
                    for code, answer in sorted(said["responses"].items())
                ],
            }


def body_name(said: Mapping[str, Any]) -> str:
    """Return the name of the schema of a body; empty for none."""
    content = said.get("requestBody", {}).get("content", {})
    ref = content.get("application/json", {}).get("schema", {}).get("$ref", "")
    return str(ref.rpartition("/")[2])


def resolved(document: Document, part: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a part of the document, or what it refers to."""
    found: Any = part
    if "$ref" in part:
        found = document
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
    known: Mapping[str, Any] = found
    return known


def bodies(document: Document) -> Iterator[dict[str, Any]]:
    """Yield the body of each kind: its pages, and the questions of each."""
    for methods in document["paths"].values():
        name = body_name(methods.get("post", {}))
        schema = document["components"]["schemas"].get(name, {})
        if "confirm_doubts" in schema.get("properties", {}):
            yield {
                "name": name,
                "title": schema["title"],
                "description": schema["description"],
                "pages": [
                    page(document, slug, part, slug in schema["required"])
                    for slug, part in schema["properties"].items()
                    if slug != "confirm_doubts"
                ],
            }


def page(document: Document, slug: str, part: Mapping[str, Any], needed: Any) -> dict[str, Any]:
    """Return a page of a kind with its questions."""
    many = part.get("type") == "array"
    schema = resolved(document, part["items"] if many else part)
    least, most = part.get("minItems", 0), part.get("maxItems", 1)
    return {
        "slug": slug,
        "title": schema["title"],
        "many": f"A list of {least} to {most}" if many else "",
        "needed": needed,
        "questions": [
            {
                "name": name,
                "needed": name in schema["required"],
                "type": type_of(one),
                "words": one["description"],
                "choices": choices_of(one),
            }
            for name, one in schema["properties"].items()
        ],
    }


def type_of(one: Mapping[str, Any]) -> str:
    """Return what sort of value is sent, in words."""
    if "anyOf" in one:
        one = one["anyOf"][0]
    if "$ref" in one:
        return "country code of two letters"
    sorts = one["type"] if isinstance(one["type"], list) else [one["type"]]
    words = {
        "string": "day (YYYY-MM-DD)" if one.get("format") == "date" else "text",
        "array": "list of texts",
        "boolean": "true or false",
        "integer": "whole number",
        "number": "number",
    }
    if "number" in sorts:
        return "decimal number, as text"
    most = f", at most {one['maxLength']:,} characters" if "maxLength" in one else ""
    return words[sorts[0]] + most


def choices_of(one: Mapping[str, Any]) -> list[str]:
    """Return the choices of a question, if it has some."""
    values = one.get("enum") or one.get("items", {}).get("enum") or []
    return [value for value in values if value]
