"""The authority's signature on papers and packages, and keyed hashes that only the portal makes.

The signing key is made at the first start with a certificate of its own. An authority that has a
certificate puts it into the key folder as the next number: `signing-2.pem` (key, certificate and
those above it) or `signing-2.p12` with its password in `signing-2.password`. A file may keep only
the certificate of a retired key: what it signed is still known as ours.
"""

import base64
import hashlib
import hmac
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import click
from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from flask import current_app
from flask.cli import with_appcontext
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from portal.core.crypto import MACS, KeyFolderError, ensure_key, key_folder, read_private, ring

SIGNING = "signing"  # use of the keys that sign
FIELD = "Authority"  # name of the signature's field in a PDF
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)  # a self-made certificate is pinned, not timed
NEVER = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)  # RFC 5280: no well-defined end

logging.getLogger("pyhanko").addHandler(logging.NullHandler())  # the verdict says it all

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Identity:
    """A key with its certificate, and the certificates above it."""

    certificate: x509.Certificate
    key: PrivateKey | None  # none: retired, only checks
    chain: tuple[x509.Certificate, ...]

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the certificate, 64 hexadecimal digits."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What checking a signed paper found."""

    reason: str
    valid: bool = False  # ours, whole and unchanged: the one thing to ask
    intact: bool = False  # unchanged since somebody signed it
    signer: str = ""
    signed_at: datetime | None = None  # as the signer says


@dataclass(frozen=True, slots=True)
class Detached:
    """A signature that travels beside what it signs."""

    certificate_sha256: str
    algorithm: str  # ECDSA-SHA256 or RSA-PKCS1-SHA256
    value: str  # base64


# --- who signs ------------------------------------------------------------------------------------


def identities() -> tuple[Identity, ...]:
    """Return every identity of the authority, oldest first; the last one signs."""
    known: tuple[Identity, ...] | None = current_app.extensions.get("portal.identities")
    if known is None:
        files = ensure_key(key_folder(), SIGNING, ".pem", new_identity)
        known = tuple(read_identity(file) for file in files)
        current_app.extensions["portal.identities"] = known
    return known


def identity() -> Identity:
    """Return the identity that signs.

    Raises:
        KeyFolderError: the newest file has a certificate without its key.
    """
    newest = identities()[-1]
    if newest.key is None:
        raise KeyFolderError("The newest signing file in the key folder holds no private key")
    return newest


def new_identity() -> bytes:
    """Return a new key and a certificate made by itself, as one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, current_app.config["COUNTRY"]),
            x509.NameAttribute(NameOID.COMMON_NAME, current_app.config["AUTHORITY_NAME"][:64]),
        ]
    )
    usage = dict.fromkeys(
        (
            *("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign"),
            *("crl_sign", "encipher_only", "decipher_only"),
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(EPOCH)
        .not_valid_after(NEVER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + certificate.public_bytes(Encoding.PEM)


def read_identity(file: Path) -> Identity:
    """Read a PEM or PKCS#12 file.

    Raises:
        KeyFolderError: no certificate in it, or a key that cannot sign here.
    """
    content = read_private(file)
    try:
        key, certificates = from_p12(file, content) if file.suffix == ".p12" else from_pem(content)
    except (ValueError, TypeError, OSError) as error:
        raise KeyFolderError(f"{file} cannot be read: {error}") from error
    if not certificates:
        raise KeyFolderError(f"{file} holds no certificate")
    if key is not None and not isinstance(key, PrivateKey):
        raise KeyFolderError(f"{file}: only EC and RSA keys can sign here")
    if key is not None and key.public_key() != certificates[0].public_key():
        raise KeyFolderError(f"{file}: the first certificate is not that of the key")
    return Identity(certificates[0], key, tuple(certificates[1:]))


def from_pem(content: bytes) -> tuple[Any, list[x509.Certificate]]:
    """Return key, if any, and certificates of a PEM file."""
    key = load_pem_private_key(content, None) if b"PRIVATE KEY-" in content else None
    return key, x509.load_pem_x509_certificates(content)


def from_p12(file: Path, content: bytes) -> tuple[Any, list[x509.Certificate]]:
    """Return key and certificates of a PKCS#12 file, opened by the password beside it."""
    password = file.with_suffix(".password")
    secret = read_private(password).strip() if password.exists() else None
    key, certificate, others = pkcs12.load_key_and_certificates(content, secret)
    return key, [*([certificate] if certificate else []), *others]


