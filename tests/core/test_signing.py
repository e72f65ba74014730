"""The authority's signature: on papers to the byte, on packages, and keyed hashes."""

import base64
import dataclasses
import random
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from portal.core import signing
from portal.core.crypto import KeyFolderError, key_folder, write_private
from portal.core.pdf import render_limited

KEYS: dict[str, Callable[[], ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey]] = {
    "EC": lambda: ec.generate_private_key(ec.SECP384R1()),
    "RSA": lambda: rsa.generate_private_key(65537, 2048),
}
NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render_limited("<html lang='en'><title>t</title><p>Received.", now=NOON)


@pytest.fixture
def signed(portal, paper) -> bytes:
    with portal.app_context():
        return signing.sign_pdf(paper, "Acknowledgement", NOON)


def start_anew(portal) -> None:
    portal.extensions.pop("portal.identities", None)


def certificate_of(key, name, issuer=None, issuer_key=None) -> x509.Certificate:
    """Return a certificate that has run out: we hold it, so we trust it."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOON - timedelta(days=900))
        .not_valid_after(NOON - timedelta(days=1))
        .sign(issuer_key or key, hashes.SHA256())
    )


def test_a_signed_paper_is_ours_and_says_who_and_when(portal, signed):
    with portal.app_context():
        verdict = signing.verify_pdf(signed)
    assert verdict.valid
    assert verdict.intact
    assert verdict.signer == "Precursor Control Authority"
    assert verdict.signed_at == NOON


def test_a_signed_paper_stays_tagged_pdf_a_3u(signed):
    with pikepdf.open(BytesIO(signed)) as document:
        assert b'pdfaid:part="3"' in document.Root.Metadata.read_bytes()
        assert document.Root.MarkInfo.Marked
        assert document.Root.Perms.DocMDP.SubFilter == "/ETSI.CAdES.detached"
        assert document.check_pdf_syntax() == []


def test_a_change_of_any_1_byte_is_noticed(portal, signed):
    """Every fourth byte of the signature's own place, which a signature cannot cover."""
    start = signed.index(b"/Contents <") + len(b"/Contents ")
    end = signed.index(b">", start) + 1
    places = {*range(start, end, 4), *random.sample(range(len(signed)), 150)}
    with portal.app_context():
        for place in places:
            changed = bytearray(signed)
            changed[place] ^= 1
            assert not signing.verify_pdf(bytes(changed)).valid, place


@pytest.mark.parametrize("cut", [1, 100, 5000])
def test_a_paper_that_lost_its_end_is_not_valid(portal, signed, cut):
    with portal.app_context():
        assert not signing.verify_pdf(signed[:-cut]).valid


@pytest.mark.parametrize("end", [b"\n", b" ", b"%%EOF\n", b"1 0 obj"])
def test_a_paper_with_something_after_its_end_is_not_valid(portal, signed, end):
    with portal.app_context():
        assert not signing.verify_pdf(signed + end).valid


@pytest.mark.parametrize("other", [b"", b"%PDF-1.7\n", b"PK\x03\x04" * 1000])
def test_what_is_no_paper_is_not_valid(portal, other):
    with portal.app_context():
        assert not signing.verify_pdf(other).valid


def test_a_second_revision_after_the_signature_is_noticed(portal, signed):
    writer = IncrementalPdfFileWriter(BytesIO(signed))
    writer.root["/Lang"] = writer.root["/Lang"]
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    with portal.app_context():
        verdict = signing.verify_pdf(out.getvalue())
    assert not verdict.valid
    assert verdict.reason == "The file was changed after it was signed."


def test_an_unsigned_paper_is_not_valid(portal, paper):
    with portal.app_context():
        assert signing.verify_pdf(paper).reason == "The file carries no signature."


def test_a_paper_signed_by_somebody_of_the_same_name_is_not_ours(portal, signed):
    with portal.app_context():
        next(key_folder().glob("signing-1.pem")).unlink()
        start_anew(portal)
        verdict = signing.verify_pdf(signed)
    assert verdict.intact
    assert not verdict.valid
    assert verdict.reason == "The file is signed, but not by this authority."


def test_what_the_first_key_signed_stays_ours_when_a_second_signs(portal, paper, signed):
    with portal.app_context():
        write_private(key_folder() / "signing-2.pem", signing.new_identity())
        package = signing.sign_bytes(b"package")
        first = signing.fingerprint()
        start_anew(portal)
        assert signing.fingerprint() != first
        assert signing.verify_pdf(signed).valid
        assert signing.verify_bytes(b"package", package)
        assert signing.verify_pdf(signing.sign_pdf(paper, "x", NOON)).valid


def test_a_retired_key_may_leave_its_certificate_alone(portal, signed):
    with portal.app_context():
        pem = signing.public_certificate_pem()
        write_private(key_folder() / "signing-2.pem", signing.new_identity())
        write_private(key_folder() / "signing-1.pem", pem.encode())
        start_anew(portal)
        assert signing.verify_pdf(signed).valid
        (key_folder() / "signing-2.pem").unlink()
        start_anew(portal)
        with pytest.raises(KeyFolderError, match="no private key"):
            signing.identity()


