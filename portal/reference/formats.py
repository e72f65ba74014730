"""How the files of reference data are read: one sheet a file, one column a field."""

import csv
import hashlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from portal.core.errors import DomainError
from portal.reference.data import Confidence, DayCount, Duty, PlaceKind

Row = dict[str, Any]
Reader = Callable[[str], Any]
SOLUTION = re.compile(r"([\d.]+) kg/l x ([\d.]+)")  # density and mass fraction, in a formula


class ReferenceDataError(DomainError):
    """The files cannot be taken as they are; nothing of them was."""


def several(cell: str) -> list[str]:
    """Read values separated by `|`."""
    return [part.strip() for part in cell.split("|") if part.strip()]


def or_none(cell: str) -> str | None:
    """Read text; an empty cell says that nothing is known."""
    return cell or None


def listed(cell: str) -> str | None:
    """Read a category; `none` says that the substance is in no category."""
    return None if cell == "none" else cell


def maybe(read: Reader) -> Reader:
    """Read an empty cell as None, any other with the reader."""
    return lambda cell: read(cell) if cell else None


def yes(cell: str) -> bool:
    """Read yes and no."""
    return {"yes": True, "no": False}[cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file: its name, its columns as they stand, and how each is read."""

    name: str
    columns: str  # in their order, separated by spaces
    key: str = "id"
    renamed: Mapping[str, str] = field(default_factory=dict)
    readers: Mapping[str, Reader] = field(default_factory=dict)  # by column; else or_none
    left_out: str = ""  # columns that only the checks of the files need

    def row(self, cells: Mapping[str, str]) -> Row:
        """Return one row by the names of the table."""
        kept = [c for c in self.columns.split() if c not in self.left_out.split()]
        names = {**NAMES, self.key: "key", **self.renamed}
        readers = {**READERS, **self.readers}
        row: Row = {names.get(c, c): readers.get(c, or_none)(cells[c].strip()) for c in kept}
        return DEFAULTS | row


NAMES = {"source": "sources"}
READERS: Mapping[str, Reader] = {
    "sources": several,
    "source": several,
    "unconfirmed_fields": several,
    "confidence": Confidence,
    "notes": str,
}
DEFAULTS: Row = {"sources": [], "unconfirmed_fields": [], "confidence": Confidence.CONFIRMED}

SOURCES = Sheet(
    "sources", "key title address date kind notes", key="key", renamed={"date": "dated"}
)
PERIODS = Sheet(
    "source_periods",
    "source in_force_from in_force_until notes",
    key="source",
    readers={
        "source": str,
        "in_force_from": maybe(date.fromisoformat),
        "in_force_until": maybe(date.fromisoformat),
    },
)
SUBSTANCES = Sheet(
    "substances",
    "id name cas_rn cas_rn_other hs_code synonyms un_1988_table un_table_since incb_issl "
    "eu_category us_list dea_code precursor_of un_dangerous_goods_number molecular_formula "
    "molar_mass density_kg_per_l physical_state controls_cover notes sources "
    "unconfirmed_fields confidence",
    readers={
        "cas_rn_other": several,
        "synonyms": several,
        "precursor_of": several,
        "un_dangerous_goods_number": several,
        "un_1988_table": listed,
        "eu_category": listed,
        "us_list": listed,
        "un_table_since": maybe(int),
        "molar_mass": maybe(Decimal),
        "density_kg_per_l": maybe(Decimal),
    },
)
SUBSTANCE_NAMES = Sheet(
    "substance_names",
    "id substance_id language name notes confidence",
    renamed={"substance_id": "substance_key"},
    readers={"language": str, "name": str},
)
THRESHOLDS = Sheet(
    "thresholds",
    "id jurisdiction substance_id direction threshold_quantity unit quantity_kg period "
    "comparator effect legal_basis source source_date notes confidence",
    renamed={
        "substance_id": "substance_key",
        "threshold_quantity": "quantity",
        "comparator": "or_equal",
    },
    readers={
        "threshold_quantity": Decimal,
        "quantity_kg": maybe(Decimal),
        "comparator": {"exceeds": False, "equals_or_exceeds": True}.__getitem__,
    },
)
CONVERSIONS = Sheet(
    "conversion",
    "id kind substance_id form form_formula form_molar_mass target target_formula "
    "target_molar_mass target_units_per_form factor formula source notes confidence",
    renamed={"substance_id": "substance_key"},
    readers={"factor": Decimal},
    left_out="form_formula form_molar_mass target_formula target_molar_mass target_units_per_form",
)
HS_CODES = Sheet(
    "hs",
    "hs6 heading chapter description heading_description specific substance_ids nomenclature "
    "source notes confidence",
    key="hs6",
    renamed={"substance_ids": "substance_keys"},
    readers={"specific": yes, "substance_ids": several},
    left_out="chapter",
)
PLACES = Sheet(
    "locations",
    "id locode name un_locode_name country_iso region kind latitude longitude "
    "un_locode_functions un_locode_status coordinate_source notes source "
    "unconfirmed_fields confidence",
    renamed={"country_iso": "country"},
    readers={"kind": PlaceKind, "latitude": Decimal, "longitude": Decimal},
)
PARTNERS = Sheet(
    "partners",
    "id acronym name kind seat_city seat_country_iso member_iso established role notes "
    "source unconfirmed_fields confidence",
    renamed={"seat_country_iso": "seat_country"},
    readers={"member_iso": several},
)
PEN_REQUIREMENTS = Sheet(
    "pen_requirements",
    "id government country_iso role substances basis date evidence completeness "
    "notes source confidence",
    renamed={"country_iso": "countries", "date": "dated"},
    readers={"country_iso": several},
)
NEEDS = Sheet(
    "needs",
    "id country_iso substance_ids need notes source confidence",
    renamed={"country_iso": "country", "substance_ids": "substance_keys"},
    readers={"substance_ids": several},
)
DEADLINES = Sheet(
    "deadlines",
    "id jurisdiction duty days count words legal_basis source notes confidence",
    readers={"duty": Duty, "days": maybe(int), "count": maybe(DayCount)},
)


def read(folder: Path, sheet: Sheet) -> list[Row]:
    """Return the rows of one file.

    Raises:
        ReferenceDataError: the file is missing, empty, of other columns, or a cell or key in
            it cannot be taken.
    """
    name = f"{sheet.name}.csv"
    try:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            if lines.fieldnames != sheet.columns.split():
                raise ReferenceDataError(f"{name}: the columns are not {sheet.columns}")
            rows = [sheet.row(cells) for cells in lines]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReferenceDataError(f"{name}: {error}") from error
    except (ValueError, ArithmeticError, LookupError, AttributeError, TypeError) as error:
        raise ReferenceDataError(f"{name}: a cell cannot be read: {error}") from error
    if not rows:
        raise ReferenceDataError(f"{name} is empty")
    if len({row["key"] for row in rows}) != len(rows):
        raise ReferenceDataError(f"{name} has a key twice")
    return rows


def read_sources(folder: Path) -> list[Row]:
    """Return the sources, each with the days on which its text is known to be in force."""
    periods = periods_of(folder)
    return [row | periods.get(row["key"], dict.fromkeys(PERIOD)) for row in read(folder, SOURCES)]


def read_thresholds(folder: Path) -> list[Row]:
    """Return the thresholds, each in force while all of its sources are."""
    periods = periods_of(folder)
    rows = read(folder, THRESHOLDS)
    for row in rows:
        known = [periods[key] for key in row["sources"] if key in periods]
        begun = [period["in_force_from"] for period in known if period["in_force_from"]]
        ended = [period["in_force_until"] for period in known if period["in_force_until"]]
        row["in_force_from"] = max(begun, default=None)
        row["in_force_until"] = min(ended, default=None)
    return rows


def read_conversions(folder: Path) -> list[Row]:
    """Return the factors; those of solutions with strength and density taken apart."""
    rows = read(folder, CONVERSIONS)
    for row in rows:
        row["percent_by_weight"] = row["density_kg_per_l"] = None
        if row["kind"] == "solution_litre_to_pure_kg":
            figures = SOLUTION.search(row["formula"])
            if figures is None:
                raise ReferenceDataError(f"conversion.csv: no density in {row['key']}")
            row["density_kg_per_l"] = Decimal(figures[1])
            row["percent_by_weight"] = Decimal(figures[2]) * 100
    return rows


PERIOD = ("in_force_from", "in_force_until")


def periods_of(folder: Path) -> dict[str, Row]:
    """Return first and last day in force by source, where they are known."""
    return {row["key"]: {end: row[end] for end in PERIOD} for row in read(folder, PERIODS)}


def digest_of(row: Row) -> str:
    """Return the SHA-256 of a row's content, the same for the same content."""
    content = json.dumps(row, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
