"""Licences that end: who is warned, when, and how often."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal.core import daily, jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.jobs import Job
from portal.core.outbox import OutgoingMail
from portal.organisations.models import Licence
from portal.organisations.rules import Standing, expiry_words, warned_at
from portal.registration.services import warn
from tests.factories import NOON, make_account, make_organisation

TODAY = NOON.date()


@pytest.mark.parametrize(
    ("left", "days", "words"),
    [
        (61, None, ""),
        (60, 60, "ends within 60 days"),
        (31, 60, "ends within 60 days"),
        (30, 30, "ends within 30 days"),
        (8, 30, "ends within 30 days"),
        (7, 7, "ends within 7 days"),
        (1, 7, "ends within 7 days"),
        (0, 7, "ends today"),
        (-1, None, "expired"),
    ],
)
def test_a_licence_is_warned_of_at_60_30_and_7_days(left, days, words):
    until = TODAY + timedelta(days=left)
    assert warned_at(until, TODAY) == days
    assert expiry_words(until, TODAY) == words


def test_a_licence_without_an_end_has_0_warnings():
    assert warned_at(None, TODAY) is None
    assert expiry_words(None, TODAY) == ""


@pytest.fixture
def admin(session):
    return make_account(session, Role.COMPANY_ADMIN)


def make_licence(session, organisation_id, until: date, **more) -> Licence:
    said = {"covers": "Category 1", "number": "L-1", "issuer": "The ministry"}
    licence = Licence(organisation_id=organisation_id, valid_until=until, **said | more)
    session.add(licence)
    session.flush()
    return licence


def mails(session):
    return session.scalar(select(func.count()).select_from(OutgoingMail))


@pytest.mark.parametrize(
    ("left", "sent"), [(61, 0), (60, 1), (31, 1), (30, 1), (8, 1), (7, 1), (0, 1), (-1, 0)]
)
def test_1_mail_goes_out_at_each_border(session, admin, left, sent):
    make_licence(session, admin.organisation_id, TODAY + timedelta(days=left))
    warn(session, {}, NOON)
    warn(session, {}, NOON)
    assert mails(session) == sent


def test_over_70_days_a_licence_is_warned_of_3_times(session, admin):
    make_licence(session, admin.organisation_id, TODAY + timedelta(days=65))
    for day in range(70):
        warn(session, {}, NOON + timedelta(days=day))
    assert mails(session) == 3


def test_a_renewed_licence_is_warned_of_again_after_1_new_end(session, admin):
    licence = make_licence(session, admin.organisation_id, TODAY + timedelta(days=5))
    warn(session, {}, NOON)
    licence.valid_until = TODAY + timedelta(days=6)
    session.flush()
    warn(session, {}, NOON)
    assert mails(session) == 2


def test_2_licences_make_1_mail_that_says_nothing_of_them(session, admin):
    for number in ("L-1", "L-2"):
        make_licence(session, admin.organisation_id, TODAY + timedelta(days=5), number=number)
    warn(session, {}, NOON)
    mail = session.scalars(select(OutgoingMail)).one()
    assert mail.recipient == admin.email
    assert mail.subject == "A licence in the portal needs your attention"
    assert "L-1" not in (mail.body or "")
    assert "ministry" not in (mail.body or "")


def test_0_mails_go_to_reporters_closed_accounts_and_companies_that_are_not_active(session):
    soon = TODAY + timedelta(days=5)
    reporter = make_account(session, Role.REPORTER)
    gone = make_account(session, Role.COMPANY_ADMIN, active=False)
    closed = make_organisation(session, standing=Standing.CLOSED)
    make_account(session, Role.COMPANY_ADMIN, organisation=closed)
    ended = make_account(session, Role.COMPANY_ADMIN)
    make_licence(session, ended.organisation_id, soon, ended_at=NOON)
    for owner in (reporter.organisation_id, gone.organisation_id, closed.id):
        make_licence(session, owner, soon)
    warn(session, {}, NOON)
    assert mails(session) == 0


def test_a_day_is_begun_1_time_and_the_next_day_again(session):
    for days in (0, 0, 0, 1):
        daily.begin(NOON + timedelta(days=days))
    query = select(Job.once).where(Job.name == "licence-warnings").order_by(Job.once)
    found = session.scalars(query).all()
    assert found == [f"licence-warnings {TODAY + timedelta(days=days)}" for days in (0, 1)]


def test_the_minute_begins_the_day_and_1_company_is_warned(app, session, admin):
    make_licence(session, admin.organisation_id, utc_now().date() + timedelta(days=7))
    session.commit()
    jobs.tick(app, utc_now())
    jobs.run_due(app, utc_now())
    jobs.tick(app, utc_now())
    jobs.run_due(app, utc_now())
    assert mails(session) == 1


def test_the_start_page_warns_the_administrator_of_1_licence(session, sign_in, admin):
    make_licence(session, admin.organisation_id, utc_now().date() - timedelta(days=1))
    first, company = sign_in(admin).get("/submissions/"), sign_in(admin).get("/company")
    assert "expired" in first.text
    assert "expired" in company.text
    colleague = make_account(session, Role.REPORTER, organisation_id=admin.organisation_id)
    assert "expired" not in sign_in(colleague).get("/submissions/").text
