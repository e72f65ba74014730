"""Tables of cells that spreadsheets open, as CSV and as a workbook."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter

FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | Decimal | None


def defused(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as CSV in UTF-8 with a mark that spreadsheets know it by; no cell computes."""
    out = io.StringIO()
    safe = ([written(cell) for cell in row] for row in rows)
    csv.writer(out, lineterminator="\r\n").writerows(safe)
    return out.getvalue().encode("utf-8-sig")


def written(cell: Cell) -> str:
    """Return a cell as CSV holds it: a number in full, a text defused."""
    return f"{cell:f}" if isinstance(cell, Decimal) else defused(cell or "")


def xlsx_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as a workbook of one sheet, written row by row; texts stay texts."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    sheet.write_number(number, place, cell)
                else:
                    sheet.write_string(number, place, defused(cell or ""))
    return out.getvalue()
