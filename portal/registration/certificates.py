"""The signed paper on what stands in the register of a company."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit, files, jobs, pdf, signing
from portal.core.access import Actor
from portal.core.errors import DomainError, NotFoundError
from portal.core.languages import country_name, in_language
from portal.core.references import new_code, new_reference
from portal.organisations.models import Certificate, Licence, Organisation, Site
from portal.organisations.rules import ALLOWED, Right
from portal.registration import queries

SHOWN = 10  # certificates on the company's page


def facts(session: Session, organisation: Organisation, today: date) -> list[list[str]]:
    """Return what a certificate says: only what the registrar saw, and licences in force."""
    with in_language("en"):  # so that it can be compared, whoever asks
        return english_facts(session, organisation, today)


def english_facts(session: Session, organisation: Organisation, today: date) -> list[list[str]]:
    """Return the facts with the names of countries in English."""
    said = [
        ("Legal name", organisation.name),
        ("Country", country_name(organisation.country)),
        ("Address", organisation.address),
        ("Registration number", organisation.registration_number),
        ("Tax or VAT number", organisation.tax_number),
        ("EORI", organisation.eori),
        ("LEI", organisation.lei),
        ("Activities", ", ".join(organisation.activities)),
        *(("Licence", line) for line in licences(session, organisation.id, today)),
        *(
            ("Site", f"{one.name}, {one.address}, {country_name(one.country)}")
            for one in queries.parts_of(session, organisation.id, Site)
            if one.confirmed_at
        ),
    ]
    return [[label, value] for label, value in said if value]


def licences(session: Session, organisation_id: UUID, today: date) -> Sequence[str]:
    """Return the confirmed licences that are in force, in words."""
    return [
        words(line)
        for line in queries.licence_lines(session, organisation_id, today)
        if line.licence.confirmed_at and in_force(line.licence, today)
    ]


def in_force(licence: Licence, today: date) -> bool:
    """Tell whether a licence holds on a day."""
    begun = licence.valid_from is None or licence.valid_from <= today
    return begun and (licence.valid_until is None or licence.valid_until >= today)


def words(line: queries.LicenceLine) -> str:
    """Return a licence in one line."""
    licence = line.licence
    until = f"until {licence.valid_until:%-d %B %Y}" if licence.valid_until else "without end"
    covers = ", ".join(filter(None, (licence.covers, *line.substances)))
    return "; ".join(filter(None, (covers, licence.number, licence.issuer, until)))


def certificates_of(session: Session, organisation_id: UUID) -> Sequence[Certificate]:
    """Return the newest certificates of a company, newest first."""
    query = select(Certificate).where(Certificate.organisation_id == organisation_id)
    order = (Certificate.asked_at.desc(), Certificate.id)
    return session.scalars(query.order_by(*order).limit(SHOWN)).all()


def own(session: Session, certificate_id: UUID, actor: Actor) -> Certificate:
    """Return a certificate of the actor's company.

    Raises:
        NotFoundError: there is none.
    """
    query = select(Certificate).where(
        Certificate.id == certificate_id, Certificate.organisation_id == actor.organisation_id
    )
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


def ask(session: Session, organisation: Organisation, actor: Actor, now: datetime) -> Certificate:
    """Have a certificate made; on the same day, of the same facts, the same one.

    Raises:
        DomainError: the company's standing does not allow it.
    """
    if Right.CERTIFY not in ALLOWED[organisation.standing]:
        raise DomainError("No certificate can be made now. Ask the authority.")
    content = facts(session, organisation, now.date())
    for known in certificates_of(session, organisation.id):
        if known.asked_at.date() == now.date() and known.content == content:
            return known
    made = Certificate(
        organisation_id=organisation.id,
        reference=new_reference("CE"),
        check_code=new_code(),
        asked_at=now,
        content=content,
    )
    session.add(made)
    session.flush()
    jobs.enqueue(session, "certificate", {"certificate": str(made.id)}, now)
    audit.record(session, actor, "organisation.certified", organisation.id, now)
    return made


def by_code(session: Session, code: str) -> Certificate | None:
    """Return the certificate that carries a code; for the public check."""
    return session.scalar(select(Certificate).where(Certificate.check_code == code))


def still_valid(session: Session, certificate: Certificate, today: date) -> bool:
    """Tell whether the company may trade and what is printed still stands in the register."""
    organisation = session.get_one(Organisation, certificate.organisation_id)
    if Right.CERTIFY not in ALLOWED[organisation.standing]:
        return False
    return facts(session, organisation, today) == certificate.content


def render(certificate: Certificate) -> bytes:
    """Return the unsigned paper."""
    base = current_app.config["BASE_URL"]
    return pdf.render_pdf(
        "papers/certificate.html",
        title="Certificate of registration",
        lang="en",
        now=certificate.asked_at,
        reference=certificate.reference,
        day=f"{certificate.asked_at:%-d %B %Y}",
        rows=[tuple(row) for row in certificate.content],
        check_code=certificate.check_code,
        check_url=f"{base}/check",
        qr=pdf.qr_code(f"{base}/check?code={certificate.check_code}"),
    )


def make_paper(
    session: Session, payload: Mapping[str, Any], _job_id: UUID
) -> dict[str, Any] | None:
    """Render, sign and store a certificate."""
    certificate = session.get_one(Certificate, UUID(payload["certificate"]))
    if certificate.stored_as is not None:
        return None
    paper = render(certificate)
    signed = signing.sign_pdf(paper, "Certificate of registration", certificate.asked_at)
    return {"stored_as": files.keep_bytes(signed), "sha256": hashlib.sha256(signed).hexdigest()}


@jobs.job("certificate", outside=make_paper)
def keep_paper(session: Session, payload: Mapping[str, Any], _now: datetime) -> None:
    """Note where the certificate lies; the first one stays."""
    certificate = session.get_one(Certificate, UUID(payload["certificate"]))
    if certificate.stored_as is None and "stored_as" in payload:
        certificate.stored_as, certificate.sha256 = payload["stored_as"], payload["sha256"]
