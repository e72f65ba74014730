"""Sheets as rows of text: CSV of any common dialect, and XLSX. Nothing is held as a whole."""

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook

from portal.core.languages import count, gettext
from portal.core.text import UnstorableTextError, clean
from portal.uploads.columns import shown
from portal.uploads.data import MOST_ROWS, SheetError

MOST_COLUMNS = 400
MOST_CELL = 20_000  # characters
MOST_UNPACKED = 400 * 1024 * 1024  # bytes of an XLSX
SNIFFED = 64 * 1024
DATA_SHEET = "Data"
csv.field_size_limit(10 * MOST_CELL)


def rows_of(path: Path, name: str) -> Iterator[list[str]]:
    """Yield the header and every row that is not empty.

    Raises:
        SheetError: the file is no sheet, or is too large.
    """
    found = xlsx_rows(path) if name.lower().endswith(".xlsx") else csv_rows(path)
    number = -1
    for row in found:
        if any(row):
            number += 1
            if number > MOST_ROWS:
                words = gettext(
                    "A sheet may have %(most)s rows; this one has more", most=count(MOST_ROWS)
                )
                raise SheetError(words)
            if len(row) > MOST_COLUMNS:
                words = gettext(
                    "A sheet may have %(most)s columns; this one has more", most=MOST_COLUMNS
                )
                raise SheetError(words)
            yield row
    if number < 1:
        raise SheetError("The sheet holds no rows under its first one")


def csv_rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of a CSV file in UTF-8 or UTF-16, divided by comma, semicolon or tab."""
    with path.open("rb") as raw:
        head = raw.read(4)
        encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        raw.seek(0)
        text = io.TextIOWrapper(raw, encoding, newline="")
        try:
            divider = divider_of(text)
            for row in csv.reader(text, delimiter=divider, strict=True):
                yield tidy_row(row)
        except UnicodeDecodeError as error:
            raise SheetError("Save the file as CSV in UTF-8; its letters cannot be read") from error
        except csv.Error as error:
            raise SheetError("A quotation mark is not closed: this is not a CSV table") from error


def divider_of(text: IO[str]) -> str:
    """Return what divides the columns: what the first line has most of."""
    line = text.readline(SNIFFED)
    text.seek(0)
    return max(",;\t", key=line.count)


def xlsx_rows(path: Path) -> Iterator[list[str]]:
    """Yield the rows of the sheet named Data, or of the first one."""
    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
                raise SheetError("The workbook is too large when unpacked")
        with path.open("rb") as raw:
            book = CalamineWorkbook.from_object(raw)
            name = DATA_SHEET if DATA_SHEET in book.sheet_names else book.sheet_names[0]
            for row in book.get_sheet_by_name(name).iter_rows():
                yield tidy_row([shown(cell) for cell in row])
    except (zipfile.BadZipFile, CalamineError, IndexError) as error:
        raise SheetError("The file is not an XLSX workbook") from error


def tidy_row(row: list[str]) -> list[str]:
    """Return the cells of a row in the form in which text is stored."""
    whole = "".join(row)
    if whole.isascii() and whole.isprintable() and len(whole) <= MOST_CELL:
        return [cell.strip() for cell in row]
    return [tidy(cell) for cell in row]


def tidy(cell: str) -> str:
    """Return a cell in the form in which text is stored."""
    if cell.isascii() and cell.isprintable() and len(cell) <= MOST_CELL:
        return cell.strip()
    if len(cell) > MOST_CELL:
        words = gettext(
            "A cell may hold %(most)s characters; one holds more", most=count(MOST_CELL)
        )
        raise SheetError(words)
    try:
        return clean(cell).strip()
    except UnstorableTextError as error:
        raise SheetError("A cell holds a character that cannot be stored") from error
