"""The later life of what was filed, through the pages: corrected, withdrawn, released, shipped."""

import json
from datetime import date, timedelta

import jsonschema
import pytest
from sqlalchemy import select

from portal.core import jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.intake.versions import start_correction
from portal.organisations.models import PartnerProfile
from portal.shipments.data import SCHEMA
from portal.shipments.models import Consultation
from portal.shipments.queries import release_of
from portal.submissions.models import Submission, SubmissionFile
from portal.submissions.rules import Outer, StepRefusedError
from portal.triage.life import Outcome, Status
from portal.triage.models import FindingRow, TriageCase
from tests.browser import Browser
from tests.factories import make_account, make_submission, notice, order

TODAY = utc_now().date()
SECRET = "The importer is under watch since May."


def day(when: date) -> list[str]:
    return [str(when.day), str(when.month), str(when.year)]


@pytest.fixture
def reporter(session):
    return make_account(session, Role.REPORTER)


@pytest.fixture
def officer(session):
    return make_account(session, Role.TRIAGE_OFFICER)


@pytest.fixture
def siam(session):
    """Return an officer of the importing country's authority."""
    partner = make_account(session, Role.PARTNER_OFFICER)
    profile = PartnerProfile(
        organisation_id=partner.organisation_id, network="other", countries=["TH"]
    )
    session.add(profile)
    session.flush()
    return partner


@pytest.fixture
def filed(session, reporter):
    """Return a notice whose clock has run out."""
    leaves = TODAY - timedelta(days=1)
    sent = make_submission(
        session, notice(dispatch_on=leaves), author=reporter, now=utc_now() - timedelta(days=60)
    )
    session.commit()
    return sent


@pytest.fixture
def at_desk(app, session, filed, officer):
    """Return the officer's page of the notice, which is checked."""
    browser = Browser(app, session, officer)
    browser.get(f"/triage/{filed.id}").submit("Take it")
    browser.get(f"/triage/{filed.id}").submit("Mark as checked")
    return browser.get(f"/triage/{filed.id}/notice")


def is_pdf(browser, path):
    with browser.ask(browser.client.get, path) as response:
        return response.data.startswith(b"%PDF")


def status(session, submission):
    session.expire_all()
    return session.get_one(TriageCase, submission.id).status


def findings(session, submission):
    query = select(FindingRow.rule).where(FindingRow.case_id == submission.id)
    return set(session.scalars(query))


def test_1_correction_takes_the_place_of_the_older_version(app, session, sign_in, reporter):
    older = make_submission(session, order(), author=reporter)
    session.add(
        SubmissionFile(
            owner_id=older.id,
            organisation_id=older.organisation_id,
            name="scan.pdf",
            media_type="application/pdf",
            size=1,
            sha256="0",
            stored_as="x",
            scan="clean",
            uploaded_at=utc_now(),
        )
    )
    officer = make_account(session, Role.TRIAGE_OFFICER)
    session.commit()
    desk = Browser(app, session, officer)
    desk.get(f"/triage/{older.id}").submit("Take it")
    page = sign_in(reporter).get(f"/submissions/{older.id}").submit("Correct it")
    step = page.click("What is suspicious").submit("Save and continue", grounds="Paid in cash.")
    declaration = step.browser.get(page.path).click("Declaration")
    declaration.submit("Save and continue", true="y")
    done = page.browser.get(f"{page.path}/check").submit("Send to the authority")
    assert "Received" in done.text
    newer = session.scalars(select(Submission).where(Submission.corrects_id == older.id)).one()
    session.expire_all()
    assert older.state == "corrected"
    assert newer.reference in sign_in(reporter).get(f"/submissions/{older.id}").text
    assert session.get_one(TriageCase, older.id).outcome is Outcome.CORRECTED
    case = session.get_one(TriageCase, newer.id)
    assert (case.status, case.assignee_id) == (Status.IN_TRIAGE, officer.id)
    review = desk.get(f"/triage/{newer.id}")
    assert "First order, no trade address. Paid in cash." in review.text
    assert "scan.pdf" in review.text


def test_0_corrections_follow_a_correction_that_was_replaced(session, reporter):
    older = make_submission(session, author=reporter)
    older.state = Outer.CORRECTED
    session.commit()
    with pytest.raises(StepRefusedError):
        start_correction(session, older, reporter, utc_now())


def test_1_withdrawn_report_stays_with_the_officers(session, sign_in, reporter):
    sent = make_submission(session, author=reporter)
    page = sign_in(reporter).get(f"/report/withdraw/{sent.id}")
    assert page.submit("Withdraw the report").errors == ["Say why"]
    page.submit("Withdraw the report", reason="Filed twice")
    assert status(session, sent) is Status.RECEIVED
    assert session.get_one(Submission, sent.id).state == "withdrawn"
    review = sign_in(Role.TRIAGE_OFFICER).get(f"/triage/{sent.id}")
    assert "Filed twice" in review.text


def test_1_cancelled_notice_is_closed_unless_it_is_flagged(session, sign_in, reporter, filed):
    page = sign_in(reporter).get(f"/report/withdraw/{filed.id}")
    page.submit("Cancel the notice", reason="The shipment is off")
    assert status(session, filed) is Status.CANCELLED


