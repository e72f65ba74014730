"""A sheet of notices in a real browser: a bulletin beside it, one paper, checked at a border."""

import csv
import io

import pytest
from pypdf import PdfReader

from portal.core.forms import DatePartsField
from portal.kinds.export_notice.kind import EXPORT_NOTICE
from portal.uploads.columns import fields_of
from tests.kinds.answers import BY_KIND

pytestmark = pytest.mark.browser


def cell(field, values):
    if isinstance(field, DatePartsField):
        return f"{values[2]}-{int(values[1]):02}-{int(values[0]):02}"
    return ";".join("\n".join(values).splitlines())


def row_of(kind):
    """Return what a person types in the pages of a kind, by the columns of a sheet."""
    found = {}
    for step in kind.steps:
        answers, known = BY_KIND[kind.slug].get(step.slug, {}), fields_of(step)
        pages = answers if step.many else [{"typed": answers}]
        for number, one in enumerate(pages, start=1):
            start = f"{step.slug}.{number}" if step.many else step.slug
            for name, values in one["typed"].items():
                if name in known and step.slug != "declaration":
                    found[f"{start}.{name}"] = cell(known[name], values)
    return found


def sheet_of(kind, rows):
    out, row = io.StringIO(), row_of(kind)
    table = csv.writer(out)
    table.writerow(row)
    for _ in range(rows):
        table.writerow(row.values())
    return out.getvalue().encode()


def test_a_sheet_of_notices_meets_a_bulletin_and_its_paper_is_checked_at_a_border(app, person):
    reporter, officer = person(), person()
    for who in (reporter, officer):
        who.page.set_default_timeout(60_000)
    reporter.sign_in("a.vos@delta-solvents.example")
    reporter.open("/uploads/")
    reporter.page.locator("[name=kind]").select_option("export-notice")
    with app.test_request_context():
        content = sheet_of(EXPORT_NOTICE, 2)
    file = {"name": "notices.csv", "mimeType": "text/csv", "buffer": content}
    reporter.page.locator("[name=file]").set_input_files([file])
    reporter.page.locator("[name=true]").check()
    reporter.press("Check the sheet")
    reporter.page.get_by_role("button", name="File it").wait_for()
    aside = reporter.page.get_by_role("complementary", name="From the authority")
    assert "Acetic anhydride in small packs" in aside.inner_text()
    reporter.look("sheet-with-bulletin")
    reporter.page.get_by_text("All rows, only if all are good").click()
    reporter.page.locator("[name=sure]").check()
    reporter.press("File it")
    reporter.page.get_by_text("Acknowledgement of all").wait_for()
    reporter.look("sheet-filed")
    path = reporter.page.url + "/acknowledgement.pdf"
    reporter.page.wait_for_timeout(4000)
    paper = PdfReader(io.BytesIO(reporter.context.request.get(path).body()))
    words = paper.pages[0].extract_text().split()
    code = next(one for one in words if len(one) == 19 and one.count("-") == 3)
    reporter.open(f"/check?code={code}")
    assert "Number of submissions" in reporter.page.locator("main").inner_text()
    reporter.look("check-paper-of-sheet")
    officer.sign_in("blo.mekong@partner.example")
    officer.open("/border/")
    officer.page.locator("#typed").fill(code)
    officer.page.get_by_role("button", name="Check", exact=True).click()
    officer.page.get_by_text("Genuine list").first.wait_for()
    assert "Notices on the paper: 2." in officer.page.locator("#border-result").inner_text()
    officer.look("border-list")
    for who in (reporter, officer):
        assert who.faults == []
