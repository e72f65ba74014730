"""What stands in a page as it was typed, and which source is open beside it."""

from collections.abc import Iterator
from uuid import UUID

from wtforms import BooleanField, Field, FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import UUID as ID
from wtforms.validators import Optional

from portal.core.forms import DatePartsField, GetForm, PortalForm
from portal.leads.writing.rules import Typed

ASIDE = frozenset({"csrf_token", "press", "opened", "base", "ticked"})


class OpenForm(GetForm):
    """Which source is open beside the page."""

    open = StringField("Source", [Optional(), ID()])

    def source(self) -> UUID | None:
        """Return the source that the address names, if it names one."""
        return UUID(self.open.data) if self.validate() and self.open.data else None


class ChoiceForm(PortalForm):
    """Which of two versions that meet is kept."""

    keep = StringField("Keep")


def fields_of(form: Form) -> Iterator[Field]:
    """Yield the fields of a page and of its rows, in order."""
    for field in form:
        if isinstance(field, FieldList):
            for entry in field:
                yield from fields_of(entry.form)
        elif isinstance(field, FormField):
            yield from fields_of(field.form)
        elif field.short_name not in ASIDE:
            yield field


def typed_in(form: Form) -> Typed:
    """Return what the browser sent for each input of a page, right or wrong."""
    sent = {field.name: [str(one) for one in field.raw_data or []] for field in fields_of(form)}
    return {name: values for name, values in sent.items() if values}


def told(form: Form) -> dict[str, tuple[str, str]]:
    """Return label and words of each answer of a page, by the name of its input."""
    found = {}
    for field in fields_of(form):
        words = words_of(field)
        if words and field.type != "HiddenField":
            found[field.name] = (f"{place_of(field.name)}{field.label.text}", words)
    return found


def place_of(name: str) -> str:
    """Return in which row of a list an input stands, in words."""
    parts = name.split("-")
    if len(parts) == 1:
        return ""
    return f"{parts[0].capitalize()} {int(parts[1]) + 1}: "


def words_of(field: Field) -> str:
    """Return an answer as its author sees it."""
    if isinstance(field, BooleanField):
        return "Yes" if field.data else ""
    if isinstance(field, SelectField):
        return next((str(one.label) for one in field.iter_choices() if one.selected), "")
    if isinstance(field, DatePartsField):
        return " ".join(field.parts()).strip()
    return str(field.data or "")
