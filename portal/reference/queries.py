"""Looking up reference data. Without a moment given, what is current is returned."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from portal.core.errors import NotFoundError
from portal.core.languages import DEFAULT, country_name, current, translated
from portal.reference.data import (
    Chemistry,
    Confidence,
    Deadline,
    Direction,
    DrugYield,
    Duty,
    Goods,
    Limit,
    Mass,
    PlaceKind,
    SaltFactor,
    SolutionDensity,
    ThresholdAnswer,
    YieldFactor,
)
from portal.reference.models import (
    ConversionFactor,
    DeadlineRow,
    HsCode,
    PenRequirement,
    Place,
    ReferenceLoad,
    ReferencePartner,
    Source,
    Substance,
    SubstanceName,
    Threshold,
    Versioned,
)
from portal.reference.rules.chemistry import anhydrous_base, possible_yield
from portal.reference.rules.search import JOINED, Entry, Index, entry, hs_digits
from portal.reference.rules.thresholds import exceeded

Row = TypeVar("Row", bound=Versioned)
LISTINGS = {"EU": "eu_category", "US": "us_list"}  # the field that says what a jurisdiction lists
LOCAL_NAME = "name in another language"
MATCH_KINDS = ("CAS number", "HS code", "UN number", "DEA code")  # as they are translated
PLAIN_KINDS = {"name", "CAS number"}  # found under what is shown anyway
_indexes: dict[type[Versioned], tuple[UUID | None, Index]] = {}  # of public data, by its state


@dataclass(frozen=True, slots=True)
class SubstanceHit:
    """A substance that was found, and under which of its names."""

    substance: Substance
    matched_name: str
    matched_kind: str
    score: float  # 0 to 100

    @property
    def exact(self) -> bool:
        """Tell whether the name or code was typed right; several may be hit so."""
        return self.score >= JOINED

    @property
    def hint(self) -> str:
        """Return what tells the substance from others, and under what it was found."""
        told = f"CAS {self.substance.cas_rn}" if self.substance.cas_rn else ""
        return " · ".join(filter(None, (told, self.found_as)))

    @property
    def found_as(self) -> str:
        """Return under which name or code it was found; nothing where that is plain to see."""
        if self.matched_kind in PLAIN_KINDS:
            return ""
        name = self.matched_name.removeprefix(self.matched_kind).strip()
        return f"{translated(self.matched_kind)} {name}"


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place that was found, and under which of its names."""

    place: Place
    matched_name: str
    matched_kind: str
    score: float  # 0 to 100

    @property
    def label(self) -> str:
        """Return the name and country of the place."""
        return f"{self.place.name}, {country_name(self.place.country)}"

    @property
    def hint(self) -> str:
        """Return its code and what it is."""
        return f"{self.place.locode} · {translated(self.place.kind_name)}"


def state(session: Session) -> UUID | None:
    """Return what names the present state of the data; None before the first load."""
    newest = select(ReferenceLoad.id).order_by(ReferenceLoad.loaded_at.desc()).limit(1)
    return session.scalar(newest)


def rows(session: Session, table: type[Row], at: datetime | None = None) -> Sequence[Row]:
    """Return the rows of a table as they are, or as they were at a moment, by key."""
    if at is None:
        query = select(table).where(table.valid_until.is_(None))
    else:
        lasting = or_(table.valid_until.is_(None), table.valid_until > at)
        query = select(table).where(table.valid_from <= at, lasting)
    return session.scalars(query.order_by(table.key)).all()


def by_key(session: Session, table: type[Row], keys: Collection[str]) -> dict[str, Row]:
    """Return rows by their keys, also those that left the list: `is_current` tells them apart."""
    if not keys:
        return {}
    query = select(table).where(table.key.in_(set(keys))).order_by(table.valid_from)
    return {row.key: row for row in session.scalars(query)}  # the newest version comes last


def get(session: Session, table: type[Row], key: str) -> Row:
    """Return the newest version of one row.

    Raises:
        NotFoundError: there never was one of this key.
    """
    row = by_key(session, table, {key}).get(key)
    if row is None:
        raise NotFoundError
    return row


def history(session: Session, table: type[Row], key: str) -> Sequence[Row]:
    """Return every version of a row, the newest first."""
    query = select(table).where(table.key == key).order_by(table.valid_from.desc())
    return session.scalars(query).all()


def get_substance(session: Session, key: str) -> Substance:
    """Return a substance, also one that left the list, or raise NotFoundError."""
    return get(session, Substance, key)


def substances(session: Session, keys: Collection[str]) -> dict[str, Substance]:
    """Return substances by key, also those that left the list; unknown keys are left out."""
    return by_key(session, Substance, keys)


