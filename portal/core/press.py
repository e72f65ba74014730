"""The press: HTML to PDF, in a process by itself (`python -m portal.core.press`).

It loads WeasyPrint once and forks a child for each paper. The child may read the fonts that the
portal ships, has a limit of time and memory, and can open no connection and start no program.
"""

import contextlib
import ctypes
import gc
import json
import logging
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import fontpkg
from fontTools.ttLib import TTFont
from weasyprint import HTML
from weasyprint import Attachment as PdfAttachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from portal.core.pdf import DONE, FAILED, TOO_LARGE, Limits, read_parts, write_parts

ARABIC = "IBM Plex Sans Arabic"
FONTS = {  # the addresses that papers/paper.css may name: family, weight, style
    "font:noto-sans": ("Noto Sans", 400, "normal"),
    "font:noto-sans-italic": ("Noto Sans", 400, "italic"),
    "font:noto-sans-thai": ("Noto Sans Thai", 400, "normal"),
    # Noto's Arabic draws dots apart from letters, and no reader can tell what was written
    "font:plex-arabic": (ARABIC, 400, "normal"),
    "font:plex-arabic-bold": (ARABIC, 700, "normal"),
}
FORMS = (range(0xFB00, 0xFE00), range(0xFE70, 0xFEFF))  # letters' forms, kept for old data only
LAM_ALEF = range(0xFEF5, 0xFEFD)
UNKNOWN = "\ufffd"
MAX_FILE = 128 * 1024 * 1024  # bytes that a child may write
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # namespaces of unshare(2)
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.")
LOADED: dict[str, bytes] = {}  # the file of each of FONTS
LETTERS: dict[bytes, Mapping[int, tuple[str, ...]]] = {}  # by the SHA-256 of the font's file
WARM_UP = "<html lang='en'><title>.</title><p>."


class TooManyPagesError(Exception):
    """The paper has more pages than it may."""


class FetchedError(Exception):
    """The paper asks for something that is not one of FONTS."""


class FontFetcher(URLFetcher):
    """Gives out the portal's fonts, and remembers who asked for more."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a font.

        Raises:
            PermissionError: the address is not one of FONTS.
        """
        if url not in FONTS:
            self.refused.append(url[:200])
            raise PermissionError(url)
        return URLFetcherResponse(url, LOADED[url])


def load_fonts() -> None:
    """Read every font into memory, with the letters that its glyphs stand for."""
    for address, (family, weight, style) in FONTS.items():
        file = fontpkg.path(family, weight, style).read_bytes()
        if family == ARABIC:
            file = with_few_ligatures(file)
        LOADED[address] = file
        LETTERS[sha256(file).digest()] = letters_of(file)


def with_few_ligatures(file: bytes) -> bytes:
    """Return an Arabic font that joins only lam with alef, which every reader expects.

    Common programs turn the letters of a ligature round when text is searched or copied; the word
    for company, which most names begin with, is drawn with one.
    """
    font = TTFont(BytesIO(file))
    names = font.getBestCmap()
    kept = {names[code] for code in LAM_ALEF if code in names}
    table = font["GSUB"].table
    for feature in table.FeatureList.FeatureRecord:
        if feature.FeatureTag != "rlig":
            continue
        for index in feature.Feature.LookupListIndex:
            for part in table.LookupList.Lookup[index].SubTable:
                for first, drawn in part.ligatures.items():
                    part.ligatures[first] = [one for one in drawn if one.LigGlyph in kept]
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def letters_of(file: bytes) -> Mapping[int, tuple[str, ...]]:
    """Return which letters each glyph of a font may stand for, its forms included.

    The plain glyph of a form is named before the dot: `alef.fina` is an alef.
    """
    font = TTFont(BytesIO(file), lazy=True)
    by_name: dict[str, list[str]] = {}
    for code, name in font.getBestCmap().items():
        if not any(code in forms for forms in FORMS):
            by_name.setdefault(name, []).append(chr(code))
    plain = [(name, name.partition(".")[0]) for name in font.getGlyphOrder()]
    found = [by_name.get(name) or by_name.get(base, []) for name, base in plain]
    return {glyph: tuple(letters) for glyph, letters in enumerate(found) if letters}


class Letters(dict[int, str]):
    """What WeasyPrint notes down for each glyph, put right.

    Where a letter and its marks are drawn together, WeasyPrint 70 notes all of it for the last
    glyph and nothing for the others; then text copied from the paper is not what was written.
    """

    def __init__(self, known: Mapping[int, tuple[str, ...]]) -> None:
        super().__init__()
        self.known = known

    def __setitem__(self, glyph: int, text: str) -> None:
        letters = self.known.get(glyph, ())
        if letters and text not in letters:
            text = letters[0]
        super().__setitem__(glyph, text or UNKNOWN)


