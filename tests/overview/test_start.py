"""The first page of a company: what is open comes first, nobody else's, at a cost that stays."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import current_app

from portal.core.access import Role
from portal.core.clock import utc_now
from portal.intake.models import Draft
from portal.organisations.models import Licence, Organisation
from portal.overview import pages, queries
from portal.submissions import services
from portal.submissions.rules import Outer
from portal.triage import deeds
from portal.triage import queries as cases
from tests.factories import make_account, make_submission, notice, order
from tests.kinds.test_papers import declaration


@pytest.fixture
def author(session):
    return make_account(session, Role.COMPANY_ADMIN)


def today():
    """Return the day that it is where the authority sits: after 22 or 23 h UTC it is the next."""
    return utc_now().astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()


def announced(session, author, *, days=30, received=None, state=Outer.RECEIVED):
    """Return a notice of a shipment that is to leave in some days."""
    now = received or utc_now()
    record = notice(dispatch_on=(utc_now() + timedelta(days=days)).date())
    filed = make_submission(session, record, author=author, now=now)
    filed.state = state
    session.flush()
    return filed


def drafted(session, author):
    now = utc_now()
    draft = Draft(
        kind="suspicious-order",
        organisation_id=author.organisation_id,
        author_id=author.id,
        started_at=now,
        saved_at=now,
        answers={},
    )
    session.add(draft)
    session.flush()
    return draft


def licensed(session, author, days):
    until = today() + timedelta(days=days)
    licence = Licence(
        organisation_id=author.organisation_id,
        covers="Category 1",
        number=f"LIC-{days}",
        issuer="Authority",
        valid_until=until,
    )
    session.add(licence)
    session.flush()
    return licence


def shown(page, heading):
    """Return the text under a heading."""
    for one in page.soup.select("main h2"):
        if one.get_text(strip=True) == heading:
            return one.find_next("ul").get_text(" ", strip=True)
    return ""


def test_0_open_duties_are_said_to_be_none(sign_in, author):
    page = sign_in(author).get("/overview")
    assert "Nothing is open." in page.text
    assert "Nothing has been filed yet." in page.text


def test_a_company_begins_here_with_questions_before_all_else(session, sign_in, author):
    asked = make_submission(session, order(), author=author)
    services.ask(session, asked, "On which day?", utc_now())
    waiting = announced(session, author)
    page = sign_in(author).get("/")
    assert page.title == "Overview"
    headings = [one.get_text(strip=True) for one in page.soup.select("main h2")]
    assert headings == ["Questions for you", "Waiting for the word of the authority", "Filed last"]
    assert asked.reference in shown(page, "Questions for you")
    assert waiting.reference in shown(page, "Waiting for the word of the authority")
    assert page.click("Answer").path == f"/submissions/{asked.id}"


@pytest.mark.parametrize(
    ("state", "deed"),
    [(Outer.MAY_LEAVE, "Report the dispatch"), (Outer.REPORT_SHIPMENT, "Report the arrival")],
)
def test_each_duty_has_1_link_that_says_the_deed(session, sign_in, author, state, deed):
    filed = announced(session, author, state=state)
    section = shown(sign_in(author).get("/overview"), "To report")
    assert filed.reference in section
    assert section.count(deed) == 1


@pytest.mark.parametrize("state", [Outer.COMPLETE, Outer.CANCELLED, Outer.CORRECTED])
def test_what_is_done_with_waits_for_0(session, sign_in, author, state):
    announced(session, author, state=state)
    assert "Nothing is open." in sign_in(author).get("/overview").text


def test_a_clock_says_day_and_working_days_left(session, author):
    filed = announced(session, author)
    now = utc_now()
    task = pages.start(session, author, now)["clocks"].rows[0]
    duty = services.duties_of(filed, today())[0]
    assert (task.due, task.left) == (duty["due"], duty["left"])
    assert task.left >= 15
    passed = pages.start(session, author, now + timedelta(days=60))["clocks"].rows[0]
    assert passed.passed
    assert passed.left is None


def test_the_nearest_of_3_dates_comes_first(session, author):
    now = utc_now()
    for days in (9, 0, 4):
        announced(session, author, received=now - timedelta(days=days))
    tasks = pages.start(session, author, now)["clocks"].rows
    assert [task.due for task in tasks] == sorted(task.due for task in tasks)


@pytest.mark.parametrize(
    ("days", "named"), [(61, False), (60, True), (0, True), (-30, True), (-31, False)]
)
def test_licences_are_named_from_60_days_before_to_30_after(session, author, days, named):
    licensed(session, author, days)
    found = queries.licences(session, author, today())
    assert bool(found) is named


def test_a_draft_is_1_link_away_and_no_colleagues(session, sign_in, author):
    draft = drafted(session, author)
    colleague = make_account(session, Role.REPORTER, organisation=author_firm(session, author))
    page = sign_in(author).get("/overview")
    assert page.click("Go on").path == f"/drafts/{draft.id}"
    assert "Your drafts" not in sign_in(colleague).get("/overview").text


def author_firm(session, author):
    return session.get_one(Organisation, author.organisation_id)


def test_a_suspicion_of_a_colleague_shows_in_0_places(session, sign_in, author):
    """Neither its question nor its line is seen without the right to know of it."""
    firm = author_firm(session, author)
    writer = make_account(session, Role.REPORTER, organisation=firm)
    asked = make_submission(session, order(), author=writer)
    services.ask(session, asked, "On which day?", utc_now())
    blind = make_account(session, Role.REPORTER, organisation=firm, reads_colleagues=False)
    knowing = make_account(session, Role.REPORTER, organisation=firm, reads_colleagues=True)
    assert asked.reference not in sign_in(blind).get("/overview").text
    assert sign_in(knowing).get("/overview").text.count(asked.reference) >= 2


def test_another_firm_sees_0_of_it(session, sign_in, author):
    filed = announced(session, author)
    licensed(session, author, 5)
    drafted(session, author)
    text = sign_in(Role.COMPANY_ADMIN).get("/overview").text
    assert filed.reference not in text
    assert "LIC-5" not in text
    assert "Nothing is open." in text


def fill(session, author, count):
    for number in range(count):
        asked = make_submission(session, order(), author=author)
        services.ask(session, asked, "On which day?", utc_now())
        announced(session, author)
        announced(session, author, state=Outer.MAY_LEAVE)
        drafted(session, author)
        licensed(session, author, number)
    session.commit()


def test_the_page_sends_as_many_selects_for_20_of_each_as_for_2(
    session, sign_in, author, statements
):
    browser = sign_in(author)
    fill(session, author, 2)
    session.expire_all()
    statements.clear()
    browser.get("/overview")
    few = len(statements)
    fill(session, author, 18)
    session.expire_all()
    statements.clear()
    page = browser.get("/overview")
    assert len(statements) == few
    assert len(page.soup.select("main .items__item")) == 6 * queries.MOST
    assert "There are more." in page.text
    assert page.text.count("More in the list of everything") == 3


def test_what_officers_do_with_a_report_changes_0_letters(session, sign_in, author):
    """Screening, flags and notes leave the page as it was."""
    filed = make_submission(session, order(), author=author)
    browser = sign_in(author)
    before = browser.get("/overview").text
    officer = make_account(session, Role.TRIAGE_OFFICER)
    case = cases.get(session, filed.id)
    deeds.take(session, case, officer, utc_now())
    deeds.flag(session, case, "Known address.", officer, utc_now())
    deeds.propose_question(session, case, "On which day?", officer, utc_now())
    session.commit()
    assert browser.get("/overview").text == before


@pytest.mark.parametrize(("days", "named"), [(-31, 0), (-30, 1), (0, 1), (60, 1), (61, 0)])
def test_declarations_are_named_from_60_days_before_to_30_after(session, author, days, named):
    until = today() + timedelta(days=days)
    made = make_submission(session, declaration(valid_until=until), author=author)
    make_submission(session, declaration(valid_until=today()))
    found = queries.declarations(session, author, today())
    assert found == [(made, until)][:named]


def test_1_declaration_that_ends_is_on_the_page(session, sign_in, author):
    made = make_submission(session, declaration(valid_until=today()), author=author)
    page = sign_in(author).get("/overview")
    assert page.soup.find(id="declarations")
    assert made.reference in page.text
    assert "ends today" in page.text
