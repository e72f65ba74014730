"""What is asked when somebody looks something up."""

from wtforms import Field, Form, SelectField, StringField

from portal.core.forms import SHORT, AtMost, GetForm, one_of
from portal.reference.data import PLACE_KIND_NAMES, PlaceKind


class Asked:
    """Mark the question of a page; without an answer the page shows what there is."""

    field_flags = {"required": True}

    def __call__(self, form: Form, field: Field) -> None:
        """Take any answer, and none."""


class SubstanceSearch(GetForm):
    """A substance by any of its names and codes."""

    q = StringField(
        "Which substance?",
        [Asked(), AtMost(SHORT)],
        description="A name, trade name or street name, a CAS, HS or UN number,"
        " EU 2A, US list I or UN table II",
        render_kw={"data-suggest-url": "/substances/suggest.json", "autocomplete": "off"},
    )


class PlaceSearch(GetForm):
    """A place by its name, UN/LOCODE or country."""

    q = StringField(
        "Which place?",
        [Asked(), AtMost(SHORT)],
        description="A name, a UN/LOCODE such as NLRTM, or a country",
        render_kw={"data-suggest-url": "/places/suggest.json", "autocomplete": "off"},
    )
    kind = SelectField(
        "What is there?",
        choices={"": "Anything", **{kind.value: PLACE_KIND_NAMES[kind] for kind in PlaceKind}},
        coerce=one_of(PlaceKind),
        validate_choice=False,
    )
