"""What officers, the other country and the company say of a shipment."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from wtforms import BooleanField, FieldList, FormField, RadioField, SelectField, TextAreaField
from wtforms.validators import ValidationError

from portal.core.clock import utc_now
from portal.core.forms import (
    LONG,
    AtMost,
    CountryField,
    DatePartsField,
    ExactField,
    PortalForm,
    Required,
    answered,
    one_of,
    options,
)
from portal.shipments.data import Difference, Reply
from portal.submissions.data import Line


class SendOnForm(PortalForm):
    """To whom a notice is sent."""

    country = CountryField("Which country?", [Required("Choose the country")])
    partner = SelectField(
        "Its authority",
        choices={"": "It has no account here: I send the signed papers another way"},
        default="",
        validate_choice=True,
    )

    def partner_id(self) -> UUID | None:
        """Return the authority that was chosen."""
        return UUID(self.partner.data) if self.partner.data else None


class ReplyForm(PortalForm):
    """What the other country says."""

    reply = RadioField(
        "What is the answer?",
        [Required("Choose the answer")],
        choices=options(Reply),
        coerce=one_of(Reply),
    )
    text = TextAreaField(
        "In their words",
        [AtMost(LONG)],
        description="Such as: the importer is licensed for this quantity",
    )


class ReleaseForm(PortalForm):
    """The last look before a shipment may leave."""

    sure = BooleanField(
        "I have seen the findings, the answers and the authorisations",
        [Required("Tick that you have seen them")],
    )


class StopForm(PortalForm):
    """Why a shipment may not leave."""

    reason = TextAreaField(
        "Why may it not leave?",
        [Required("Enter the reason"), AtMost(LONG)],
        description="Only officers read this. The company learns that it may not leave, not why.",
    )


class AmountForm(PortalForm):
    """The quantity of one line."""

    class Meta(PortalForm.Meta):
        """The page's own form holds the token."""

        csrf = False

    quantity = ExactField("Quantity", [Required("Enter the quantity, 0 if there was none")])


class ReportForm(PortalForm):
    """The day, and each line's quantity; a reason when one differs."""

    day = DatePartsField("On which day?", [Required("Enter the day")])
    amounts = FieldList(FormField(AmountForm))
    reason_sort = SelectField(
        "If a quantity differs, why?", choices=options(Difference, blank="Nothing differs")
    )
    reason = TextAreaField(
        "More on the difference",
        [AtMost(LONG)],
        description="Such as: two drums were refused by customs for a broken seal",
    )
    expected: tuple[Decimal, ...] = ()

    def ask(self, lines: Sequence[Line], expected: Sequence[Decimal]) -> None:
        """Ask for one quantity a line, beginning with what is expected."""
        self.expected = tuple(expected)
        while len(self.amounts) < len(lines):
            self.amounts.append_entry({"quantity": expected[len(self.amounts)]})
        for entry, line in zip(self.amounts, lines, strict=False):
            entry.form.quantity.label.text = f"{line.name}, {line.unit}"

    def validate_day(self, field: Any) -> None:
        """Refuse the future; a day ahead is allowed for other time zones."""
        if field.data and (field.data - utc_now().date()).days > 1:
            raise ValidationError("Enter a day that is not in the future")

    def validate_reason_sort(self, field: Any) -> None:
        """Ask for a reason when a quantity is not as expected."""
        said = tuple(entry.form.quantity.data for entry in self.amounts)
        if said != self.expected and None not in said and not field.data:
            raise ValidationError("Say why a quantity differs")

    def quantities(self) -> tuple[Decimal, ...]:
        """Return each line's quantity; call only once valid."""
        return tuple(answered(entry.form.quantity.data) for entry in self.amounts)

    def why(self) -> str:
        """Return the reason for a difference in words."""
        return " – ".join(part for part in (self.reason_sort.data, self.reason.data) if part)
