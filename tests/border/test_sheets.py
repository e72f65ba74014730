"""The paper of a sheet at a border: that it is ours and how many notices it names, and no more."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.border.data import Result
from portal.border.models import BorderCheck, CheckedCase
from portal.core import jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.references import new_code, new_reference
from portal.organisations.models import Organisation
from portal.partners.registry.models import PartnerAgreement
from portal.submissions.models import Submission
from portal.uploads.data import PREFIX, State
from portal.uploads.models import Upload
from tests.border.making import officer
from tests.factories import make_account


def filed(session, kind="export-notice", notices=12):
    """Return a sheet of which everything was filed."""
    author = make_account(session, Role.REPORTER)
    made = Upload(
        organisation_id=author.organisation_id,
        author_id=author.id,
        kind=kind,
        name="our-secret-customers.csv",
        sha256=new_code(),
        stored_as="nowhere",
        declared_by="A. Reporter",
        uploaded_at=utc_now(),
        state=State.FILED,
        filed=notices,
        finished_at=utc_now(),
        reference=new_reference(PREFIX),
        check_code=new_code(),
    )
    session.add(made)
    session.commit()
    return made


@pytest.fixture
def browser(session, sign_in):
    return sign_in(officer(session))


def checked(browser, typed):
    return browser.get("/border/").submit("Check", typed=typed)


def words(page):
    return page.soup.select_one(".border-answer__words").get_text(" ", strip=True)[2:]


def test_5_ways_lead_to_1_sheet_of_which_the_number_is_told(session, browser):
    sheet = filed(session)
    for typed in (
        sheet.check_code,
        sheet.check_code.lower().replace("-", " "),
        f"http://localhost/check?code={sheet.check_code}",
        sheet.reference,
        sheet.reference.removeprefix(f"{PREFIX}-"),
    ):
        page = checked(browser, typed)
        assert words(page) == "Genuine list – check each notice", typed
        assert "Notices on the paper: 12." in page.text


def test_an_answer_on_a_sheet_holds_0_words_of_its_company(session, browser):
    sheet = filed(session)
    company = session.get_one(Organisation, sheet.organisation_id).name
    page = checked(browser, sheet.reference)
    for secret in (sheet.name, sheet.declared_by, sheet.sha256, company):
        assert secret not in str(page.soup)
    assert page.soup.select_one(".border-facts") is None


def test_each_check_of_a_sheet_is_recorded_and_is_0_sightings(app, session, browser):
    sheet = filed(session)
    checked(browser, sheet.check_code)
    jobs.run_due(app, utc_now())
    kept = session.scalars(select(BorderCheck)).one()
    assert (kept.result, kept.value) == (Result.LIST, sheet.check_code)
    assert kept.sighting_id is None
    for table in (CheckedCase, Submission):
        assert session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("kind", ["suspicious-order", "loss", "periodic-return"])
def test_sheets_of_3_kinds_of_reports_are_not_known_and_are_0_sightings(
    app, session, browser, kind
):
    sheet = filed(session, kind)
    for typed in (sheet.check_code, sheet.reference):
        assert words(checked(browser, typed)) == "Not known – call"
    jobs.run_due(app, utc_now())
    assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_an_agreement_that_ended_shows_0_numbers_of_a_sheet(session, sign_in):
    sheet, who = filed(session), officer(session)
    query = select(PartnerAgreement).where(PartnerAgreement.partner_id == who.organisation_id)
    session.scalars(query).one().valid_until = utc_now().date() - timedelta(days=1)
    session.commit()
    page = checked(sign_in(who), sheet.check_code)
    assert words(page) == "Known – call"
    assert "Notices on the paper" not in page.text


def test_a_sheet_that_is_not_filed_yet_is_not_known(session, browser):
    sheet = filed(session)
    code = sheet.check_code
    sheet.reference = sheet.check_code = None
    session.commit()
    assert words(checked(browser, code)) == "Not known – call"
