"""Reading applications and the facts of organisations."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from rapidfuzz import fuzz
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core.access import Actor, Permission, Role, may
from portal.core.audit import AuditEvent
from portal.core.errors import NotFoundError
from portal.core.text import search_key
from portal.organisations.models import (
    Deputy,
    Licence,
    LicenceWarning,
    Organisation,
    OrganisationFile,
    Request,
    Site,
    Sort,
)
from portal.organisations.rules import WARN_DAYS, Standing, expiry_words
from portal.reference import queries as reference

P = TypeVar("P", Licence, Site, Deputy)
PAGE = 50
MOST_CHANGES = 200
CHANGES: Mapping[str, str] = {  # deeds of the audit trail on an organisation, in words
    "organisation.applied": "Applied",
    "organisation.asked": "Asked for a document",
    "organisation.answered": "Answered",
    "organisation.vet": "Vetted",
    "organisation.refuse": "Refused",
    "organisation.suspend": "Suspended",
    "organisation.lift": "Suspension lifted",
    "organisation.close": "Closed",
    "organisation.changed": "Facts changed",
    "organisation.certified": "Certificate made",
    **{
        f"{part}.{deed}": f"{part.capitalize()} {deed}"
        for part in ("licence", "site", "deputy")
        for deed in ("added", "changed", "ended", "confirmed")
    },
}
ALIKE = 90  # percent of a name, from which two may be one
CANDIDATES = 2_000  # names compared


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


@dataclass(frozen=True, slots=True)
class LicenceLine:
    """A licence as pages show it."""

    licence: Licence
    warning: str
    substances: tuple[str, ...]
    files: tuple[OrganisationFile, ...]


def parts_of(session: Session, organisation_id: UUID, table: type[P]) -> Sequence[P]:
    """Return the licences, sites or deputies of an organisation that did not end."""
    query = select(table).where(table.organisation_id == organisation_id, table.ended_at.is_(None))
    return session.scalars(query.order_by(table.id)).all()


def part(session: Session, organisation_id: UUID, table: type[P], part_id: UUID) -> P:
    """Return one licence, site or deputy of an organisation.

    Raises:
        NotFoundError: it ended, or is not of this organisation.
    """
    for one in parts_of(session, organisation_id, table):
        if one.id == part_id:
            return one
    raise NotFoundError


def licence_lines(session: Session, organisation_id: UUID, today: date) -> tuple[LicenceLine, ...]:
    """Return the licences of an organisation with warnings and documents."""
    found = parts_of(session, organisation_id, Licence)
    known = reference.substances(session, {key for one in found for key in one.substances})
    files = files_of(session, organisation_id)
    return tuple(
        LicenceLine(
            one,
            expiry_words(one.valid_until, today),
            tuple(known[key].name if key in known else key for key in one.substances),
            tuple(file for file in files if file.licence_id == one.id),
        )
        for one in sorted(found, key=lambda one: one.valid_until or date.max)
    )


def ending(session: Session, today: date) -> Sequence[Licence]:
    """Return the licences of active companies that end within the longest warning."""
    query = (
        select(Licence)
        .join(Organisation, Organisation.id == Licence.organisation_id)
        .where(
            Organisation.standing.in_([Standing.VETTED, Standing.SUSPENDED]),
            Licence.ended_at.is_(None),
            Licence.valid_until.between(today, today + timedelta(days=max(WARN_DAYS))),
        )
    )
    return session.scalars(query.order_by(Licence.id)).all()


def was_warned(session: Session, licence: Licence, days: int) -> bool:
    """Tell whether this end of a licence was warned of at this number of days."""
    query = select(LicenceWarning.id).where(
        LicenceWarning.licence_id == licence.id,
        LicenceWarning.valid_until == licence.valid_until,
        LicenceWarning.days == days,
    )
    return session.scalar(query) is not None


def administrators(session: Session, owners: Collection[UUID]) -> Sequence[Account]:
    """Return those who administer these companies."""
    query = select(Account).where(
        Account.organisation_id.in_(owners), Account.role == Role.COMPANY_ADMIN, Account.active
    )
    return session.scalars(query.order_by(Account.email)).all()


@dataclass(frozen=True, slots=True)
class News:
    """What the first page of a company's person says of the company itself."""

    suspended: bool
    licences: tuple[LicenceLine, ...]  # those that need attention; for administrators


def company_news(session: Session, actor: Actor, today: date) -> News:
    """Return what somebody of a company should see first."""
    suspended = own(session, actor).standing is Standing.SUSPENDED
    if not may(actor, Permission.ORGANISATION_MANAGE):
        return News(suspended, ())
    lines = licence_lines(session, actor.organisation_id, today)
    return News(suspended, tuple(line for line in lines if line.warning))


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the history of a vetting file."""

    at: datetime
    who: str
    what: str
    fields: str


def history_of(session: Session, organisation_id: UUID) -> tuple[Change, ...]:
    """Return what was changed in a vetting file and by whom, newest first."""
    query = (
        select(AuditEvent, Account.name, Account.email)
        .outerjoin(Account, Account.id == AuditEvent.actor_id)
        .where(AuditEvent.subject_id == organisation_id, AuditEvent.deed.in_(CHANGES))
    )
    found = session.execute(query.order_by(AuditEvent.id.desc()).limit(MOST_CHANGES)).all()
    return tuple(
        Change(
            event.at,
            (name or address) if address else "the applicant",
            CHANGES[event.deed],
            str(json.loads(event.detail or "{}").get("fields", "")),
        )
        for event, name, address in found
    )


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
