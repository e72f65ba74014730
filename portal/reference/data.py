"""Plain values of the reference data: what rules are handed and what they answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Confidence(StrEnum):
    """How well a row is known; only a confirmed one may decide a legal duty."""

    CONFIRMED = "confirmed"
    GENERAL_KNOWLEDGE = "general-knowledge"


class GoodsForm(StrEnum):
    """In which form a substance is delivered."""

    PURE = "pure"
    SALT = "salt"
    SOLUTION_BY_WEIGHT = "solution (weight in weight)"
    SOLUTION_BY_VOLUME = "solution (weight in volume)"
    MIXTURE = "mixture"
    PREPARATION = "preparation"
    CONTAINED = "contained in a product"


class Unit(StrEnum):
    """The units a quantity may be given in; a closed list."""

    KILOGRAM = "kg"
    GRAM = "g"
    MILLIGRAM = "mg"
    TONNE = "t"
    LITRE = "l"
    MILLILITRE = "ml"
    TABLET = "tablets"
    AMPOULE = "ampoules"
    PACKAGE = "packages"


class Strength(StrEnum):
    """The units a concentration may be given in."""

    PERCENT_BY_WEIGHT = "% w/w"
    PERCENT_BY_VOLUME = "% w/v"
    GRAM_PER_LITRE = "g/l"
    MILLIGRAM_PER_MILLILITRE = "mg/ml"
    GRAM_PER_KILOGRAM = "g/kg"
    MILLIGRAM_PER_PIECE = "mg per piece"


class Direction(StrEnum):
    """Which way goods go, as seen from the jurisdiction."""

    EXPORT = "export"
    IMPORT = "import"
    DOMESTIC = "domestic"
    TRANSIT = "transit"


class PlaceKind(StrEnum):
    """What a place on a route is."""

    SEAPORT = "seaport"
    AIRPORT = "airport"
    LAND_BORDER = "land_border"
    DRY_PORT = "dry_port"
    FREE_ZONE = "free_trade_zone"


class Duty(StrEnum):
    """What a deadline is for."""

    SUSPICION_REPORT = "suspicion report"
    WRITTEN_REPORT = "written suspicion report"
    EXPLOSIVES_REPORT = "explosives precursor report"
    PEN_LEAD = "export announcement"
    PEN_ANSWER = "answer of the importing country"
    IMPORT_LEAD = "import announcement"
    RETURN = "return of what was shipped"
    YEARLY_RETURN = "yearly return"
    KEEP_RECORDS = "keeping of records"


class DayCount(StrEnum):
    """How the days of a deadline are counted."""

    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"


UNIT_NAMES: Mapping[Unit, str] = {
    Unit.KILOGRAM: "kilograms (kg)",
    Unit.GRAM: "grams (g)",
    Unit.MILLIGRAM: "milligrams (mg)",
    Unit.TONNE: "tonnes (t)",
    Unit.LITRE: "litres (l)",
    Unit.MILLILITRE: "millilitres (ml)",
    Unit.TABLET: "tablets",
    Unit.AMPOULE: "ampoules",
    Unit.PACKAGE: "packages",
}
STRENGTH_NAMES: Mapping[Strength, str] = {
    Strength.PERCENT_BY_WEIGHT: "% w/w (grams in 100 g)",
    Strength.PERCENT_BY_VOLUME: "% w/v (grams in 100 ml)",
    Strength.GRAM_PER_LITRE: "g/l (grams in a litre)",
    Strength.MILLIGRAM_PER_MILLILITRE: "mg/ml (milligrams in a millilitre)",
    Strength.GRAM_PER_KILOGRAM: "g/kg (grams in a kilogram)",
    Strength.MILLIGRAM_PER_PIECE: "mg in each tablet, ampoule or package",
}
PLACE_KIND_NAMES: Mapping[PlaceKind, str] = {
    PlaceKind.SEAPORT: "Seaport",
    PlaceKind.AIRPORT: "Airport",
    PlaceKind.LAND_BORDER: "Land border crossing",
    PlaceKind.DRY_PORT: "Dry port",
    PlaceKind.FREE_ZONE: "Free zone",
}


PERIOD_WORDS: Mapping[str, str] = {
    "per consignment": "in one consignment",
    "per transaction": "in one transaction",
    "per package": "in one package",
    "year": "in a year",
    "preceding calendar year": "in the preceding calendar year",
    "calendar month (cumulative)": "in a calendar month, added up",
}


JURISDICTION_NAMES: Mapping[str, str] = {
    "EU": "European Union",
    "US": "United States",
    "CA": "Canada",
    "TREATY": "1988 Convention",
}
DIRECTION_NAMES: Mapping[str, str] = {
    "export": "Export",
    "import": "Import",
    "domestic": "Within the country",
    "all": "Every transaction",
}


def number(value: Decimal) -> str:
    """Write a number without exponent or trailing zeros."""
    return f"{value.normalize():f}"


def written(day: date) -> str:
    """Write a day as `5 March 2026`."""
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class SaltFactor:
    """How many kilograms of base are in one kilogram of a salt."""

    salt: str
    factor: Decimal
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class SolutionDensity:
    """What one litre of a solution of one strength weighs."""

    name: str
    percent_by_weight: Decimal
    density_kg_per_l: Decimal
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class YieldFactor:
    """How many kilograms of a drug one kilogram of a form can give at the very most."""

    drug: str
    form: str  # the name of a salt, or of the substance itself
    factor: Decimal
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Chemistry:
    """What is known of a substance for reckoning; an empty tuple or None means not known."""

    name: str
    density_kg_per_l: Decimal | None = None  # of the pure liquid at 20 C
    density_confidence: Confidence = Confidence.GENERAL_KNOWLEDGE
    salts: tuple[SaltFactor, ...] = ()
    solutions: tuple[SolutionDensity, ...] = ()
    yields: tuple[YieldFactor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """What a line says of the goods."""

    quantity: Decimal
    unit: Unit
    form: GoodsForm
    strength: Decimal | None = None
    strength_unit: Strength | None = None
    salt: str | None = None  # as named in conversion.csv
    density_kg_per_l: Decimal | None = None  # of the goods as delivered, if the company knows it


@dataclass(frozen=True, slots=True)
class Mass:
    """What the goods weigh, and how much anhydrous base is in them, with the working."""

    quantity_kg: Decimal | None  # the goods as delivered
    base_kg: Decimal | None
    working: tuple[str, ...]  # each step in words and figures
    missing: tuple[str, ...]  # why a figure above is None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Limit:
    """A quantity above which a duty applies in a jurisdiction."""

    key: str
    jurisdiction: str
    direction: str  # of Direction, or `all`
    stated: str  # the quantity in the unit of the law, such as `100 l`
    quantity_kg: Decimal | None  # None: the law counts in a unit that has no weight of its own
    or_equal: bool  # the quantity itself is enough
    period: str
    effect: str
    legal_basis: str
    confidence: Confidence
    in_force_from: date | None
    in_force_until: date | None
    listing: Confidence = Confidence.CONFIRMED  # that the jurisdiction lists the substance at all

    @property
    def cumulative(self) -> bool:
        """Tell whether the law adds up a period, so that one delivery cannot rule a duty out."""
        return "month" in self.period or "year" in self.period

    @property
    def sureness(self) -> Confidence:
        """Return how sure the duty is: no surer than the limit and the listing."""
        sure = {self.confidence, self.listing} == {Confidence.CONFIRMED}
        return Confidence.CONFIRMED if sure else Confidence.GENERAL_KNOWLEDGE

    @property
    def jurisdiction_name(self) -> str:
        """Return whose limit it is, in words."""
        return JURISDICTION_NAMES.get(self.jurisdiction, self.jurisdiction)

    @property
    def direction_name(self) -> str:
        """Return for what the limit is, in words."""
        return DIRECTION_NAMES.get(self.direction, self.direction)

    @property
    def lasting(self) -> str:
        """Return when the text that was read was in force, as far as that is known."""
        begun = f"from {written(self.in_force_from)}" if self.in_force_from else ""
        ended = f"until {written(self.in_force_until)}" if self.in_force_until else ""
        return f"{begun} {ended}".strip()

    @property
    def words(self) -> str:
        """Return from which quantity on the duty applies."""
        if self.quantity_kg == 0:
            return "any quantity"
        measure = "at least" if self.or_equal else "more than"
        weight = f" ({number(self.quantity_kg)} kg)" if self.quantity_kg else ""
        same = not weight or self.stated.endswith(" kg")
        return (
            f"{measure} {self.stated}{'' if same else weight} {PERIOD_WORDS.get(self.period, '')}"
        )


@dataclass(frozen=True, slots=True)
class ThresholdAnswer:
    """Whether a quantity passes a limit; None if that cannot be told from what is known."""

    limit: Limit
    quantity_kg: Decimal | None
    exceeded: bool | None
    decides: bool  # otherwise it is a prompt for a person to check
    why: str


@dataclass(frozen=True, slots=True)
class DrugYield:
    """The most of a drug that a quantity could give: a mass balance, never a published yield."""

    drug: str
    at_most_kg: Decimal
    working: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Deadline:
    """What time a jurisdiction gives for a duty; `words` say it where no number of days does."""

    key: str
    jurisdiction: str
    duty: Duty
    days: int | None  # 0: at once; None: not a number of days
    count: DayCount | None
    words: str
    legal_basis: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Departure:
    """From which day announced goods may leave, and how that was reckoned."""

    not_before: date | None  # None: the jurisdiction sets no period
    decides: bool
    working: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that is said of a row, and how well it is known."""

    label: str
    values: tuple[str, ...]
    confidence: Confidence
