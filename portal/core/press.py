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
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import fontpkg
from weasyprint import HTML
from weasyprint import Attachment as PdfAttachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from portal.core.pdf import DONE, FAILED, TOO_LARGE, Limits, read_parts, write_parts

FONTS = {  # the addresses that papers/base.html may name
    "font:noto-sans": ("Noto Sans", "normal"),
    "font:noto-sans-italic": ("Noto Sans", "italic"),
    "font:noto-sans-arabic": ("Noto Sans Arabic", "normal"),
    "font:noto-sans-thai": ("Noto Sans Thai", "normal"),
}
MAX_FILE = 128 * 1024 * 1024  # bytes that a child may write
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000  # namespaces of unshare(2)
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.")
WARM_UP = "<html lang='en'><title>.</title><p>."


class TooManyPagesError(Exception):
    """The paper has more pages than it may."""


class FontFetcher(URLFetcher):
    """Gives out the portal's fonts; anything else ends the paper."""

    def __init__(self) -> None:
        super().__init__(fail_on_errors=True)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Return a font.

        Raises:
            PermissionError: the address is not one of FONTS.
        """
        if url not in FONTS:
            raise PermissionError(f"papers may not fetch {url[:200]}")
        family, style = FONTS[url]
        return URLFetcherResponse(url, fontpkg.path(family, style=style).read_bytes())


def serve(orders: IO[bytes], answers: IO[bytes]) -> None:
    """Work through orders until the portal closes the pipe."""
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
    except FatalURLFetchingError as error:
        result.write_text(str(error))
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
    document = HTML(string=html, url_fetcher=FontFetcher()).render(
        font_config=FontConfiguration(), **options
    )
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
    return made


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
