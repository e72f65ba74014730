"""Files that come in: judged, scanned by a real socket peer, held while the scanner is away."""

import socket
import threading
import zipfile
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from portal.core import files
from portal.core.errors import NotFoundError
from portal.core.files import RefusedFileError, Scan

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def upload(content: bytes, name: str = "note.txt") -> FileStorage:
    return FileStorage(BytesIO(content), filename=name)


@pytest.fixture
def clamd(app):
    """Serve clamd's INSTREAM on a port of this machine: EICAR is found, all else is clean."""
    server = socket.create_server(("127.0.0.1", 0))
    server.settimeout(10)

    def serve() -> None:
        line, _ = server.accept()
        with line:
            received = b""
            while not received.endswith(b"\0\0\0\0"):
                received += line.recv(65536)
            found = b"stream: Eicar FOUND\0" if EICAR in received else b"stream: OK\0"
            line.sendall(found)

    thread = threading.Thread(target=serve)
    thread.start()
    app.config["CLAMD"] = f"127.0.0.1:{server.getsockname()[1]}"
    yield
    app.config["CLAMD"] = None
    thread.join(timeout=10)
    server.close()


@pytest.mark.parametrize(("content", "verdict"), [(b"hello", Scan.CLEAN), (EICAR, Scan.INFECTED)])
def test_the_scanner_tells_2_files_apart(app, session, clamd, content, verdict):
    assert files.accept(upload(content)).scan is verdict


def test_a_scanner_that_is_away_holds_the_file(app, session):
    app.config["CLAMD"] = "127.0.0.1:9"
    try:
        kept = files.accept(upload(b"hello"))
    finally:
        app.config["CLAMD"] = None
    assert kept.scan is Scan.WAITING
    assert not files.may_open(kept.scan)
    assert files.read_bytes(kept.stored_as) == b"hello"


def test_without_a_scanner_a_file_is_marked(app, session):
    assert files.accept(upload(b"hello")).scan is Scan.NOT_SCANNED


@pytest.mark.parametrize("limit", [5, 6])
def test_a_file_may_be_as_large_as_the_limit_and_1_byte_no_more(app, session, limit):
    before, app.config["MAX_FILE_BYTES"] = app.config["MAX_FILE_BYTES"], limit
    try:
        if limit == 6:
            assert files.accept(upload(b"hello!")).size == 6
        else:
            with pytest.raises(RefusedFileError, match="larger than"):
                files.accept(upload(b"hello!"))
    finally:
        app.config["MAX_FILE_BYTES"] = before


def archive(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"word/big.xml": b"\0" * 5_000_000}, "unpacks"),
        ({"word/vbaProject.bin": b"x" * 50}, "macros"),
        ({"../../etc/passwd": b"x" * 50}, "outside"),
    ],
)
def test_3_hurtful_office_files_are_refused(app, session, members, word):
    with pytest.raises(RefusedFileError, match=word):
        files.accept(upload(archive(**members), "paper.docx"))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\a.txt", "a.txt"),
        ("a\x00b\u202e.txt", "ab.txt"),
        ("x" * 300 + ".txt", "x" * 146 + ".txt"),
        ("", "file"),
    ],
)
def test_5_names_are_shown_as_names_only(given, kept):
    assert files.display_name(given) == kept


@pytest.mark.parametrize("name", ["../secret", "0" * 31, "g" * 32, ""])
def test_4_names_that_the_store_never_gave_are_not_found(app, session, name):
    with pytest.raises(NotFoundError):
        files.place(name)
