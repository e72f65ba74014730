"""Signing in, and what a person does with the own account."""

import secrets
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import delete
from sqlalchemy.orm import Session

from portal.accounts import factor, passwords, queries, throttle
from portal.accounts.data import CODES_PER_ACCOUNT, CODES_PER_SIGN_IN, RECOVERY_CODES, WINDOW
from portal.accounts.models import Account, HalfSignIn, LoginSession, RecoveryCode
from portal.core import audit, languages, outbox
from portal.core.errors import TooManyError
from portal.core.references import read_code

MINUTE = timedelta(minutes=1)
NOTICE = (
    "{what} for your account in the portal of {authority} on {when}.\n\n"
    "If that was you, nothing needs to be done. If not, tell the authority at once.\n"
)


def notice(session: Session, account: Account, what: str, now: datetime) -> None:
    """Tell a person by mail of a change to the account."""
    with languages.in_language(account.language):
        said, when = languages.translated(what), languages.moment(now, UTC)
    outbox.post(session, account.email, what, NOTICE, now, account.language, what=said, when=when)


def try_password(
    session: Session, email: str, password: str, address: str, now: datetime
) -> tuple[Account, str] | None:
    """Check address and password; return the account and the secret of a half sign-in.

    Takes as long, and says as much, for people who do not exist.

    Raises:
        TooManyError: the account is locked or the address tries too often.
    """
    throttle.refuse_if_locked(session, email, address, now)
    account = queries.by_email(session, email)
    usable = account is not None and account.active
    right = passwords.fits(account.password_hash if account else None, password)
    if account is None or not usable or not right:
        throttle.note_wrong(session, email, address, now)
        audit.record(
            session,
            account,
            "account.sign_in",
            account.id if account else None,
            now,
            outcome="refused",
        )
        return None
    if account.password_hash and passwords.outdated(account.password_hash):
        account.password_hash = passwords.hash_password(password)
    token = secrets.token_urlsafe(32)
    session.execute(delete(HalfSignIn).where(HalfSignIn.account_id == account.id))
    session.add(HalfSignIn(account_id=account.id, token_hash=queries.hashed(token), started_at=now))
    session.flush()
    return account, token


def try_code(
    session: Session, half: HalfSignIn, account: Account, code: str, now: datetime
) -> bool:
    """Check a code of the app, or a recovery code; each works once.

    Raises:
        TooManyError: too many codes were tried.
    """
    wrong = throttle.count(session, throttle.bucket("code", account.email), now - WINDOW)
    if half.tries >= CODES_PER_SIGN_IN or wrong >= CODES_PER_ACCOUNT:
        raise TooManyError(throttle.MESSAGE)
    if right_code(session, account, code, now):
        return True
    half.tries += 1
    throttle.limit(session, "code", account.email, CODES_PER_ACCOUNT, WINDOW, now)
    audit.record(session, account, "account.second_factor", account.id, now, outcome="refused")
    return False


def right_code(session: Session, account: Account, code: str, now: datetime) -> bool:
    """Tell whether a code is right, and use it up."""
    if account.totp_secret:
        step = factor.step_of(account.totp_secret, code, account.totp_last_step, now)
        if step is not None:
            account.totp_last_step = step
            return True
    wanted = queries.hashed(read_code(code))
    for known in queries.unused_codes(session, account.id):
        if secrets.compare_digest(known.code_hash, wanted):
            known.used_at = now
            audit.record(session, account, "account.recovery_code_used", account.id, now)
            return True
    return False


def begin_factor(row: HalfSignIn | LoginSession) -> str:
    """Return the key that is being set up; the same until it is confirmed."""
    if row.new_secret is None:
        row.new_secret = factor.new_secret()
    return row.new_secret


