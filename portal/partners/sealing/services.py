"""Reading partners' public keys, and sealing bytes to them: age by pyrage, OpenPGP by GnuPG.

PGPy, the one OpenPGP library in Python with a permissive licence, is not kept (its last release is
of 2022, and Python 3.13 lacks a module that it needs). GnuPG itself runs as a process of its own,
with a folder of its own that is gone afterwards, and little time. Nothing secret is ever in it:
only public keys and what is sealed with them.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from portal.core.errors import DomainError, RefusedInputError
from portal.partners.sealing.data import KeySort, PublicKey

SECONDS = 20  # for one run of GnuPG
PROGRAM = "gpg"
SECRET = ("AGE-SECRET-KEY-", "PRIVATE KEY")
BLOCK = "-----BEGIN PGP PUBLIC KEY BLOCK-----"
MOST = 64_000  # characters of a key
VALIDITY, CAPABILITIES, USER = 1, 11, 9  # columns of GnuPG's listing with colons
UNUSABLE = {"e": "has expired", "r": "was revoked", "d": "is disabled", "i": "is not valid"}


class UnusableKeyError(RefusedInputError):
    """A key to which nothing can be sealed, in words for the one who typed it."""


class SealingError(DomainError):
    """A package could not be sealed; says why, so that it can be mended."""


def read_key(text: str) -> PublicKey:
    """Return a partner's public key with its sort and fingerprint.

    Raises:
        UnusableKeyError: it is secret, broken, expired, or only signs.
    """
    text = text.strip()
    if any(word in text.upper() for word in SECRET):
        raise UnusableKeyError(
            "This is a secret key. Ask the partner for its public key, and tell it to make a new"
            " pair: the secret one has left its hands"
        )
    if len(text) > MOST:
        raise UnusableKeyError("This is too long for a public key")
    if text.startswith("age1"):
        recipient(text)
        return PublicKey(KeySort.AGE, text, text)
    if BLOCK in text:
        return PublicKey(KeySort.OPENPGP, text, fingerprint_of(text))
    raise UnusableKeyError(
        "Enter an age key, which begins with age1, or an OpenPGP public key block"
    )


def seal(content: bytes, key: PublicKey) -> bytes:
    """Return the content so that only the holder of the key's other half can open it.

    Raises:
        SealingError: GnuPG is missing, slow, or refuses the key.
        UnusableKeyError: the key is broken.
    """
    if key.sort is KeySort.AGE:
        sealed: bytes = pyrage().encrypt(content, [recipient(key.text)])
        return sealed
    with tempfile.TemporaryDirectory(prefix="seal-") as home:
        gnupg(home, ["--import"], key.text.encode())
        orders = ["--trust-model", "always", "--recipient", key.fingerprint, "--encrypt"]
        return gnupg(home, ["--output", "-", *orders], content)


def pyrage() -> Any:
    """Return the library of age, loaded when it is first needed.

    Raises:
        SealingError: it is not installed.
    """
    try:
        import pyrage  # noqa: PLC0415  few portals seal packages
    except ImportError:
        raise SealingError("Packages for age need the library pyrage on the server.") from None
    return pyrage


def recipient(text: str) -> Any:
    """Return an age key as its library reads it.

    Raises:
        UnusableKeyError: it is broken.
    """
    library = pyrage()
    try:
        return library.x25519.Recipient.from_str(text)
    except library.RecipientError:
        raise UnusableKeyError(
            "This age key is not whole. Copy it again from the partner's message"
        ) from None


def fingerprint_of(text: str) -> str:
    """Return the fingerprint of an OpenPGP key that can be sealed to.

    Raises:
        UnusableKeyError: it is broken, there are several, or it cannot be used any more.
    """
    with tempfile.TemporaryDirectory(prefix="seal-") as home:
        shown = ["--with-colons", "--import-options", "show-only", "--import"]
        try:
            listing = gnupg(home, shown, text.encode()).decode(errors="replace")
        except SealingError as error:
            if program() is None:
                raise
            raise UnusableKeyError("GnuPG cannot read this key block") from error
    rows = [line.split(":") for line in listing.splitlines()]
    public = [row for row in rows if row[0] == "pub"]
    if len(public) != 1:
        raise UnusableKeyError(f"Enter one key; this block holds {len(public)}")
    if why := UNUSABLE.get(public[0][VALIDITY]):
        raise UnusableKeyError(f"This key {why}. Ask the partner for a new one")
    if "E" not in public[0][CAPABILITIES]:
        raise UnusableKeyError("This key only signs: nothing can be sealed to it")
    return next(row[USER] for row in rows if row[0] == "fpr")


def program() -> str | None:
    """Return where GnuPG is; None when it is not installed."""
    return shutil.which(PROGRAM)


def gnupg(home: str, orders: Sequence[str], given: bytes) -> bytes:
    """Run GnuPG once in a folder of its own, and return what it wrote.

    Raises:
        SealingError: it is missing, slow, or failed.
    """
    found = program()
    if found is None:
        raise SealingError(
            "Packages for OpenPGP need GnuPG (gpg) on the server. Install it, or ask the partner"
            " for an age key."
        )
    Path(home).chmod(0o700)
    always = ["--homedir", home, "--batch", "--no-tty", "--no-autostart", "--quiet"]
    try:
        done = subprocess.run(  # noqa: S603  a list; what comes from outside is only read
            [found, *always, *orders],
            input=given,
            capture_output=True,
            timeout=SECONDS,
            env={"HOME": home, "LANG": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SealingError(f"GnuPG took more than {SECONDS} seconds.") from None
    if done.returncode != 0:
        said = re.sub(r"\s+", " ", done.stderr.decode(errors="replace"))[:200]
        raise SealingError(f"GnuPG refused: {said}")
    return done.stdout