def test_1_notice_goes_abroad_and_comes_back_and_leaves(app, session, at_desk, siam, filed):
    page = at_desk.submit(
        "Send it on", **{"send-country": "TH", "send-partner": str(siam.organisation_id)}
    )
    assert "sent to the other country" in page.text
    sent = session.scalars(select(Consultation)).one()
    jsonschema.validate(json.loads(sent.content), SCHEMA)
    jobs.run_due(app, utc_now())
    abroad = Browser(app, session, siam)
    seen = abroad.get("/notices/").click("Pre-export notification")
    assert "Toluene" in seen.text
    assert is_pdf(abroad, f"/notices/{sent.id}.pdf")
    assert seen.submit("Send the answer").errors == ["Choose the answer"]
    seen.submit("Send the answer", reply="no objection", text="Licensed for this.")
    assert status(session, filed) is Status.NO_OBJECTION
    desk = page.browser.get(page.path)
    assert "Licensed for this." in desk.text
    refused = desk.submit("Let it leave")
    assert refused.errors == ["Tick that you have seen them"]
    refused.submit("Let it leave", **{"release-sure": "y"})
    assert status(session, filed) is Status.RELEASED
    jobs.run_due(app, utc_now())
    reporter = Browser(app, session, filed.author)
    own = reporter.get(f"/submissions/{filed.id}")
    assert "The goods may leave" in own.text
    assert "Licensed for this." not in own.text
    assert is_pdf(reporter, f"/submissions/{filed.id}/release.pdf")


@pytest.mark.usefixtures("at_desk")
def test_0_other_partners_see_a_notice(session, sign_in, at_desk, siam):
    at_desk.submit(
        "Send it on", **{"send-country": "TH", "send-partner": str(siam.organisation_id)}
    )
    sent = session.scalars(select(Consultation)).one()
    other = sign_in(Role.PARTNER_OFFICER)
    assert other.get(f"/notices/{sent.id}").status == 404
    assert other.get(f"/notices/{sent.id}.json").status == 404
    assert "No notice" in other.get("/notices/").text


def test_1_answer_by_another_way_is_noted_by_an_officer(session, at_desk, filed):
    page = at_desk.submit("Send it on", **{"send-country": "TH"})
    page.submit("Note the answer", **{"reply-reply": "objection", "reply-text": "Not licensed"})
    assert status(session, filed) is Status.OBJECTION


def test_1_day_after_the_time_to_answer_silence_is_noted(app, session, at_desk, filed):
    at_desk.submit("Send it on", **{"send-country": "TH"})
    sent = session.scalars(select(Consultation)).one()
    assert sent.reply_by > TODAY
    still = timedelta(hours=2)  # the day ends earlier in UTC
    jobs.run_due(app, utc_now() + (sent.reply_by - TODAY) - still)
    assert status(session, filed) is Status.SENT
    jobs.run_due(app, utc_now() + (sent.reply_by - TODAY) + timedelta(days=2))
    assert status(session, filed) is Status.NO_REPLY


def test_0_reasons_of_a_stop_reach_the_company(app, session, at_desk, filed):
    page = at_desk.submit("Stop it", **{"stop-reason": SECRET})
    assert "may not leave" in page.text
    own = Browser(app, session, filed.author).get(f"/submissions/{filed.id}")
    assert "may not leave" in own.text
    assert SECRET not in own.text
    assert own.browser.get(f"/submissions/{filed.id}/release.pdf").status == 404


def release(session, page):
    """Release a checked notice without asking abroad."""
    return page.submit("Let it leave", **{"release-sure": "y"})


def test_2_reports_complete_a_shipment(app, session, at_desk, filed):
    release(session, at_desk)
    browser = Browser(app, session, filed.author)
    left = browser.get(f"/submissions/{filed.id}/dispatch")
    left.submit("Report the dispatch", day=day(TODAY))
    assert status(session, filed) is Status.SHIPPED
    came = browser.get(f"/submissions/{filed.id}/arrival")
    done = came.submit("Report the arrival", day=day(TODAY))
    assert status(session, filed) is Status.RECONCILED
    assert "Everything is reported" in done.text
    assert not findings(session, filed) & {"left-early-1", "quantity-differs-1"}


def test_1_kilogram_less_needs_a_reason_and_is_found(app, session, at_desk, filed):
    release(session, at_desk)
    browser = Browser(app, session, filed.author)
    browser.get(f"/submissions/{filed.id}/dispatch").submit("Report the dispatch", day=day(TODAY))
    came = browser.get(f"/submissions/{filed.id}/arrival")
    less = {"day": day(TODAY), "amounts-0-quantity": "799"}
    refused = came.submit("Report the arrival", **less)
    assert refused.errors == ["Say why a quantity differs"]
    refused.submit("Report the arrival", reason_sort="spilt or damaged on the way")
    assert status(session, filed) is Status.DISCREPANCY
    assert "quantity-differs-1" in findings(session, filed)


def test_1_dispatch_before_the_release_is_taken_and_found(app, session, filed, officer):
    browser = Browser(app, session, filed.author)
    page = browser.get(f"/submissions/{filed.id}").click("Report the dispatch")
    done = page.submit("Report the dispatch", day=day(TODAY))
    assert done.errors == []
    session.expire_all()
    assert session.get_one(Submission, filed.id).state == "report the shipment"
    assert "left-early-1" in findings(session, filed)


def test_1_paper_for_customs_stops_being_valid_when_the_notice_is_stopped(
    app, session, at_desk, filed, sign_in
):
    page = release(session, at_desk)
    jobs.run_due(app, utc_now())
    code = code_of(session, filed)
    assert "This is what stands on the paper" in sign_in(None).get("/check", {"code": code}).text
    page.browser.get(page.path).submit("Stop it", **{"stop-reason": SECRET})
    after = sign_in(None).get("/check", {"code": code})
    assert "Not valid any more" in after.text
    assert SECRET not in after.text


def code_of(session, filed):
    found = release_of(session, filed.id)
    assert found is not None
    return found.check_code
