"""Reading applications and the facts of organisations."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.core.text import search_key
from portal.organisations.models import (
    Licence,
    Organisation,
    OrganisationFile,
    PartnerProfile,
    Request,
    Site,
    Sort,
)
from portal.organisations.rules import Standing

PAGE = 50
ALIKE = 90  # percent of a name, from which two may be one
CANDIDATES = 2_000  # names compared
WARN_DAYS = (7, 30, 60)


def applications(
    session: Session, standing: Standing | None, after: Organisation | None = None
) -> Sequence[Organisation]:
    """Return companies by their standing, the longest waiting first, a page at a time."""
    query = select(Organisation).where(Organisation.sort == Sort.COMPANY)
    if standing is not None:
        query = query.where(Organisation.standing == standing)
    if after is not None:
        same = (Organisation.applied_at == after.applied_at) & (Organisation.id > after.id)
        query = query.where((Organisation.applied_at > after.applied_at) | same)
    return session.scalars(
        query.order_by(Organisation.applied_at, Organisation.id).limit(PAGE)
    ).all()


def company(session: Session, organisation_id: UUID) -> Organisation:
    """Return a company.

    Raises:
        NotFoundError: there is none.
    """
    query = select(Organisation).where(
        Organisation.id == organisation_id, Organisation.sort == Sort.COMPANY
    )
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


def own(session: Session, actor: Actor) -> Organisation:
    """Return the actor's own organisation."""
    return session.get_one(Organisation, actor.organisation_id)


def licences_of(session: Session, organisation_id: UUID) -> Sequence[Licence]:
    """Return the licences of an organisation."""
    query = select(Licence).where(Licence.organisation_id == organisation_id)
    return session.scalars(query.order_by(Licence.valid_until)).all()


def sites_of(session: Session, organisation_id: UUID) -> Sequence[Site]:
    """Return the sites of an organisation."""
    query = select(Site).where(Site.organisation_id == organisation_id)
    return session.scalars(query.order_by(Site.name)).all()


def requests_of(session: Session, organisation_id: UUID) -> Sequence[Request]:
    """Return what was asked of an applicant, oldest first."""
    query = select(Request).where(Request.organisation_id == organisation_id)
    return session.scalars(query.order_by(Request.asked_at)).all()


def files_of(session: Session, organisation_id: UUID) -> Sequence[OrganisationFile]:
    """Return the documents of a vetting file."""
    query = select(OrganisationFile).where(OrganisationFile.organisation_id == organisation_id)
    return session.scalars(query.order_by(OrganisationFile.uploaded_at)).all()


def file(session: Session, organisation_id: UUID, file_id: UUID) -> OrganisationFile:
    """Return one document of a vetting file.

    Raises:
        NotFoundError: it is not in this file.
    """
    for one in files_of(session, organisation_id):
        if one.id == file_id:
            return one
    raise NotFoundError


def similar(session: Session, organisation: Organisation) -> list[Organisation]:
    """Return known companies that may be the same: by a number, or by a nearly equal name."""
    query = select(Organisation).where(
        Organisation.sort == Sort.COMPANY, Organisation.id != organisation.id
    )
    numbers = [
        column == value
        for column, value in (
            (Organisation.registration_number, organisation.registration_number),
            (Organisation.tax_number, organisation.tax_number),
        )
        if value
    ]
    same = list(session.scalars(query.where(or_(*numbers)).limit(10))) if numbers else []
    key = search_key(organisation.name)
    rest = session.scalars(query.order_by(Organisation.applied_at.desc()).limit(CANDIDATES))
    near = [one for one in rest if fuzz.token_sort_ratio(search_key(one.name), key) >= ALIKE]
    return list(dict.fromkeys([*same, *near]))


def expiry_words(licence: Licence, today: date) -> str:
    """Return a warning when a licence ends soon or has ended."""
    if licence.valid_until is None:
        return ""
    left = (licence.valid_until - today).days
    if left < 0:
        return "expired"
    return next((f"ends within {days} days" for days in WARN_DAYS if left <= days), "")


def partners(session: Session) -> Sequence[tuple[Organisation, PartnerProfile]]:
    """Return partners with what they may receive."""
    query = select(Organisation, PartnerProfile).join(
        PartnerProfile, PartnerProfile.organisation_id == Organisation.id
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(Organisation.name))]
