"""The answers of a report of a loss or theft."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.submissions.data import Facts, PartyRole, SubmissionData, told


class Where(StrEnum):
    """Where goods were lost."""

    SITE = "at a site"
    VEHICLE = "from a vehicle"
    TRANSIT = "in transit with a carrier"
    CUSTOMER = "at a customer's or consignee's"


class How(StrEnum):
    """How goods were lost."""

    THEFT = "theft"
    BURGLARY = "burglary"
    ROBBERY = "robbery"
    DISAPPEARED = "disappearance in transit"
    DIFFERENCE = "unexplained stock difference"
    SPILL = "spill or destruction"


class Certainty(StrEnum):
    """Whether the way of a loss is known."""

    KNOWN = "known"
    SUPPOSED = "supposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LossData(SubmissionData):
    """What is missing, since when, from where, and what was done."""

    discovered_on: date = told("Discovered on")
    missing_from: date | None = told("Missing since, at the earliest", None)
    missing_until: date | None = told("Missing since, at the latest", None)
    where: Where = told("Where it was lost")
    place: str = told("Place", mention="address")
    place_country: str = told("Country of the place", shown="country")
    carrier: str | None = told("Carrier", None, mention="name")
    plates: tuple[str, ...] = told("Vehicle plates", (), mention="plate")
    waybill: str | None = told("Waybill or consignment number", None, mention="waybill")
    containers: tuple[str, ...] = told("Containers", (), mention="container")
    seals: tuple[str, ...] = told("Seals", (), mention="seal")
    how: How = told("How it was lost")
    certainty: Certainty = told("Is that known or supposed", Certainty.SUPPOSED)
    circumstances: str = told("What happened")
    share_of_stock: Decimal | None = told("Share of the stock", None, shown="%")
    usual_loss: Decimal | None = told("Usual loss of this product", None, shown="%")
    only_precursor: bool | None = told("Only the listed substance was taken", None)
    inside_knowledge: bool | None = told("It looks as if somebody inside knew", None)
    police_told: bool | None = told("The police were told", None)
    police_reference: str | None = told("Reference of the police", None, mention="waybill")
    police_station: str | None = told("Police station", None)
    measures: str | None = told("Measures taken", None)

    def facts(self) -> Facts:
        """Add when, where and how."""
        return replace(
            SubmissionData.facts(self),
            happened_on=self.discovered_on,
            grounds=self.circumstances,
            plates=self.plates,
            containers=self.containers,
            seals=self.seals,
            waybills=(self.waybill,) if self.waybill else (),
            loss_how=self.how.value,
            loss_place=self.place,
            loss_carrier=self.carrier,
            loss_share=self.share_of_stock,
            loss_usual=self.usual_loss,
            destination_country=self.place_country,
        )

    def summary(self) -> str:
        """Return what and where: no word that would need a language."""
        what = self.lines[0].name if self.lines else ""
        return f"{what} – {self.place.splitlines()[0]}"


ROLES = (
    PartyRole.CARRIER,
    PartyRole.FORWARDER,
    PartyRole.CONTACT,
    PartyRole.PERSON_KNOWN,
    PartyRole.WITNESS,
    PartyRole.CONSIGNEE,
)
