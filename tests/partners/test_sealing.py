"""Packages that only one partner opens."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from io import BytesIO

import pyrage
import pytest

from portal.partners.sealing import services
from portal.partners.sealing.data import KeySort
from portal.partners.sealing.rules import parcel, sums_of
from portal.partners.sealing.services import SealingError, UnusableKeyError, read_key, seal
from tests.factories import NOON

NEW, SORT = ("--quick-gen-key",), ("future-default", "default", "1y")
FILES = {"lead.json": b'{"title": "Buyer"}', "lead.pdf": b"%PDF-1.7 report"}


GPG = shutil.which("gpg") or "gpg"
GPGCONF = shutil.which("gpgconf") or "gpgconf"


def rest(home):
    """End what GnuPG left running for a folder."""
    subprocess.run([GPGCONF, "--homedir", str(home), "--kill", "all"], check=False)  # noqa: S603


def gpg(home, *orders, given=b""):
    always = [GPG, "--homedir", str(home), "--batch", "--no-tty", "--passphrase", ""]
    done = subprocess.run(  # noqa: S603
        [*always, "--pinentry-mode", "loopback", *orders],
        input=given,
        capture_output=True,
        check=True,
    )
    return done.stdout


@pytest.fixture(scope="module")
def ring(tmp_path_factory):
    """Make a key pair as a partner would, and return its folder and the public block."""
    home = tmp_path_factory.mktemp("gpg", numbered=False)
    home.chmod(0o700)
    gpg(
        home,
        "--quick-gen-key",
        "Desk <d@partner.example>",
        "future-default",
        "default",
        "1y",
    )
    found = home, gpg(home, "--armor", "--export").decode()
    yield found
    rest(home)


def test_a_package_holds_its_hashes_and_their_signature():
    packed = parcel(FILES, lambda sums: b"signed:" + hashlib.sha256(sums).digest(), NOON)
    assert packed == parcel(FILES, lambda sums: b"signed:" + hashlib.sha256(sums).digest(), NOON)
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert archive.namelist() == ["SHA256SUMS", "SHA256SUMS.signature", *FILES]
        sums = archive.read("SHA256SUMS")
        assert sums == sums_of(FILES)
        assert archive.read("SHA256SUMS.signature") == b"signed:" + hashlib.sha256(sums).digest()
        for line in sums.decode().splitlines():
            digest, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest


def test_what_is_sealed_with_age_opens_with_the_other_half_alone():
    pair, stranger = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    key = read_key(f" {pair.to_public()}\n")
    assert (key.sort, key.fingerprint) == (KeySort.AGE, str(pair.to_public()))
    shut = seal(b"secret of the lead", key)
    assert b"secret" not in shut
    assert pyrage.decrypt(shut, [pair]) == b"secret of the lead"
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(shut, [stranger])


def test_what_is_sealed_with_openpgp_opens_in_gnupg(ring):
    home, block = ring
    key = read_key(block)
    assert key.sort is KeySort.OPENPGP
    assert len(key.fingerprint) == 40
    shut = seal(b"secret of the lead", key)
    assert b"secret" not in shut
    assert gpg(home, "--decrypt", given=shut) == b"secret of the lead"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("age1notakey", "not whole"),
        ("hello", "Enter an age key"),
        (str(pyrage.x25519.Identity.generate()), "secret key"),
        ("-----BEGIN PGP PRIVATE KEY BLOCK-----", "secret key"),
        ("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nnonsense", "cannot read"),
        ("age1" + "x" * 65_000, "too long"),
    ],
    ids=["a beginning", "a word", "secret age", "secret OpenPGP", "nonsense", "endless"],
)
def test_6_keys_that_seal_nothing_are_refused(text, word):
    with pytest.raises(UnusableKeyError, match=word):
        read_key(text)


def test_a_key_that_only_signs_is_refused(tmp_path):
    tmp_path.chmod(0o700)
    gpg(tmp_path, "--quick-gen-key", "Signs only <s@partner.example>", "ed25519", "sign", "1y")
    block = gpg(tmp_path, "--armor", "--export").decode()
    rest(tmp_path)
    with pytest.raises(UnusableKeyError, match="only signs"):
        read_key(block)


def test_two_keys_at_once_are_refused(ring, tmp_path):
    tmp_path.chmod(0o700)
    gpg(tmp_path, "--quick-gen-key", "Other <2@partner.example>", "future-default", "default", "1y")
    gpg(tmp_path, "--import", given=ring[1].encode())
    block = gpg(tmp_path, "--armor", "--export").decode()
    rest(tmp_path)
    with pytest.raises(UnusableKeyError, match="holds 2"):
        read_key(block)


def test_a_server_without_gnupg_says_so(ring, monkeypatch):
    key = read_key(ring[1])
    monkeypatch.setattr(services, "PROGRAM", "gpg-that-is-not-there")
    with pytest.raises(SealingError, match="need GnuPG"):
        seal(b"x", key)
    with pytest.raises(SealingError, match="need GnuPG"):
        read_key(ring[1])


def test_gnupg_has_little_time(ring, monkeypatch):
    key = read_key(ring[1])
    monkeypatch.setattr(services, "SECONDS", 0.001)
    with pytest.raises(SealingError, match="more than"):
        seal(b"x", key)


def test_the_signature_of_a_package_is_json():
    packed = parcel(FILES, lambda _: json.dumps({"value": "x"}).encode(), NOON)
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert json.loads(archive.read("SHA256SUMS.signature")) == {"value": "x"}
