"""Tables of the reference data: rows are never removed, a version is closed and dated."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Index, Numeric, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from portal.core.db import Base
from portal.core.languages import country_name, gettext
from portal.reference.data import (
    PLACE_KIND_NAMES,
    Confidence,
    DayCount,
    Deadline,
    Duty,
    Fact,
    Limit,
    PlaceKind,
    number,
)
from portal.reference.rules.search import Entry, codes, entry, typings

CURRENT = text("valid_until IS NULL")
LABELS = (  # of the facts below, as they are translated
    "CAS", "HS", "UN table", "EU category", "US list", "Also called", "CAS number",
    "CAS numbers of its forms", "1988 Convention", "INCB surveillance list", "DEA code",
    "Controls cover salts and isomers", "Precursor of", "UN dangerous-goods number",
    "Molecular formula", "Molar mass", "Density at 20 °C", "Usual state",
)  # fmt: skip
STATED_UNITS = {"gal_us": "US gallons"}
NOT_LISTED = "not listed"
ISSL = {"yes": "on the list", "no": "not on the list", "unconfirmed": "not known"}


class Versioned(Base):
    """What every row of reference data has: a lasting key, a version's life, its sources."""

    __abstract__ = True

    key: Mapped[str]
    digest: Mapped[str]  # SHA-256 of the row as it stood in its file
    valid_from: Mapped[datetime] = mapped_column()  # when this portal took the version up
    valid_until: Mapped[datetime | None]  # when it was replaced or left the list
    sources: Mapped[list[str]] = mapped_column(JSON)  # keys of reference_source
    confidence: Mapped[Confidence]
    unconfirmed_fields: Mapped[list[str]] = mapped_column(JSON)
    notes: Mapped[str]

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805  SQLAlchemy hands over the class
        """Allow one current version of a key, and find versions of it quickly."""
        table = cls.__tablename__
        return (
            Index(
                f"uq_{table}_current", "key", unique=True,
                sqlite_where=CURRENT, postgresql_where=CURRENT,
            ),
            Index(f"ix_{table}_history", "key", "valid_from"),
        )  # fmt: skip

    @property
    def is_current(self) -> bool:
        """Tell whether this version still holds."""
        return self.valid_until is None

    def confidence_of(self, field: str) -> Confidence:
        """Return how well one field is known: no better than its row."""
        return Confidence.GENERAL_KNOWLEDGE if field in self.unconfirmed_fields else self.confidence

    def is_confirmed(self, field: str) -> bool:
        """Tell whether a source was read that states this field."""
        return self.confidence_of(field) is Confidence.CONFIRMED


class Source(Versioned):
    """A text that other rows rest on, and during which days it is known to be in force."""

    __tablename__ = "reference_source"

    title: Mapped[str]
    address: Mapped[str | None]
    dated: Mapped[str | None]
    kind: Mapped[str]
    in_force_from: Mapped[date | None]
    in_force_until: Mapped[date | None]


