"""What stands in a draft, page by page. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Typed = Mapping[str, list[str]]  # name of a field: what the browser sent for it


class Progress(StrEnum):
    """How far a step is."""

    EMPTY = "not started"
    BEGUN = "in progress"
    DONE = "complete"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a repeated step."""

    id: str
    typed: Typed


def typed_of(answers: Mapping[str, Any], step: str) -> Typed:
    """Return what was typed on the page of a step that is asked once."""
    typed: Typed = answers.get(step, {})
    return typed


def items_of(answers: Mapping[str, Any], step: str) -> tuple[Item, ...]:
    """Return the items of a repeated step in their order."""
    return tuple(Item(one["id"], one["typed"]) for one in answers.get(step, []))


def with_page(answers: Mapping[str, Any], step: str, typed: Typed) -> dict[str, Any]:
    """Return the answers with one page replaced."""
    return {**answers, step: dict(typed)}


def with_item(answers: Mapping[str, Any], step: str, item_id: str, typed: Typed) -> dict[str, Any]:
    """Return the answers with one item replaced; an item that was removed stays removed."""
    kept = [
        {"id": one.id, "typed": dict(typed) if one.id == item_id else one.typed}
        for one in items_of(answers, step)
    ]
    return {**answers, step: kept}


def with_new_item(answers: Mapping[str, Any], step: str, item_id: str) -> dict[str, Any]:
    """Return the answers with an empty item at the end."""
    return {**answers, step: [*answers.get(step, []), {"id": item_id, "typed": {}}]}


def without_item(answers: Mapping[str, Any], step: str, item_id: str) -> dict[str, Any]:
    """Return the answers without one item."""
    return {**answers, step: [one for one in answers.get(step, []) if one["id"] != item_id]}