@pytest.mark.parametrize("sort", KEYS)
def test_an_authority_brings_its_own_pkcs12_with_2_certificates(portal, paper, sort):
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = certificate_of(root_key, "Root of the State")
    key = KEYS[sort]()
    own = certificate_of(key, "Central Authority", root, root_key)
    bundle = pkcs12.serialize_key_and_certificates(
        b"own", key, own, [root], BestAvailableEncryption(b"a long password")
    )
    with portal.app_context():
        signing.identity()
        write_private(key_folder() / "signing-2.p12", bundle)
        write_private(key_folder() / "signing-2.password", b"a long password\n")
        start_anew(portal)
        paper = signing.sign_pdf(paper, "x", NOON)
        verdict = signing.verify_pdf(paper)
        assert verdict.valid
        assert verdict.signer == "Central Authority"
        assert not signing.verify_pdf(paper.replace(b"/Reason (x)", b"/Reason (y)")).valid
        package = signing.sign_bytes(b"package")
        assert signing.verify_bytes(b"package", package)
        assert package.algorithm.startswith(sort)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("signing-2.pem", b"", "cannot be read"),
        ("signing-2.pem", b"-----BEGIN CERTIFICATE-----\nx\n", "cannot be read"),
        ("signing-2.p12", b"x", "cannot be read"),
    ],
)
def test_a_broken_key_file_is_named(portal, name, content, reason):
    with portal.app_context():
        signing.identity()
        write_private(key_folder() / name, content)
        start_anew(portal)
        with pytest.raises(KeyFolderError, match=rf"{name} {reason}"):
            signing.identity()


def test_a_key_with_the_certificate_of_another_is_refused(portal):
    key, other = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with portal.app_context():
        signing.identity()
        strange = certificate_of(other, "Other").public_bytes(Encoding.PEM)
        write_private(key_folder() / "signing-2.pem", private + strange)
        start_anew(portal)
        with pytest.raises(KeyFolderError, match="not that of the key"):
            signing.identity()


def test_a_package_is_ours_unless_1_bit_differs(portal):
    with portal.app_context():
        signature = signing.sign_bytes(b'{"lead": "LD-7KQ2-M9XC"}')
        assert signature.certificate_sha256 == signing.fingerprint().replace(":", "").lower()
        assert signing.verify_bytes(b'{"lead": "LD-7KQ2-M9XC"}', signature)
        assert not signing.verify_bytes(b'{"lead": "LD-7KQ2-M9XD"}', signature)
        for value in ("", "!", "AAAA"):
            broken = dataclasses.replace(signature, value=value)
            assert not signing.verify_bytes(b'{"lead": "LD-7KQ2-M9XC"}', broken)
        strange = dataclasses.replace(signature, certificate_sha256="00" * 32)
        assert not signing.verify_bytes(b'{"lead": "LD-7KQ2-M9XC"}', strange)


def test_openssl_alone_checks_a_package(portal, tmp_path):
    with portal.app_context():
        signature = signing.sign_bytes(b"package")
        certificate = x509.load_pem_x509_certificate(signing.public_certificate_pem().encode())
    public = certificate.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key").write_bytes(public)
    (tmp_path / "value").write_bytes(base64.b64decode(signature.value))
    (tmp_path / "package").write_bytes(b"package")
    check = ["openssl", "dgst", "-sha256", "-verify", "key", "-signature", "value", "package"]
    subprocess.run(check, cwd=tmp_path, check=True, capture_output=True)  # noqa: S603


def test_a_keyed_hash_holds_for_1_purpose_and_1_content(portal):
    with portal.app_context():
        given = signing.mac("audit", b"entry 1")
        assert signing.verify_mac("audit", b"entry 1", given)
        assert not signing.verify_mac("audit", b"entry 2", given)
        assert not signing.verify_mac("receipt", b"entry 1", given)
        assert not signing.verify_mac("audit", b"entry 1", given[:-1] + "x")
        assert not signing.verify_mac("audit", b"entry 1", "")
        assert not signing.verify_mac("audit", b"entry 1", f"9-00000000:{given[-64:]}")


def test_anybody_checks_a_paper_by_a_certificate_and_a_command(portal, signed, tmp_path):
    file, by = tmp_path / "paper.pdf", tmp_path / "authority.pem"
    file.write_bytes(signed)
    with portal.app_context():
        by.write_text(signing.public_certificate_pem())
    runner = portal.test_cli_runner()
    said = runner.invoke(args=["verify-pdf", str(file), "--certificate", str(by)])
    assert said.exit_code == 0
    assert said.output.splitlines() == [
        "The file is as the authority signed it.",
        "Signer: Precursor Control Authority",
        "Signed: 2026-03-31 12:00:00 UTC",
    ]
    file.write_bytes(signed + b" ")
    assert runner.invoke(args=["verify-pdf", str(file)]).exit_code == 1