def confirm_factor(
    session: Session, row: HalfSignIn | LoginSession, account: Account, code: str, now: datetime
) -> list[str] | None:
    """Take the new key into use if the code fits; return new recovery codes, shown once."""
    secret = row.new_secret
    step = factor.step_of(secret, code, None, now) if secret else None
    if secret is None or step is None:
        return None
    account.totp_secret, account.totp_last_step = secret, step
    row.new_secret = None
    audit.record(session, account, "account.second_factor_set", account.id, now)
    notice(session, account, "A second factor was set up", now)
    return new_recovery_codes(session, account, now)


def new_recovery_codes(session: Session, account: Account, now: datetime) -> list[str]:
    """Replace the recovery codes, and return them for the only time."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = [factor.new_recovery_code() for _ in range(RECOVERY_CODES)]
    session.add_all(
        RecoveryCode(account_id=account.id, code_hash=queries.hashed(code)) for code in codes
    )
    audit.record(session, account, "account.recovery_codes_made", account.id, now)
    return codes


def open_session(
    session: Session, account: Account, address: str, browser: str, now: datetime
) -> LoginSession:
    """Sign in: a new session with a secret of its own; tells by mail of a new device."""
    earlier = queries.sessions_of(session, account.id)
    if earlier and browser not in {row.browser for row in earlier}:
        notice(session, account, "Somebody signed in from a new device", now)
    session.execute(delete(HalfSignIn).where(HalfSignIn.account_id == account.id))
    token = secrets.token_urlsafe(32)
    row = LoginSession(
        account_id=account.id,
        token_hash=queries.hashed(token),
        started_at=now,
        seen_at=now,
        confirmed_at=now,
        address=address,
        browser=browser[:200],
    )
    row.token = token
    session.add(row)
    session.flush()
    audit.record(session, account, "account.signed_in", account.id, now)
    return row


def alive(account: Account, row: LoginSession, now: datetime) -> bool:
    """Tell whether a session still counts."""
    idle = current_app.config["COMPANY_IDLE" if account.company_side else "STAFF_IDLE"]
    longest: timedelta = current_app.config["SESSION_ABSOLUTE"]
    return account.active and now - row.seen_at < idle and now - row.started_at < longest


def touch(row: LoginSession, now: datetime) -> bool:
    """Note that somebody is there; once a minute is enough. Tell whether it was noted."""
    if now - row.seen_at < MINUTE:
        return False
    row.seen_at = now
    return True


def end_session(session: Session, row: LoginSession, account: Account, now: datetime) -> None:
    """Sign one browser out."""
    session.delete(row)
    audit.record(session, account, "account.signed_out", account.id, now)


def end_sessions(
    session: Session, account: Account, now: datetime, but: UUID | None = None
) -> None:
    """Sign an account out everywhere, save for one session."""
    rows = delete(LoginSession).where(LoginSession.account_id == account.id)
    session.execute(rows.where(LoginSession.id != but) if but else rows)
    session.execute(delete(HalfSignIn).where(HalfSignIn.account_id == account.id))
    audit.record(session, account, "account.sessions_ended", account.id, now)


def set_password(
    session: Session, account: Account, password: str, now: datetime, but: UUID | None = None
) -> None:
    """Change the password and sign out everywhere else."""
    account.password_hash = passwords.hash_password(password)
    end_sessions(session, account, now, but)
    audit.record(session, account, "account.password_changed", account.id, now)
    notice(session, account, "The password was changed", now)


def words_of(account: Account, organisation: str) -> list[str]:
    """Return the words that a password must not consist of."""
    parts = f"{account.email} {account.name} {organisation}".replace("@", " ").replace(".", " ")
    return parts.split()


def confirm(session: Session, account: Account, password: str, address: str, now: datetime) -> bool:
    """Check the password of somebody who is signed in; a wrong one counts like at sign-in."""
    throttle.refuse_if_locked(session, account.email, address, now)
    if not passwords.fits(account.password_hash, password):
        throttle.note_wrong(session, account.email, address, now)
        audit.record(session, account, "account.confirmed", account.id, now, outcome="refused")
        return False
    if account.session_row is not None:
        account.session_row.confirmed_at = now
    audit.record(session, account, "account.confirmed", account.id, now)
    return True