def public_certificate_pem() -> str:
    """Return the certificate that others check our signatures by."""
    return identity().certificate.public_bytes(Encoding.PEM).decode()


def fingerprint() -> str:
    """Return the SHA-256 of that certificate in pairs of digits, to be read aloud."""
    digits = identity().fingerprint.upper()
    return ":".join(digits[i : i + 2] for i in range(0, len(digits), 2))


# --- papers ---------------------------------------------------------------------------------------


class TimedSigner(signers.PdfSigner):
    """A signer that is told the time."""

    now: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        """Begin as usual, at the time given."""
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.now
        return session


def sign_pdf(pdf: bytes, reason: str, now: datetime) -> bytes:
    """Return the paper with the authority's invisible signature (PAdES), closed to changes."""
    signer = TimedSigner(
        signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            reason=reason,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
        ),
        signer=pyhanko_signer(identity()),
    )
    signer.now = now
    signed: BytesIO = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)))
    return signed.getvalue()


def pyhanko_signer(who: Identity) -> signers.SimpleSigner:
    """Return the identity as pyHanko wants it."""
    bundle = pkcs12.serialize_key_and_certificates(
        None, who.key, who.certificate, who.chain, NoEncryption()
    )
    signer: signers.SimpleSigner = signers.SimpleSigner.load_pkcs12_data(bundle, other_certs=[])
    return signer


def verify_pdf(pdf: bytes, trusted: tuple[Identity, ...] = ()) -> Verdict:
    """Tell whether a paper is one of ours and, to the byte, as we signed it.

    A certificate is trusted because we hold it, not because of who issued it or of its dates.

    Args:
        pdf: the whole file.
        trusted: who may have signed; by default the authority, with old certificates too.
    """
    try:
        signatures = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        if not signatures:
            return Verdict("The file carries no signature.")
        return judge(pdf, signatures[0], trusted or identities())
    except Exception:  # noqa: BLE001  whatever a parser says of a hostile file, it is not ours
        return Verdict("The file is not a signed PDF that can be read.")


def judge(pdf: bytes, signature: EmbeddedPdfSignature, trusted: tuple[Identity, ...]) -> Verdict:
    """Return the verdict on the first signature of a file."""
    certificate = signature.signer_cert
    status = validate_pdf_signature(
        signature,
        ValidationContext(trust_roots=[certificate], allow_fetching=False),
        key_usage_settings=KeyUsageConstraints(key_usage=set()),
        skip_diff=True,
    )
    whole = signature.coverage == SignatureCoverageLevel.ENTIRE_FILE
    intact = bool(status.intact and status.valid and whole and sealed(pdf, signature))
    ours = any(envelope(signature) == envelope_of(one) for one in trusted)
    if not intact:
        reason = "The file was changed after it was signed."
    elif not ours:
        reason = "The file is signed, but not by this authority."
    else:
        reason = "The file is as the authority signed it."
    signer = certificate.subject.native.get("common_name", "")
    return Verdict(reason, intact and ours, intact, signer, signature.self_reported_timestamp)


def envelope(signature: EmbeddedPdfSignature) -> tuple[bytes, set[bytes]]:
    """Return the certificates that travel in a file: the signer's, and all of them."""
    others = [one.dump() for one in signature.other_embedded_certs]
    signer = signature.signer_cert.dump()
    return signer, {signer, *others}


def envelope_of(who: Identity) -> tuple[bytes, set[bytes]]:
    """Return the certificates that an identity puts into a file."""
    every = [one.public_bytes(Encoding.DER) for one in (who.certificate, *who.chain)]
    return every[0], set(every)


