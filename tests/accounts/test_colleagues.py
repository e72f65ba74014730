"""An administrator invites colleagues, closes accounts, and gives or takes the right to read."""

import pytest
from sqlalchemy import select

from portal.accounts.data import RIGHTS
from portal.accounts.models import Account
from portal.core.access import Role
from portal.core.outbox import OutgoingMail
from tests.factories import make_account, make_submission

NEW = {"name": "N. Colleague", "email": "new@example.org", "role": "reporter"}


@pytest.fixture
def admin(session):
    return make_account(session, Role.COMPANY_ADMIN, reads_colleagues=True, password_hash="x")


@pytest.fixture
def colleague(session, admin):
    owner = admin.organisation_id
    return make_account(session, Role.REPORTER, organisation_id=owner, password_hash="x")


@pytest.fixture
def page(sign_in, admin, colleague):
    return sign_in(admin).get("/company/people")


def test_1_invitation_makes_1_account_and_1_mail(page, session, admin):
    invited = page.submit("Send the invitation", **NEW)
    assert "N. Colleague" in invited.text
    account = session.scalars(select(Account).where(Account.email == "new@example.org")).one()
    assert account.organisation_id == admin.organisation_id
    assert not account.reads_colleagues
    assert [one.recipient for one in session.scalars(select(OutgoingMail))] == ["new@example.org"]


def test_an_invitation_is_taken_back_and_0_accounts_stay_open(page, session):
    page.submit("Send the invitation", **NEW)
    page.browser.get("/company/people").submit("Take the invitation back")
    session.expire_all()
    account = session.scalars(select(Account).where(Account.email == "new@example.org")).one()
    assert not account.active


def test_a_closed_account_opens_0_pages(page, session, sign_in, colleague):
    browser = sign_in(colleague)
    assert browser.get("/submissions/").title == "What you filed"
    page.submit("Close")
    assert browser.get("/submissions/").title == "Sign in"


def test_the_right_to_read_opens_and_closes_1_report_of_another(page, session, sign_in, colleague):
    author = make_account(session, Role.REPORTER, organisation_id=colleague.organisation_id)
    report = make_submission(session, author=author)
    browser = sign_in(colleague)
    path = f"/submissions/{report.id}"
    assert browser.get(path).status == 404
    given = page.submit("Give the right to read")
    assert browser.get(path).status == 200
    given.submit("Take the right to read")
    assert browser.get(path).status == 404


def test_an_administrator_changes_their_own_right_0_times(page, session, admin):
    token = page.soup.select_one("[name=csrf_token]")["value"]
    for deed in ("right", "close"):
        answer = page.browser.post(f"/company/people/{admin.id}/{deed}", {"csrf_token": token})
        assert answer.status == 409
    session.expire_all()
    assert admin.reads_colleagues
    assert admin.active


def test_0_people_of_another_company_are_managed(page, session, sign_in):
    stranger = make_account(session, Role.REPORTER)
    session.commit()
    token = page.soup.select_one("[name=csrf_token]")["value"]
    for deed in ("right", "close", "open"):
        answer = page.browser.post(f"/company/people/{stranger.id}/{deed}", {"csrf_token": token})
        assert answer.status == 404
    assert stranger.email not in page.text


def test_the_page_says_all_4_rights_in_words(page):
    assert len(RIGHTS) == 4
    for who, what in RIGHTS:
        assert who in page.text
        assert what in page.text
