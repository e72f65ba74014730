"""Keys outside the database, and columns that only they open."""

import base64
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from portal.core import crypto
from portal.core.db import transaction
from portal.core.outbox import OutgoingMail, post
from portal.core.pdf import ROOT
from portal.core.signing import mac

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXP"
FIRST_START = """
import sys
from portal.app import create_app
from portal.core import signing
app = create_app()
sys.stdin.readline()
with app.app_context():
    print(signing.identity().fingerprint, signing.mac("audit", b"x"))
"""


def stored(app) -> str:
    """Return the mail's body as the database has it; `NULL` for none."""
    with app.extensions["portal.engine"].connect() as connection:
        value = connection.execute(text("SELECT body FROM outgoing_mail")).scalar_one()
        return "NULL" if value is None else str(value)


@pytest.fixture
def mail(portal):
    with portal.app_context(), transaction() as session:
        return post(session, "a@example.org", "Subject", SECRET, NOON)


def test_the_database_holds_1_secret_and_never_in_clear(portal, mail):
    assert SECRET not in stored(portal)
    with portal.app_context(), transaction() as session:
        assert session.get_one(OutgoingMail, mail.id).body == SECRET


def test_two_secrets_of_one_text_differ_in_the_database(portal):
    with portal.app_context():
        assert crypto.encrypt(SECRET) != crypto.encrypt(SECRET)


@pytest.mark.parametrize("place", [-1, 0, 12])
def test_1_changed_byte_of_a_sealed_value_is_noticed(portal, place):
    with portal.app_context():
        key, _, body = crypto.encrypt(SECRET).partition(":")
        sealed = bytearray(base64.b64decode(body))
        sealed[place] ^= 1
        with pytest.raises(crypto.UnreadableSecretError, match="changed"):
            crypto.decrypt(f"{key}:{base64.b64encode(sealed).decode()}")


def test_after_a_second_key_the_first_still_opens_and_reencrypt_lets_it_go(portal, mail):
    with portal.app_context():
        before = stored(portal)
        folder = crypto.key_folder()
        crypto.add_key(folder, crypto.COLUMNS)
        portal.extensions.pop("portal.rings")  # as at the next start
        assert crypto.decrypt(before) == SECRET
        with transaction() as session:
            assert crypto.reencrypt(session) == 1
        assert before.startswith("1-")
        assert stored(portal).startswith("2-")
        (folder / "column-1.key").unlink()
        portal.extensions.pop("portal.rings")
        assert crypto.decrypt(stored(portal)) == SECRET
        with pytest.raises(crypto.UnreadableSecretError, match="no key 1-"):
            crypto.decrypt(before)


def test_a_key_that_came_in_since_is_found_without_a_new_start(portal):
    with portal.app_context():
        old = mac("audit", b"x")
        crypto.add_key(crypto.key_folder(), crypto.MACS)
        known = portal.extensions.pop("portal.rings")
        new = mac("audit", b"x")
        portal.extensions["portal.rings"] = known  # another process, started before
        assert new.partition(":")[0] != old.partition(":")[0]
        assert crypto.ring(crypto.MACS, new.partition(":")[0]).current.id.startswith("2-")


def test_the_11th_key_comes_after_the_2nd(tmp_path):
    for _ in range(11):
        last = crypto.add_key(tmp_path, crypto.MACS)
    assert last.name == "mac-11.key"
    assert crypto.key_files(tmp_path, crypto.MACS)[-1] == last


def test_key_files_are_for_the_portal_alone(portal):
    with portal.app_context():
        mac("audit", b"x")
        folder = crypto.key_folder()
        assert [oct(f.stat().st_mode & 0o777) for f in folder.glob("mac-1.key")] == ["0o600"]
        assert oct(folder.stat().st_mode & 0o777) == "0o700"


@pytest.mark.parametrize(("mode", "refused"), [(0o640, False), (0o644, True)])
def test_a_key_that_everybody_may_read_is_refused(tmp_path, mode, refused):
    file = crypto.add_key(tmp_path, crypto.MACS)
    file.chmod(mode)
    if refused:
        with pytest.raises(crypto.KeyFolderError, match="chmod 600"):
            crypto.read_key(file)
    else:
        assert len(crypto.read_key(file).secret) == 32


@pytest.mark.parametrize(
    "content",
    [b"", b"short\n", b"%%%%", crypto.new_secret()[:-6]],
    ids=["empty", "short", "no text", "cut off"],
)
def test_a_file_without_32_bytes_is_no_key(tmp_path, content):
    file = tmp_path / "mac-1.key"
    crypto.write_private(file, content)
    with pytest.raises(crypto.KeyFolderError):
        crypto.read_key(file)


def test_a_file_without_a_number_is_named(tmp_path):
    crypto.write_private(tmp_path / "mac-new.key", crypto.new_secret())
    with pytest.raises(crypto.KeyFolderError, match="mac-new"):
        crypto.key_files(tmp_path, crypto.MACS)


def test_4_processes_that_start_at_once_agree_on_the_keys(settings):
    env = {"PATH": os.environ["PATH"], **settings}
    started = [
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", FIRST_START],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in started:  # all are at the same point before the first is let go
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = {process.communicate(timeout=60)[0] for process in started}
    assert len(said) == 1
    assert len(said.pop().split()) == 2


def test_commands_make_the_next_key_and_write_values_anew(portal, mail):
    runner = portal.test_cli_runner()
    assert "column-2.key" in runner.invoke(args=["new-key", "column"]).output
    portal.extensions.pop("portal.rings")
    assert runner.invoke(args=["reencrypt"]).output == "1 values written anew\n"
    assert stored(portal).startswith("2-")


def test_nothing_stays_nothing(portal, mail):
    with portal.app_context(), transaction() as session:
        session.get_one(OutgoingMail, mail.id).body = None
    assert stored(portal) == "NULL"
