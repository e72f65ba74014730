"""Sheets of many rows: read, checked, filed once, handed back with reasons."""

import io

import pytest
import python_calamine
import xlsxwriter
from pypdf import PdfReader
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from portal.core import jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.sheets import defused
from portal.intake.services import receive
from portal.kinds import KINDS
from portal.organisations.models import Sort
from portal.submissions.models import Acknowledgement, Submission
from portal.uploads import filing, services
from portal.uploads.columns import offered, read_header
from portal.uploads.data import SheetError, State
from portal.uploads.models import Upload
from portal.uploads.reading import rows_of
from tests.browser import Browser
from tests.factories import make_account

HEADER = (
    "event.happened,event.happened_on,event.done,event.can_stop,grounds.grounds,"
    "substances.1.substance,substances.1.quantity,substances.1.unit,substances.1.form,"
    "parties.1.role,parties.1.sort,parties.1.name,parties.1.country"
)
GOOD = "order,2026-03-20,refused,no,Paid in cash,acetone,5,kg,pure,customer,person,Firm {},NL"
BAD = "order,2026-03-20,refused,no,,unobtainium,5 kg,kg,pure,customer,person,Firm {},XX"
RETURN = "period.period,period.begins_on,entries.substance,entries.movement,entries.quantity"


@pytest.fixture
def reporter(session):
    account = make_account(session, Role.REPORTER)
    session.commit()
    return account


@pytest.fixture
def browser(app, session, reporter):
    return Browser(app, session, reporter)


def sheet(*rows, header=HEADER):
    return "\n".join([header, *rows]).encode()


def send(browser, content, kind="suspicious-order", name="orders.csv"):
    """Send a sheet and return the page that follows."""
    page = browser.get("/uploads/")
    upload = FileStorage(io.BytesIO(content), name)
    said = {"kind": kind, "file": upload, "declared_by": "A. Reporter", "true": "y"}
    return page.submit("Check the sheet", **said)


def work(app, page):
    """Do what waits, and open the page again."""
    jobs.run_due(app, utc_now())
    return page.browser.get(page.path)


def count(session, table=Submission):
    return session.scalar(select(func.count()).select_from(table))


def file(app, page, choice="all rows, only if all are good"):
    return work(app, page.submit("File", choice=choice, sure="y"))


def test_2_good_rows_are_2_submissions_and_1_paper(app, session, browser):
    page = work(app, send(browser, sheet(GOOD.format("A"), GOOD.format("B"))))
    assert "checked" in page.text
    done = file(app, page)
    assert count(session) == 2
    assert count(session, Acknowledgement) == 0
    with browser.ask(browser.client.get, f"{page.path}/acknowledgement.pdf") as response:
        assert response.data.startswith(b"%PDF")
    assert "Firm A" in done.text


def test_1_paper_of_2_submissions_carries_a_code_that_anybody_checks(
    app, session, browser, sign_in
):
    page = work(app, send(browser, sheet(GOOD.format("A"), GOOD.format("B"))))
    assert session.scalars(select(Upload.check_code)).one() is None
    file(app, page)
    upload = session.scalars(select(Upload)).one()
    with browser.ask(browser.client.get, f"{page.path}/acknowledgement.pdf") as response:
        paper = PdfReader(io.BytesIO(response.data))
    printed = "\n".join(one.extract_text() for one in paper.pages)
    assert upload.check_code in printed
    assert upload.reference in printed
    assert upload.reference.startswith("SH-")
    found = sign_in(None).get(f"/check?code={upload.check_code.lower()}")
    assert "Genuine" in found.text
    for fact in (upload.reference, upload.sha256, "Number of submissions 2"):
        assert fact in found.text
    for secret in ("Firm A", upload.name, "acetone"):
        assert secret not in found.text


def test_1_row_gets_a_paper_of_its_own_when_somebody_asks(app, session, browser):
    file(app, work(app, send(browser, sheet(GOOD.format("A")))))
    path = f"/submissions/{session.scalars(select(Submission.id)).one()}/acknowledgement.pdf"
    assert "is being prepared" in browser.get(path).text
    jobs.run_due(app, utc_now())
    with browser.ask(browser.client.get, path) as response:
        assert response.data.startswith(b"%PDF")


