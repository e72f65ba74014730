"""The second factor: codes of an authenticator app, and recovery codes."""

import hmac
from datetime import datetime

import pyotp
from flask import current_app

from portal.accounts.models import Account
from portal.core.pdf import QrCode, qr_code
from portal.core.references import grouped, random_text

STEP = 30  # seconds
RECOVERY_LENGTH = 12  # characters, about 52 bits


def new_secret() -> str:
    """Return a new key for an authenticator app."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, last_step: int | None, now: datetime) -> int | None:
    """Return the time step whose code this is: the present or the one before, never one used."""
    present = int(now.timestamp()) // STEP
    typed = "".join(c for c in code if c.isdigit())
    for step in (present, present - 1):
        fits = hmac.compare_digest(pyotp.TOTP(secret).at(step * STEP), typed)
        if fits and (last_step is None or step > last_step):
            return step
    return None


def picture(account: Account, secret: str) -> QrCode:
    """Return the QR code that an authenticator app reads."""
    issuer = current_app.config["AUTHORITY_NAME"]
    return qr_code(pyotp.TOTP(secret).provisioning_uri(name=account.email, issuer_name=issuer))


def new_recovery_code() -> str:
    """Return a code for the day on which the telephone is gone."""
    return grouped(random_text(RECOVERY_LENGTH))


def must_have(account: Account) -> bool:
    """Tell whether the account may not be used without a second factor."""
    return not account.company_side or bool(current_app.config["COMPANY_MFA"])