def find_substances(session: Session, text: str, limit: int = 10) -> list[SubstanceHit]:
    """Return the substances whose name or code is, or is nearly, what was typed; best first."""
    index = index_of(session, Substance, substance_entries)
    digits = hs_digits(text)
    matches = index.matches(text) or (index.matches(digits) if digits else [])
    found = substances(session, [match.entry.key for match in matches[:limit]])
    return [
        SubstanceHit(found[m.entry.key], m.entry.text, m.entry.kind, m.score)
        for m in matches[:limit]
    ]


def find_places(
    session: Session, text: str, kinds: Collection[PlaceKind] | None = None, limit: int = 10
) -> list[PlaceHit]:
    """Return places by name, UN/LOCODE or country, of certain kinds if given; best first."""
    matches = index_of(session, Place, place_entries).matches(text)
    found = by_key(session, Place, [match.entry.key for match in matches])
    hits = (
        PlaceHit(found[m.entry.key], m.entry.text, m.entry.kind, m.score)
        for m in matches
        if kinds is None or found[m.entry.key].kind in kinds
    )
    return list(islice(hits, limit))


def local_names(session: Session) -> Mapping[str, str]:
    """Return what substances are called in the language spoken now, by their keys; none in English.

    They rest on general knowledge: pages show them beside the international name, never alone.
    """
    language = current()
    if language == DEFAULT:
        return {}
    query = select(SubstanceName.substance_key, SubstanceName.name).where(
        SubstanceName.language == language, SubstanceName.valid_until.is_(None)
    )
    ordered = query.order_by(SubstanceName.key.desc())
    return {row.substance_key: row.name for row in session.execute(ordered)}  # the first comes last


def names_beside(session: Session) -> Mapping[str, str]:
    """Return the same by international name, for records: they keep that name."""
    local = local_names(session)
    if not local:
        return {}
    return {row.name: local[row.key] for row in substances(session, local).values()}


def index_of(
    session: Session, table: type[Versioned], build: Callable[[Session], list[Entry]]
) -> Index:
    """Return the index of a table, built anew after each load that changed something."""
    present = state(session)
    known = _indexes.get(table)
    if known is None or present is None or known[0] != present:
        known = _indexes[table] = (present, Index(build(session)))
    return known[1]


def substance_entries(session: Session) -> list[Entry]:
    """Return every name and code of every current substance, and the names of its salts."""
    salts = [row for row in rows(session, ConversionFactor) if row.kind == "salt_to_base"]
    return [
        *(entry(salt.substance_key, salt.form, "salt") for salt in salts),
        *(name for row in rows(session, Substance) for name in row.entries()),
        *(entry(row.substance_key, row.name, LOCAL_NAME) for row in rows(session, SubstanceName)),
    ]


def place_entries(session: Session) -> list[Entry]:
    """Return every name and code of every current place."""
    return [name for row in rows(session, Place) for name in row.entries()]


def places_at(session: Session, locode: str) -> Sequence[Place]:
    """Return the places a UN/LOCODE names: often one, sometimes a port and its free zone."""
    bare = locode.replace(" ", "").upper()
    query = select(Place).where(Place.locode == bare, Place.valid_until.is_(None))
    order = list(PlaceKind)
    return sorted(session.scalars(query), key=lambda place: (order.index(place.kind), place.key))


def get_place(session: Session, locode: str) -> Place:
    """Return the main place of a UN/LOCODE: the seaport before the airport and the rest.

    Raises:
        NotFoundError: the list has no such place, which does not say that there is none.
    """
    found = places_at(session, locode)
    if not found:
        raise NotFoundError
    return found[0]


def hs(session: Session, code: str) -> HsCode | None:
    """Return the row of an HS code, read by its first six digits."""
    digits = hs_digits(code)
    return by_key(session, HsCode, {digits}).get(digits) if digits else None


def thresholds_of(session: Session, substance_key: str) -> Sequence[Threshold]:
    """Return the current thresholds of a substance, by jurisdiction and direction."""
    query = select(Threshold).where(
        Threshold.substance_key == substance_key, Threshold.valid_until.is_(None)
    )
    order = (Threshold.jurisdiction, Threshold.direction, Threshold.quantity_kg, Threshold.key)
    return session.scalars(query.order_by(*order)).all()


def limits_of(session: Session, substance: Substance) -> list[Limit]:
    """Return the current limits of a substance, each with how sure its listing is."""
    return [
        replace(
            threshold.as_limit(),
            listing=substance.confidence_of(LISTINGS.get(threshold.jurisdiction, "name")),
        )
        for threshold in thresholds_of(session, substance.key)
    ]