def test_3_wrong_cells_of_1_row_are_named_by_row_and_column(app, session, browser):
    page = work(app, send(browser, sheet(GOOD.format("A"), BAD.format("B"))))
    assert [cell.get_text(strip=True) for cell in page.soup.select("td[data-label=Row]")] == [
        *("2", "2", "2", "2")
    ]
    assert "grounds.grounds" in page.text
    assert "No substance on the list has this name or number" in page.text
    assert "5 kg" in page.text
    refused = page.submit("File", choice="all rows, only if all are good", sure="y")
    assert refused.status == 422
    assert count(session) == 0


def test_1_good_row_is_filed_without_the_bad_one(app, session, browser):
    page = work(app, send(browser, sheet(GOOD.format("A"), BAD.format("B"))))
    file(app, page, "the good rows only")
    assert count(session) == 1


def test_1_file_sent_twice_is_1_upload(app, session, browser):
    content = sheet(GOOD.format("A"))
    first = send(browser, content)
    again = send(browser, content)
    assert again.path == first.path
    assert "uploaded before" in again.text
    assert count(session, Upload) == 1


def test_1_mended_file_files_only_the_row_that_was_mended(app, session, browser):
    page = work(app, send(browser, sheet(GOOD.format("A"), BAD.format("B"))))
    file(app, page, "the good rows only")
    mended = work(app, send(browser, sheet(GOOD.format("A"), GOOD.format("B"))))
    file(app, mended)
    assert count(session) == 2
    assert "filed before as SO-" in browser.get(f"{mended.path}/reasons").response.text


def test_1_sheet_comes_back_with_reasons_and_without_formulas(app, browser):
    row = BAD.format("=1+1")
    page = work(app, send(browser, sheet(row, "," * 12, GOOD.format("@B"))))
    text = browser.get(f"{page.path}/reasons").response.text
    assert ",reasons" in text
    assert "unobtainium" in text
    assert "grounds.grounds: Say what made you suspicious" in text


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\ta", "\ra"])
def test_1_mark_takes_the_life_of_a_formula(text):
    assert defused(text) == f"'{text}"
    assert defused(f" {text}") == f" {text}"


@pytest.mark.parametrize(
    ("encoding", "divider"), [("utf-8-sig", ","), ("utf-16", "\t"), ("utf-8", ";")]
)
def test_3_dialects_of_csv_are_read(app, browser, encoding, divider):
    text = sheet(GOOD.format("Ωmega")).decode().replace(",", divider)
    page = work(app, send(browser, text.encode(encoding)))
    assert "Rows 1 Good 1" in page.text


def workbook(*rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        data = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                data.write(number, place, cell)
    return out.getvalue()


def test_1_workbook_is_read_with_its_numbers_and_comes_back(app, session, browser):
    cells = [5 if cell == "5" else cell for cell in GOOD.format("A").split(",")]
    wrong = BAD.format("B").split(",")
    page = send(browser, workbook(HEADER.split(","), cells, wrong), name="orders.xlsx")
    page = work(app, page)
    assert "Rows 2 Good 1" in page.text
    back = browser.get(f"{page.path}/reasons").response.data
    table = python_calamine.load_workbook(io.BytesIO(back)).get_sheet_by_index(0).to_python()
    assert table[0][-1] == "reasons"
    assert "unobtainium" in table[2]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"a,b\n1,2", "a.csv", "is not known"),
        (HEADER.encode(), "a.csv", "no rows"),
        (sheet("x", header=HEADER + ",event.done"), "a.csv", "twice"),
        (b'event.happened\n"x', "a.csv", "quotation mark"),
        (sheet("x", header="substances.99.quantity"), "a.csv", "number"),
    ],
)
def test_5_sheets_that_cannot_be_read_say_why(app, browser, content, name, said):
    page = work(app, send(browser, content, name=name))
    assert said in page.text
    assert "Nothing was filed" in page.text


def test_0_other_sorts_of_file_are_taken(browser):
    assert send(browser, b"hello", name="a.txt").errors == ["Choose a CSV or Excel (xlsx) file"]


