"""Plain values of entities: what is known of one, and what a comparison says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class EntitySort(StrEnum):
    """What an entity is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    VEHICLE = "vehicle"
    VESSEL = "vessel"
    CONTAINER = "container"
    AUTHORISATION = "authorisation"
    WEBSITE = "website"
    IDENTITY = "identity"
    REGISTRATION = "registration"
    SEAL = "seal"
    WAYBILL = "waybill"


COMPARED = frozenset({EntitySort.PERSON, EntitySort.ORGANISATION, EntitySort.ADDRESS})


class Verdict(StrEnum):
    """What is held of two entities."""

    OFFERED = "to decide"  # probable: waits for an analyst
    UNDECIDED = "undecided"  # an analyst looked and could not say
    DIFFERENT = "different"  # an analyst said so
    SAME = "same"  # an analyst said so
    CERTAIN = "certain"  # the portal joined them


JOINS = frozenset({Verdict.SAME, Verdict.CERTAIN})
DECIDED = frozenset({Verdict.SAME, Verdict.DIFFERENT})


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a register or an issuer gave: equal numbers are the same holder's."""

    kind: str  # registration, tax, eori, lei, identity
    value: str  # letters and digits alone
    country: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """An address, in parts or as somebody wrote it."""

    text: str  # street and number, or all of it
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""

    def __str__(self) -> str:
        """Return the address in a line."""
        parts = (" ".join(self.text.split()), f"{self.postcode} {self.city}".strip(), self.country)
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What is known of a person, an organisation or an address."""

    sort: EntitySort
    names: tuple[str, ...] = ()
    numbers: tuple[Number, ...] = ()
    born: tuple[date, ...] = ()
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    websites: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    countries: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the profile as it is stored, without what is not known."""
        kept: dict[str, Any] = {
            "names": list(self.names),
            "numbers": [[one.kind, one.value, one.country] for one in self.numbers],
            "born": [day.isoformat() for day in self.born],
            "phones": list(self.phones),
            "emails": list(self.emails),
            "accounts": list(self.accounts),
            "websites": list(self.websites),
            "addresses": [
                [one.text, one.postcode, one.city, one.region, one.country]
                for one in self.addresses
            ],
            "countries": list(self.countries),
        }
        return {name: value for name, value in kept.items() if value}

    @classmethod
    def from_json(cls, sort: EntitySort, kept: Mapping[str, Any]) -> "Profile":
        """Return a profile from what was stored."""
        plain = ("names", "phones", "emails", "accounts", "websites", "countries")
        return cls(
            sort=sort,
            numbers=tuple(Number(*one) for one in kept.get("numbers", ())),
            born=tuple(date.fromisoformat(day) for day in kept.get("born", ())),
            addresses=tuple(Address(*one) for one in kept.get("addresses", ())),
            **{name: tuple(kept.get(name, ())) for name in plain},
        )


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against two mentions being the same."""

    text: str
    bits: float  # logarithm to base 2 of how much likelier it is if they are the same
    left: str = ""
    right: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the reason as it is stored."""
        return {
            "text": self.text,
            "bits": round(self.bits, 1),
            "left": self.left,
            "right": self.right,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What speaks for and against two profiles being the same."""

    reasons: tuple[Reason, ...] = ()
    doubts: tuple[str, ...] = ()  # why the portal may not join them by itself
    alike: bool = False  # filed in the same words, with nothing to tell them apart

    @property
    def score(self) -> float:
        """Return the sum of the reasons, in bits."""
        return round(sum(reason.bits for reason in self.reasons), 1)

    @property
    def certain(self) -> bool:
        """Tell whether the portal may join them by itself."""
        return not self.doubts and (self.alike or self.score >= CERTAIN)

    @property
    def probable(self) -> bool:
        """Tell whether an analyst should look at them."""
        return self.score >= PROBABLE


CERTAIN = 15.0  # bits; the portal joins
PROBABLE = 10.0  # bits; an analyst is asked


@dataclass(frozen=True, slots=True)
class Trace:
    """A mention in a submission, before it is known whose it is."""

    sort: EntitySort
    path: str
    shown: str
    role: str = ""
    telling: bool = True  # not those of who reports, carries or forwards
    value: str = ""  # of those that are equal or not: the value as compared
    profile: Profile | None = field(default=None, compare=False)  # of those that are compared
