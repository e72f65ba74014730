"""Signing in: password, second factor, limits, sessions that end. Numbers are those of S16-S46."""

import re
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import func, select, update

from portal.accounts import factor, passwords, people, queries, services, throttle
from portal.accounts.data import Purpose
from portal.accounts.models import Account, Attempt, LoginSession, RecoveryCode
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.errors import DomainError, NotFoundError, TooManyError
from portal.core.outbox import OutgoingMail
from tests.browser import Browser
from tests.factories import make_account

PASSWORD = "seven brown horses under rain"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def account(session):
    return make_account(session, Role.ANALYST, password_hash=passwords.hash_password(PASSWORD))


@pytest.fixture
def visitor(app, session, account):
    session.commit()
    return Browser(app, session)


def password_page(visitor, account, password=PASSWORD):
    page = visitor.get("/sign-in")
    return page.submit("Continue", email=account.email.upper(), password=password)


def test_password_and_code_lead_in_with_1_new_session(visitor, account, session):
    page = password_page(visitor, account)
    assert page.title == "Enter your code"
    inside = page.submit("Sign in", code=pyotp.TOTP(SECRET).now())
    assert inside.title == "Queue"
    assert session.scalar(select(func.count()).select_from(LoginSession)) == 1
    deeds = select(AuditEvent.deed).where(AuditEvent.actor_id == account.id)
    assert "account.signed_in" in session.scalars(deeds).all()


def test_unknown_and_wrong_get_the_same_page(visitor, account):
    """S24."""
    wrong = password_page(visitor, account, "something else entirely")
    page = visitor.get("/sign-in")
    unknown = page.submit("Continue", email="nobody@example.org", password=PASSWORD)
    assert wrong.status == unknown.status == 422
    assert wrong.errors == unknown.errors
    assert len(wrong.errors) == 1


def test_the_11th_try_is_refused_also_with_the_right_password(visitor, account, session):
    """S21; the same for an address that nobody has (S24)."""
    for _ in range(10):
        assert password_page(visitor, account, "wrong wrong wrong").status == 422
    assert password_page(visitor, account).status == 429
    for _ in range(10):
        visitor.get("/sign-in").submit("Continue", email="x@example.org", password="y")
    page = visitor.get("/sign-in").submit("Continue", email="x@example.org", password="y")
    assert page.status == 429


def test_a_lock_ends_by_itself_after_15_minutes(session, account):
    """S23."""
    now = utc_now()
    for _ in range(10):
        throttle.note_wrong(session, account.email, "10.0.0.1", now)
    session.flush()
    with pytest.raises(TooManyError):
        throttle.refuse_if_locked(session, account.email, "10.0.0.2", now)
    throttle.refuse_if_locked(session, account.email, "10.0.0.2", now + timedelta(minutes=15))
    throttle.refuse_if_locked(session, "other@example.org", "10.0.0.2", now)


def test_30_wrong_tries_from_one_address_stop_it_for_a_minute(session, app):
    """S22."""
    now = utc_now()
    for number in range(30):
        throttle.note_wrong(session, f"{number}@example.org", "10.0.0.1", now)
    session.flush()
    with pytest.raises(TooManyError):
        throttle.refuse_if_locked(session, "new@example.org", "10.0.0.1", now)
    throttle.refuse_if_locked(session, "new@example.org", "10.0.0.1", now + timedelta(seconds=61))
    assert session.scalar(select(func.count()).select_from(Attempt)) == 60


def test_a_code_works_1_time(visitor, account):
    """S28."""
    code = pyotp.TOTP(SECRET).now()
    password_page(visitor, account).submit("Sign in", code=code)
    again = password_page(visitor, account).submit("Sign in", code=code)
    assert again.status == 422


@pytest.mark.parametrize(("steps", "right"), [(0, True), (-1, True), (-2, False), (1, False)])
def test_codes_of_2_steps_count(steps, right):
    """S29: the present step and the one before."""
    now = utc_now()
    code = pyotp.TOTP(SECRET).at(now + timedelta(seconds=30 * steps))
    assert (factor.step_of(SECRET, code, None, now) is not None) is right