def sealed(pdf: bytes, signature: EmbeddedPdfSignature) -> bool:
    """Tell whether the one place that a signature cannot cover, its own, is as it was written.

    Version numbers, names of algorithms and the zeros after the signature are signed by nobody.
    """
    start, end = int(signature.byte_range[1]), int(signature.byte_range[2])
    inside = signature.signer_info
    sha256 = {"algorithm": "sha256", "parameters": core.Null()}
    signer = {
        "version": "v1",
        "sid": inside["sid"],
        "digest_algorithm": sha256,
        "signed_attrs": inside["signed_attrs"],
        "signature_algorithm": inside["signature_algorithm"],
        "signature": inside["signature"],
    }
    content = {
        "version": "v1",
        "digest_algorithms": [sha256],
        "encap_content_info": {"content_type": "data"},
        "certificates": signature.signed_data["certificates"],
        "signer_infos": [signer],
    }
    written = cms.ContentInfo({"content_type": "signed_data", "content": content}).dump().hex()
    return pdf[start:end] == b"<%s>" % written.upper().encode().ljust(end - start - 2, b"0")


@click.command("verify-pdf")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--certificate",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="PEM file to check by; by default the authority's own.",
)
@with_appcontext
def verify_pdf_command(file: Path, certificate: Path | None) -> None:
    """Tell whether a paper is genuine; ends with 1 when it is not."""
    by = x509.load_pem_x509_certificates(certificate.read_bytes()) if certificate else []
    trusted = (Identity(by[0], None, tuple(by[1:])),) if by else ()
    verdict = verify_pdf(file.read_bytes(), trusted)
    click.echo(verdict.reason)
    if verdict.signer:
        click.echo(f"Signer: {verdict.signer}")
    if verdict.signed_at:
        click.echo(f"Signed: {verdict.signed_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")
    raise SystemExit(0 if verdict.valid else 1)


# --- packages -------------------------------------------------------------------------------------


def sign_bytes(content: bytes) -> Detached:
    """Return a signature to travel beside the content; `openssl dgst -verify` checks it too."""
    who = identity()
    if isinstance(who.key, rsa.RSAPrivateKey):
        algorithm = "RSA-PKCS1-SHA256"
        value = who.key.sign(content, padding.PKCS1v15(), hashes.SHA256())
    elif isinstance(who.key, ec.EllipticCurvePrivateKey):
        algorithm = "ECDSA-SHA256"
        value = who.key.sign(content, ec.ECDSA(hashes.SHA256()))
    else:
        raise KeyFolderError("This identity only checks")
    return Detached(who.fingerprint, algorithm, base64.b64encode(value).decode())


def verify_bytes(content: bytes, signature: Detached) -> bool:
    """Tell whether the authority, with this or an older key, signed exactly this content."""
    who = next((i for i in identities() if i.fingerprint == signature.certificate_sha256), None)
    if who is None:
        return False
    public = who.certificate.public_key()
    try:
        value = base64.b64decode(signature.value, validate=True)
        if isinstance(public, rsa.RSAPublicKey):
            public.verify(value, content, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(public, ec.EllipticCurvePublicKey):
            public.verify(value, content, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, ValueError):
        return False
    return True


# --- keyed hashes ---------------------------------------------------------------------------------


def mac(purpose: str, payload: bytes) -> str:
    """Return a keyed hash, `<key id>:<64 digits>`, that proves nothing for another purpose."""
    key = ring(MACS).current
    return f"{key.id}:{digest(key.secret, purpose, payload)}"


def verify_mac(purpose: str, payload: bytes, given: str) -> bool:
    """Tell whether the keyed hash was made by this portal, with this or an older key."""
    key_id, _, digits = given.partition(":")
    key = ring(MACS, key_id).find(key_id)
    if key is None:
        return False
    expected = digest(key.secret, purpose, payload)
    return hmac.compare_digest(expected.encode(), digits.encode())


def digest(secret: bytes, purpose: str, payload: bytes) -> str:
    """Return the hash under the key that the secret has for this purpose."""
    own = hmac.digest(secret, f"portal {purpose}".encode(), hashlib.sha256)
    return hmac.new(own, payload, hashlib.sha256).hexdigest()
