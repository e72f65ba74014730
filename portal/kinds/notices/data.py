"""The answers that pre-export, import and transit notices share."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from portal.submissions.data import (
    Document,
    Facts,
    Leg,
    PartyRole,
    SubmissionData,
    in_english,
    in_short,
    told,
)


class Mode(StrEnum):
    """How goods travel on a leg."""

    SEA = "sea"
    AIR = "air"
    ROAD = "road"
    RAIL = "rail"
    INLAND_WATERWAY = "inland waterway"
    POST = "post or courier"
    FIXED = "pipeline"


class AuthorisationSort(StrEnum):
    """What an authorisation allows."""

    EXPORT = "export authorisation"
    IMPORT = "import authorisation"
    TRANSIT = "transit authorisation"
    DECLARATION = "end-user declaration"


class Frequency(StrEnum):
    """Whether the notice is for one shipment or for several."""

    ONE = "one shipment"
    SEVERAL = "several shipments under a simplified procedure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorisation:
    """A paper that allows the trade."""

    SHORT: ClassVar[str] = "{sort} {number}"

    sort: AuthorisationSort = told("Kind of authorisation")
    number: str = told("Number", mention="authorisation")
    issuer: str = told("Issued by")
    issued_on: date | None = told("Issued on", None)
    expires_on: date | None = told("Valid until", None)

    def __str__(self) -> str:
        """Return the authorisation in a few words."""
        return in_short(self, in_english)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container with its seals."""

    SHORT: ClassVar[str] = "{number}"

    number: str = told("Container number", mention="container")  # ISO 6346
    seals: tuple[str, ...] = told("Seals", (), mention="seal")

    def __str__(self) -> str:
        """Return the container's number."""
        return self.number


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeData(SubmissionData):
    """What the exporter, the importer or a forwarder says of a shipment."""

    frequency: Frequency = told("This notice is for", Frequency.ONE)
    end_use: str = told("End use")
    dispatch_on: date = told("Expected to leave on")
    arrival_on: date | None = told("Expected to arrive on", None)
    may_leave_on: date | None = told("Not to leave before", None)
    may_leave_working: tuple[str, ...] = told("How that date was reckoned", (), shown="sentence")
    may_leave_confirmed: bool = told("The date rests on confirmed sources", default=False)
    late: bool = told("Sent later than the lead time asks", default=False)
    exit_point: str = told("Point of exit", shown="place")
    entry_point: str = told("Point of entry", shown="place")
    free_zones: tuple[str, ...] = told("Free zones on the way", ())
    legs: tuple[Leg, ...] = told("Leg")
    authorisations: tuple[Authorisation, ...] = told("Authorisation", ())
    containers: tuple[Container, ...] = told("Container", ())
    bills: tuple[str, ...] = told("Bills of lading or air waybills", (), mention="waybill")
    invoices: tuple[str, ...] = told("Invoices", (), mention="invoice")
    customs_declarations: tuple[str, ...] = told(
        "Customs declarations (MRN)", (), mention="waybill"
    )

    def facts(self) -> Facts:
        """Add the route, the papers and the dates."""
        return replace(
            SubmissionData.facts(self),
            stated_use=self.end_use,
            legs=self.legs,
            free_zones=tuple(leg.free_zone for leg in self.legs if leg.free_zone),
            containers=tuple(box.number for box in self.containers),
            seals=tuple(seal for box in self.containers for seal in box.seals),
            boxes=tuple((box.number, box.seals) for box in self.containers),
            invoices=self.invoices,
            several_shipments=self.frequency is Frequency.SEVERAL,
            waybills=self.bills,
            plates=tuple(leg.plate for leg in self.legs if leg.plate),
            documents=tuple(
                Document(
                    number=paper.number,
                    sort=paper.sort.value,
                    issuer=paper.issuer,
                    issued_on=paper.issued_on,
                    expires_on=paper.expires_on,
                    path=f"authorisations.{place}.number",
                )
                for place, paper in enumerate(self.authorisations)
            ),
            dispatch_on=self.dispatch_on,
            may_leave_on=self.may_leave_on,
            origin_country=self.legs[0].origin_country if self.legs else None,
            destination_country=self.legs[-1].destination_country if self.legs else None,
        )

    @property
    def moves_on(self) -> date:
        """Return the day that the clock is held against: when the goods leave."""
        return self.dispatch_on

    def summary(self) -> str:
        """Return who receives what."""
        receivers = [p for p in self.parties if p.role in RECEIVERS] or list(self.parties)
        what = self.lines[0].name if self.lines else ""
        return f"{receivers[0].name} – {what}" if receivers else what


RECEIVERS = {PartyRole.IMPORTER, PartyRole.CONSIGNEE, PartyRole.ULTIMATE_CONSIGNEE}


@dataclass(frozen=True, slots=True, kw_only=True)
class StayData(NoticeData):
    """A notice of the other side: where the goods rest, for how long, who takes them on."""

    rests_at: str | None = told("Where the goods rest", None, shown="place")
    rests_from: date | None = told("Rest from", None)
    rests_until: date | None = told("Rest until", None)
    custody: str | None = told("Who keeps them there", None, mention="name")
    taken_on_by: str | None = told("Who takes them on", None, mention="name")
    taken_on_how: Mode | None = told("How they are taken on", None)

    @property
    def moves_on(self) -> date:
        """Return the day that the clock is held against: when the goods come in."""
        return self.arrival_on or self.dispatch_on