def test_the_6th_code_of_a_sign_in_is_refused(visitor, account):
    """S30."""
    page = password_page(visitor, account)
    for _ in range(5):
        page = page.submit("Sign in", code="000000")
        assert page.status == 422
    assert page.submit("Sign in", code=pyotp.TOTP(SECRET).now()).status == 429


def test_1_of_10_recovery_codes_stands_in_once(visitor, account, session):
    """S28, S35: kept hashed."""
    codes = services.new_recovery_codes(session, account, utc_now())
    session.commit()
    assert len(codes) == 10
    kept = session.scalars(select(RecoveryCode.code_hash)).all()
    assert not set(codes) & set(kept)
    inside = password_page(visitor, account).submit("Sign in", code=codes[0].lower())
    assert inside.title == "Queue"
    again = password_page(visitor, account).submit("Sign in", code=codes[0])
    assert again.status == 422


def test_staff_without_a_second_factor_must_set_one_up(visitor, account, session):
    """S27."""
    account.totp_secret = None
    session.commit()
    page = password_page(visitor, account)
    assert page.title == "Set up your second factor"
    secret = page.soup.select_one(".reference").text
    codes = page.submit("Continue", code=pyotp.TOTP(secret).now())
    assert len(codes.soup.select("main .reference")) == 10


@pytest.mark.parametrize(("minutes", "inside"), [(14, True), (16, False)])
def test_staff_are_out_after_15_idle_minutes(sign_in, account, session, minutes, inside):
    """S38."""
    browser = sign_in(account)
    seen = utc_now() - timedelta(minutes=minutes)
    session.execute(update(LoginSession).values(seen_at=seen))
    session.commit()
    assert (browser.get("/account").title == "Your account") is inside


def test_nobody_stays_longer_than_12_hours(sign_in, account, session):
    """S38."""
    browser = sign_in(account)
    session.execute(update(LoginSession).values(started_at=utc_now() - timedelta(hours=12)))
    session.commit()
    assert browser.get("/account").title == "Sign in"


def test_signing_out_ends_the_session_on_the_server(sign_in, account, session):
    """S39, S43, S44."""
    browser = sign_in(account)
    page = browser.get("/account")
    token = page.soup.select_one("[name=csrf_token]")["value"]
    answer = browser.ask(
        browser.client.post, "/sign-out", data={"csrf_token": token}, follow_redirects=False
    )
    assert "cache" in answer.headers["Clear-Site-Data"]
    assert session.scalar(select(func.count()).select_from(LoginSession)) == 0


def test_a_closed_account_is_out_at_its_next_request(sign_in, account, session):
    """S7."""
    browser = sign_in(account)
    assert browser.get("/account").title == "Your account"
    session.execute(update(Account).where(Account.id == account.id).values(active=False))
    session.commit()
    assert browser.get("/account").title == "Sign in"


def test_a_new_password_needs_the_present_one_and_ends_2_other_sessions(sign_in, account, session):
    """S20, S33, S40."""
    others = [sign_in(account), sign_in(account)]
    browser = sign_in(account)
    page = browser.get("/account/password")
    new = "nine grey cats on the roof"
    assert page.submit("Change", current="wrong", password=new).status == 422
    done = page.submit("Change", current=PASSWORD, password=new)
    assert done.title == "Your account"
    assert [one.get("/account").title for one in others] == ["Sign in", "Sign in"]
    told = session.scalars(select(OutgoingMail.subject)).all()
    assert "The password was changed" in told


