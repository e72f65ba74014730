"""Files that come in and papers that go out: a store with random names, outside the web root.

What comes in is judged by its content and its ending together, against a short list; its bytes are
kept exactly. Where PORTAL_CLAMD names a scanner, a file is scanned before anybody may open it, and
held while the scanner is away. Without a scanner a file is marked `not scanned`: officers see the
mark and open it at their own risk; the portal itself never opens one.
"""

import hashlib
import os
import secrets
import socket
import struct
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import magic
import pikepdf
from flask import Response, current_app, send_file
from PIL import Image, UnidentifiedImageError

from portal.core.errors import NotFoundError, RefusedInputError
from portal.core.languages import gettext
from portal.core.text import UnstorableTextError, clean

CHUNK = 64 * 1024
PIXELS = 40_000_000
UNPACKED = 200 * 1024 * 1024  # bytes of an office document
RATIO = 50
MEMBERS = 2_000
NAME_LENGTH = 150
SCAN_SECONDS = 20
SNIFFED = 8192
Image.MAX_IMAGE_PIXELS = None  # sizes are judged below, from the header alone

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
KINDS: dict[str, tuple[str, frozenset[str]]] = {  # ending: type kept, types as found by content
    ".pdf": ("application/pdf", frozenset({"application/pdf"})),
    ".png": ("image/png", frozenset({"image/png"})),
    ".jpg": ("image/jpeg", frozenset({"image/jpeg"})),
    ".jpeg": ("image/jpeg", frozenset({"image/jpeg"})),
    ".docx": (
        f"{OFFICE}.wordprocessingml.document",
        frozenset({f"{OFFICE}.wordprocessingml.document", "application/zip"}),
    ),
    ".xlsx": (
        f"{OFFICE}.spreadsheetml.sheet",
        frozenset({f"{OFFICE}.spreadsheetml.sheet", "application/zip"}),
    ),
    ".odt": (f"{OPEN}.text", frozenset({f"{OPEN}.text"})),
    ".ods": (f"{OPEN}.spreadsheet", frozenset({f"{OPEN}.spreadsheet"})),
    ".txt": ("text/plain", frozenset({"text/plain"})),
    ".csv": ("text/csv", frozenset({"text/plain", "text/csv", "application/csv"})),
}
ACCEPTED = "PDF, PNG, JPEG, Word (docx), Excel (xlsx), OpenDocument (odt, ods), text and CSV"
LIMITS = (
    "PDF, PNG, JPEG, Word (docx), Excel (xlsx), OpenDocument (odt, ods), text and CSV;"
    " at most 25 MB"
)
ARCHIVES = {".docx", ".xlsx", ".odt", ".ods"}
MACROS = ("vbaproject", "macrosheet", "basic/")


class Scan(StrEnum):
    """What the scanner said."""

    CLEAN = "clean"
    WAITING = "waiting for the scanner"
    INFECTED = "infected"
    NOT_SCANNED = "not scanned"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was accepted and lies in the store."""

    name: str
    media_type: str
    size: int
    sha256: str
    stored_as: str
    scan: Scan


class RefusedFileError(RefusedInputError):
    """A file that is not taken, in words for the one who sent it."""


def accept(upload: Any) -> Incoming:
    """Judge an upload, store its bytes exactly, and return what the row needs.

    Args:
        upload: a werkzeug FileStorage.

    Raises:
        RefusedFileError: too large, empty, of another kind, or hurtful.
    """
    name = display_name(upload.filename or "")
    ending = Path(name).suffix.lower()
    if ending not in KINDS:
        raise RefusedFileError(
            gettext("This kind of file is not accepted. Accepted are %(kinds)s", kinds=ACCEPTED)
        )
    stored_as = new_name()
    path = place(stored_as)
    try:
        size, sha256 = write(upload.stream, path)
        judge(path, ending)
        verdict = scan(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Incoming(name, KINDS[ending][0], size, sha256, stored_as, verdict)


def display_name(given: str) -> str:
    """Return a file's own name: no folders, no control characters, not too long."""
    bare = given.replace("\\", "/").rsplit("/", 1)[-1].strip()
    try:
        name = clean(bare)
    except UnstorableTextError:
        name = "".join(c for c in bare if c.isprintable())
    name = "".join(c for c in name if c.isprintable()).strip(". ")
    if len(name) > NAME_LENGTH:
        ending = Path(name).suffix[:10]
        name = name[: NAME_LENGTH - len(ending)] + ending
    return name or "file"


def new_name() -> str:
    """Return an unguessable name in the store."""
    return secrets.token_hex(16)


def place(stored_as: str) -> Path:
    """Return where a stored file lies.

    Raises:
        NotFoundError: the name is not one that the store gives.
    """
    if len(stored_as) != 32 or not all(c in "0123456789abcdef" for c in stored_as):  # noqa: PLR2004
        raise NotFoundError
    root: Path = current_app.config["DATA_DIR"]
    return root / "files" / stored_as[:2] / stored_as


