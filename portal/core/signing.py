"""Keys outside the database. (First version: replaced by the owner of this module.)"""

import hashlib
import hmac

from flask import current_app


def mac(purpose: str, payload: bytes) -> str:
    """Return the keyed hash of a payload."""
    key = f"{purpose}:{current_app.config['SECRET_KEY']}".encode()
    return hmac.new(key, payload, hashlib.sha256).hexdigest()


def verify_mac(purpose: str, payload: bytes, given: str) -> bool:
    """Tell whether the keyed hash fits."""
    return hmac.compare_digest(mac(purpose, payload), given)
