"""Passwords: how they are kept, and which are refused."""

import unicodedata
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from portal.accounts.data import LEAST_WITH_FACTOR, LEAST_WITHOUT, MOST
from portal.core.languages import gettext

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # OWASP's least, or more
COMMON = Path(__file__).with_name("common_passwords.txt")
LEAST_WORD = 4  # letters of a word that a password must not consist of
PRODUCT = ("precursor", "portal")


def normal(password: str) -> str:
    """Return the password in the one form in which it is compared."""
    return unicodedata.normalize("NFC", password)


def hash_password(password: str) -> str:
    """Return the argon2id hash of a password."""
    return HASHER.hash(normal(password))


@lru_cache(maxsize=1)
def dummy_hash() -> str:
    """Return a hash that no password fits: an unknown person costs as much time as a known one."""
    return HASHER.hash("nobody's")


def fits(password_hash: str | None, password: str) -> bool:
    """Tell whether a password fits, in the same time whether there is a hash or not."""
    try:
        HASHER.verify(password_hash or dummy_hash(), normal(password)[: MOST * 4])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def outdated(password_hash: str) -> bool:
    """Tell whether a hash is weaker than those made today."""
    return HASHER.check_needs_rehash(password_hash)


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Return well-known passwords."""
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def refusal(password: str, words: Collection[str], *, second_factor: bool) -> str | None:
    """Return why a new password is refused, or None.

    Args:
        password: as typed.
        words: of the person and the organisation; a password must be more than one of them.
        second_factor: whether the account has one; without it a password must be longer.
    """
    password = normal(password)
    least = LEAST_WITH_FACTOR if second_factor else LEAST_WITHOUT
    if len(password) < least:
        return gettext(
            "Use at least %(least)s characters; this has %(number)s",
            least=least,
            number=len(password),
        )
    if len(password) > MOST:
        return gettext(
            "Use at most %(most)s characters; this has %(number)s",
            most=MOST,
            number=len(password),
        )
    bare = "".join(c for c in password.casefold() if c.isalnum())
    if password.casefold() in common() or bare in common() or len(set(bare)) <= LEAST_WORD:
        return "This password is well known or too simple. Choose another"
    for word in (*PRODUCT, *words):
        plain = word.casefold()
        if len(plain) >= LEAST_WORD and not bare.replace(plain, "").strip("0123456789"):
            return "A password must be more than your name, your company or this portal's name"
    return None
