"""Questions that kinds share: a substance, a party, the declaration."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from babel import Locale
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import NumberRange, Optional, StopValidation, ValidationError

from portal.core.db import get_session
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
    above_zero,
    answered,
    email,
    hs_code,
    label_of,
    lei_number,
    lines_of,
    one_a_line,
    one_of,
    optional,
    options,
    phone,
)
from portal.core.languages import translated
from portal.core.text import is_blank
from portal.reference import queries as reference
from portal.reference.data import STRENGTH_NAMES, UNIT_NAMES, GoodsForm, Strength, Unit
from portal.submissions.data import Line, Party, PartyRole, PartySort

EXACT = 100  # score of a name or number typed in full
SOLUTIONS = {GoodsForm.SOLUTION_BY_WEIGHT, GoodsForm.SOLUTION_BY_VOLUME}
LIQUID_ONLY = {Unit.LITRE, Unit.MILLILITRE}
MOST_KG = Decimal(100_000_000)  # beyond any shipment: a slip of the keyboard
HUNDRED = Decimal(100)
UN_NUMBER_DIGITS = 4
CURRENCY_LETTERS = 3
NO_SUBSTANCE = "Enter the substance"
NO_SUBSTANCE_OR_TICK = "Enter the substance, or tick that it is not on the list"
ALSO_TAKEN = {"": "Choose"}


class SubstanceForm(PortalForm):
    """Which substance is meant."""

    once = ("batch",)

    substance = StringField(
        "Which substance?",
        [AtMost(SHORT)],
        description="Its name, trade name, street name, CAS number or HS code,"
        " such as acetic anhydride, AA or 108-24-7",
        render_kw={"data-suggest-url": "/substances/suggest.json", "autocomplete": "off"},
    )
    pick = RadioField("Which of these do you mean?", [Optional()], validate_choice=False)
    missing = NO_SUBSTANCE
    found: Any = None

    def is_unlisted(self) -> bool:
        """Tell whether the substance is said not to be on the list."""
        return False

    def validate_substance(self, field: Any) -> None:
        """Find the one substance that is meant, or offer those that may be."""
        if self.is_unlisted():
            return
        if is_blank(field.data or ""):
            raise StopValidation(self.missing)
        hits = reference.find_substances(get_session(), field.data)
        exact = {hit.substance.key: hit.substance for hit in hits if hit.score >= EXACT}
        offered = exact if len(exact) > 1 else {h.substance.key: h.substance for h in hits}
        if self.pick.data in offered:
            exact = {self.pick.data: offered[self.pick.data]}
        if len(exact) == 1:
            self.found = next(iter(exact.values()))
            return
        local = reference.local_names(get_session())
        self.pick.choices = {
            key: " ".join(filter(None, (one.name, one.cas_rn, local.get(key))))
            for key, one in offered.items()
        }
        if offered:
            raise ValidationError("Choose the substance that you mean from those below")
        raise ValidationError("No substance on the list has this name or number")


class LineForm(SubstanceForm):
    """One substance, with quantity and form."""

    missing = NO_SUBSTANCE_OR_TICK
    not_listed = BooleanField("It is not on the list of controlled substances")
    description = StringField(
        "What is it?",
        [RequiredIf("not_listed", {True}, "Say what it is"), AtMost(SHORT)],
        description="Only if it is not on the list: what it is called, and what it is used for",
    )
    trade_name = StringField(
        "Trade name", [AtMost(SHORT)], description="If it is sold under another name"
    )
    quantity = ExactField(
        "Quantity", [Required("Enter the quantity"), above_zero], description="Such as 12.5"
    )
    unit = SelectField(
        "Unit",
        [Required("Choose the unit")],
        choices=ALSO_TAKEN | {unit.value: UNIT_NAMES[unit] for unit in Unit},
        coerce=one_of(Unit),
    )
    form = SelectField(
        "In which form?",
        [Required("Choose the form")],
        choices=options(GoodsForm, blank="Choose"),
        coerce=one_of(GoodsForm),
    )
    salt = StringField(
        "Which salt?",
        [RequiredIf("form", {GoodsForm.SALT}, "Say which salt"), AtMost(SHORT)],
        description="Such as hydrochloride or sulfate, if it is a salt",
    )
    strength = ExactField(
        "Concentration",
        [RequiredIf("form", SOLUTIONS, "Enter the concentration of the solution"), above_zero],
        description="Such as 70, for a solution of 70 %",
    )
    strength_unit = SelectField(
        "Concentration is given in",
        choices=ALSO_TAKEN | {unit.value: STRENGTH_NAMES[unit] for unit in Strength},
        coerce=one_of(Strength),
    )
    density = ExactField(
        "Density in kg/l",
        [above_zero],
        description="If you know it: with it, litres become kilograms without guessing",
    )
    packages = IntegerField(
        "Number of packages", [Optional(), NumberRange(1, 1_000_000, "Enter 1 to 1,000,000")]
    )
    package_kind = StringField(
        "Kind of package", [AtMost(SHORT)], description="Such as steel drum or canister"
    )
    package_size = StringField("Size of a package", [AtMost(SHORT)], description="Such as 200 l")
    batch = StringField("Batch number", [AtMost(SHORT)])
    value = ExactField("Value of this line", [above_zero])
    currency = StringField("Currency", description="Three letters, such as EUR")
    hs_code = StringField("HS code", [optional(hs_code)], description="Such as 291524")
    un_number = StringField(
        "UN dangerous-goods number", description="Four digits, such as 1715, if it has one"
    )

    def is_unlisted(self) -> bool:
        """Tell whether the box was ticked."""
        return bool(self.not_listed.data)

    def validate_strength(self, field: Any) -> None:
        """Hold a share to 100 %."""
        shares = {Strength.PERCENT_BY_WEIGHT}
        if field.data and self.strength_unit.data in shares and field.data > HUNDRED:
            raise ValidationError("A concentration by weight cannot be more than 100 %")

    def validate_strength_unit(self, field: Any) -> None:
        """Ask for the unit of a concentration that was given."""
        if self.strength.data and field.data is None:
            raise ValidationError("Choose what the concentration is given in")

    def validate_quantity(self, field: Any) -> None:
        """Refuse what no shipment can be."""
        if field.data and field.data > MOST_KG:
            raise ValidationError("Check the quantity: it is beyond any shipment")

    def validate_currency(self, field: Any) -> None:
        """Know the currency; ask for it when there is a value."""
        field.data = (field.data or "").upper()
        if self.value.data and not field.data:
            raise ValidationError("Enter the currency of the value")
        if field.data and field.data not in Locale("en").currencies:
            raise ValidationError("Enter the three letters of a currency, such as EUR")

    def validate_un_number(self, field: Any) -> None:
        """Check the shape."""
        field.data = (field.data or "").upper().removeprefix("UN").strip()
        if field.data and not (field.data.isdigit() and len(field.data) == UN_NUMBER_DIGITS):
            raise ValidationError("Enter the four digits, such as 1715")

    def to_data(self) -> Line:
        """Return the line; masses are worked out when it is received."""
        listed = self.found
        return Line(
            substance=listed.key if listed else None,
            name=listed.name if listed else answered(self.description.data),
            cas_number=(listed.cas_rn or None) if listed else None,
            trade_name=self.trade_name.data or None,
            form=answered(self.form.data),
            salt=self.salt.data or None,
            strength=self.strength.data,
            strength_unit=self.strength_unit.data if self.strength.data else None,
            density_kg_per_l=self.density.data,
            quantity=answered(self.quantity.data),
            unit=answered(self.unit.data),
            packages=self.packages.data,
            package_kind=self.package_kind.data or None,
            package_size=self.package_size.data or None,
            batch=self.batch.data or None,
            value=self.value.data,
            currency=self.currency.data or None,
            hs_code=self.hs_code.data or None,
            un_number=self.un_number.data or None,
        )


def line_label(typed: Mapping[str, Any]) -> str:
    """Return a line of the list of substances, from what was typed so far."""
    name = first(typed, "substance") or first(typed, "description")
    return f"{name}, {first(typed, 'quantity')} {first(typed, 'unit')}".strip(", ")


def party_label(typed: Mapping[str, Any]) -> str:
    """Return a line of the list of parties, from what was typed so far."""
    role = first(typed, "role")
    return f"{first(typed, 'name')} ({translated(role)})" if role else first(typed, "name")


def first(typed: Mapping[str, Any], name: str) -> str:
    """Return what was typed in a field, or nothing."""
    values = typed.get(name) or [""]
    return str(values[0])


def roles(offered: Iterable[PartyRole]) -> dict[str, str]:
    """Return some roles for the choices of a SelectField."""
    return {"": "Choose", **{role.value: label_of(role) for role in offered}}


class PartyForm(PortalForm):
    """Somebody named in a submission; a kind narrows the roles."""

    role = SelectField(
        "What do they do in this?",
        [Required("Choose the role")],
        choices=options(PartyRole, blank="Choose"),
        coerce=one_of(PartyRole),
    )
    sort = RadioField(
        "Person or organisation?",
        [Required("Choose person or organisation")],
        choices=options(PartySort),
        coerce=one_of(PartySort),
        default=PartySort.ORGANISATION,
    )
    name = StringField(
        "Name",
        [Required("Enter the name"), AtMost(SHORT)],
        description="In Latin letters if known",
        render_kw={"data-suggest-url": "/address-book/suggest.json", "autocomplete": "off"},
    )
    trading_name = StringField("Trading name", [AtMost(SHORT)])
    original_script = StringField(
        "Name in its original script",
        [AtMost(SHORT)],
        description="Such as Арман Беков or 化工有限公司, as it stands on papers",
    )
    earlier_names = TextAreaField(
        "Earlier names", [AtMost(LONG), one_a_line()], description="One on each line"
    )
    country = CountryField("Country", [Required("Choose the country")])
    street = StringField("Street and number", [AtMost(SHORT)])
    postcode = StringField("Postcode", [AtMost(40)])
    city = StringField("Town or city", [AtMost(SHORT)])
    region = StringField("Region, province or state", [AtMost(SHORT)])
    address_free = TextAreaField(
        "Address as it was given to you",
        [AtMost(1000)],
        description="If it does not fit above, or was given in another script",
    )
    phones = TextAreaField(
        "Telephone numbers",
        [AtMost(LONG), one_a_line(phone)],
        description="One on each line, with country code, such as +66 2 123 4567",
    )
    emails = TextAreaField(
        "E-mail addresses", [AtMost(LONG), one_a_line(email)], description="One on each line"
    )
    messaging = TextAreaField(
        "Messaging names",
        [AtMost(LONG), one_a_line()],
        description="One on each line, with the service, such as Telegram @name",
    )
    websites = TextAreaField(
        "Web sites", [AtMost(LONG), one_a_line()], description="One on each line"
    )
    registration_number = StringField("Company registration number", [AtMost(60)])
    tax_number = StringField("Tax or VAT number", [AtMost(60)])
    eori = StringField("EORI number", [AtMost(20)])
    lei = StringField("LEI", [optional(lei_number)], description="20 letters and digits")
    licence_number = StringField("Licence number", [AtMost(SHORT)])
    licence_check = StringField(
        "Licence seen and checked, how",
        [AtMost(SHORT)],
        description="Such as: original seen; issuer confirmed by telephone",
    )
    identity_number = StringField("Passport or identity card number", [AtMost(60)])
    identity_country = CountryField("Country that issued it")
    born = DatePartsField("Date of birth", [Optional()], description="For a person, if known")
    position = StringField("Position", [AtMost(SHORT)], description="For a contact person")
    bank_account = StringField(
        "Bank account or wallet", [AtMost(SHORT)], description="IBAN, account number or address"
    )
    known_since = StringField(
        "Customer since", [AtMost(SHORT)], description="Such as 2019, or first contact"
    )
    relation = StringField("Relation to the customer", [AtMost(SHORT)])

    def validate_identity_country(self, field: Any) -> None:
        """Ask who issued a passport that was given."""
        if self.identity_number.data and not field.data:
            raise ValidationError("Choose the country that issued the document")

    def to_data(self) -> Party:
        """Return the party."""
        several = ("earlier_names", "phones", "emails", "messaging", "websites")
        said: dict[str, Any] = {
            name: self[name].data or None for name in Party.__slots__ if name not in several
        }
        return Party(**said | {name: lines_of(self[name].data) for name in several})


class DeclarationForm(PortalForm):
    """Who says that it is true."""

    once = ("own_reference", "true")

    own_reference = StringField(
        "Your own reference", [AtMost(SHORT)], description="To find this again in your files"
    )
    site = StringField("Your site or branch", [AtMost(SHORT)], description="Where it happened")
    declared_by = StringField(
        "Your name",
        [Required("Enter your name"), AtMost(SHORT)],
        render_kw={"autocomplete": "name"},
    )
    declared_position = StringField(
        "Your position", [AtMost(SHORT)], render_kw={"autocomplete": "organization-title"}
    )
    true = BooleanField(
        "I declare that this is true and complete as far as I know",
        [Required("Tick the declaration")],
    )

    def to_data(self) -> dict[str, Any]:
        """Return the declaration's part of the record."""
        return {
            "own_reference": self.own_reference.data or None,
            "site": self.site.data or None,
            "declared_by": answered(self.declared_by.data),
            "declared_position": self.declared_position.data or None,
        }
