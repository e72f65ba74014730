"""The answers of an end-user declaration."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from portal.submissions.data import Document, Facts, PartyRole, SubmissionData, told


class Use(StrEnum):
    """What a customer uses a substance for."""

    SYNTHESIS = "making another chemical"
    MEDICINE = "making medicines"
    SOLVENT = "solvent or extraction"
    CLEANING = "cleaning or treatment of surfaces"
    COATING = "paints, inks, coatings or adhesives"
    PLASTICS = "plastics, rubber or fibres"
    FOOD = "food, flavours or fragrances"
    WATER = "water treatment"
    MINING = "mining or metals"
    LABORATORY = "laboratory, analysis or teaching"
    RESALE = "resale without change"
    OTHER = "another use"


@dataclass(frozen=True, slots=True, kw_only=True)
class EndUserDeclarationData(SubmissionData):
    """What a customer declares; the lines say how much it takes in a year."""

    number: str = told("Number of the declaration", mention="authorisation")
    use: Use = told("Use")
    use_words: str = told("Use in words", mention="wording")
    site_of_use: str = told("Site of use", mention="address")
    site_country: str = told("Country of the site", shown="country")
    single: bool = told("For one delivery only", default=False)
    signed_on: date = told("Signed on")
    valid_until: date = told("Valid until")
    signed_by: str = told("Signed by", mention="name")
    signed_position: str | None = told("Position of who signed", None)
    licence_seen: str | None = told("Licence of the customer, seen and checked", None)

    def facts(self) -> Facts:
        """Add the use and the paper; the quantities are of a year, and no trade."""
        return replace(
            SubmissionData.facts(self),
            lines=(),
            declared=self.lines,
            stated_use=self.use_words,
            declaration_seen=True,
            happened_on=self.signed_on,
            documents=(
                Document(
                    number=self.number,
                    sort="end-user declaration",
                    issuer=self.signed_by,
                    issued_on=self.signed_on,
                    expires_on=self.valid_until,
                    path="number",
                ),
            ),
            destination_country=self.site_country,
        )


ROLES = (PartyRole.CUSTOMER, PartyRole.END_USER, PartyRole.CONTACT)
