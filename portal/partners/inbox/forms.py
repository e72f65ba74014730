"""The forms of the partner's side, and of officers who answer."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import UUID, NumberRange, Optional, StopValidation, ValidationError

from portal.core.clock import utc_now
from portal.core.db import get_session
from portal.core.files import LIMITS
from portal.core.forms import (
    LOCODE,
    LONG,
    SHORT,
    AtMost,
    DatePartsField,
    ExactField,
    GetForm,
    PortalForm,
    Required,
    RequiredIf,
    above_zero,
    answered,
    one_of,
    options,
)
from portal.core.text import is_blank
from portal.leads.data import Category, Priority
from portal.partners.inbox.data import (
    Reported,
    RequestAction,
    Result,
    SeizureLine,
    View,
)
from portal.partners.inbox.models import MoreRequest, Outcome
from portal.partners.inbox.queries import Wanted, today
from portal.partners.inbox.rules import HAPPENED, kilograms
from portal.reference import queries as reference
from portal.reference.data import UNIT_NAMES, Goods, GoodsForm, Unit
from portal.submissions.questions import EXACT, SubstanceForm

MOST_SEIZURES = 30  # lines of one report
YEAR = timedelta(days=365)
LOCODE_LENGTH = 5
PLACES = {"data-suggest-url": "/places/suggest.json", "autocomplete": "off"}
Located = tuple[str, str, str]  # name of a place, UN/LOCODE, country


def not_to_come(_form: Any, field: Any) -> None:
    """Refuse a day that has not come yet."""
    if field.data is not None and field.data > today(utc_now()):
        raise ValidationError("Enter a day that is not in the future")


def needed_of_an_arrest(form: Any, field: Any) -> None:
    """Ask how many were arrested; an empty number is no number to the library."""
    if form.result.data is Result.ARREST and not (field.raw_data and field.raw_data[0].strip()):
        field.errors = []
        raise StopValidation("Enter how many persons were arrested")


def located(typed: str) -> Located:
    """Return the place that is meant: by its UN/LOCODE, by its name, or as it was typed."""
    session, code = get_session(), typed.upper().replace(" ", "")[:LOCODE_LENGTH]
    if LOCODE.fullmatch(code) and (known := reference.places_at(session, code)):
        return known[0].name, code, code[:2]
    hits = [one for one in reference.find_places(session, typed, limit=5) if one.score >= EXACT]
    codes = {one.place.locode for one in hits}
    if len(codes) == 1:
        place = hits[0].place
        return place.name, place.locode, place.locode[:2]
    if LOCODE.fullmatch(typed.upper()):
        return "", typed.upper(), typed.upper()[:2]
    return typed, "", ""


class SeizureForm(SubstanceForm):
    """One substance that was seized; an empty one is no answer."""

    class Meta(SubstanceForm.Meta):
        """The page's own form holds the token; an empty line is no answer."""

        csrf = False
        search = True

    not_listed = BooleanField("Keep the name as I typed it, such as that of a drug")
    quantity = ExactField("Quantity", [above_zero])
    unit = SelectField(
        "Unit",
        choices={"": "Choose", **{unit.value: UNIT_NAMES[unit] for unit in Unit}},
        coerce=one_of(Unit),
    )
    place = StringField(
        "Where, if elsewhere",
        [AtMost(SHORT)],
        description="UN/LOCODE such as NLRTM, or the name",
        render_kw=PLACES,
    )
    seized_on = DatePartsField("When, if on another day", [Optional(), not_to_come])

    def is_empty(self) -> bool:
        """Tell whether nothing was typed."""
        typed = (self.substance.data, self.quantity.raw_data and self.quantity.raw_data[0])
        return not any(typed)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Check what was typed; leave an empty line alone."""
        return self.is_empty() or bool(super().validate(*args, **kwargs))

    def is_unlisted(self) -> bool:
        """Tell whether the box was ticked; a name is needed all the same."""
        if self.not_listed.data and is_blank(self.substance.data or ""):
            raise StopValidation(self.missing)
        return bool(self.not_listed.data)

    def validate_quantity(self, field: Any) -> None:
        """Ask how much it was."""
        if field.data is None and not field.process_errors:
            raise ValidationError("Enter the quantity")

    def validate_unit(self, field: Any) -> None:
        """Ask in which unit."""
        if field.data is None:
            raise ValidationError("Choose the unit")

    def to_data(self) -> SeizureLine:
        """Return the line, with its mass where that can be reckoned."""
        quantity, unit = answered(self.quantity.data), answered(self.unit.data)
        key = self.found.key if self.found else ""
        mass = kilograms(quantity, unit)
        if mass is None and key:
            goods = Goods(quantity=quantity, unit=unit, form=GoodsForm.PURE)
            mass = reference.mass_of(get_session(), key, goods).quantity_kg
        place, locode, country = located(self.place.data) if self.place.data else ("", "", "")
        return SeizureLine(
            substance=key,
            name=self.found.name if self.found else answered(self.substance.data),
            quantity=quantity,
            unit=unit.value,
            quantity_kg=mass,
            place=place,
            locode=locode,
            country=country,
            seized_on=self.seized_on.data,
        )


class OutcomeForm(PortalForm):
    """What came of a lead."""

    class Meta(PortalForm.Meta):
        """Nothing is said of what may stay open: it hangs on what came of it."""

        search = True

    result = RadioField(
        "What came of it?",
        [Required("Choose what came of it")],
        choices=options(Result),
        coerce=one_of(Result),
    )
    happened_on = DatePartsField(
        "When?",
        [RequiredIf("result", set(HAPPENED), "Enter the day"), not_to_come],
        description="Needed for a seizure, an arrest or a shipment that was stopped",
    )
    place = StringField(
        "Where?",
        [RequiredIf("result", set(HAPPENED), "Enter the place"), AtMost(SHORT)],
        description="Needed for the same; UN/LOCODE such as NLRTM, or the name of the place",
        render_kw=PLACES,
    )
    persons = IntegerField(
        "How many persons were arrested or found?",
        [
            needed_of_an_arrest,
            Optional(),
            NumberRange(0, 10_000, "Enter a number from 0 to 10,000"),
        ],
    )
    text = TextAreaField(
        "In your words",
        [AtMost(LONG)],
        description="What was found, what follows, whom to call",
    )
    seizures = FieldList(FormField(SeizureForm), min_entries=1, max_entries=MOST_SEIZURES)
    more = SubmitField("Add another substance")

    def validate_seizures(self, field: Any) -> None:
        """Ask what was seized, of a seizure."""
        said = [entry for entry in field if not entry.form.is_empty()]
        if self.result.data is Result.SEIZURE and not said:
            first = field.entries[0].form
            first.substance.errors = ["Enter what was seized"]
            raise StopValidation("Enter what was seized")

    def wants_more(self) -> bool:
        """Tell whether another line was asked for, and give it."""
        if not self.more.data or len(self.seizures) >= MOST_SEIZURES:
            return False
        self.seizures.append_entry()
        return True

    def to_data(self) -> Reported:
        """Return what is reported."""
        place, locode, country = located(self.place.data) if self.place.data else ("", "", "")
        return Reported(
            result=answered(self.result.data),
            happened_on=self.happened_on.data,
            place=place,
            locode=locode,
            country=country,
            persons=self.persons.data,
            text=self.text.data or "",
            seizures=tuple(
                entry.form.to_data() for entry in self.seizures if not entry.form.is_empty()
            ),
        )


def typed_of(outcome: Outcome) -> Mapping[str, Any]:
    """Return a report as it would have been typed, for correcting it."""
    return {
        "result": outcome.result,
        "happened_on": outcome.happened_on,
        "place": outcome.locode or outcome.place,
        "persons": outcome.persons,
        "text": outcome.text,
        "seizures": [
            {
                "substance": one.name,
                "not_listed": not one.substance,
                "quantity": one.quantity.normalize(),
                "unit": Unit(one.unit),
                "place": one.locode or one.place,
                "seized_on": one.seized_on,
            }
            for one in outcome.seizures
        ],
    }


class AskForm(PortalForm):
    """A question or a remark of a partner."""

    text = TextAreaField(
        "Your question or message", [Required("Enter your question or message"), AtMost(LONG)]
    )


class MoreForm(PortalForm):
    """What is wanted more than the lead says."""

    missing = TextAreaField("What is missing?", [Required("Say what is missing"), AtMost(LONG)])
    why = TextAreaField("What do you need it for?", [Required("Say why"), AtMost(LONG)])
    until = DatePartsField(
        "Until when?",
        [Required("Enter until when you need it")],
        description="For example, 27 3 2027",
    )

    def validate_until(self, field: Any) -> None:
        """Refuse a day that is past or far away."""
        now = today(utc_now())
        if field.data and not now <= field.data <= now + YEAR:
            raise ValidationError("Choose a day from today to a year from today")

    def to_data(self) -> MoreRequest:
        """Return the request, unsaved."""
        return MoreRequest(
            missing=answered(self.missing.data),
            why=answered(self.why.data),
            until=answered(self.until.data),
        )


class InterestForm(PortalForm):
    """That a partner has an interest of its own."""

    text = StringField(
        "Your file number, or whom to call",
        [AtMost(SHORT)],
        description="If the authority should bring your matter and this one together",
    )


class FileForm(PortalForm):
    """A file beside a report."""

    file = FileField("File", [FileRequired("Choose a file")], description=LIMITS)


class ButtonForm(PortalForm):
    """A form that is only a button."""


class InboxForm(GetForm):
    """Which hand-overs to show."""

    view = SelectField("Show", choices=options(View), coerce=one_of(View), default=View.ALL)
    priority = SelectField(
        "Priority", choices=options(Priority, blank="Any"), coerce=one_of(Priority)
    )
    category = SelectField(
        "Category", choices=options(Category, blank="Any"), coerce=one_of(Category)
    )
    before = StringField("Before", [Optional(), UUID()])

    def to_data(self) -> Wanted:
        """Return what is wanted; what cannot be read is not asked for."""
        self.validate()
        view, priority, category = (
            None if field.errors else field.data
            for field in (self.view, self.priority, self.category)
        )
        return Wanted(view=view or View.ALL, priority=priority, category=category)

    def asked(self) -> dict[str, str]:
        """Return the filter for the address of the next page."""
        fields = (self.view, self.priority, self.category)
        return {one.name: one.data.value for one in fields if one.data and not one.errors}

    def valid_before(self) -> bool:
        """Tell whether a page after the first is asked for."""
        return bool(self.before.data) and not self.before.errors


class WaitingForm(GetForm):
    """Which page of what waits."""

    after = StringField("After", [Optional(), UUID()])

    def valid_after(self) -> bool:
        """Tell whether a page after the first is asked for."""
        return bool(self.after.data) and bool(self.validate())


class AnswerForm(PortalForm):
    """The authority's answer to a partner."""

    text = TextAreaField(
        "Answer",
        [Required("Enter the answer"), AtMost(LONG)],
        description="The partner reads exactly this. Nothing in it may point to who reported",
    )


class DecisionForm(PortalForm):
    """What becomes of a request for more."""

    action = RadioField(
        "Decision",
        [Required("Choose accept, decline or deliver")],
        choices=options(RequestAction),
        coerce=one_of(RequestAction),
    )
    remark = TextAreaField(
        "For the partner",
        [
            RequiredIf("action", {RequestAction.DECLINE}, "Say why it is declined"),
            AtMost(LONG),
        ],
        description="The partner reads exactly this",
    )
