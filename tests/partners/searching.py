"""Finds a secret in whatever a partner can get, however it is wrapped or written there."""

import base64
import contextlib
import hashlib
import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_type_hints
from urllib.parse import unquote_to_bytes

import pikepdf
import pypdfium2

MARK = "Zq"  # every secret begins with it, and with nothing else does anything else begin
TOKEN = re.compile(rf"{MARK}[a-p]{{14}}", re.IGNORECASE)
STRUCTURED = re.compile(  # answers that are codes of a list, never words of their own
    r"country|currency|cas_number|hs_code|un_number|substance$|indicator|language|media_type|mode"
)


def secret(label: str) -> str:
    """Return a word that stands nowhere else: the same for the same label."""
    digest = hashlib.sha256(label.encode()).hexdigest()[:14]
    return MARK + "".join(chr(ord("a") + int(digit, 16)) for digit in digest)


def filled(record: Any, path: str = "record") -> Any:
    """Return a record in which each free answer holds a secret of its own."""
    changed: dict[str, Any] = {}
    hints = get_type_hints(type(record))
    for one in fields(record):
        here, value = f"{path}.{one.name}", getattr(record, one.name)
        hint = str(hints[one.name])
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            changed[one.name] = tuple(filled(part, f"{here}.{n}") for n, part in enumerate(value))
        elif STRUCTURED.search(one.name):
            continue
        elif hint in {"<class 'str'>", "str | None"}:
            changed[one.name] = secret(here)
        elif hint == "tuple[str, ...]":
            changed[one.name] = (secret(here),)
    return type(record)(**{one.name: getattr(record, one.name) for one in fields(record)} | changed)


def tokens_in(value: Any) -> set[str]:
    """Return every secret that a value holds."""
    return {found.casefold() for found in TOKEN.findall(str(value))}


@dataclass(frozen=True)
class Seen:
    """Some bytes that a partner can get, and where."""

    where: str
    body: bytes


# --- unwrapping -----------------------------------------------------------------------------------


def unwrapped(seen: Seen) -> Iterator[Seen]:
    """Yield the bytes, and everything that can be unpacked from them, to the last wrapping."""
    yield seen
    if b"%PDF-" in seen.body[:1024]:
        yield from in_pdf(seen)
    elif seen.body.startswith(b"PK"):
        yield from in_zip(seen)
    else:
        yield from in_text(seen)


def in_pdf(seen: Seen) -> Iterator[Seen]:
    """Yield text, every stream, every string, metadata and embedded files of a PDF."""
    with contextlib.closing(pypdfium2.PdfDocument(seen.body)) as pages:
        for number in range(len(pages)):
            text = pages[number].get_textpage().get_text_range()
            yield Seen(f"{seen.where} page {number + 1}", text.encode())
            joined = re.sub(r"\s+|-\s*\n", "", text)
            yield Seen(f"{seen.where} page {number + 1} joined", joined.encode())
    with pikepdf.open(io.BytesIO(seen.body)) as pdf:
        yield Seen(f"{seen.where} info", plain(pdf.docinfo).encode())
        for number, one in enumerate(pdf.objects):
            yield Seen(f"{seen.where} object {number}", plain(one).encode())
            if isinstance(one, pikepdf.Stream):
                with contextlib.suppress(pikepdf.PdfError):
                    body = one.read_bytes()
                    yield from unwrapped(Seen(f"{seen.where} stream {number}", body))
        for name, file in pdf.attachments.items():
            inside = file.get_file()
            said = f"{name} {file.filename} {file.description} {inside.mime_type}"
            yield Seen(f"{seen.where} name of a file", said.encode())
            yield from unwrapped(Seen(f"{seen.where} file {name}", inside.read_bytes()))
        with pdf.open_metadata() as metadata:
            yield Seen(f"{seen.where} XMP", str(metadata).encode())


def plain(value: Any) -> str:
    """Return the strings of a PDF object, decoded."""
    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    if isinstance(value, pikepdf.Dictionary):
        return " ".join(f"{key} {shallow(one)}" for key, one in value.items())
    if isinstance(value, pikepdf.Array):
        return " ".join(shallow(one) for one in value)
    return shallow(value)


