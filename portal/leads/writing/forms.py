"""What stands in a page as it was typed, and which source is open beside it."""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from wtforms import (
    BooleanField,
    Field,
    FieldList,
    Form,
    FormField,
    HiddenField,
    SelectField,
    StringField,
)
from wtforms.validators import UUID as ID
from wtforms.validators import AnyOf, Optional

from portal.core.forms import DatePartsField, GetForm, PortalForm
from portal.leads.writing.merging import MINE, THEIRS, Clash
from portal.leads.writing.rules import Typed

MOST_PICKS = 2000  # answers of one page
ASIDE = frozenset({"csrf_token", "press", "opened", "base", "ticked"})


class OpenForm(GetForm):
    """Which source is open beside the page."""

    open = StringField("Source", [Optional(), ID()])

    def source(self) -> UUID | None:
        """Return the source that the address names, if it names one."""
        return UUID(self.open.data) if self.validate() and self.open.data else None


class ChoiceForm(PortalForm):
    """Whose words are kept where two people changed the same."""

    keep = StringField("Keep")
    state = HiddenField("Saved as")
    picks = FieldList(StringField("Whose", [AnyOf((MINE, THEIRS))]), max_entries=MOST_PICKS)

    def picked(self) -> dict[str, str]:
        """Return whose words were picked, by the name of the input."""
        return {one.name: str(one.data) for one in self.picks}

    def chosen(self, clashes: Sequence[Clash]) -> dict[str, str]:
        """Return whose words are kept of each thing that both changed, as far as it was picked."""
        found = self.picked()
        named = {one.name: found.get(f"picks-{place}") for place, one in enumerate(clashes)}
        return {name: pick for name, pick in named.items() if pick is not None}


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


def sent_by(form: Form) -> Typed:
    """Return what a browser sends for each input of a page that nobody has touched."""
    sent = {field.name: values_of(field) for field in fields_of(form)}
    return {name: values for name, values in sent.items() if values}


def values_of(field: Field) -> list[str]:
    """Return what a browser sends for an input."""
    if isinstance(field, BooleanField):
        return ["y"] if field.data else []
    if isinstance(field, DatePartsField):
        return list(field.parts())
    if isinstance(field, SelectField):
        return ["" if field.data is None else str(field.data)]
    return [str(field._value())]  # noqa: SLF001  as its widget does


def words_at(words: Mapping[str, tuple[str, str]], place: str) -> tuple[str, str]:
    """Return label and words of an input, or of the row whose inputs begin so."""
    if place in words:
        return words[place]
    row = [one for name, one in words.items() if place and name.startswith(f"{place}-")]
    label = row[0][0].partition(":")[0] if row else ""
    return label, "\n".join(f"{one[0].rpartition(': ')[2]}: {one[1]}" for one in row)


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
