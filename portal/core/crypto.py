"""Keys that lie outside the database, and columns that only they open.

The key folder holds one file a key, `<use>-<number>.<ending>`, readable by the portal alone. The
highest number serves new work; the others still open and check what they made. To change a key,
add the next number and start the portal anew; to retire one, remove its file.
"""

import base64
import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import Dialect, Text, TypeDecorator, select, update
from sqlalchemy.orm import Session

from portal.core.db import Base, transaction

KEY_BYTES = 32
NONCE_BYTES = 12  # what AES-GCM wants
ID_DIGITS = 8  # of a key's fingerprint: tells it from another key of the same number
OTHERS = 0o007  # what the rest of the machine may do with a file
COLUMNS = "column"  # use of the keys for encrypted columns
MACS = "mac"  # use of the keys behind keyed hashes


class KeyFolderError(RuntimeError):
    """The key folder lacks a key, or holds one that is no secret."""


@dataclass(frozen=True, slots=True)
class Key:
    """One secret and its name, such as `1-3f9a1c2b`, which stands in what it made."""

    id: str
    secret: bytes


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one use, oldest first."""

    keys: tuple[Key, ...]

    @property
    def current(self) -> Key:
        """Return the key for new work."""
        return self.keys[-1]

    def find(self, key_id: str) -> Key | None:
        """Return the key of this name, if it is still kept."""
        return next((key for key in self.keys if key.id == key_id), None)


def key_folder() -> Path:
    """Return the folder of this portal's keys."""
    folder: Path = current_app.config["KEY_DIR"]
    return folder


def key_files(folder: Path, use: str) -> list[Path]:
    """Return the files of a use, oldest first; passwords beside them do not count."""
    found = [f for f in folder.glob(f"{use}-*") if f.suffix in {".key", ".pem", ".p12"}]
    return sorted(found, key=number_of)


def number_of(file: Path) -> int:
    """Return the number in a key file's name.

    Raises:
        KeyFolderError: the name has none.
    """
    number = file.stem.rpartition("-")[2]
    if not number.isdecimal():
        raise KeyFolderError(f"{file.name}: the name must end in a number, such as -2")
    return int(number)


def read_private(file: Path) -> bytes:
    """Return the content of a key file.

    Raises:
        KeyFolderError: everybody on the machine may read it.
    """
    if file.stat().st_mode & OTHERS:
        raise KeyFolderError(f"{file} is open to everybody on this machine: chmod 600 it")
    return file.read_bytes()


def write_private(file: Path, content: bytes) -> None:
    """Put a file on the disk, whole or not at all, for the portal alone."""
    draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    draft.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let one process at a time make keys in the folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ensure_key(folder: Path, use: str, ending: str, make: Callable[[], bytes]) -> list[Path]:
    """Return the files of a use, making the first one when there is none."""
    if not (files := key_files(folder, use)):
        with locked(folder):
            if not (files := key_files(folder, use)):
                files = [folder / f"{use}-1{ending}"]
                write_private(files[0], make())
    return files


def add_key(folder: Path, use: str) -> Path:
    """Make the next key of a use; it serves new work after the next start."""
    with locked(folder):
        last = max(map(number_of, key_files(folder, use)), default=0)
        file = folder / f"{use}-{last + 1}.key"
        write_private(file, new_secret())
    return file


def new_secret() -> bytes:
    """Return a new key as it stands in its file: one line of text."""
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n"


def ring(use: str, needed: str | None = None) -> Ring:
    """Return the keys of a use; read anew when `needed` names one that came in since."""
    rings: dict[str, Ring] = current_app.extensions.setdefault("portal.rings", {})
    known = rings.get(use)
    if known is None or (needed is not None and known.find(needed) is None):
        files = ensure_key(key_folder(), use, ".key", new_secret)
        known = rings[use] = Ring(tuple(read_key(file) for file in files))
    return known


def read_key(file: Path) -> Key:
    """Read one secret.

    Raises:
        KeyFolderError: the file holds no key of this portal.
    """
    try:
        secret = base64.b64decode(read_private(file), validate=False)
    except ValueError as error:
        raise KeyFolderError(f"{file} holds no key") from error
    if len(secret) != KEY_BYTES:
        raise KeyFolderError(f"{file} must hold {KEY_BYTES} bytes in base64")
    fingerprint = hashlib.sha256(b"portal key id" + secret).hexdigest()[:ID_DIGITS]
    return Key(f"{number_of(file)}-{fingerprint}", secret)


class UnreadableSecretError(RuntimeError):
    """An encrypted value was changed, or its key is gone."""


def encrypt(text: str) -> str:
    """Return the text as the database keeps it: key id, colon, sealed bytes."""
    key = ring(COLUMNS).current
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(key.secret).encrypt(nonce, text.encode(), key.id.encode())
    return f"{key.id}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(stored: str) -> str:
    """Return what was encrypted.

    Raises:
        UnreadableSecretError: the value was changed, or its key is gone.
    """
    key_id, _, body = stored.partition(":")
    key = ring(COLUMNS, key_id).find(key_id)
    if key is None:
        raise UnreadableSecretError(f"no key {key_id} in the key folder")
    sealed = base64.b64decode(body)
    try:
        opened = AESGCM(key.secret).decrypt(
            sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], key_id.encode()
        )
    except InvalidTag as error:
        raise UnreadableSecretError("an encrypted value was changed") from error
    return opened.decode()


class EncryptedText(TypeDecorator[str]):
    """Text that the database never sees in clear; cannot be searched for."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Encrypt with the current key."""
        return None if value is None else encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Decrypt with whichever key encrypted it."""
        return None if value is None else decrypt(value)


def reencrypt(session: Session) -> int:
    """Write every encrypted value anew with the current key; afterwards older keys may go."""
    count = 0
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if not isinstance(column.type, EncryptedText):
                continue
            query = select(table.c.id, column).where(column.is_not(None))
            for row_id, value in session.execute(query).all():
                session.execute(
                    update(table).where(table.c.id == row_id).values({column.name: value})
                )
                count += 1
    return count


@click.command("new-key")
@click.argument("use", type=click.Choice([COLUMNS, MACS]))
@with_appcontext
def new_key_command(use: str) -> None:
    """Make the next key for encrypted columns or keyed hashes; used after the next start."""
    click.echo(add_key(key_folder(), use))


@click.command("reencrypt")
@with_appcontext
def reencrypt_command() -> None:
    """Write every encrypted value anew with the newest key."""
    with transaction() as session:
        click.echo(f"{reencrypt(session)} values written anew")
