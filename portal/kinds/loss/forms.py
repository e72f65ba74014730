"""The pages of a report of a loss or theft."""

from typing import Any

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
    YesNoField,
    answered,
    container_number,
    lines_of,
    one_a_line,
    one_of,
    options,
)
from portal.kinds.loss.data import ROLES, Certainty, How, Where
from portal.submissions.data import PartyRole
from portal.submissions.questions import PartyForm, roles

HUNDRED = 100  # percent


class DiscoveryForm(PortalForm):
    """When it was found out, and where it was."""

    discovered_on = DatePartsField(
        "When was it discovered?",
        [Required("Enter the day of the discovery")],
        description="For example, 27 3 2026",
    )
    missing_from = DatePartsField(
        "Since when may it be missing?",
        [Optional()],
        description="The last day on which the stock was right, such as the last count",
    )
    missing_until = DatePartsField("Until when at the latest?", [Optional()])
    where = RadioField(
        "Where was it lost?",
        [Required("Choose where it was lost")],
        choices=options(Where),
        coerce=one_of(Where),
    )
    place = TextAreaField(
        "Which place?",
        [Required("Enter the place"), AtMost(1000)],
        description="The site with its address; on the way: between which places",
    )
    place_country = CountryField("Country of the place", [Required("Choose the country")])
    carrier = StringField(
        "Carrier",
        [RequiredIf("where", {Where.TRANSIT}, "Enter the carrier"), AtMost(SHORT)],
        description="If it was with one",
    )
    plates = TextAreaField(
        "Vehicle plates", [AtMost(1000), one_a_line()], description="One on each line"
    )
    waybill = StringField("Waybill or consignment number", [AtMost(SHORT)])
    containers = TextAreaField(
        "Container numbers",
        [AtMost(1000), one_a_line(container_number)],
        description="One on each line, such as CSQU3054383",
    )
    seals = TextAreaField(
        "Seal numbers", [AtMost(1000), one_a_line()], description="One on each line"
    )

    def validate_discovered_on(self, field: Any) -> None:
        """Refuse the future; a day ahead is allowed for other time zones."""
        if field.data and (field.data - utc_now().date()).days > 1:
            raise ValidationError("Enter a day that is not in the future")

    def validate_missing_until(self, field: Any) -> None:
        """Keep the days in order."""
        if field.data and self.missing_from.data and field.data < self.missing_from.data:
            raise ValidationError("Enter a day that is not before the first")

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        return {
            "discovered_on": answered(self.discovered_on.data),
            "missing_from": self.missing_from.data,
            "missing_until": self.missing_until.data,
            "where": answered(self.where.data),
            "place": answered(self.place.data),
            "place_country": answered(self.place_country.data),
            "carrier": self.carrier.data or None,
            "plates": lines_of(self.plates.data),
            "waybill": self.waybill.data or None,
            "containers": lines_of(self.containers.data),
            "seals": lines_of(self.seals.data),
        }


class CircumstancesForm(PortalForm):
    """How it was lost, and how much of the stock it is."""

    how = RadioField(
        "How was it lost?",
        [Required("Choose how it was lost")],
        choices=options(How),
        coerce=one_of(How),
    )
    certainty = RadioField(
        "Is that known or supposed?",
        [Required("Choose known or supposed")],
        choices=options(Certainty),
        coerce=one_of(Certainty),
        default=Certainty.SUPPOSED,
    )
    circumstances = TextAreaField(
        "What happened?",
        [Required("Say what happened"), AtMost(LONG)],
        description="In your own words: how it was noticed, what is missing, what was left",
    )
    share_of_stock = ExactField(
        "What share of the stock is missing, in percent?",
        description="Such as 2.5: the missing quantity divided by what should be there",
    )
    usual_loss = ExactField(
        "What loss is usual for this product, in percent?",
        description="Such as 0.2 for evaporation; leave it empty if there is none",
    )
    only_precursor = YesNoField("Was only the listed substance taken?")
    inside_knowledge = YesNoField(
        "Does it look as if somebody inside knew?",
        description="Such as a code that was used, or a time when nobody was there",
    )

    def validate_share_of_stock(self, field: Any) -> None:
        """Hold a share to 100 %."""
        if field.data and field.data > HUNDRED:
            raise ValidationError("A share cannot be more than 100 %")

    def validate_usual_loss(self, field: Any) -> None:
        """Hold a share to 100 %."""
        self.validate_share_of_stock(field)

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        return {
            "how": answered(self.how.data),
            "certainty": answered(self.certainty.data),
            "circumstances": answered(self.circumstances.data),
            "share_of_stock": self.share_of_stock.data,
            "usual_loss": self.usual_loss.data,
            "only_precursor": self.only_precursor.data,
            "inside_knowledge": self.inside_knowledge.data,
        }


class PersonForm(PartyForm):
    """Somebody who carried it, knew of it, or may have taken it."""

    role = SelectField(
        "What do they do in this?",
        [Required("Choose the role")],
        choices=roles(ROLES),
        coerce=one_of(PartyRole),
    )


class MeasuresForm(PortalForm):
    """Who was told, and what was done."""

    police_told = YesNoField("Were the police told?")
    police_reference = StringField(
        "Reference of the police", [AtMost(SHORT)], description="The number of the report"
    )
    police_station = StringField("Police station", [AtMost(SHORT)])
    measures = TextAreaField(
        "What was done since?",
        [AtMost(LONG)],
        description="Such as: locks changed, stock counted, carrier asked in writing",
    )

    def to_data(self) -> dict[str, Any]:
        """Return this page's part of the record."""
        return {
            "police_told": self.police_told.data,
            "police_reference": self.police_reference.data or None,
            "police_station": self.police_station.data or None,
            "measures": self.measures.data or None,
        }
