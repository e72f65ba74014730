"""A record turned back into typed answers, to correct it or to file a similar one.

What was written on the pages is kept as it was typed; this is for what came another way.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from wtforms import BooleanField, Field, SelectMultipleField, TimeField

from portal.submissions.kind import Kind, Step
from portal.submissions.models import Submission

LISTS = {"substances": "lines"}  # where the items of a step stand in the record, if elsewhere
NAMES = {  # where an answer stands, if it has another name in the record
    "density": "density_kg_per_l",
    "indicators": "indicator_codes",
    "stop_time": "stop_until",
    "description": "name",
}
NEVER = {"true", "pick"}  # a declaration is made anew


def typed_of(kind: Kind[Any], submission: Submission) -> dict[str, Any]:
    """Return the answers of a submission as a draft holds them."""
    if submission.typed is not None:
        return {step: without(answers) for step, answers in submission.typed.items()}
    record = kind.load(submission.content)
    return dict(pages(kind, record))


def without(answers: Any) -> Any:
    """Return a page, or the items of a step, without what is never taken over."""
    if isinstance(answers, list):
        return [{**item, "typed": without(item["typed"])} for item in answers]
    return {name: values for name, values in answers.items() if name not in NEVER}


def pages(kind: Kind[Any], record: Any) -> Iterator[tuple[str, Any]]:
    """Yield each step with its answers."""
    for step in kind.steps:
        if step.many:
            items = getattr(record, LISTS.get(step.slug, step.slug))
            yield step.slug, [item_of(step, n, item) for n, item in enumerate(items)]
        else:
            yield step.slug, page_of(step, record)


def item_of(step: Step, number: int, item: Any) -> dict[str, Any]:
    """Return one item of a repeated step."""
    return {"id": f"r{number}", "typed": page_of(step, item)}


def page_of(step: Step, record: Any) -> dict[str, list[str]]:
    """Return what would be typed on a page to say the same."""
    form = step.form(formdata=None, meta={"csrf": False})
    found = {field.short_name: answer(field, record) for field in form}
    return {name: values for name, values in found.items() if values and name not in NEVER}


def answer(field: Field, record: Any) -> list[str]:
    """Return what a browser would send for one question."""
    name = field.short_name
    listed = getattr(record, "substance", None)
    if name == "substance":
        return [record.name] if listed else []
    if name == "not_listed":
        return [] if listed else ["y"]
    if name == "description" and listed:
        return []
    if name == "quantity" and hasattr(record, "quantity_kg") and not hasattr(record, "quantity"):
        return [f"{record.quantity_kg:f}"]
    if name == "unit" and not hasattr(record, "unit"):
        return ["kg"]
    return typed(field, getattr(record, name, getattr(record, NAMES.get(name, ""), None)))


def typed(field: Field, value: Any) -> list[str]:
    """Return a value as it is typed."""
    if value is None or value in ((), ""):
        return []
    if isinstance(value, tuple):
        parts = [plain(one) for one in value]
        return parts if isinstance(field, SelectMultipleField) else ["\n".join(parts)]
    if isinstance(value, bool):
        yes = "y" if isinstance(field, BooleanField) else "yes"
        return [yes] if value else [] if isinstance(field, BooleanField) else ["no"]
    return dated(field, value) if isinstance(value, date) else [plain(value)]


def dated(field: Field, value: date) -> list[str]:
    """Return a day, or the time of a moment in the authority's zone, as it is typed."""
    if isinstance(value, datetime):
        value = value.astimezone(ZoneInfo(current_app.config["TIME_ZONE"]))
        if isinstance(field, TimeField):
            return [f"{value:%H:%M}"]
    return [str(value.day), str(value.month), str(value.year)]


def plain(value: Any) -> str:
    """Return a single value as text."""
    if isinstance(value, StrEnum):
        return value.value
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
