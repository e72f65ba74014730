"""Pages on which the register of partners is kept."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import Optional

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
    label_of,
    locode,
    one_of,
    optional,
    options,
    phone,
)
from portal.core.languages import countries
from portal.leads.data import Category, Marking
from portal.organisations.models import PartnerProfile
from portal.partners.registry.data import NETWORK_WORDS, Hours, Network, PostSort, Way
from portal.partners.registry.models import (
    PartnerAgreement,
    PartnerContact,
    PartnerKey,
    PartnerPost,
)
from portal.partners.registry.rules import codes_of
from portal.partners.sealing.data import PublicKey
from portal.partners.sealing.services import MOST, UnusableKeyError, read_key

NETWORKS = {one.value: f"{label_of(one)} – {NETWORK_WORDS[one]}" for one in Network}


class ButtonForm(PortalForm):
    """A form that is only a button."""


class FilterForm(GetForm):
    """Which partners to list."""

    network = SelectField(
        "Network",
        choices={"": "All networks", **{one.value: label_of(one) for one in Network}},
        coerce=one_of(Network),
    )


class FactsForm(PortalForm):
    """Who a partner is and how it receives."""

    name = StringField("Name", [Required("Enter the name"), AtMost(SHORT)])
    network = SelectField(
        "Network", [Required("Choose the network")], choices={"": "Choose", **NETWORKS}
    )
    country = CountryField("Seat", [Required("Choose the country")])
    countries = StringField(
        "Countries covered",
        [Required("Enter at least one country"), AtMost(SHORT)],
        description="Two-letter codes, separated by spaces, such as AF IR PK",
    )
    way = SelectField(
        "How it receives",
        [Required("Choose how it receives")],
        choices=options(Way, blank="Choose"),
        description="A signed package is sealed to the partner's key. A notice holds no content",
    )

    def validate_countries(self, field: Any) -> None:
        """Refuse a code that no country has."""
        known = countries()
        wrong = [code for code in codes_of(field.data or "") if code not in known]
        if wrong:
            raise ValidationError(f"No country has the code {', '.join(wrong)}")

    def said(self) -> dict[str, Any]:
        """Return the facts by column."""
        return {
            "name": self.name.data,
            "country": self.country.data,
            "network": self.network.data,
            "countries": list(codes_of(self.countries.data or "")),
            "way": self.way.data,
        }


class PartnerForm(FactsForm):
    """A new partner."""

    body = SelectField("Known body", choices={"": "None"}, default="")

    def organisation(self) -> dict[str, Any]:
        """Return the columns of the organisation."""
        said = self.said()
        known = self.body.data or None
        return {"name": said["name"], "country": said["country"], "partner_key": known}

    def profile(self) -> PartnerProfile:
        """Return the profile, unsaved."""
        said = self.said()
        return PartnerProfile(network=said["network"], countries=said["countries"], way=said["way"])


class PostForm(PortalForm):
    """A place at which a partner stands."""

    locode = StringField(
        "UN/LOCODE",
        [Required("Enter the UN/LOCODE"), optional(locode)],
        description="Five characters, such as PKKHI; the page Places finds it by name",
    )
    sort = SelectField(
        "What the place is",
        [Required("Choose what the place is")],
        choices=options(PostSort, blank="Choose"),
        coerce=one_of(PostSort),
    )
    faces = CountryField("Country on the other side, of a border point")
    name = StringField("Name", [AtMost(SHORT)], description="If the partner calls it differently")

    def validate_faces(self, field: Any) -> None:
        """A border point lies between two countries."""
        if self.sort.data is PostSort.BORDER_POINT and not field.data:
            raise ValidationError("Choose the country on the other side of the border point")

    def to_part(self) -> tuple[PartnerPost, str]:
        """Return the post, unsaved, and how the history calls it."""
        part = PartnerPost(
            locode=self.locode.data,
            sort=self.sort.data,
            faces=self.faces.data or "",
            name=self.name.data or "",
        )
        return part, f"{part.sort} {part.locode}"


class AgreementForm(PortalForm):
    """What a partner may receive, by one agreement."""

    name = StringField(
        "Agreement",
        [Required("Name the agreement"), AtMost(SHORT)],
        description="Such as Memorandum of understanding of 3 May 2024, article 7",
    )
    marking_max = SelectField(
        "May receive up to",
        [Required("Choose the marking")],
        choices={"": "Choose", **{one.value: one.value for one in Marking}},
        coerce=one_of(Marking),
    )
    categories = SelectMultipleField(
        "Leads about",
        choices=options(Category),
        description="None ticked: leads of every category",
    )
    accepts_conditions = BooleanField("It binds the partner to handling conditions (code C)")
    valid_from = DatePartsField("Holds from", [Optional()])
    valid_until = DatePartsField("Holds until", [Optional()])
    file = FileField("The paper", description=LIMITS)

    def validate_valid_until(self, field: Any) -> None:
        """An agreement ends after it begins."""
        begun = self.valid_from.data
        if begun and field.data and field.data < begun:
            raise ValidationError("Enter a day after the first one")

    def to_part(self) -> tuple[PartnerAgreement, str]:
        """Return the agreement, unsaved, and how the history calls it."""
        part = PartnerAgreement(
            name=self.name.data,
            marking_max=self.marking_max.data,
            categories=list(self.categories.data or ()),
            accepts_conditions=bool(self.accepts_conditions.data),
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
        )
        about = ", ".join(part.categories) or "every category"
        return part, f"{part.name}: up to {part.marking_max}, {about}"


class ContactForm(PortalForm):
    """Whom to call."""

    name = StringField("Name", [Required("Enter a name"), AtMost(SHORT)])
    function = StringField(
        "Office or function",
        [AtMost(SHORT)],
        description="Lists of who needs to know name offices and functions, such as Duty desk",
    )
    hours = SelectField(
        "Reached",
        [Required("Choose when")],
        choices=options(Hours, blank="Choose"),
        coerce=one_of(Hours),
    )
    phone = StringField("Telephone", [AtMost(SHORT), optional(phone)])
    email = StringField("E-mail address", [AtMost(SHORT), optional(email)])
    languages = StringField("Languages", [AtMost(SHORT)])

    def validate_email(self, field: Any) -> None:
        """A contact can be reached somehow."""
        if not field.data and not self.phone.data:
            raise ValidationError("Enter a telephone number or an e-mail address")

    def to_part(self) -> tuple[PartnerContact, str]:
        """Return the contact, unsaved, and how the history calls it."""
        part = PartnerContact(
            name=self.name.data,
            function=self.function.data or "",
            hours=self.hours.data,
            phone=self.phone.data or "",
            email=self.email.data or "",
            languages=self.languages.data or "",
        )
        return part, f"{part.name}, {part.hours}"


class KeyForm(PortalForm):
    """A public key of the partner."""

    text = TextAreaField(
        "Public key",
        [Required("Enter the key"), AtMost(MOST)],
        description="An age key (age1…) or an OpenPGP public key block. Compare the fingerprint"
        " with the partner by telephone before somebody agrees",
    )
    key: PublicKey | None = None

    def validate_text(self, field: Any) -> None:
        """Refuse a key to which nothing can be sealed."""
        if field.data:
            try:
                self.key = read_key(field.data)
            except UnusableKeyError as refusal:
                raise ValidationError(str(refusal)) from None

    def to_part(self) -> tuple[PartnerKey, str]:
        """Return the key, unsaved, and how the history calls it."""
        if self.key is None:
            raise ValueError("to_part() was called on a form that is not valid")
        part = PartnerKey(sort=self.key.sort, text=self.key.text, fingerprint=self.key.fingerprint)
        return part, f"{part.sort} {part.fingerprint}"


class ReasonForm(PortalForm):
    """Why something is ended, suspended or lifted."""

    reason = TextAreaField("Why?", [Required("Say why"), AtMost(LONG)])
