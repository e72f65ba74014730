"""The company's list: what it finds, what is taken away, and what it adds up to."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.submissions import listing
from portal.submissions.rules import Outer
from tests.factories import (
    NOON,
    customer,
    line,
    make_account,
    make_organisation,
    make_submission,
    notice,
    order,
)


@pytest.fixture
def firm(session):
    return make_organisation(session, name="Delta Solvents B.V.")


@pytest.fixture
def author(session, firm):
    return make_account(session, Role.COMPANY_ADMIN, organisation=firm, reads_colleagues=True)


@pytest.fixture
def filed(session, author):
    """Return an order and a notice, a day apart."""
    acetone = order(lines=(line("acetone", "5"), line("toluene", "70")))
    one = make_submission(session, acetone, author=author, now=NOON)
    two = make_submission(session, notice(), author=author, now=NOON + timedelta(days=1))
    return one, two


def listed(page):
    return [link.get_text() for link in page.soup.select("td a.reference")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [1, 0]),
        ({"q": "toluene"}, [1, 0]),
        ({"q": "acetone"}, [0]),
        ({"q": "example customer"}, [0]),
        ({"q": "Importer L"}, [1]),
        ({"q": "100%"}, []),
        ({"kind": "export-notice"}, [1]),
        ({"kind": "suspicious-order", "state": "received"}, [0]),
        ({"state": "withdrawn"}, []),
        ({"since": ["1", "4", "2026"]}, [1]),
        ({"until": ["31", "3", "2026"]}, [0]),
    ],
)
def test_of_2_submissions_those_that_fit_are_listed_newest_first(
    sign_in, author, filed, asked, found
):
    page = sign_in(author).get("/submissions/", query=asked)
    assert listed(page) == [filed[place].reference for place in found]


def test_a_span_that_ends_before_it_begins_gets_1_error_and_keeps_what_was_typed(sign_in, author):
    asked = {"q": "ace", "since": ["2", "4", "2026"]}
    asked |= {"until": ["1", "4", "2026"]}
    page = sign_in(author).get("/submissions/", query=asked)
    assert page.errors == ["Enter a last day that is not before the first day"]
    assert page.soup.select_one("#q")["value"] == "ace"


def test_51_submissions_come_on_2_pages_and_none_twice(session, sign_in, author):
    made = {make_submission(session, author=author).reference for _ in range(51)}
    first = sign_in(author).get("/submissions/")
    second = first.click("Older")
    assert len(listed(first)) == 50
    assert {*listed(first), *listed(second)} == made


def table(browser, path):
    answer = browser.ask(browser.client.get, path)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.data


def cells(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_2_submissions_of_3_substances_are_taken_away_in_3_rows_and_recorded(
    session, sign_in, author, filed
):
    found = list(
        csv.reader(
            io.StringIO(table(sign_in(author), "/submissions/export.csv").decode("utf-8-sig"))
        )
    )
    assert tuple(found[0]) == listing.HEADER
    assert [(row[0], row[6], row[7]) for row in found[1:]] == [
        (filed[1].reference, "Toluene", "800"),
        (filed[0].reference, "Acetone", "5"),
        (filed[0].reference, "Toluene", "70"),
    ]
    deeds = select(AuditEvent).where(AuditEvent.deed == "submissions.exported")
    assert session.scalars(deeds).one().actor_id == author.id


def test_an_export_holds_what_was_asked_for_and_0_formulas(session, sign_in, author):
    for name in ('=HYPERLINK("http://evil.example")', "+1+1", "@SUM(A1)", "-2+3"):
        unlisted = replace(line(), substance=None, name=name)
        make_submission(session, order(lines=(unlisted,)), author=author)
    browser = sign_in(author)
    said = [cell for row in cells(table(browser, "/submissions/export.csv")) for cell in row]
    assert not [cell for cell in said if cell[:1] in {"=", "+", "-", "@"}]
    with zipfile.ZipFile(io.BytesIO(table(browser, "/submissions/export.xlsx"))) as book:
        sheets = [book.read(name) for name in book.namelist() if "/worksheets/" in name]
    assert sheets
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert len(cells(table(browser, "/submissions/export.csv?state=withdrawn"))) == 1


def test_0_submissions_of_other_companies_are_found_taken_away_or_added_up(
    session, sign_in, author
):
    other = make_submission(session, order(lines=(line("acetone", "9999"),)))
    browser = sign_in(author)
    for path in ("/submissions/", "/submissions/?q=acetone", "/submissions/movements"):
        text = browser.get(path).text
        assert other.reference not in text
        assert "9999" not in text.replace(",", "")
    assert other.reference.encode() not in table(browser, "/submissions/export.csv")


def test_a_colleague_without_the_right_sees_0_suspicious_orders(session, sign_in, firm, filed):
    colleague = make_account(session, organisation=firm)
    browser = sign_in(colleague)
    assert listed(browser.get("/submissions/")) == [filed[1].reference]
    assert filed[0].reference.encode() not in table(browser, "/submissions/export.csv")
    assert "Acetone" not in browser.get("/submissions/movements").text


def test_2_months_add_up_and_what_was_withdrawn_adds_0(session, author):
    for month, quantity in ((1, "10"), (1, "5.5"), (2, "4")):
        made = order(lines=(line("toluene", quantity),))
        make_submission(session, made, author=author, now=datetime(2026, month, 9, tzinfo=UTC))
    gone = order(lines=(line("toluene", "1000"),))
    make_submission(session, gone, author=author).state = Outer.WITHDRAWN
    session.flush()
    sums = listing.movements(session, author, NOON)
    place = {month.isoformat(): n for n, month in enumerate(sums.months)}
    assert sums.substances == ("Toluene",)
    assert sums.at(place["2026-01-01"], "Toluene") == Decimal("15.5")
    assert sums.at(place["2026-02-01"], "Toluene") == Decimal(4)
    assert sums.of("Toluene") == Decimal("19.5")


def test_the_picture_of_movements_has_1_bar_a_month_and_the_same_numbers_in_its_table(
    session, sign_in, author
):
    make_submission(
        session, order(parties=(customer("Many Orders Ltd"),)), author=author, now=utc_now()
    )
    page = sign_in(author).get("/submissions/movements")
    assert len(page.soup.select("svg.chart rect.bar")) == 1
    assert [cell.get_text(strip=True) for cell in page.soup.select("#sums tfoot td")] == ["5"]
    assert re.search(r"Many Orders Ltd 1\b", page.text)


def test_a_list_of_20_reads_the_database_as_often_as_a_list_of_1(
    session, sign_in, author, statements
):
    browser = sign_in(author)
    make_submission(session, author=author)
    statements.clear()
    browser.get("/submissions/")
    once = len(statements)
    for _ in range(19):
        make_submission(session, author=author)
    statements.clear()
    browser.get("/submissions/")
    assert len(statements) == once
