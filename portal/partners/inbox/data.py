"""The words of the partner's side. Plain values; no framework here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Result(StrEnum):
    """What came of a lead."""

    SEIZURE = "seizure"
    ARREST = "arrest"
    STOPPED = "shipment stopped"
    LICIT = "licit after all"
    NO_ACTION = "no action"
    STILL_OPEN = "still open"


class RequestState(StrEnum):
    """Where a request for more stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    DELIVERED = "delivered"


class RequestAction(StrEnum):
    """What officers do with a request for more."""

    ACCEPT = "accept"
    DECLINE = "decline"
    DELIVER = "deliver"


class View(StrEnum):
    """Which hand-overs the inbox shows."""

    ALL = "all"
    UNREAD = "unread"
    READ = "read, not acknowledged"
    ACKNOWLEDGED = "acknowledged"
    SOON = "expires soon"
    ANSWERED = "with an answer not read yet"
    NO_OUTCOME = "acknowledged, no outcome yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeizureLine:
    """One substance that was seized, as it was typed and found."""

    substance: str = ""  # key of the reference; empty when it is not on the list
    name: str
    quantity: Decimal
    unit: str
    quantity_kg: Decimal | None = None  # none: it cannot be reckoned
    place: str = ""
    locode: str = ""
    country: str = ""
    seized_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a partner reports of a lead."""

    result: Result
    happened_on: date | None = None
    place: str = ""
    locode: str = ""
    country: str = ""
    persons: int | None = None
    text: str = ""
    seizures: tuple[SeizureLine, ...] = ()