def shallow(value: Any) -> str:
    """Return a value that is no container of indirect objects, decoded."""
    if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
        return plain(value)
    return str(value) if isinstance(value, pikepdf.String | str | pikepdf.Name) else ""


def in_zip(seen: Seen) -> Iterator[Seen]:
    """Yield names and contents of a workbook or another archive."""
    with zipfile.ZipFile(io.BytesIO(seen.body)) as parts:
        yield Seen(f"{seen.where} comment", parts.comment)
        for name in parts.namelist():
            yield Seen(f"{seen.where} name", name.encode())
            yield from unwrapped(Seen(f"{seen.where} part {name}", parts.read(name)))


def in_text(seen: Seen) -> Iterator[Seen]:
    """Yield a text without its escapes, if it is one."""
    try:
        text = seen.body.decode()
    except UnicodeDecodeError:
        return
    yield Seen(f"{seen.where} unescaped", html.unescape(text).encode())
    yield Seen(f"{seen.where} unquoted", unquote_to_bytes(text))
    for line in (text, *text.splitlines()):
        with contextlib.suppress(ValueError):
            said = json.dumps(json.loads(line), ensure_ascii=False)
            yield Seen(f"{seen.where} read as JSON", said.encode())


# --- searching ------------------------------------------------------------------------------------

BYTES_TOKEN = re.compile(TOKEN.pattern.encode(), re.IGNORECASE)
HEX_RUN = re.compile(rb"(?:[0-9a-fA-F]{2}[ :]?){14,}")
BASE64_RUN = re.compile(rb"[A-Za-z0-9+/_-]{20,}")
ESCAPE = re.compile(rb"\\\\?u00([0-9a-fA-F]{2})|\\x([0-9a-fA-F]{2})")


def readings(body: bytes) -> Iterator[bytes]:
    """Yield what the bytes may mean: as they are, of two bytes a letter, in hex, in base64 …"""
    yield body
    yield body.replace(b"\0", b"")
    yield body[::-1]
    yield ESCAPE.sub(lambda found: bytes.fromhex((found[1] or found[2]).decode()), body)
    for run in HEX_RUN.findall(body):
        digits = re.sub(rb"[ :]", b"", run)
        for start in (0, 1):
            even = digits[start : len(digits) - (len(digits) - start) % 2]
            yield bytes.fromhex(even.decode()).replace(b"\0", b"")
    for run in BASE64_RUN.findall(body):
        letters = run.translate(bytes.maketrans(b"-_", b"+/"))
        for start in range(4):
            part = letters[start:]
            padded = part + b"A" * (-len(part) % 4)  # where the last letters are no full four
            yield base64.b64decode(padded).replace(b"\0", b"")


def ways(word: str) -> Iterator[bytes]:
    """Yield how a word that looks like others may be written: several encodings, hashes too."""
    for said in {word, word.casefold(), word.upper()}:
        for raw in (said.encode(), said.encode("utf-16-le"), said.encode("utf-16-be")):
            yield raw
            yield raw.hex().encode()
            yield from in_base64(raw)
        yield hashlib.sha256(said.encode()).hexdigest().encode()
        yield hashlib.sha256(said.encode()).digest()


def in_base64(raw: bytes) -> Iterator[bytes]:
    """Yield what base64 makes of some bytes, wherever in a longer text they begin."""
    for before in range(3):
        start, end = (0, 2, 3)[before], (len(raw) + before) // 3 * 4
        yield base64.b64encode(b"\0" * before + raw)[start:end]


def found(seen: Iterable[Seen], words: Iterable[str] = ()) -> set[tuple[str, str]]:
    """Return each secret, and each of the words, that stands somewhere, with the place."""
    known = [(way, word) for word in words for way in ways(word)]
    hits: set[tuple[str, str]] = set()
    for one in seen:
        for part in unwrapped(one):
            for reading in readings(part.body):
                hits |= {
                    (token.decode().casefold(), part.where)
                    for token in BYTES_TOKEN.findall(reading)
                }
            hits |= {(word, part.where) for way, word in known if way in part.body}
    return hits
