"""A workbook: one sheet each for the terms, the texts, who and what, amounts, route and events.

Every cell is text, so that no program changes what it says; the marking stands in the first row
of every sheet and above and below each printed page.
"""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter

from portal.core.sheets import defused
from portal.partners.data import Format, Package
from portal.partners.formats.terms import SORT_WORDS, handling, identifier_words, related

Row = Sequence[str]
WIDTH = 28  # characters of a column
WIDE = 60


def render(package: Package) -> bytes:
    """Return the package as a workbook; the same bytes for the same package."""
    lead, out = package.lead, io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": lead.reference,
                "author": package.authority,
                "subject": str(lead.marking),
                "created": package.handed_over_at.replace(tzinfo=None),
            }
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        for name, rows in sheets(package):
            sheet = book.add_worksheet(name)
            sheet.set_header(f"&C&B{lead.marking}&R{lead.reference}")
            sheet.set_footer(f"&L{printed(package.recipient)}&C&B{lead.marking}&R&P / &N")
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
            sheet.set_column(0, len(rows[0]) - 1, WIDTH if rows[0][2:] else WIDE)
            sheet.write_string(0, 0, str(lead.marking), bold)
            for number, row in enumerate(rows, 1):
                for place, cell in enumerate(row):
                    look = bold if number == 1 else plain
                    sheet.write_string(number, place, defused(cell), look)
    return out.getvalue()


def printed(text: str) -> str:
    """Return a text as the edge of a printed page takes it, where & gives orders."""
    return text.replace("&", "&&")[:100]


def sheets(package: Package) -> Iterator[tuple[str, list[Row]]]:
    """Yield each sheet: its name, and its rows with the headings first."""
    lead = package.lead
    said = [
        ("Reference", lead.reference),
        ("Title", lead.title),
        ("Category", str(lead.category)),
        ("Priority", lead.priority),
        ("Confidence", lead.confidence),
        ("Proposed", lead.proposal),
        ("Asked", lead.asked),
    ]
    yield "Terms", [("About", "Said"), *handling(package), *said]
    yield "Texts", texts(package)
    yield "Subjects", subjects(package)
    names = {one.number: one.name for one in lead.subjects}
    rows = [(names[one.left], one.words, names[one.right]) for one in related(lead)]
    yield "Relations", [("Subject", "Relation", "Subject"), *rows]
    yield "Amounts", amounts(package)
    yield "Route", route(package)
    yield "Events", [("When", "What"), *((one.when, one.words) for one in lead.events)]


def texts(package: Package) -> list[Row]:
    """Return the graded texts."""
    rows: list[Row] = [("Text", "Grading 3x5x2", "Source", "Information", "Handling", "Elsewhere")]
    rows.extend(
        (one.text, str(one.grading), *one.grading.words, one.grading.elsewhere)
        for one in package.lead.texts
    )
    return rows


def subjects(package: Package) -> list[Row]:
    """Return who and what the lead is about."""
    head = ("Number", "Sort", "Name", "Other names", "Country", "Part", "Identifiers", "Remark")
    rows: list[Row] = [head]
    for one in package.lead.subjects:
        sort = SORT_WORDS.get(one.sort, one.sort.capitalize())
        others = "; ".join(one.other_names)
        known = "\n".join(identifier_words(*pair) for pair in one.identifiers)
        number = str(one.number)
        rows.append((number, sort, one.name, others, one.country, one.part, known, one.remark))
    return rows


def amounts(package: Package) -> list[Row]:
    """Return the quantities, in kilograms, and what drug they could give."""
    head = ("Substance", "CAS", "From kg", "To kg", "Drug", "Drug from kg", "Drug to kg")
    rows: list[Row] = [(*head, "Confidence")]
    for one in package.lead.amounts:
        drug = [
            "" if each is None else f"{each:f}" for each in (one.drug_least_kg, one.drug_most_kg)
        ]
        kilograms = (f"{one.least_kg:f}", f"{one.most_kg:f}")
        rows.append((one.name, one.cas, *kilograms, one.drug, *drug, one.confidence))
    return rows


def route(package: Package) -> list[Row]:
    """Return the places of the route in their order."""
    rows: list[Row] = [("Part", "Place", "UN/LOCODE", "Country", "Latitude", "Longitude")]
    for one in package.lead.stops:
        degrees = ["" if each is None else f"{each:.4f}" for each in (one.latitude, one.longitude)]
        rows.append((one.part, one.name, one.locode, one.country, *degrees))
    return rows


SPREADSHEET = Format(
    "xlsx",
    "Spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsx",
    render,
)