@pytest.mark.parametrize(
    ("password", "with_factor", "refused"),
    [
        ("x7$kq-2vbn!m", True, False),
        ("x7$kq-2vbn!", True, True),
        ("x7$kq-2vbn!mzz", False, True),
        ("x7$kq-2vbn!mzzy", False, False),
        ("x7$kq-2vbn!mzzyw" * 8, True, False),
        ("x7$kq-2vbn!mzzyw" * 8 + "x", True, True),
        ("password12345678", True, True),
        ("aaaaaaaaaaaaaaaa", True, True),
        ("noordzeechemie2026", True, True),
        ("précursor ñandú 東京 夜", True, False),
    ],
)
def test_12_characters_with_a_factor_15_without(password, with_factor, refused):
    """S16, S17, S18."""
    words = ["noordzeechemie"]
    found = passwords.refusal(password, words, second_factor=with_factor)
    assert (found is not None) is refused


def link_of(session, account, purpose, now):
    return people.send_link(session, account, purpose, people.RESET, now)


@pytest.mark.parametrize(
    ("purpose", "minutes", "works"),
    [
        (Purpose.RESET, 59, True),
        (Purpose.RESET, 60, False),
        (Purpose.INVITATION, 47 * 60, True),
        (Purpose.INVITATION, 48 * 60, False),
    ],
)
def test_a_link_lasts_60_minutes_an_invitation_48_hours(session, account, purpose, minutes, works):
    """S31."""
    now = utc_now()
    token = link_of(session, account, purpose, now)
    session.flush()
    later = now + timedelta(minutes=minutes)
    if works:
        assert queries.link(session, token, purpose, later).account_id == account.id
    else:
        with pytest.raises(NotFoundError):
            queries.link(session, token, purpose, later)


def test_a_link_works_1_time_and_does_not_skip_the_second_factor(visitor, account, session):
    """S31."""
    token = link_of(session, account, Purpose.RESET, utc_now())
    session.commit()
    page = visitor.get(f"/account/link/{token}")
    assert page.submit("Set the password", password="nine grey cats").title == "Sign in"
    assert visitor.get(f"/account/link/{token}").status == 404
    inside = password_page(visitor, account, "nine grey cats")
    assert inside.title == "Enter your code"


def test_a_reset_says_the_same_of_2_addresses(visitor, account, session):
    """S25: known and unknown; only one gets a mail."""
    pages = [
        visitor.get("/account/forgotten").submit("Send me a link", email=email).text
        for email in (account.email, "nobody@example.org")
    ]
    assert pages[0] == pages[1]
    assert session.scalars(select(OutgoingMail.recipient)).all() == [account.email]


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_4_ways_to_lead_elsewhere_lead_home(visitor, account, wanted):
    """S56."""
    visitor.get("/sign-in", {"next": wanted})
    inside = password_page(visitor, account).submit("Sign in", code=pyotp.TOTP(SECRET).now())
    assert inside.title == "Queue"


def test_another_role_needs_2_registrars(session):
    """S12."""
    first, second = make_account(session, Role.REGISTRAR), make_account(session, Role.REGISTRAR)
    person = make_account(session, Role.TRIAGE_OFFICER)
    people.propose_role(session, person, Role.ANALYST, first, utc_now())
    session.flush()
    proposal = queries.proposals(session)[0]
    with pytest.raises(DomainError, match="Another registrar"):
        people.agree_to_role(session, proposal, first, utc_now())
    people.agree_to_role(session, proposal, second, utc_now())
    assert person.role is Role.ANALYST


def test_a_dangerous_deed_asks_for_the_password_after_10_minutes(sign_in, account, session):
    """S42."""
    browser = sign_in(account)
    session.execute(update(LoginSession).values(confirmed_at=utc_now() - timedelta(minutes=10)))
    session.commit()
    page = browser.get("/account/second-factor")
    assert page.title == "Give your password again"
    assert page.submit("Continue", password="wrong").status == 422
    assert page.submit("Continue", password=PASSWORD).title == "Set up your second factor"


def test_0_secrets_stand_in_the_trail(visitor, account, session):
    """S98."""
    password_page(visitor, account, "my secret mistake")
    said = " ".join(session.scalars(select(AuditEvent.detail)).all())
    assert not re.search("secret|mistake", said)
