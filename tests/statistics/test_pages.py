"""Who reads counts, how small ones are hidden, and how they are taken away."""

import csv
import io
from datetime import timedelta
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from portal.accounts.models import LoginSession
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.errors import DomainError
from portal.statistics import services
from portal.statistics.models import Export
from tests.factories import customer, make_account, make_submission, order

READERS = (Role.SUPERVISOR, Role.AUDITOR, Role.REGISTRAR)
SECRET = "Zephyr Minerals Ltd"  # what no count may tell


@pytest.fixture
def now():
    return utc_now()


@pytest.fixture
def arrived(session, filed, now):
    """File enough of one substance by enough companies, and two of another country."""
    filed(order(parties=(customer(SECRET),)), now, companies=5)
    return filed(order(parties=(customer(SECRET, country="VN"),)), now, companies=2)


def cells(page, key):
    """Return a table of the page: words by label."""
    heading = page.soup.select_one(f"#{key}-heading")
    rows = heading.find_parent("section").select("tbody tr")
    return {row.th.get_text(strip=True): row.td.get_text(" ", strip=True) for row in rows}


@pytest.mark.parametrize("role", Role)
def test_only_who_leads_oversees_or_registers_reads_counts(sign_in, role):
    status = sign_in(role).get("/statistics/").status
    assert status == (200 if role in READERS else 403)


def test_a_supervisor_reads_every_count_and_no_content(session, sign_in, arrived):
    page = sign_in(Role.SUPERVISOR).get("/statistics/")
    assert cells(page, "kind") == {"Suspicious order": "7"}
    assert cells(page, "country") == {"Netherlands": "5", "Vietnam": "2"}
    assert cells(page, "substance") == {"Acetone": "7"}
    assert cells(page, "ages")["less than a day"] == "7"
    assert "received 7" in page.text
    assert SECRET not in page.text
    for one in arrived:
        assert one.reference not in page.text
    session.commit()
    assert "statistics.read" in session.scalars(select(AuditEvent.deed)).all()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REGISTRAR])
def test_others_read_no_count_that_could_tell_a_company(session, sign_in, arrived, role):
    page = sign_in(role).get("/statistics/")
    assert cells(page, "kind") == {"Suspicious order": "7"}
    assert cells(page, "country") == {"Netherlands": "not shown", "Vietnam": "not shown"}
    assert "Counts below 5" in page.text
    sheet = sign_in(role).get("/statistics/export")
    answer = sheet.submit("Take it away", format="csv", reason="Yearly check")
    lines = csv.reader(io.StringIO(answer.response.text[1:]))
    rows = {row[0]: row[1] for row in lines if len(row) > 1}
    assert (rows["Vietnam"], rows["Netherlands"]) == ("not shown", "not shown")
    assert rows["Suspicious order"] == "7"


def test_the_page_is_narrowed_by_its_filters(session, sign_in, arrived):
    page = sign_in(Role.SUPERVISOR).get("/statistics/").submit("Count", country="VN")
    assert cells(page, "kind") == {"Suspicious order": "2"}
    page = page.submit("Count", kind="export-notice")
    assert "Nothing to count" in page.text
    assert page.browser.get("/statistics/?first=1999-01-01").status == 404
    assert page.browser.get("/statistics/?country=XX").status == 404


def test_taking_counts_away_needs_a_reason_and_the_password(session, sign_in, arrived):
    supervisor = make_account(session, Role.SUPERVISOR)
    browser = sign_in(supervisor)
    page = browser.get("/statistics/?country=VN").click("Take away as CSV")
    refused = page.submit("Take it away", reason="", format="xlsx")
    assert refused.errors == ["Enter what they are for"]
    answer = refused.submit("Take it away", reason="For the minister", format="xlsx")
    names = ZipFile(io.BytesIO(answer.response.data)).namelist()
    assert "xl/worksheets/sheet1.xml" in names
    (row,) = session.scalars(select(Export))
    assert (row.account_id, row.reason, row.wanted["country"]) == (
        supervisor.id, "For the minister", "VN",
    )  # fmt: skip
    session.commit()
    deeds = session.scalars(select(AuditEvent.deed).where(AuditEvent.subject_id == row.id))
    assert deeds.all() == ["statistics.exported"]
    (kept,) = session.scalars(select(LoginSession).where(LoginSession.account_id == supervisor.id))
    kept.confirmed_at -= timedelta(minutes=11)
    session.commit()
    asked = browser.get("/statistics/export?country=VN")
    assert asked.path == "/account/confirm"
    assert "country%3DVN" in asked.response.request.full_path
    assert browser.get("/statistics/form-d/export").path == "/account/confirm"


def test_counts_are_taken_away_at_most_20_times_a_day(session, now):
    actor = make_account(session, Role.AUDITOR)
    for number in range(services.EXPORTS_A_DAY):
        services.note_export(
            session, "dashboard", {}, 10, "Why", actor, now - timedelta(minutes=number)
        )
    with pytest.raises(DomainError, match="20 times"):
        services.note_export(session, "dashboard", {}, 10, "Why", actor, now)
    services.note_export(session, "dashboard", {}, 10, "Why", actor, now + timedelta(days=2))


def test_pictures_and_tables_say_the_same(session, sign_in, arrived):
    page = sign_in(Role.SUPERVISOR).get("/statistics/")
    for section in page.soup.select(".statistics section"):
        drawn = section.select("svg rect[height='20']")
        told = section.select("tbody tr")
        if drawn:
            assert len(drawn) == len(told)
            assert section.svg.title.get_text().endswith("the table holds the same")


# --- the yearly tables ----------------------------------------------------------------------------


def test_the_yearly_tables_name_what_is_missing(session, sign_in):
    page = sign_in(Role.SUPERVISOR).get("/statistics/form-d")
    for words in (
        "Seizures of substances in Tables I and II",
        "Origin of what was seized, when known",
        "Methods of illicit manufacture",
        "The whole table: the portal holds no estimates of requirements",
        "not confirmed",
    ):
        assert words in page.text, words
    assert page.browser.get("/statistics/form-d?year=1887").status == 404


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "csv"])
def test_the_yearly_tables_are_taken_away(session, sign_in, kind):
    page = sign_in(Role.AUDITOR).get("/statistics/form-d").click("Take away as PDF")
    answer = page.submit("Take it away", reason="For the Board", format=kind)
    content = answer.response.data
    if kind == "pdf":
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join(page.extract_text() for page in pages)
        assert "Estimated annual legitimate requirements" in " ".join(text.split())
    elif kind == "csv":
        assert "Missing,Methods of illicit manufacture" in content.decode("utf-8-sig")
    else:
        assert content[:2] == b"PK"
    (row,) = session.scalars(select(Export))
    assert (row.what, row.reason) == ("form-d", "For the Board")


def test_a_report_that_arrives_is_counted_at_once(session, sign_in, arrived, now):
    browser = sign_in(Role.SUPERVISOR)
    assert cells(browser.get("/statistics/"), "kind") == {"Suspicious order": "7"}
    make_submission(session, order(), now=now)
    session.commit()
    assert cells(browser.get("/statistics/"), "kind") == {"Suspicious order": "8"}
