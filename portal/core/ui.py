"""What templates may use: filters, static addresses, and strictness about names."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Flask, current_app, url_for
from flask_login import current_user
from jinja2 import StrictUndefined
from markupsafe import Markup
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    Field,
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)

from portal.core import languages
from portal.core.access import Actor, Permission, current_actor, may, signed_in
from portal.core.forms import DatePartsField
from portal.core.text import storable

STATIC = Path(__file__).parent.parent / "static"
KINDS: tuple[tuple[type[Field], str], ...] = (  # the first that fits
    (DatePartsField, "date"),
    (HiddenField, "hidden"),
    (BooleanField, "checkbox"),
    (SelectMultipleField, "checkboxes"),
    (RadioField, "radios"),
    (SelectField, "select"),
    (TextAreaField, "textarea"),
    (FileField, "file"),
    (PasswordField, "password"),
)
OPTION, OPTION_ENDS = Markup('<option value="'), Markup('">')
CHOSEN, CLOSED = Markup('" selected>'), Markup("</option>\n")
NARROW = {"Decimal": "govuk-input--width-10", "Integer": "govuk-input--width-5"}
TITLES = {
    400: "That could not be read",
    403: "Not for this account",
    404: "Not found",
    405: "Not possible here",
    409: "Not possible any more",
    413: "Too large",
    422: "Not accepted",
    429: "Too many tries",
    500: "Something went wrong",
    503: "Not available",
}


Panel = tuple[str, Mapping[str, Any]]  # a template and what it shows, as `shown`
Maker = Callable[[Session, UUID, Actor, datetime], "Panel | None"]
MAKERS: dict[str, list[tuple[int, Maker]]] = {}


def panel(place: str, rank: int = 0) -> Callable[[Maker], Maker]:
    """Let a feature show something on the page of one below it, which does not know it.

    A lower rank stands higher on the page.
    """

    def keep(maker: Maker) -> Maker:
        ranked = [*MAKERS.get(place, ()), (rank, maker)]
        MAKERS[place] = sorted(ranked, key=lambda one: one[0])
        return maker

    return keep


def panels(place: str, session: Session, about: UUID, actor: Actor, now: datetime) -> list[Panel]:
    """Return what other features show on a page, about one thing and for one reader."""
    made = (maker(session, about, actor, now) for _, maker in MAKERS.get(place, ()))
    return [one for one in made if one is not None]


def init_app(app: Flask) -> None:
    """Give templates their tools."""
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.trim_blocks = env.lstrip_blocks = True
    env.filters |= {
        "moment": moment,
        "day": languages.day,
        "month": languages.month,
        "isoday": lambda text: languages.day(date.fromisoformat(text)),
        "field_kind": field_kind,
        "field_width": field_width,
        "options": options,
        "form_errors": form_errors,
        "flat": flat,
        "number": number,
        "seen": seen,
        "country": languages.country_name,
        "count": languages.count,
    }
    env.globals |= {
        "asset": asset,
        "signed_in": signed_in,
        "may": allowed,
        "titles": TITLES,
        "authority_name": app.config["AUTHORITY_NAME"],
        "demo_mode": app.config["DEMO"],
    }
    app.context_processor(session_clock)


def asset(name: str) -> str:
    """Return the address of a static file, which changes with its content."""
    return url_for("static", filename=name, v=digest(name))


@lru_cache(maxsize=256)
def digest(name: str) -> str:
    """Return the beginning of a static file's hash."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def allowed(permission: str) -> bool:
    """Tell whether the person who looks may do something, for showing a button or not."""
    return signed_in() and may(current_actor(), Permission(permission))


def session_clock() -> dict[str, int]:
    """Return after how many seconds the session ends if nothing is done; 0 for visitors."""
    if not signed_in():
        return {"session_seconds": 0}
    name = "COMPANY_IDLE" if current_user.company_side else "STAFF_IDLE"
    return {"session_seconds": int(current_app.config[name].total_seconds())}


def moment(value: datetime | None) -> str:
    """Write a time as `31 March 2026, 14:05 CEST`, in the reader's zone."""
    if value is None:
        return ""
    return languages.moment(value, reader_zone())


def reader_zone() -> ZoneInfo:
    """Return the zone of who reads, or the authority's."""
    own = getattr(current_user, "time_zone", "") if current_user else ""
    return ZoneInfo(own or current_app.config["TIME_ZONE"])


def seen(text: object) -> str:
    """Return typed text in which what no page may hold is marked."""
    return "".join(c if storable(c) else "\ufffd" for c in str(text or ""))


def number(value: Decimal | None) -> str:
    """Write a number in full, without needless zeros; a question mark for none."""
    return "?" if value is None else languages.decimal(value)


def field_kind(field: Field) -> str:
    """Return how a field is drawn: the name of a control, or the type of an input."""
    for sort, kind in KINDS:
        if isinstance(field, sort):
            return kind
    return str(getattr(field.widget, "input_type", "text"))


def options(field: SelectField) -> Markup:
    """Draw the options of a choice; here and not in a template, for a list may have hundreds."""
    say = languages.translator()
    parts: list[str] = []
    for one in field.iter_choices():
        value = "" if one.value is None else str(one.value)
        parts += (OPTION, value, CHOSEN if one.selected else OPTION_ENDS, say(one.label), CLOSED)
    return Markup("").join(parts)  # escapes what is no markup


def field_width(field: Field) -> str:
    """Return the class that makes an input as wide as what belongs into it."""
    for name, width in NARROW.items():
        if name in type(field).__name__ or name in type(field).__mro__[1].__name__:
            return width
    return ""


def form_errors(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the anchor and message of each error, in the order of the page."""
    for field in form:
        if isinstance(field, FieldList):
            for entry in field.entries:
                yield from form_errors(entry.form) if isinstance(entry, FormField) else ()
        elif isinstance(field, FormField):
            yield from form_errors(field.form)
        elif field.errors:
            yield anchor(field), next(flat(field.errors))


def anchor(field: Field) -> str:
    """Return the id of the first control of a field."""
    if isinstance(field, DateField):
        return f"{field.id}-day"
    if isinstance(field, (RadioField, SelectMultipleField)):
        return f"{field.id}-0"
    return str(field.id)


def flat(errors: Any) -> Iterator[str]:
    """Yield messages from however deep a list of errors is."""
    for one in errors:
        if isinstance(one, str):
            yield one
        else:
            yield from flat(one.values() if isinstance(one, dict) else one)
