"""The pages of an end-user declaration."""

from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.core.clock import utc_now
from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    CountryField,
    DatePartsField,
    PortalForm,
    Required,
    YesNoField,
    answered,
    one_of,
    options,
)
from portal.kinds.end_user_declaration.data import ROLES, Use
from portal.submissions.data import PartyRole
from portal.submissions.questions import PartyForm, roles


class UseForm(PortalForm):
    """What the substance is used for, and where."""

    use = SelectField(
        "What is it used for?",
        [Required("Choose the use")],
        choices=options(Use, blank="Choose"),
        coerce=one_of(Use),
    )
    use_words = TextAreaField(
        "In the customer's own words",
        [Required("Enter the use in words"), AtMost(LONG)],
        description="Such as: acetylation of cellulose for cigarette filters, line 2",
    )
    site_of_use = TextAreaField(
        "Where is it used?",
        [Required("Enter the site of use"), AtMost(1000)],
        description="The address of the works or laboratory, not of an office",
    )
    site_country = CountryField("Country of the site", [Required("Choose the country")])

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        return {
            "use": answered(self.use.data),
            "use_words": answered(self.use_words.data),
            "site_of_use": answered(self.site_of_use.data),
            "site_country": answered(self.site_country.data),
        }


class PaperForm(PortalForm):
    """The paper: its number, who signed it, how long it is valid."""

    number = StringField(
        "Number of the declaration",
        [Required("Enter the number"), AtMost(SHORT)],
        description="Yours or the customer's. Name it in notices and orders that rest on it",
    )
    single = YesNoField(
        "Is it for one delivery only?", description="If not, it covers deliveries until it ends"
    )
    signed_on = DatePartsField(
        "When was it signed?",
        [Required("Enter the day of the signature")],
        description="For example, 27 3 2026",
    )
    valid_until = DatePartsField(
        "Until when is it valid?", [Required("Enter until when it is valid")]
    )
    signed_by = StringField("Who signed it?", [Required("Enter who signed it"), AtMost(SHORT)])
    signed_position = StringField("Position of who signed", [AtMost(SHORT)])
    licence_seen = StringField(
        "Licence of the customer, seen and checked",
        [AtMost(SHORT)],
        description="Number, and how it was checked, if one is needed",
    )

    def validate_signed_on(self, field: Any) -> None:
        """Refuse the future; a day ahead is allowed for other time zones."""
        if field.data and (field.data - utc_now().date()).days > 1:
            raise ValidationError("Enter a day that is not in the future")

    def validate_valid_until(self, field: Any) -> None:
        """Keep the dates in order."""
        if field.data and self.signed_on.data and field.data < self.signed_on.data:
            raise ValidationError("Enter an end that is not before the day of the signature")

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        return {
            "number": answered(self.number.data),
            "single": bool(self.single.data),
            "signed_on": answered(self.signed_on.data),
            "valid_until": answered(self.valid_until.data),
            "signed_by": answered(self.signed_by.data),
            "signed_position": self.signed_position.data or None,
            "licence_seen": self.licence_seen.data or None,
        }


class DeclarantForm(PartyForm):
    """Who declares: the customer, the end user if another, a contact."""

    role = SelectField(
        "What do they do in this?",
        [Required("Choose the role")],
        choices=roles(ROLES),
        coerce=one_of(PartyRole),
    )