def test_0_strangers_see_an_upload(app, session, browser, sign_in):
    page = send(browser, sheet(GOOD.format("A")))
    stranger = sign_in(Role.REPORTER)
    for path in (page.path, f"{page.path}/reasons", f"{page.path}/acknowledgement.pdf"):
        assert stranger.get(path).status == 404


def test_100001_rows_are_too_many(tmp_path):
    path = tmp_path / "many.csv"
    path.write_text("a\n" + "1\n" * 100_001)
    with pytest.raises(SheetError, match="100,000"):
        list(rows_of(path, "many.csv"))
    path.write_text("a\n" + "1\n" * 100_000)
    assert len(list(rows_of(path, "many.csv"))) == 100_001


def test_3_rows_of_1_period_are_1_return(app, session, browser):
    rows = (
        "month,2026-02-01,toluene,opening stock,100",
        "month,2026-02-01,toluene,used,40",
        "month,2026-02-01,toluene,closing stock,60",
        "month,2026-03-01,toluene,opening stock,60",
        "month,2026-03-01,toluene,closing stock,60",
    )
    page = work(app, send(browser, sheet(*rows, header=RETURN), "return"))
    assert "Rows 5 Good 5" in page.text
    file(app, page)
    assert count(session) == 2


def test_2_rows_of_a_return_that_does_not_balance_are_not_good(app, session, browser):
    rows = (
        "month,2026-02-01,toluene,opening stock,100",
        "month,2026-02-01,toluene,closing stock,60",
        "month,2026-03-01,toluene,opening stock,60",
        "month,2026-03-01,toluene,closing stock,60",
    )
    page = work(app, send(browser, sheet(*rows, header=RETURN), "return"))
    assert "does not balance: -40 kg" in page.text
    file(app, page, "the good rows only")
    assert count(session) == 1


OF_COMPANIES = [kind for kind in KINDS if kind.side is Sort.COMPANY]


@pytest.mark.parametrize("kind", OF_COMPANIES, ids=lambda kind: kind.slug)
def test_7_templates_are_understood(session, kind):
    names = [column.name for column in offered(kind)]
    assert [column.name for column in read_header(kind, names)] == names
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_2_templates_are_handed_out(browser, form):
    with browser.ask(browser.client.get, f"/uploads/template/return.{form}") as response:
        content = response.data
    if form == "csv":
        assert content.decode("utf-8-sig").startswith("period.period,")
        return
    book = python_calamine.load_workbook(io.BytesIO(content))
    assert book.sheet_names == ["Data", "How to fill", "Lists"]
    lists = book.get_sheet_by_name("Lists").to_python()
    assert "opening stock" in {cell for line in lists for cell in line}


class StoppedError(Exception):
    """The worker is killed."""


def test_1_worker_that_dies_in_the_middle_loses_and_doubles_nothing(
    app, session, browser, monkeypatch
):
    monkeypatch.setattr(filing, "AT_ONCE", 1)
    monkeypatch.setattr(services, "CHECKED_AT_ONCE", 1)
    rows = [GOOD.format(letter) for letter in "ABC"]
    page = send(browser, sheet(*rows))
    upload = session.scalars(select(Upload)).one()
    whole = services.keep_checked
    seen: list[int] = []

    def dies(*said):
        if len(seen) == 1:
            seen.append(0)
            raise StoppedError
        seen.append(0)
        whole(*said)

    monkeypatch.setattr(services, "keep_checked", dies)
    jobs.run_due(app, utc_now())
    session.expire_all()
    assert (upload.checked, upload.state) == (1, State.CHECKING)
    jobs.run_due(app, utc_now() + services.LEASE)
    session.expire_all()
    assert (upload.checked, upload.state) == (3, State.CHECKED)
    browser.get(page.path).submit("File", choice="the good rows only", sure="y")
    made: list[int] = []

    def receives(*said, **more):
        if len(made) == 1:
            made.append(0)
            raise StoppedError
        made.append(0)
        return receive(*said, **more)

    monkeypatch.setattr(filing, "receive", receives)
    jobs.run_due(app, utc_now())
    assert count(session) == 1
    jobs.run_due(app, utc_now() + services.LEASE)
    session.expire_all()
    assert count(session) == 3
    assert upload.state is State.FILED
