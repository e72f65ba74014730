"""What a suspended company may do, and what waits."""

import pytest
from sqlalchemy import func, select

from portal.core.access import Role
from portal.intake.models import Draft
from portal.organisations.rules import ALLOWED, Right, Standing
from portal.submissions.models import Submission
from portal.submissions.rules import Outer
from portal.submissions.services import ask
from tests.factories import NOON, make_account, make_organisation, make_submission
from tests.intake.test_sending import make_draft
from tests.kinds.test_kinds import draft_of


@pytest.fixture
def firm(session):
    return make_organisation(session)


@pytest.fixture
def author(session, firm):
    return make_account(session, Role.REPORTER, organisation=firm)


def suspend(session, firm):
    firm.standing = Standing.SUSPENDED
    session.commit()


def test_the_table_names_all_6_standings():
    assert set(ALLOWED) == set(Standing)
    assert ALLOWED[Standing.VETTED] == set(Right)
    assert ALLOWED[Standing.SUSPENDED] == {Right.REPORT}
    assert not any(ALLOWED[one] for one in Standing if one not in {"vetted", "suspended"})


def test_a_suspended_company_begins_and_keeps_1_draft_of_a_notice(session, sign_in, firm, author):
    suspend(session, firm)
    draft = sign_in(author).get("/report").submit("Start pre-export notification")
    page = draft.click("Numbers of papers").submit("Save and continue", bills="BL-7")
    assert page.status == 200
    assert session.scalars(select(Draft)).one().answers["papers"]["bills"] == ["BL-7"]


def test_a_suspended_company_still_files_1_suspicious_order(session, sign_in, firm, author):
    draft = make_draft(session, author)
    suspend(session, firm)
    sign_in(author).get(f"/drafts/{draft.id}/check").submit("Send to the authority")
    assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_a_suspended_company_answers_1_question(session, sign_in, firm, author):
    submission = make_submission(session, author=author)
    ask(session, submission, "Which day was it?", NOON)
    suspend(session, firm)
    page = sign_in(author).get(f"/submissions/{submission.id}")
    page.submit("Send the answer", text="On Monday.")
    session.expire_all()
    assert submission.state is Outer.ANSWERED


def test_the_1_word_of_a_suspension_is_to_ask_the_authority(session, sign_in, firm, author):
    firm.decision_reason = "Named in an enquiry"
    suspend(session, firm)
    page = sign_in(author).get("/submissions/")
    assert "Your company is suspended" in page.text
    assert "Ask the authority" in page.text
    assert "enquiry" not in page.text


def test_the_company_page_of_a_suspended_firm_shows_0_reasons(session, sign_in, firm):
    admin = make_account(session, Role.COMPANY_ADMIN, organisation=firm)
    firm.decision_reason = "Named in an enquiry"
    suspend(session, firm)
    assert "enquiry" not in sign_in(admin).get("/company").text


@pytest.mark.parametrize(
    ("slug", "filed"),
    [
        ("export-notice", 0),
        ("import-notice", 0),
        ("transit-notice", 0),
        ("end-user-declaration", 0),
        ("loss", 1),
        ("return", 1),
    ],
)
def test_a_suspended_company_begins_0_trades_and_keeps_the_draft(
    session, sign_in, firm, author, slug, filed
):
    draft = draft_of(session, author, slug)
    suspend(session, firm)
    check = sign_in(author).get(f"/drafts/{draft.id}/check")
    sent = check.submit(
        "Send to the authority", **({"sure": "y"} if "sure" in names(check) else {})
    )
    assert session.scalar(select(func.count()).select_from(Submission)) == filed
    assert session.scalar(select(func.count()).select_from(Draft)) == 1 - filed
    if not filed:
        assert sent.status == 403
        assert "Ask the authority" in sent.text
        assert "The draft is kept" in sent.text


def names(page):
    return {str(one["name"]) for one in page.soup.select("main form [name]")}