def write(stream: IO[bytes], path: Path) -> tuple[int, str]:
    """Write a stream to the disk, for good, and return its size and SHA-256."""
    limit = int(current_app.config["MAX_FILE_BYTES"])
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    digest, size = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > limit:
                megabytes = limit // (1024 * 1024)
                raise RefusedFileError(f"The file is larger than {megabytes} MB")
            digest.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    sync_folder(path.parent)
    if size == 0:
        raise RefusedFileError("The file is empty")
    return size, digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Make sure that the folder's list of names is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def judge(path: Path, ending: str) -> None:
    """Refuse content that is not what the ending says, or that could hurt."""
    with path.open("rb") as file:
        found = magic.from_buffer(file.read(SNIFFED), mime=True)
    if found not in KINDS[ending][1]:
        raise RefusedFileError(f"The content of this file is not what its name says ({ending})")
    if ending in ARCHIVES:
        judge_archive(path)
    elif found == "application/pdf":
        judge_pdf(path)
    elif found.startswith("image/"):
        judge_image(path)


def judge_archive(path: Path) -> None:
    """Refuse bombs, links, macros and paths that lead outside."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile:
        raise RefusedFileError("The file is damaged: it cannot be opened") from None
    total = sum(member.file_size for member in members)
    if len(members) > MEMBERS or total > UNPACKED or total > RATIO * max(path.stat().st_size, 1):
        raise RefusedFileError("The file unpacks to far more than its size")
    names = [member.filename.lower() for member in members]
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise RefusedFileError("The file holds paths that lead outside of it")
    if any(word in name for name in names for word in MACROS):
        raise RefusedFileError("The file holds macros. Save it without them")


def judge_pdf(path: Path) -> None:
    """Refuse a PDF that is cut off or locked; scripts in it stay, and are never run here."""
    try:
        with pikepdf.open(path) as pdf:
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise RefusedFileError("The PDF is locked with a password. Save it without one") from None
    except pikepdf.PdfError:
        raise RefusedFileError("The PDF is damaged: it cannot be opened") from None
    if pages == 0:
        raise RefusedFileError("The PDF has no pages")


def judge_image(path: Path) -> None:
    """Refuse a picture of too many points, by its header alone."""
    try:
        with Image.open(path) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError):
        raise RefusedFileError("The picture is damaged: it cannot be opened") from None
    if width * height > PIXELS:
        raise RefusedFileError("The picture has more than 40 million points. Make it smaller")


def keep_bytes(content: bytes) -> str:
    """Store bytes that the portal made, and return their name in the store."""
    stored_as = new_name()
    path = place(stored_as)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    sync_folder(path.parent)
    return stored_as


def read_bytes(stored_as: str) -> bytes:
    """Return a stored file's bytes."""
    return place(stored_as).read_bytes()


def remove(stored_as: str) -> None:
    """Take a file out of the store; twice is as good as once."""
    place(stored_as).unlink(missing_ok=True)


def send(stored_as: str, name: str, media_type: str) -> Response:
    """Hand a stored file out as a download that no browser opens in the portal's name."""
    path = place(stored_as)
    if not path.exists():
        raise NotFoundError
    return download(path, name, media_type)


def send_bytes(content: bytes, name: str, media_type: str) -> Response:
    """Hand out what was made a moment ago in the same way."""
    return download(BytesIO(content), name, media_type)


def download(source: Path | IO[bytes], name: str, media_type: str) -> Response:
    """Return an answer that is kept by nobody on its way, and opened by no browser."""
    answer = send_file(
        source,
        mimetype=media_type,
        as_attachment=True,
        download_name=name,
        etag=False,
        conditional=False,
        last_modified=None,
        max_age=0,
    )
    for moment in ("Last-Modified", "Expires"):
        answer.headers.pop(moment, None)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def may_open(scan_state: str) -> bool:
    """Tell whether a file may be handed out."""
    return scan_state in {Scan.CLEAN, Scan.NOT_SCANNED}


# --- the scanner ----------------------------------------------------------------------------------


def scan(path: Path) -> Scan:
    """Ask the scanner; away means held, never passed."""
    where = current_app.config["CLAMD"]
    if not where:
        return Scan.NOT_SCANNED
    try:
        answer = ask_clamd(where, path)
    except OSError:
        return Scan.WAITING
    if answer.endswith("OK"):
        return Scan.CLEAN
    if answer.endswith("FOUND"):
        return Scan.INFECTED
    return Scan.WAITING


def ask_clamd(where: str, path: Path) -> str:
    """Send a file to clamd by INSTREAM and return its answer."""
    with connect(where) as line, path.open("rb") as file:
        line.settimeout(SCAN_SECONDS)
        line.sendall(b"zINSTREAM\0")
        while chunk := file.read(CHUNK):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
        answer = b""
        while not answer.endswith(b"\0"):
            part = line.recv(4096)
            if not part:
                break
            answer += part
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def connect(where: str) -> socket.socket:
    """Connect to clamd by a socket's path or by host:port."""
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SCAN_SECONDS)
        line.connect(where)
        return line
    host, _, port = where.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SCAN_SECONDS)
