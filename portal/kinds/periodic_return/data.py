"""The answers of a return over a period."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from portal.reference.data import Unit
from portal.submissions.data import (
    Facts,
    Line,
    SubmissionData,
    Trade,
    in_english,
    in_short,
    told,
)


class Period(StrEnum):
    """How long a period is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class Movement(StrEnum):
    """What an entry says of a quantity."""

    OPENING = "opening stock"
    PRODUCED = "produced"
    BOUGHT = "bought"
    IMPORTED = "imported"
    USED = "used"
    SOLD = "sold"
    EXPORTED = "exported"
    LOST = "lost"
    CLOSING = "closing stock"


SIGNS: Mapping[Movement, int] = {  # towards the stock at the end
    Movement.OPENING: 1,
    Movement.PRODUCED: 1,
    Movement.BOUGHT: 1,
    Movement.IMPORTED: 1,
    Movement.USED: -1,
    Movement.SOLD: -1,
    Movement.EXPORTED: -1,
    Movement.LOST: -1,
    Movement.CLOSING: 0,
}
WITH_PARTNER = frozenset({Movement.BOUGHT, Movement.IMPORTED, Movement.SOLD, Movement.EXPORTED})


class Weight(StrEnum):
    """Units of an entry."""

    KILOGRAM = "kg"
    GRAM = "g"
    MILLIGRAM = "mg"
    TONNE = "t"


IN_KG: Mapping[Weight, Decimal] = {
    Weight.KILOGRAM: Decimal(1),
    Weight.GRAM: Decimal("0.001"),
    Weight.MILLIGRAM: Decimal("0.000001"),
    Weight.TONNE: Decimal(1000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One quantity of one substance: a stock, or a movement with who it was from or for."""

    SHORT: ClassVar[str] = "{name}, {movement}, {quantity_kg} kg"

    substance: str = told("Substance key", hidden=True)
    name: str = told("Substance", shown="substance")
    movement: Movement = told("What")
    quantity_kg: Decimal = told("Quantity", shown="kg")  # of the substance itself
    counterparty: str | None = told("From or to", None)
    country: str | None = told("Country", None, shown="country")
    licence: str | None = told("Licence number", None)
    happened_on: date | None = told("On", None)
    document: str | None = told("Document", None)

    def __str__(self) -> str:
        """Return the entry in a few words."""
        return in_short(self, in_english)


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """The sums of one substance. `difference` is what is there less what should be, in kg."""

    SHORT: ClassVar[str] = "{name}"

    name: str = told("Substance", shown="substance")
    opening: Decimal = told("Opening stock", Decimal(0), shown="kg")
    produced: Decimal = told("Produced", Decimal(0), shown="kg")
    bought: Decimal = told("Bought", Decimal(0), shown="kg")
    imported: Decimal = told("Imported", Decimal(0), shown="kg")
    used: Decimal = told("Used", Decimal(0), shown="kg")
    sold: Decimal = told("Sold", Decimal(0), shown="kg")
    exported: Decimal = told("Exported", Decimal(0), shown="kg")
    lost: Decimal = told("Lost", Decimal(0), shown="kg")
    closing: Decimal = told("Closing stock", Decimal(0), shown="kg")
    difference: Decimal = told("Difference", Decimal(0), shown="kg")

    def __str__(self) -> str:
        """Return the substance and whether it balances."""
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterpartyTotal:
    """What one counterparty gave or took of one substance, in kg."""

    SHORT: ClassVar[str] = "{counterparty}, {name}, {movement}, {quantity_kg} kg"

    name: str = told("Substance", shown="substance")
    movement: Movement = told("What")
    counterparty: str = told("From or to", mention="name")
    country: str | None = told("Country", None, shown="country")
    entries: int = told("Entries")
    quantity_kg: Decimal = told("Quantity", shown="kg")

    def __str__(self) -> str:
        """Return who and what in a few words."""
        return in_short(self, in_english)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnData(SubmissionData):
    """What was handled over a period."""

    period: Period = told("Period")
    begins_on: date = told("From")
    ends_on: date = told("Until")
    explanation: str | None = told("Why it does not balance", None)
    balances: tuple[Balance, ...] = told("Balance", ())
    totals: tuple[CounterpartyTotal, ...] = told("Counterparty", ())
    entries: tuple[Entry, ...] = told("Entry")

    def facts(self) -> Facts:
        """Say when the period ended, what does not balance, and which substances it is about."""
        return replace(
            SubmissionData.facts(self),
            declared=self.missing(),
            happened_on=self.ends_on,
            grounds=self.explanation,
            begins_on=self.begins_on,
            ends_on=self.ends_on,
            trades=tuple(
                Trade(
                    name=one.name,
                    movement=one.movement.value,
                    counterparty=one.counterparty,
                    quantity_kg=one.quantity_kg,
                    path=f"totals.{place}.counterparty",
                )
                for place, one in enumerate(self.totals)
            ),
            imbalances=tuple(
                f"{one.name}: {one.difference.normalize():+f} kg"
                for one in self.balances
                if one.difference
            ),
            imbalance_places=tuple(
                place for place, one in enumerate(self.balances) if one.difference
            ),
        )

    def missing(self) -> tuple[Line, ...]:
        """Return each substance with how much of it the return leaves unexplained, if any."""
        gaps = {one.name: abs(one.difference) for one in self.balances}
        keys = {one.substance: one.name for one in self.entries}
        return tuple(
            Line(
                substance=key,
                name=name,
                quantity=gaps.get(name, Decimal(0)),
                unit=Unit.KILOGRAM,
                quantity_kg=gaps.get(name, Decimal(0)),
                base_kg=gaps.get(name, Decimal(0)),
            )
            for key, name in sorted(keys.items())
        )

    def summary(self) -> str:
        """Return the period and the substances."""
        names = list(dict.fromkeys(one.name for one in self.entries))
        more = f", +{len(names) - 3}" if len(names) > 3 else ""  # noqa: PLR2004
        return f"{self.begins_on} – {self.ends_on}: {', '.join(names[:3])}{more}"