class Substance(Versioned):
    """One substance, ester or preparation, and where the law lists it."""

    __tablename__ = "substance"

    name: Mapped[str]
    cas_rn: Mapped[str | None]
    cas_rn_other: Mapped[list[str]] = mapped_column(JSON)  # `50-98-6 (hydrochloride)`
    hs_code: Mapped[str]
    synonyms: Mapped[list[str]] = mapped_column(JSON)
    un_1988_table: Mapped[str | None]
    un_table_since: Mapped[int | None]
    incb_issl: Mapped[str]
    eu_category: Mapped[str | None]
    us_list: Mapped[str | None]
    dea_code: Mapped[str | None]
    precursor_of: Mapped[list[str]] = mapped_column(JSON)
    un_dangerous_goods_number: Mapped[list[str]] = mapped_column(JSON)
    molecular_formula: Mapped[str | None]
    molar_mass: Mapped[Decimal | None] = mapped_column(Numeric(9, 3))  # g/mol
    density_kg_per_l: Mapped[Decimal | None] = mapped_column(Numeric(9, 4))
    physical_state: Mapped[str | None]
    controls_cover: Mapped[str | None]

    def listings(self) -> tuple[Fact, ...]:
        """Return in short under which numbers and lists the substance stands."""
        return self._facts(
            ("CAS", "cas_rn", self.cas_rn),
            ("HS", "hs_code", self.hs_code),
            ("UN table", "un_1988_table", self.un_1988_table),
            ("EU category", "eu_category", self.eu_category),
            ("US list", "us_list", self.us_list),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Return all that is known of the substance; what is not known is left out."""
        table = gettext(
            "Table %(table)s, since %(year)s", table=self.un_1988_table, year=self.un_table_since
        )
        mass = f"{number(self.molar_mass)} g/mol" if self.molar_mass else None
        density = f"{number(self.density_kg_per_l)} kg/l" if self.density_kg_per_l else None
        return self._facts(
            ("Also called", "synonyms", self.synonyms),
            ("CAS number", "cas_rn", self.cas_rn),
            ("CAS numbers of its forms", "cas_rn_other", self.cas_rn_other),
            ("1988 Convention", "un_1988_table", table if self.un_1988_table else NOT_LISTED),
            ("INCB surveillance list", "incb_issl", ISSL.get(self.incb_issl)),
            ("EU category", "eu_category", self.eu_category or NOT_LISTED),
            (
                "US list",
                "us_list",
                gettext("List %(number)s", number=self.us_list) if self.us_list else NOT_LISTED,
            ),
            ("DEA code", "dea_code", self.dea_code),
            ("Controls cover salts and isomers", "controls_cover", self.controls_cover),
            ("Precursor of", "precursor_of", self.precursor_of),
            ("UN dangerous-goods number", "un_dangerous_goods_number", self.un_numbers),
            ("Molecular formula", "molecular_formula", self.molecular_formula),
            ("Molar mass", "molecular_formula", mass),
            ("Density at 20 °C", "density_kg_per_l", density),
            ("Usual state", "physical_state", self.physical_state),
        )

    @property
    def un_numbers(self) -> list[str]:
        """Return the dangerous-goods numbers as people write them."""
        return [f"UN {digits}" for digits in self.un_dangerous_goods_number]

    def entries(self) -> list[Entry]:
        """Return every name, number and list under which the substance is found."""
        named = [entry(self.key, self.name, "name")]
        named += [entry(self.key, synonym, "synonym") for synonym in self.synonyms]
        for cas, _, form in (told.partition(" ") for told in self.cas_numbers):
            bare = cas.replace("-", "")
            named += codes(self.key, cas, f"CAS number {form}".strip(), (cas, bare))
        six, four = self.hs_code, self.hs_code[:4]
        named += codes(self.key, six, "HS code", (six, f"{four} {six[4:]}", four, f"hs {six}"))
        for digits in self.un_dangerous_goods_number:
            typed = (digits, f"un {digits}", f"un{digits}")
            named += codes(self.key, f"UN {digits}", "UN number", typed)
        for kind, listed in (
            ("EU category", self.eu_category),
            ("US list", self.us_list),
            ("UN table", self.un_1988_table),
            ("DEA code", self.dea_code),
        ):
            named += codes(self.key, f"{kind} {listed}", kind, typings(kind, listed))
        return named

    @property
    def cas_numbers(self) -> list[str]:
        """Return the CAS number and those of its forms, each with the form in brackets."""
        return [*([self.cas_rn] if self.cas_rn else []), *self.cas_rn_other]

    def _facts(self, *told: tuple[str, str, str | list[str] | None]) -> tuple[Fact, ...]:
        return tuple(
            Fact(label, (value,) if isinstance(value, str) else tuple(value), self.confidence_of(f))
            for label, f, value in told
            if value
        )


class SubstanceName(Versioned):
    """What a substance is called in a language other than English; the first one is shown."""

    __tablename__ = "substance_name"

    substance_key: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    name: Mapped[str]


class Threshold(Versioned):
    """One quantity above which one duty applies in one jurisdiction."""

    __tablename__ = "threshold"

    jurisdiction: Mapped[str]
    substance_key: Mapped[str] = mapped_column(index=True)
    direction: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(15, 6))
    unit: Mapped[str]
    quantity_kg: Mapped[Decimal | None] = mapped_column(Numeric(15, 6))
    period: Mapped[str]
    or_equal: Mapped[bool]
    effect: Mapped[str]
    legal_basis: Mapped[str]
    source_date: Mapped[str]
    in_force_from: Mapped[date | None]
    in_force_until: Mapped[date | None]

    def as_limit(self) -> Limit:
        """Return what the rule of thresholds needs."""
        return Limit(
            key=self.key,
            jurisdiction=self.jurisdiction,
            direction=self.direction,
            stated=f"{number(self.quantity)} {STATED_UNITS.get(self.unit, self.unit)}",
            quantity_kg=self.quantity_kg,
            or_equal=self.or_equal,
            period=self.period,
            effect=self.effect,
            legal_basis=self.legal_basis,
            confidence=self.confidence,
            in_force_from=self.in_force_from,
            in_force_until=self.in_force_until,
        )


class ConversionFactor(Versioned):
    """One factor: salt to base, litre to kilogram, or the mass balance to a drug."""

    __tablename__ = "conversion_factor"

    kind: Mapped[str]
    substance_key: Mapped[str] = mapped_column(index=True)
    form: Mapped[str]
    target: Mapped[str]
    factor: Mapped[Decimal] = mapped_column(Numeric(12, 6))
    formula: Mapped[str]
    percent_by_weight: Mapped[Decimal | None] = mapped_column(Numeric(6, 3))  # of a solution
    density_kg_per_l: Mapped[Decimal | None] = mapped_column(Numeric(9, 4))  # of a solution

    @property
    def words(self) -> str | None:
        """Return the factor in words; None for a mass balance, which is for officers alone."""
        if self.kind == "stoichiometric_maximum":
            return None
        if self.kind == "salt_to_base":
            return gettext(
                "1 kg of %(form)s holds %(factor)s kg of %(target)s",
                form=self.form,
                factor=number(self.factor),
                target=self.target,
            )
        if self.kind == "litre_to_kg":
            return gettext(
                "1 litre of the %(form)s weighs %(factor)s kg",
                form=self.form,
                factor=number(self.factor),
            )
        return gettext(
            "1 litre of %(form)s holds %(factor)s kg of the pure substance",
            form=self.form,
            factor=number(self.factor),
        )


class HsCode(Versioned):
    """One six-digit code of the Harmonized System and the substances in it; `key` is the code."""

    __tablename__ = "hs_code"

    heading: Mapped[str]
    description: Mapped[str]
    heading_description: Mapped[str | None]
    specific: Mapped[bool]  # it covers the named substance alone
    substance_keys: Mapped[list[str]] = mapped_column(JSON)
    nomenclature: Mapped[str]


class Place(Versioned):
    """One place on a route; a UN/LOCODE may name several kinds of place."""

    __tablename__ = "place"

    locode: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    un_locode_name: Mapped[str | None]
    country: Mapped[str]  # ISO 3166-1 alpha-2
    region: Mapped[str]
    kind: Mapped[PlaceKind]
    latitude: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    longitude: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    coordinate_source: Mapped[str]
    un_locode_functions: Mapped[str]
    un_locode_status: Mapped[str | None]

    def entries(self) -> list[Entry]:
        """Return every name and code under which the place is found."""
        country = country_name(self.country)
        return [
            *(entry(self.key, n, "name") for n in {self.name, self.un_locode_name or self.name}),
            entry(self.key, country, "country"),
            *codes(self.key, country, "country", (self.country,)),
            *codes(
                self.key,
                self.locode,
                "UN/LOCODE",
                (self.locode, f"{self.locode[:2]} {self.locode[2:]}"),
            ),
        ]

    @property
    def position(self) -> str:
        """Return latitude and longitude in degrees, WGS 84."""
        return f"{self.latitude:.2f}, {self.longitude:.2f}"

    @property
    def kind_name(self) -> str:
        """Return what the place is, in words."""
        return PLACE_KIND_NAMES[self.kind]


class ReferencePartner(Versioned):
    """One cooperation body, network, control unit or system."""

    __tablename__ = "reference_partner"

    acronym: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    seat_city: Mapped[str | None]
    seat_country: Mapped[str | None]
    member_iso: Mapped[list[str]] = mapped_column(JSON)  # `["global"]`; empty: not known
    established: Mapped[str | None]
    role: Mapped[str]


class PenRequirement(Versioned):
    """One government's rule on pre-export notifications; the list is far from complete."""

    __tablename__ = "pen_requirement"

    government: Mapped[str]
    countries: Mapped[list[str]] = mapped_column(JSON)
    role: Mapped[str]
    substances: Mapped[str]
    basis: Mapped[str]
    dated: Mapped[str]
    evidence: Mapped[str]
    completeness: Mapped[str]


class DeadlineRow(Versioned):
    """One deadline that a jurisdiction sets."""

    __tablename__ = "reference_deadline"

    jurisdiction: Mapped[str] = mapped_column(index=True)
    duty: Mapped[Duty] = mapped_column()
    days: Mapped[int | None]
    count: Mapped[DayCount | None]
    words: Mapped[str]
    legal_basis: Mapped[str]

    def as_deadline(self) -> Deadline:
        """Return what the rules of working days need."""
        return Deadline(
            key=self.key,
            jurisdiction=self.jurisdiction,
            duty=self.duty,
            days=self.days,
            count=self.count,
            words=self.words,
            legal_basis=self.legal_basis,
            confidence=self.confidence,
        )


class ReferenceLoad(Base):
    """One load that changed something; the newest names the state of the data."""

    __tablename__ = "reference_load"

    loaded_at: Mapped[datetime] = mapped_column(index=True)
    opened: Mapped[int]
    closed: Mapped[int]
