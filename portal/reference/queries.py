"""Looking up reference data. Without a moment given, what is current is returned."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.core.errors import NotFoundError
from portal.core.forms import country_name
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
    Threshold,
    Versioned,
)
from portal.reference.rules.chemistry import anhydrous_base, possible_yield
from portal.reference.rules.search import JOINED, Entry, Index, codes, entry, hs_digits
from portal.reference.rules.thresholds import exceeded

Row = TypeVar("Row", bound=Versioned)
LISTINGS = {"EU": "eu_category", "US": "us_list"}  # the field that says what a jurisdiction lists
ROMAN = {"I": "1", "II": "2"}
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


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """A place that was found, and under which of its names."""

    place: Place
    matched_name: str
    matched_kind: str
    score: float  # 0 to 100


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
    """Return every name and code of every current substance."""
    entries = [
        entry(factor.substance_key, factor.form, "salt")
        for factor in rows(session, ConversionFactor)
        if factor.kind == "salt_to_base"
    ]
    for row in rows(session, Substance):
        entries.append(entry(row.key, row.name, "name"))
        entries += [entry(row.key, synonym, "synonym") for synonym in row.synonyms]
        entries += codes_of(row)
    return entries


def codes_of(row: Substance) -> list[Entry]:
    """Return the numbers and lists under which a substance is found."""
    found: list[Entry] = []
    for number, *form in (
        cas.split(" ", 1) for cas in filter(None, [row.cas_rn, *row.cas_rn_other])
    ):
        kind = f"CAS number {form[0]}" if form else "CAS number"
        found += codes(row.key, number, kind, (number, number.replace("-", "")))
    code = row.hs_code
    written = (code, f"{code[:4]} {code[4:]}", code[:4], f"hs {code}", f"hs {code[:4]}")
    found += codes(row.key, code, "HS code", written)
    for number in row.un_dangerous_goods_number:
        found += codes(
            row.key, f"UN {number}", "UN number", (number, f"un {number}", f"un{number}")
        )
    for listed, kind, prefixes in (
        (row.eu_category, "EU category", ("eu", "eu category", "eu cat", "category", "cat")),
        (row.us_list, "US list", ("us", "us list", "list", "dea list")),
        (row.un_1988_table, "UN table", ("table", "un table", "un 1988 table")),
        (row.dea_code, "DEA code", ("", "dea", "dea code")),
    ):
        for code in (listed, ROMAN.get(listed, listed)) if listed else ():
            found += codes(row.key, f"{kind} {listed}", kind, (f"{p} {code}" for p in prefixes))
    if row.eu_category and row.eu_category[-1].isalpha():
        found += codes(row.key, f"EU category {row.eu_category}", "EU category", (row.eu_category,))
    return found


def place_entries(session: Session) -> list[Entry]:
    """Return every name and code of every current place."""
    entries: list[Entry] = []
    for row in rows(session, Place):
        names = {row.name, row.un_locode_name or row.name}
        entries += [entry(row.key, name, "name") for name in sorted(names)]
        locode = (row.locode, f"{row.locode[:2]} {row.locode[2:]}")
        entries += codes(row.key, row.locode, "UN/LOCODE", locode)
        country = country_name(row.country)
        entries.append(entry(row.key, country, "country"))
        entries += codes(row.key, country, "country", (row.country,))
    return entries


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


def deadlines(session: Session, jurisdiction: str) -> dict[Duty, Deadline]:
    """Return the deadlines of a jurisdiction by duty; a duty without one is left out."""
    query = select(DeadlineRow).where(
        DeadlineRow.jurisdiction == jurisdiction, DeadlineRow.valid_until.is_(None)
    )
    return {row.duty: row.as_deadline() for row in session.scalars(query)}


def sources(session: Session, keys: Collection[str]) -> dict[str, Source]:
    """Return sources by key."""
    return by_key(session, Source, keys)


def partner_bodies(session: Session) -> Sequence[ReferencePartner]:
    """Return every cooperation body, network and system, by acronym and name."""
    found = rows(session, ReferencePartner)
    return sorted(found, key=lambda body: (body.acronym.casefold(), body.name.casefold()))


def pen_requirements(session: Session, country: str) -> list[PenRequirement]:
    """Return what is known of a government's wish for notifications; nothing says nothing."""
    return [rule for rule in rows(session, PenRequirement) if country in rule.countries]