def factors_of(session: Session, substance_key: str) -> Sequence[ConversionFactor]:
    """Return the current conversion factors of a substance."""
    query = select(ConversionFactor).where(
        ConversionFactor.substance_key == substance_key, ConversionFactor.valid_until.is_(None)
    )
    return session.scalars(query.order_by(ConversionFactor.key)).all()


def chemistry_of(session: Session, substance_key: str) -> Chemistry:
    """Return what is known of a substance for reckoning, or raise NotFoundError."""
    substance = get_substance(session, substance_key)
    factors = factors_of(session, substance_key)
    density = next((f for f in factors if f.kind == "litre_to_kg"), None)
    return Chemistry(
        name=substance.name,
        density_kg_per_l=density.factor if density else None,
        density_confidence=density.confidence if density else Confidence.GENERAL_KNOWLEDGE,
        salts=tuple(
            SaltFactor(f.form, f.factor, f.confidence) for f in factors if f.kind == "salt_to_base"
        ),
        solutions=tuple(
            SolutionDensity(f.form, f.percent_by_weight, f.density_kg_per_l, f.confidence)
            for f in factors
            if f.percent_by_weight is not None and f.density_kg_per_l is not None
        ),
        yields=tuple(
            YieldFactor(f.target, f.form, f.factor, f.confidence)
            for f in factors
            if f.kind == "stoichiometric_maximum"
        ),
    )


def mass_of(session: Session, substance_key: str, goods: Goods) -> Mass:
    """Reckon kilograms and anhydrous base of goods, with the working."""
    return anhydrous_base(goods, chemistry_of(session, substance_key))


def threshold_answers(
    session: Session,
    substance_key: str,
    jurisdiction: str,
    direction: Direction,
    mass: Mass,
    on: date,
    *,
    earlier_kg: Decimal | None = None,
) -> list[ThresholdAnswer]:
    """Hold the anhydrous base of goods against the thresholds of a jurisdiction."""
    return exceeded(
        limits_of(session, get_substance(session, substance_key)),
        jurisdiction,
        direction,
        mass.base_kg,
        on,
        confidence=mass.confidence,
        earlier_kg=earlier_kg,
    )


def yields_of(session: Session, substance_key: str, base_kg: Decimal) -> tuple[DrugYield, ...]:
    """Return the most of each drug that so much base could give, by mass balance."""
    return possible_yield(chemistry_of(session, substance_key), base_kg)


def most_yields(session: Session, keys: Collection[str]) -> dict[str, Decimal]:
    """Return the most of any drug, in kg, that a kg of each substance could give."""
    table = ConversionFactor
    query = select(table.substance_key, func.max(table.factor)).where(
        table.substance_key.in_(keys),
        table.kind == "stoichiometric_maximum",
        table.valid_until.is_(None),
    )
    return {row[0]: row[1] for row in session.execute(query.group_by(table.substance_key))}


def deadlines(session: Session, jurisdiction: str) -> dict[Duty, Deadline]:
    """Return the deadlines of a jurisdiction by duty; a duty without one is left out."""
    query = select(DeadlineRow).where(
        DeadlineRow.jurisdiction == jurisdiction, DeadlineRow.valid_until.is_(None)
    )
    return {row.duty: row.as_deadline() for row in session.scalars(query)}


def sources(session: Session, keys: Collection[str]) -> dict[str, Source]:
    """Return sources by key."""
    return by_key(session, Source, keys)


def sources_behind(session: Session, found: Iterable[Versioned]) -> list[Source]:
    """Return the sources that rows rest on, each once, by title."""
    keys = {key for row in found for key in row.sources}
    return sorted(sources(session, keys).values(), key=lambda source: source.title)


def lists(session: Session) -> list[tuple[str, int]]:
    """Return each list of the law and how many substances stand on it; the name finds them."""
    counted = Counter(
        f"{words} {value}"
        for row in rows(session, Substance)
        for words, value in (
            ("UN table", row.un_1988_table),
            ("EU category", row.eu_category),
            ("US list", row.us_list),
        )
        if value
    )
    return sorted(counted.items())


def partner_bodies(session: Session) -> Sequence[ReferencePartner]:
    """Return every cooperation body, network and system, by acronym and name."""
    found = rows(session, ReferencePartner)
    return sorted(found, key=lambda body: (body.acronym.casefold(), body.name.casefold()))


def pen_requirements(session: Session, country: str) -> list[PenRequirement]:
    """Return what is known of a government's wish for notifications; nothing says nothing."""
    return [rule for rule in rows(session, PenRequirement) if country in rule.countries]
