"""The pages of an information request."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import Optional, ValidationError

from portal.core.clock import utc_now
from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    DatePartsField,
    PortalForm,
    Required,
    RequiredIf,
    answered,
    one_of,
    options,
)
from portal.kinds.information_request.data import Circle, Marking, Urgency

MARKINGS = {
    Marking.CLEAR: "TLP:CLEAR – anybody",
    Marking.GREEN: "TLP:GREEN – the community",
    Marking.AMBER: "TLP:AMBER – this authority and who needs to know there or with it",
    Marking.AMBER_STRICT: "TLP:AMBER+STRICT – this authority alone",
    Marking.RED: "TLP:RED – those who read this, by name",
}


class QuestionForm(PortalForm):
    """What is asked and why."""

    question = TextAreaField(
        "What do you want to know?",
        [Required("Say what you want to know"), AtMost(LONG)],
        description="Such as: is this company known; was this container announced; by whom",
    )
    why = TextAreaField(
        "Why?",
        [Required("Say why you ask"), AtMost(LONG)],
        description="What you have seen or suspect, so far as the authority may know",
    )
    legal_basis = StringField(
        "On which legal basis?",
        [Required("Enter the legal basis"), AtMost(SHORT)],
        description="Such as Article 17 of the Convention of 1988, or an agreement",
    )

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        return {name: answered(self[name].data) for name in ("question", "why", "legal_basis")}


class TermsForm(PortalForm):
    """How soon, and how far the request may go."""

    once = ("answer_by",)

    urgency = RadioField(
        "How urgent is it?",
        [Required("Choose how urgent it is")],
        choices=options(Urgency),
        coerce=one_of(Urgency),
    )
    answer_by = DatePartsField(
        "By when do you need the answer?",
        [RequiredIf("urgency", {Urgency.URGENT, Urgency.IMMEDIATE}, "Enter the day"), Optional()],
        description="For example, 27 3 2026",
    )
    marking = RadioField(
        "Marking of this request",
        [Required("Choose the marking")],
        choices={one.value: words for one, words in MARKINGS.items()},
        coerce=one_of(Marking),
    )
    shown_to = RadioField(
        "To whom may it be shown?",
        [Required("Choose to whom it may be shown")],
        choices=options(Circle),
        coerce=one_of(Circle),
    )

    def validate_answer_by(self, field: Any) -> None:
        """Refuse a day that is over; a day back is allowed for other time zones."""
        if field.data and (utc_now().date() - field.data).days > 1:
            raise ValidationError("Enter a day that is not over")

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        return {
            "urgency": answered(self.urgency.data),
            "answer_by": self.answer_by.data,
            "marking": answered(self.marking.data),
            "shown_to": answered(self.shown_to.data),
        }
