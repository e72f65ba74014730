"""The files that are handed out: templates to fill, and the sheet with reasons."""

import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from portal.core.sheets import csv_bytes
from portal.submissions.kind import Kind
from portal.uploads.columns import offered
from portal.uploads.data import MOST_ROWS, Column
from portal.uploads.reading import rows_of

WIDE = 24  # characters of a column
GUIDE = ("Column", "What it is", "How to fill it", "Needed", "Choices")
RULES = (
    "Fill the sheet Data from its second row on. Leave its first row as it is.",
    "Days: YYYY-MM-DD. Numbers: with a point, such as 12.5. Several answers: divided by ;",
    "Countries: two letters, such as NL. Places: UN/LOCODE, such as NLRTM, or a name.",
    "A column with a number belongs to the first, second … of several; you may add numbers.",
)


def csv_template(kind: Kind[Any]) -> bytes:
    """Return the first row of a sheet as CSV."""
    return csv_bytes([[column.name for column in offered(kind)]])


def xlsx_template(kind: Kind[Any]) -> bytes:
    """Return a workbook to fill: the sheet, how to fill it, and its lists."""
    out, columns = io.BytesIO(), offered(kind)
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        data, guide, lists = (book.add_worksheet(n) for n in ("Data", "How to fill", "Lists"))
        data.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            data.write_string(0, place, column.name, bold)
            data.write_comment(0, place, f"{column.label}\n{column.hint}".strip())
            data.set_column(place, place, WIDE)
            add_list(data, lists, place, column)
        explain(guide, columns, bold, wrapped)
    return out.getvalue()


def add_list(data: Any, lists: Any, place: int, column: Column) -> None:
    """Give a column its list to choose from."""
    if not column.choices:
        return
    lists.write_string(0, place, column.name)
    for number, choice in enumerate(column.choices, start=1):
        lists.write_string(number, place, choice)
    letters = xlsxwriter.utility.xl_col_to_name(place)
    source = f"=Lists!${letters}$2:${letters}${len(column.choices) + 1}"
    rule = {"validate": "list", "source": source, "error_type": "warning"}
    data.data_validation(1, place, MOST_ROWS, place, rule)


def explain(guide: Any, columns: Sequence[Column], bold: Any, wrapped: Any) -> None:
    """Write how to fill each column."""
    guide.set_column(0, 4, 36, wrapped)
    for number, rule in enumerate(RULES):
        guide.write_string(number, 0, rule)
    start = len(RULES) + 1
    for place, word in enumerate(GUIDE):
        guide.write_string(start, place, word, bold)
    for number, column in enumerate(columns, start=start + 1):
        said = (
            column.name,
            column.label,
            column.hint,
            "yes" if column.needed else "",
            "; ".join(column.choices),
        )
        for place, text in enumerate(said):
            guide.write_string(number, place, text)


def with_reasons(path: Path, name: str, reasons: Mapping[int, str]) -> tuple[bytes, str]:
    """Return the sheet as it came with a column of reasons, and the ending of its name."""
    rows = reasoned(rows_of(path, name), reasons)
    if not name.lower().endswith(".xlsx"):
        return csv_bytes(rows), "csv"
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        for number, one in enumerate(rows):
            for place, cell in enumerate(one):
                sheet.write_string(number, place, cell)
    return out.getvalue(), "xlsx"


def reasoned(rows: Iterator[list[str]], reasons: Mapping[int, str]) -> Iterator[list[str]]:
    """Yield the rows with what is wrong with each behind its last cell."""
    header = next(rows)
    kept = len(header) - (1 if header and header[-1] == "reasons" else 0)
    yield [*header[:kept], "reasons"]
    for number, cells in enumerate(rows, start=1):
        padded = [*cells, *[""] * kept][:kept]
        yield [*padded, reasons.get(number, "")]
