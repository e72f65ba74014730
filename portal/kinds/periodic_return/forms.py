"""The pages of a return over a period."""

from typing import Any, ClassVar

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from portal.core.clock import utc_now
from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    CountryField,
    DatePartsField,
    ExactField,
    PortalForm,
    Required,
    RequiredIf,
    answered,
    one_of,
    options,
)
from portal.core.languages import gettext, translated
from portal.kinds.periodic_return.data import IN_KG, WITH_PARTNER, Entry, Movement, Period, Weight
from portal.kinds.periodic_return.rules import begins_right, end_of
from portal.submissions.questions import SubstanceForm


class PeriodForm(PortalForm):
    """Which period, and why it may not balance."""

    period = RadioField(
        "How long is the period?",
        [Required("Choose month, quarter or year")],
        choices=options(Period),
        coerce=one_of(Period),
    )
    begins_on = DatePartsField(
        "On which day does it begin?",
        [Required("Enter the first day")],
        description="The first of a month, a quarter or a year, such as 1 1 2026",
    )
    explanation = TextAreaField(
        "If a substance does not balance, why?",
        [AtMost(LONG)],
        description="Such as: 1.2 kg evaporated when the tank was cleaned on 3 March",
    )

    def validate_begins_on(self, field: Any) -> None:
        """Keep to whole periods that have begun."""
        period = self.period.data
        if field.data and period and not begins_right(period, field.data):
            raise ValidationError(
                gettext("No such period begins on this day: %(period)s", period=translated(period))
            )
        if field.data and field.data > utc_now().date():
            raise ValidationError("Enter a period that has begun")

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        period, begins_on = answered(self.period.data), answered(self.begins_on.data)
        return {
            "period": period,
            "begins_on": begins_on,
            "ends_on": end_of(period, begins_on),
            "explanation": self.explanation.data or None,
        }


class EntryForm(SubstanceForm):
    """A stock or a movement of one substance."""

    alone: ClassVar = {"substance": ("found",)}

    movement = SelectField(
        "What is it?",
        [Required("Choose what it is")],
        choices=options(Movement, blank="Choose"),
        coerce=one_of(Movement),
    )
    quantity = ExactField(
        "Quantity",
        [Required("Enter the quantity, 0 if there is none")],
        description="Of the substance itself: of a solution or salt, what is in it. Such as 12.5",
    )
    unit = SelectField(
        "Unit",
        [Required("Choose the unit")],
        choices=options(Weight),
        coerce=one_of(Weight),
        default=Weight.KILOGRAM,
    )
    counterparty = StringField(
        "From whom, or to whom?",
        [
            RequiredIf("movement", set(WITH_PARTNER), "Enter from whom it came or to whom it went"),
            AtMost(SHORT),
        ],
        description="The legal name, if it was bought, sold, imported or exported",
    )
    country = CountryField(
        "Their country", [RequiredIf("movement", set(WITH_PARTNER), "Choose their country")]
    )
    licence = StringField("Their licence number", [AtMost(SHORT)])
    happened_on = DatePartsField("On which day?", [Optional()])
    document = StringField(
        "Document", [AtMost(SHORT)], description="Number of the invoice or waybill"
    )

    def to_data(self) -> Entry:
        """Return the entry."""
        return Entry(
            substance=self.found.key,
            name=self.found.name,
            movement=answered(self.movement.data),
            quantity_kg=answered(self.quantity.data) * IN_KG[answered(self.unit.data)],
            counterparty=self.counterparty.data or None,
            country=self.country.data or None,
            licence=self.licence.data or None,
            happened_on=self.happened_on.data,
            document=self.document.data or None,
        )
