"""Sealing a hand-over to the partner's key, and recording who took the package to send it."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.core import audit, files, signing
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.leads.models import Lead
from portal.partners import downloads, services
from portal.partners.data import Received
from portal.partners.formats import FORMATS
from portal.partners.models import HandOver, SealedPackage
from portal.partners.registry import queries as registry
from portal.partners.rules import closed_words
from portal.partners.sealing.data import PublicKey
from portal.partners.sealing.rules import SUMS, parcel
from portal.partners.sealing.services import seal

READ_ME = """\
{reference}, number {number}, from {authority} for {recipient}.

lead.pdf is the signed report. lead.json and the other files hold the same facts for machines.
{sums} lists the hash of every file: sha256sum --check {sums}
{sums}.signature is the authority's signature of that list, lead.json.signature that of
lead.json, and each .sig that of the file whose name it carries; certificate.pem is the certificate
to check them by. Its fingerprint (SHA-256):
{fingerprint}
Compare it with the one that the authority told you by telephone.
"""


class NotSealableError(DomainError):
    """There is nothing to seal, no key to seal to, or it may no longer be read."""


def package(session: Session, given: HandOver, actor: Actor, now: datetime) -> SealedPackage:
    """Return the package of what was given last, sealed to the partner's key; made once.

    Raises:
        NotSealableError: no key, no paper yet, or expired or recalled.
        SealingError: the library or GnuPG is missing or refuses.
    """
    card = registry.card(session, given.partner_id)
    key = card.key
    if key is None:
        raise NotSealableError(f"The register holds no key of {card.organisation.name}.")
    if why := closed_words(given, now):
        raise NotSealableError(f"No package can be made. {why}")
    if made := sealed(session, given, key.fingerprint):
        return made
    if given.pdf_stored_as is None:
        raise NotSealableError("The PDF is still being made. Try again in a moment.")
    content = parcel(files_of(session, given, card.organisation.name), signature_of, now)
    shut = seal(content, PublicKey(key.sort, key.text, key.fingerprint))
    made = SealedPackage(
        hand_over_id=given.id,
        number=given.number,
        sort=key.sort.value,
        fingerprint=key.fingerprint,
        made_at=now,
        made_by_id=actor.id,
        stored_as=files.keep_bytes(shut),
        sha256=hashlib.sha256(shut).hexdigest(),
        size=len(shut),
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:  # somebody sealed it at the same moment: theirs is the package
        files.remove(made.stored_as)
        return session.scalars(wanted(given, key.fingerprint)).one()
    audit.record(session, actor, "hand_over.sealed", given.id, now, sort=made.sort)
    return made


def wanted(given: HandOver, fingerprint: str) -> Select[SealedPackage]:
    """Select the package of what was given last, for one key."""
    return select(SealedPackage).where(
        SealedPackage.hand_over_id == given.id,
        SealedPackage.number == given.number,
        SealedPackage.fingerprint == fingerprint,
    )


def sealed(session: Session, given: HandOver, fingerprint: str) -> SealedPackage | None:
    """Return the package of what was given last, if it was made for this key."""
    return session.scalar(wanted(given, fingerprint))


def files_of(session: Session, given: HandOver, recipient: str) -> dict[str, bytes]:
    """Return what goes into a package: the version for partners, and how to check it."""
    lead = session.get_one(Lead, given.lead_id)
    said = READ_ME.format(
        reference=lead.reference,
        number=given.number,
        authority=current_app.config["AUTHORITY_NAME"],
        recipient=recipient,
        fingerprint=signing.fingerprint(),
        sums=SUMS,
    )
    return {
        "READ-ME.txt": said.encode(),
        "lead.json.signature": given.signature.encode(),
        "lead.pdf": files.place(given.pdf_stored_as or "").read_bytes(),
        "certificate.pem": signing.public_certificate_pem().encode(),
        **{f"lead.{one.extension}": downloads.written(given, one.slug).body for one in FORMATS},
        **{
            f"lead.{one.extension}.sig": downloads.written(given, part).body
            for part, one in downloads.SIGNED.items()
        },
    }


def signature_of(content: bytes) -> bytes:
    """Return the authority's signature of some bytes, as a file."""
    return json.dumps(asdict(signing.sign_bytes(content))).encode()


def note_sending(
    session: Session, given: HandOver, made: SealedPackage, actor: Actor, now: datetime
) -> None:
    """Record that an officer took the package to send it."""
    part = f"{made.sort} package, SHA-256 {made.sha256[:16]}…"
    services.note_receipt(session, given, Received.SENT, now, actor.id, part=part)
    audit.record(session, actor, "hand_over.package_taken", given.id, now, sha256=made.sha256)
