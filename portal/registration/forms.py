"""The application and the pages on which it is decided."""

from enum import StrEnum
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import UUID, Optional, ValidationError

from portal.core.files import LIMITS
from portal.core.forms import (
    LONG,
    SHORT,
    AtMost,
    CountryField,
    DatePartsField,
    GetForm,
    PortalForm,
    Required,
    email,
    lei_number,
    one_of,
    optional,
    options,
    phone,
)
from portal.organisations.rules import Standing

MOST = 10
PHONE_HINT = "With country code, such as +66 2 123 4567"


class Activity(StrEnum):
    """What an organisation does with the substances."""

    MANUFACTURE = "manufacture"
    TRADE = "trade"
    BROKER = "broker"
    FORWARDING = "freight forwarding"
    CUSTOMS = "customs agent"
    WAREHOUSE = "warehouse"
    COURIER = "courier"
    MARKETPLACE = "online marketplace"
    LABORATORY = "laboratory"
    PHARMACY = "pharmacy"
    END_USER = "end user"


class Part(PortalForm):
    """A part of a page that has its own token."""

    class Meta(PortalForm.Meta):
        """The page's own form holds the token."""

        csrf = False


class LicencePart(Part):
    """A licence or registration."""

    covers = StringField("What it covers", [AtMost(SHORT)], description="A substance or a category")
    number = StringField("Number", [AtMost(SHORT)])
    issuer = StringField("Issued by", [AtMost(SHORT)])
    valid_from = DatePartsField("Valid from", [Optional()])
    valid_until = DatePartsField("Valid until", [Optional()])

    def validate_number(self, field: Any) -> None:
        """Ask for the number of a licence that was named."""
        if (self.covers.data or self.issuer.data) and not field.data:
            raise ValidationError("Enter the number of the licence")

    def validate_valid_until(self, field: Any) -> None:
        """Keep the dates in order."""
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError("Enter an end that is not before the beginning")

    def said(self) -> dict[str, Any]:
        """Return the licence by column."""
        texts = {name: self[name].data or "" for name in ("covers", "number", "issuer")}
        return texts | {name: self[name].data for name in ("valid_from", "valid_until")}


class SitePart(Part):
    """A place where the organisation works."""

    name = StringField("Name of the site", [AtMost(SHORT)])
    address = TextAreaField("Address of the site", [AtMost(1000)])
    country = CountryField("Country of the site")

    def validate_address(self, field: Any) -> None:
        """Ask for the address of a site that was named."""
        if self.name.data and not field.data:
            raise ValidationError("Enter the address of the site")

    def said(self) -> dict[str, Any]:
        """Return the site by column."""
        return {name: self[name].data or "" for name in ("name", "address", "country")}


class OfficerForm(PortalForm):
    """Who answers for the substances."""

    officer_name = StringField(
        "Responsible officer", [Required("Enter the responsible officer"), AtMost(SHORT)]
    )
    officer_position = StringField("Position", [AtMost(SHORT)])
    officer_phone = StringField(
        "Telephone, day and night",
        [Required("Enter a telephone number"), optional(phone)],
        description=PHONE_HINT,
    )
    officer_email = StringField("E-mail address of the officer", [optional(email)])

    def said(self) -> dict[str, Any]:
        """Return the officer by column."""
        names = ("officer_name", "officer_position", "officer_phone", "officer_email")
        return {name: self[name].data or "" for name in names}


class ApplicationForm(OfficerForm):
    """An application."""

    deputy_name = StringField("Deputy", [AtMost(SHORT)])
    deputy_phone = StringField("Telephone of the deputy", [optional(phone)])

    name = StringField("Legal name", [Required("Enter the legal name"), AtMost(SHORT)])
    legal_form = StringField("Legal form", [AtMost(SHORT)], description="Such as B.V. or LLC")
    trade_names = TextAreaField(
        "Trade names", [AtMost(1000)], description="One on each line, if there are any"
    )
    country = CountryField("Country", [Required("Choose the country")])
    address = TextAreaField("Address", [Required("Enter the address"), AtMost(1000)])
    registration_number = StringField(
        "Registration number", [Required("Enter the registration number"), AtMost(60)]
    )
    tax_number = StringField("Tax or VAT number", [AtMost(60)])
    eori = StringField("EORI number", [AtMost(20)])
    lei = StringField("LEI", [optional(lei_number)])
    activities = SelectMultipleField(
        "What do you do with the substances?",
        [Required("Choose at least one activity")],
        choices=options(Activity),
        description="Tick all that apply",
    )
    licences = FieldList(FormField(LicencePart), min_entries=1, max_entries=MOST)
    more_licences = SubmitField("Add another licence")
    sites = FieldList(FormField(SitePart), min_entries=1, max_entries=MOST)
    more_sites = SubmitField("Add another site")
    applicant_name = StringField("Your name", [Required("Enter your name"), AtMost(SHORT)])
    applicant_email = StringField(
        "Your e-mail address",
        [Required("Enter your e-mail address"), AtMost(SHORT), email],
        description="A link to open your account is sent there",
    )
    true = BooleanField(
        "I declare that this is true, and that I may speak for this organisation",
        [Required("Tick the declaration")],
    )

    def more(self) -> bool:
        """Add what a button asks for; tell whether one did."""
        for pressed, parts in ((self.more_licences, self.licences), (self.more_sites, self.sites)):
            if pressed.data and len(parts) < MOST:
                parts.append_entry()
                return True
        return False

    def deputies(self) -> list[dict[str, str]]:
        """Return the deputy by column, if one was named."""
        name, phone_number = self.deputy_name.data or "", self.deputy_phone.data or ""
        return [{"name": name, "phone": phone_number}] if name else []

    def organisation(self) -> dict[str, Any]:
        """Return the organisation's facts, by column."""
        texts = ("name", "legal_form", "trade_names", "country", "address", "tax_number")
        numbers = ("registration_number", "eori", "lei")
        said: dict[str, Any] = {name: self[name].data or "" for name in (*texts, *numbers)}
        return said | super().said() | {"activities": list(self.activities.data or ())}


class AnswerForm(PortalForm):
    """The applicant's answer, with a document if one was asked for."""

    text = TextAreaField("Your answer", [Required("Enter your answer"), AtMost(LONG)])
    file = FileField("Document", description=LIMITS)


class ReasonForm(PortalForm):
    """Why something is decided."""

    text = TextAreaField("Reason", [Required("Enter the reason"), AtMost(LONG)])


class AskForm(PortalForm):
    """What an applicant is asked for."""

    text = TextAreaField(
        "What do you ask for?",
        [Required("Enter what you ask for"), AtMost(LONG)],
        description="The applicant reads exactly this",
    )


class ListForm(GetForm):
    """Which applications."""

    standing = SelectField(
        "Standing",
        choices={"": "All", **{s.value: s.value for s in Standing}},
        coerce=one_of(Standing),
    )
    after = StringField("After", [Optional(), UUID()])