class Fonts(dict[Any, Any]):
    """The fonts of a paper, as WeasyPrint collects them."""

    def __setitem__(self, key: Any, font: Any) -> None:
        font.to_unicode = Letters(LETTERS.get(sha256(font.file_content).digest(), {}))
        super().__setitem__(key, font)


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Work through orders until the portal closes the pipe."""
    load_fonts()
    logging.getLogger("weasyprint").addHandler(logging.NullHandler())  # it would quote content
    HTML(string=WARM_UP, url_fetcher=FontFetcher()).write_pdf(pdf_variant="pdf/a-3u")
    gc.freeze()  # what is loaded stays; children neither walk it nor copy it
    while True:
        try:
            parts = read_parts(orders)
        except EOFError:
            return
        ending, body = in_child(parts)
        write_parts(answers, [str(ending).encode(), body])


def in_child(parts: Sequence[bytes]) -> tuple[int, bytes]:
    """Make one paper in a child; return how it ended, and the paper or what was wrong."""
    with tempfile.TemporaryDirectory(prefix="portal-press-") as folder:
        result = Path(folder, "result")
        child = os.fork()
        if child == 0:
            os._exit(make(parts, result))
        _, status = os.waitpid(child, 0)
        ending = os.waitstatus_to_exitcode(status)
        if ending < 0:  # a signal: out of time, out of memory
            return TOO_LARGE, b""
        return ending, result.read_bytes() if result.exists() else b""


def make(parts: Sequence[bytes], result: Path) -> int:
    """Make one paper and write it, or what was wrong; never raise."""
    try:
        order = json.loads(parts[0])
        tempfile.tempdir = str(result.parent)
        limits = Limits(**order["limits"])
        confine(limits)
        gc.disable()  # a child lives for a second, within limits
        result.write_bytes(typeset(order, parts[1].decode(), parts[2:], limits.pages))
    except (MemoryError, RecursionError, TooManyPagesError):
        return TOO_LARGE
    except FetchedError as error:
        result.write_text(f"papers may not fetch {error}")
        return FAILED
    except BaseException as error:  # noqa: BLE001  the child must end here, whatever happened
        result.write_text(type(error).__name__)
        return FAILED
    return DONE


def confine(limits: Limits) -> None:
    """Give up what a paper does not need; nothing brings it back in this process."""
    signal.alarm(limits.seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory_bytes, limits.memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_FILE, MAX_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).unshare(NEW_USER | NEW_NETWORK)  # where the kernel allows it
    sys.addaudithook(refuse)


def refuse(event: str, _args: tuple[Any, ...]) -> None:
    """Refuse connections and programs, whoever in this process asks for them.

    Raises:
        PermissionError: always, for these.
    """
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"a paper may not {event}")


def typeset(order: dict[str, Any], html: str, files: Sequence[bytes], pages: int) -> bytes:
    """Return the PDF.

    Raises:
        TooManyPagesError: more pages than that.
        FetchedError: the HTML asks for more than fonts.
    """
    now = datetime.fromisoformat(order["now"])
    attachments = [
        PdfAttachment(
            string=content,
            name=name,
            description=description,
            created=now,
            modified=now,
            relationship="Data",
        )
        for content, (name, _mime, description) in zip(files, order["attachments"], strict=True)
    ]
    options = {"pdf_variant": "pdf/a-3u", "pdf_tags": True, "attachments": attachments}
    fetcher = FontFetcher()
    document = HTML(string=html, url_fetcher=fetcher).render(
        font_config=FontConfiguration(), **options
    )
    document.fonts = Fonts()
    if len(document.pages) > pages:
        raise TooManyPagesError

    def finish(_document: object, pdf: Any) -> None:
        """Name each file once and by its type; WeasyPrint 70 lists them twice (issue 2917)."""
        if "AF" in pdf.catalog:
            pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
        streams = [o for o in pdf.objects if getattr(o, "extra", {}).get("Type") == "/EmbeddedFile"]
        for stream, (_name, mime, _description) in zip(streams, order["attachments"], strict=True):
            stream.extra["Subtype"] = f"/{mime.replace('/', '#2f')}"

    made: bytes = document.write_pdf(finisher=finish, **options)
    if fetcher.refused:
        raise FetchedError(fetcher.refused[0])
    return made


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
