"""The page of a border post: answers, need to know, records, and what the authority learns."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.border.data import Result
from portal.border.models import BorderCheck, CheckedCase
from portal.core import jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.kinds.notices.data import Authorisation, AuthorisationSort
from portal.organisations.rules import Standing
from portal.partners.registry.models import PartnerAgreement
from portal.shipments.models import Release
from portal.submissions.models import Submission
from portal.submissions.present import sections
from portal.submissions.services import record_of
from portal.triage.models import FindingRow, TriageCase
from tests.border.making import BOX, announced, cancelled, officer, released, sighting, stopped
from tests.factories import make_account, make_submission, order

KEY = "3f2c9d0e8a7b4c6d"


def checked(browser, typed, **more):
    return browser.get("/border/").submit("Check", typed=typed, **more)


def words(page):
    found = page.soup.select_one(".border-answer__words")
    return found.get_text(" ", strip=True)[2:] if found else ""


def findings(session, submission):
    query = select(FindingRow).where(FindingRow.case_id == submission.id)
    return {one.rule: one for one in session.scalars(query)}


@pytest.fixture
def browser(session, sign_in):
    return sign_in(officer(session))


def test_5_ways_lead_to_1_released_consignment(session, browser):
    found = released(session)
    code = session.scalar(select(Release.check_code))
    for typed in (
        found.reference,
        found.reference.lower().replace("-", " "),
        found.check_code,
        f"http://localhost/check?code={code}",
        BOX,
    ):
        page = checked(browser, typed)
        assert words(page) == "May leave", typed
        assert "Toluene 800 kg" in page.text
        assert "Netherlands → Thailand" in page.text
        assert "Pre-export notification" in page.text


def test_an_answer_holds_0_names_of_companies(session, browser):
    found = released(session)
    page = checked(browser, BOX)
    for secret in (found.reference, "Exporter", "Importer", "Coatings", found.organisation_id.hex):
        assert secret not in str(page.soup)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (announced, "May not leave yet – call"),
        (stopped, "May not leave – call"),
        (cancelled, "Cancelled – call"),
    ],
)
def test_3_consignments_without_leave_raise_1_finding_each(app, session, browser, make, told):
    found = make(session)
    session.commit()
    page = checked(browser, found.reference)
    assert words(page) == told
    assert "+31 70 555 0100" in page.text
    jobs.run_due(app, utc_now())
    finding = findings(session, found)["presented-at-border-1"]
    assert finding.reason.startswith("Presented at ")
    assert finding.evidence[0]["submission"] == str(found.id)
    assert "forged" not in str(page.soup)


def test_an_expired_permit_is_told_and_raises_1_finding(app, session, browser):
    paper = Authorisation(
        sort=AuthorisationSort.EXPORT, number="E-1", issuer="A", expires_on=date(2020, 1, 1)
    )
    found = released(session, announced(session, authorisations=(paper,)))
    page = checked(browser, found.reference)
    assert words(page) == "May not leave – call"
    assert "A permit of this consignment has expired." in page.text
    jobs.run_due(app, utc_now())
    assert "a paper has expired" in findings(session, found)["presented-at-border-1"].reason


def test_a_released_consignment_on_its_route_raises_0_findings(app, session, browser):
    found = released(session)
    checked(browser, found.reference)
    jobs.run_due(app, utc_now())
    assert "presented-at-border-1" not in findings(session, found)
    assert session.scalar(select(func.count()).where(Submission.kind == "sighting")) == 0


def test_2_runs_of_1_job_raise_1_finding(app, session, browser):
    found = stopped(session)
    checked(browser, found.reference, key=KEY)
    (job,) = session.scalars(select(jobs.Job).where(jobs.Job.name == "border-findings"))
    for _ in range(2):
        jobs.enqueue(session, job.name, job.payload, utc_now())
    session.commit()
    jobs.run_due(app, utc_now())
    assert len(findings(session, found)["presented-at-border-1"].evidence) == 1


def test_off_the_route_0_details_are_shown_and_1_finding_raised(app, session, sign_in):
    found = released(session)
    page = checked(sign_in(officer(session, country="KZ")), found.reference)
    assert words(page) == "Known – call"
    for detail in ("Toluene", "800", "Thailand", "notification"):
        assert detail not in page.text
    jobs.run_due(app, utc_now())
    assert "not on its route" in findings(session, found)["presented-at-border-1"].reason


def test_off_the_route_a_stopped_consignment_looks_like_a_released_one(session, sign_in):
    browser = sign_in(officer(session, country="KZ"))
    stands = stopped(session)
    goes = released(session, announced(session, containers=()))
    pages = [checked(browser, one.reference) for one in (stands, goes)]
    parts = [page.soup.select_one(".border-answer") for page in pages]
    for part in parts:
        part.select_one(".border-answer__call strong").decompose()
    assert parts[0] == parts[1]


def test_a_post_on_the_route_sees_the_details(session, sign_in):
    released(session)
    page = checked(sign_in(officer(session, country="KZ", post="THBKK")), BOX)
    assert words(page) == "May leave"


def test_1_unknown_container_is_filed_as_1_sighting_that_is_screened(app, session, sign_in):
    who = officer(session, post="THBKK")
    browser = sign_in(who)
    for _ in range(2):
        page = checked(browser, BOX, place="Gate 4")
        jobs.run_due(app, utc_now())
    assert words(page) == "Not known – call"
    (filed,) = session.scalars(select(Submission).where(Submission.kind == "sighting"))
    assert filed.author_id == who.id
    assert session.get_one(TriageCase, filed.id).open
    record = record_of(filed)
    assert (record.containers, record.place) == ((BOX,), "Gate 4")
    assert sections(record)
    page = browser.get("/border/").click(BOX)
    assert filed.reference in page.text
    assert page.click(filed.reference).status == 200


def test_a_notice_after_an_unknown_container_gets_1_finding(app, session, browser):
    checked(browser, BOX)
    jobs.run_due(app, utc_now())
    found = announced(session, days_ago=0)
    assert BOX in findings(session, found)["seen-by-partner-1"].reason


def test_a_cancelled_consignment_comes_back_to_the_queue_as_1_sighting(app, session, browser):
    found = cancelled(session)
    session.get_one(TriageCase, found.id).open = False
    session.commit()
    checked(browser, found.reference)
    jobs.run_due(app, utc_now())
    assert session.scalar(select(func.count()).where(Submission.kind == "sighting")) == 1


def test_a_report_is_as_unknown_as_nothing_and_files_0_sightings(app, session, browser):
    report = make_submission(session, order())
    seen = make_submission(session, sighting(), author=officer(session))
    for typed in (report.reference, report.check_code, seen.reference):
        assert words(checked(browser, typed)) == "Not known – call"
    jobs.run_due(app, utc_now())
    kinds = session.scalars(select(Submission.kind)).all()
    assert sorted(kinds) == ["sighting", "suspicious-order"]


def test_a_wrong_check_digit_is_told_and_files_0_sightings(app, session, browser):
    page = checked(browser, "CSQU3054384")
    assert words(page) == "Read it again"
    assert "after CSQU305438 comes 3" in page.text
    jobs.run_due(app, utc_now())
    assert session.scalar(select(func.count()).select_from(Submission)) == 0
    assert session.scalars(select(BorderCheck.result)).all() == [Result.MISREAD]


def test_1_key_is_1_check_whatever_happened_since(session, browser):
    found = released(session)
    first = checked(browser, BOX, key=KEY)
    session.delete(session.scalar(select(Release)))
    found.state = "may not leave"
    session.commit()
    again = checked(browser, BOX, key=KEY)
    assert words(first) == words(again) == "May leave"
    assert session.scalar(select(func.count()).select_from(BorderCheck)) == 1
    assert session.scalar(select(func.count()).select_from(CheckedCase)) == 1


def test_1_key_of_2_officers_is_2_checks(session, sign_in):
    for _ in range(2):
        checked(sign_in(officer(session)), BOX, key=KEY)
    assert session.scalar(select(func.count()).select_from(BorderCheck)) == 2


def test_a_check_keeps_when_it_was_made_unless_the_clock_is_wrong(session, browser):
    now = utc_now()
    earlier = now - timedelta(hours=3)
    for made in (earlier, now + timedelta(days=2), now - timedelta(days=99)):
        checked(browser, BOX, key=f"key-{made:%Y%m%d}", made_at=made.isoformat())
    checked(browser, BOX, made_at="yesterday")
    kept = session.scalars(select(BorderCheck).order_by(BorderCheck.arrived_at)).all()
    assert kept[0].made_at == earlier
    assert all(one.made_at == one.arrived_at for one in kept[1:])


def test_nothing_typed_is_refused_and_0_checks_kept(session, browser):
    page = checked(browser, "")
    assert page.status == 422
    assert page.errors == ["Type or scan something"]
    assert session.scalar(select(func.count()).select_from(BorderCheck)) == 0


def test_the_61st_check_in_a_minute_is_refused(session, browser):
    page = browser.get("/border/")
    token = page.soup.select_one("main [name=csrf_token]")["value"]
    for number in range(60):
        answer = browser.post("/border/", {"typed": "x", "csrf_token": token})
        assert answer.status == 200, number
    assert browser.post("/border/", {"typed": "x", "csrf_token": token}).status == 429


def test_another_officers_check_looks_like_none(session, sign_in):
    mine, other = sign_in(officer(session)), sign_in(officer(session))
    checked(mine, BOX)
    (kept,) = session.scalars(select(BorderCheck))
    assert mine.get(f"/border/checks/{kept.id}").status == 200
    assert other.get(f"/border/checks/{kept.id}").status == 404


def test_the_newest_version_of_a_corrected_notice_answers(session, browser):
    older, newer = announced(session), announced(session)
    older.state, newer.corrects_id = "corrected", older.id
    session.commit()
    released(session, newer)
    assert words(checked(browser, older.reference)) == "May leave"


def test_of_2_consignments_under_way_the_worse_counts(session, browser):
    released(session)
    stopped(session)
    page = checked(browser, BOX)
    assert len(page.soup.select(".border-answer")) == 2
    assert session.scalars(select(BorderCheck.result)).all() == [Result.MAY_NOT_LEAVE]


def test_the_camera_is_for_this_page_alone_and_nothing_is_stored(browser):
    headers = browser.get("/border/").response.headers
    assert headers["Permissions-Policy"].startswith("camera=(self)")
    assert headers["Cache-Control"] == "no-store"
    assert browser.get("/account").response.headers["Permissions-Policy"].startswith("camera=()")


def test_officers_see_who_checked_what_and_only_cases_they_need(session, sign_in):
    found = stopped(session)
    checked(sign_in(officer(session, post="THBKK", name="PCU Bangkok")), found.reference)
    supervisor = sign_in(Role.SUPERVISOR)
    desk = supervisor.get("/border/desk")
    assert "PCU Bangkok" in desk.text
    assert desk.click(found.reference).click("Checks at borders").text.count("PCU Bangkok") == 1
    stranger = sign_in(make_account(session, Role.TRIAGE_OFFICER))
    assert "another officer's" in stranger.get("/border/desk").text
    assert stranger.get(f"/triage/{found.id}/border").path == f"/triage/{found.id}/glass"


def test_an_agreement_that_ended_shows_0_details_and_raises_0_findings(app, session, sign_in):
    found, who = released(session), officer(session)
    query = select(PartnerAgreement).where(PartnerAgreement.partner_id == who.organisation_id)
    session.scalars(query).one().valid_until = utc_now().date() - timedelta(days=1)
    session.commit()
    assert words(checked(sign_in(who), BOX)) == "Known – call"
    jobs.run_due(app, utc_now())
    assert "presented-at-border-1" not in findings(session, found)


def test_a_suspended_partner_checks_nothing(session, sign_in):
    page = checked(sign_in(officer(session, standing=Standing.SUSPENDED)), BOX)
    assert page.status == 403
    assert session.scalar(select(func.count()).select_from(BorderCheck)) == 0


def test_the_answer_to_a_container_takes_as_many_questions_among_20_notices_as_among_2(
    session, browser, statements
):
    def asked():
        statements.clear()
        checked(browser, BOX)
        return len(statements)

    for _ in range(3):
        stopped(session)
    few = asked()
    for _ in range(10):
        announced(session)
    assert asked() <= few
