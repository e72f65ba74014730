"""The schemas of what machines send, made from the same forms that people fill in."""

from collections.abc import Iterator, Mapping
from typing import Any

from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TimeField,
)
from wtforms.validators import NumberRange

from portal.api.reading import CONFIRM, fields_of, takes_lines
from portal.core.forms import (
    LONG,
    CountryField,
    DatePartsField,
    ExactField,
    PortalForm,
    YesNoField,
)
from portal.core.languages import countries
from portal.submissions.kind import Kind, Step

Schema = dict[str, Any]
DIGITS = r"^\s*[0-9]{1,15}(\.[0-9]{1,6})?\s*$"
MOST_CHOICES = 2000  # items of a list of choices; each may be sent once or more


def step_name(kind_name: str, step: Step) -> str:
    """Return the name of a page's schema, such as ExportNoticeSubstances."""
    return kind_name + "".join(part.capitalize() for part in step.slug.split("-"))


def body(kind: Kind[Any], name: str) -> Schema:
    """Return the schema of a whole body."""
    pages = {
        step.slug: page_of(step, f"#/components/schemas/{step_name(name, step)}")
        for step in kind.steps
    }
    return {
        "type": "object",
        "title": str(kind.title),
        "description": str(kind.intro),
        "properties": pages
        | {
            CONFIRM: {
                "type": "boolean",
                "default": False,
                "description": "Say that unlikely answers were checked and are right.",
            }
        },
        "required": [step.slug for step in kind.steps if must_be_sent(step)],
        "additionalProperties": False,
    }


def page_of(step: Step, ref: str) -> Schema:
    """Return the schema of a page's place in a body: the page, or a list of them."""
    if not step.many:
        return {"$ref": ref}
    return {
        "type": "array",
        "title": str(step.title),
        "items": {"$ref": ref},
        "minItems": step.least,
        "maxItems": step.most,
    }


def must_be_sent(step: Step) -> bool:
    """Tell whether a body without the page is always refused."""
    if step.many:
        return step.least > 0
    return bool(page(step)["required"])


def page(step: Step) -> Schema:
    """Return the schema of one page."""
    known = fields_of(step.form)
    return of_form(step.form) | {
        "title": str(step.title),
        **({"description": str(step.intro)} if step.intro else {}),
        "required": [name for name, field in known.items() if needed(field)],
    }


def of_form(form: type[PortalForm]) -> Schema:
    """Return the schema of a form."""
    return {
        "type": "object",
        "properties": {name: question(field) for name, field in fields_of(form).items()},
        "additionalProperties": False,
    }


def needed(field: Field) -> bool:
    """Tell whether a page without the answer is always refused."""
    return bool(field.flags.required) and not preset(field)


def preset(field: Field) -> Any:
    """Return what counts when nothing is sent, if it is a plain choice."""
    if not isinstance(field, SelectField) or isinstance(field, SelectMultipleField):
        return None
    value = field.data
    return str(value) if value is not None and str(value) else None


def question(field: Field) -> Schema:
    """Return the schema of one answer: its type, its limits, and the words of the page."""
    schema = answer(field)
    if not needed(field):
        schema = or_null(schema)
    if preset(field) is not None:
        schema["default"] = preset(field)
    said = [str(field.label.text), str(field.description or "")]
    return schema | {
        "description": ". ".join(
            part.rstrip(".?") if i else part for i, part in enumerate(filter(None, said))
        ).strip()
    }


def or_null(schema: Schema) -> Schema:
    """Return a schema that takes null for no answer too."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    sort = schema["type"]
    return schema | {
        "type": [*(sort if isinstance(sort, list) else [sort]), "null"],
        **({"enum": [*schema["enum"], None]} if "enum" in schema else {}),
    }


def answer(field: Field) -> Schema:
    """Return the schema of an answer by the sort of its question."""
    for sort, make in MAKERS:
        if isinstance(field, sort):
            made: Schema = make(field)
            return made
    most = field.flags.maxlength
    if takes_lines(field):
        return {
            "type": "array",
            "items": {"type": "string", "maxLength": most or LONG},
            "maxItems": 20,
        }
    return {"type": "string", **({"maxLength": most} if most else {})}


def choice(field: SelectField) -> Schema:
    """Return the schema of one choice of several."""
    values = [str(value) for value in field.choices or ()]
    if not values:  # what is offered depends on another answer
        return {"type": "string"}
    return {
        "type": "string",
        "enum": [value for value in values if value or not field.flags.required],
    }


def choices(field: SelectMultipleField) -> Schema:
    """Return the schema of several choices."""
    values = [str(value) for value in field.choices or ()]
    return {"type": "array", "items": {"type": "string", "enum": values}, "maxItems": MOST_CHOICES}


def whole(field: IntegerField) -> Schema:
    """Return the schema of a whole number."""
    limits: Mapping[str, Any] = next(
        (
            {"minimum": c.min, "maximum": c.max}
            for c in field.validators
            if isinstance(c, NumberRange)
        ),
        {},
    )
    return {"type": "integer", **limits}


def exact(_field: Field) -> Schema:
    """Return the schema of a decimal number."""
    return {"type": ["string", "number"], "pattern": DIGITS, "minimum": 0}


def box(field: BooleanField) -> Schema:
    """Return the schema of a box to tick."""
    return {"type": "boolean", **({"const": True} if field.flags.required else {})}


def country(_field: Field) -> Schema:
    """Return the schema of a country."""
    return {"$ref": "#/components/schemas/Country"}


MAKERS: tuple[tuple[type[Field], Any], ...] = (
    (CountryField, country),
    (DatePartsField, lambda _f: {"type": "string", "format": "date"}),
    (TimeField, lambda _f: {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"}),
    (ExactField, exact),
    (IntegerField, whole),
    (BooleanField, box),
    (YesNoField, lambda _f: {"type": "boolean"}),
    (SelectMultipleField, choices),
    (RadioField, choice),
    (SelectField, choice),
)


def schemas(
    kinds: Mapping[str, Kind[Any]], names: Mapping[str, str]
) -> Iterator[tuple[str, Schema]]:
    """Yield every schema of what can be filed, by name."""
    yield (
        "Country",
        {
            "type": "string",
            "description": "ISO 3166-1 alpha-2",
            "enum": sorted(countries()),
        },
    )
    for slug, kind in kinds.items():
        yield names[slug], body(kind, names[slug])
        for step in kind.steps:
            yield step_name(names[slug], step), page(step)
