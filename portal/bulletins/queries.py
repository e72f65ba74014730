"""Reading bulletins. What a company sees starts from what is in force and addresses it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Account
from portal.bulletins.data import Handled
from portal.bulletins.life import State
from portal.bulletins.models import Bulletin, BulletinEdition, BulletinReading
from portal.bulletins.rules import addressed
from portal.core.access import COMPANY_ROLES, Actor, Role
from portal.core.errors import NotFoundError
from portal.organisations.models import Licence, Organisation, Sort
from portal.organisations.rules import ALLOWED, Right

PAGE = 50
MOST_PUBLISHED = 300  # bulletins, the newest, that a company may see
READERS = tuple(role for role in COMPANY_ROLES if role is not Role.APPLICANT)
STANDINGS = tuple(one for one in ALLOWED if Right.REPORT in ALLOWED[one])


@dataclass(frozen=True, slots=True)
class Addressee:
    """A company with the people of it who may read."""

    id: UUID
    name: str
    people: tuple[UUID, ...]


def today(now: datetime) -> date:
    """Return the day at the authority."""
    return now.astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()


# --- of companies ---------------------------------------------------------------------------------


def published(session: Session) -> Sequence[tuple[Bulletin, BulletinEdition]]:
    """Return every bulletin that companies may read or could, newest first, with its edition."""
    query = (
        select(Bulletin, BulletinEdition)
        .join(
            BulletinEdition,
            (BulletinEdition.bulletin_id == Bulletin.id)
            & (BulletinEdition.number == Bulletin.published),
        )
        .where(Bulletin.published_at.is_not(None))
        .order_by(Bulletin.published_at.desc(), Bulletin.id)
        .limit(MOST_PUBLISHED)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def begun(edition: BulletinEdition, day: date) -> bool:
    """Tell whether an edition holds already."""
    return edition.valid_from is None or edition.valid_from <= day


def ended(bulletin: Bulletin, edition: BulletinEdition, day: date) -> bool:
    """Tell whether a bulletin holds no more."""
    late = edition.valid_until is not None and edition.valid_until < day
    return late or bulletin.withdrawn_at is not None


def handled_by(session: Session, organisation_id: UUID, day: date) -> Handled | None:
    """Return what the register says of a company; nothing of one that is not, or no more, in it."""
    query = select(Organisation.activities).where(
        Organisation.id == organisation_id, Organisation.standing.in_(STANDINGS)
    )
    activities = session.scalar(query)
    if activities is None:
        return None
    own = valid_licences(day).where(Licence.organisation_id == organisation_id)
    return handled(activities, [row.substances for row in session.execute(own)])


def valid_licences(day: date) -> Select[UUID, list[str]]:
    """Select the licences that hold on a day."""
    return select(Licence.organisation_id, Licence.substances).where(
        Licence.ended_at.is_(None),
        (Licence.valid_until.is_(None)) | (Licence.valid_until >= day),
    )


def handled(activities: Sequence[str], licences: Sequence[Sequence[str]]) -> Handled:
    """Return the facts of a company as bulletins look at them."""
    return Handled(
        activities=frozenset(activities),
        substances=frozenset(key for one in licences for key in one),
        licensed=bool(licences),
    )


def for_company(
    session: Session, actor: Actor, day: date
) -> Iterator[tuple[Bulletin, BulletinEdition]]:
    """Yield what addresses an actor's company and holds or held, newest first."""
    found = published(session)
    company = handled_by(session, actor.organisation_id, day) if found else None
    if company is not None:
        for bulletin, edition in found:
            if begun(edition, day) and addressed(edition.aim, company):
                yield bulletin, edition


def one_for_company(
    session: Session, bulletin_id: UUID, actor: Actor, day: date
) -> tuple[Bulletin, BulletinEdition]:
    """Return a bulletin that addresses an actor's company.

    Raises:
        NotFoundError: there is none, or it is for others.
    """
    for bulletin, edition in for_company(session, actor, day):
        if bulletin.id == bulletin_id:
            return bulletin, edition
    raise NotFoundError


def read_by(session: Session, actor: Actor) -> Mapping[UUID, int]:
    """Return the newest edition of each bulletin that somebody read."""
    query = select(BulletinReading.bulletin_id, BulletinReading.number).where(
        BulletinReading.account_id == actor.id
    )
    found: dict[UUID, int] = {}
    for bulletin_id, number in session.execute(query):
        found[bulletin_id] = max(number, found.get(bulletin_id, 0))
    return found


# --- of officers ----------------------------------------------------------------------------------


def newest(session: Session, before: Bulletin | None = None) -> Sequence[Bulletin]:
    """Return bulletins, newest first; from after one of them to turn the page."""
    query = select(Bulletin)
    if before is not None:
        same = Bulletin.created_at == before.created_at
        query = query.where(
            (Bulletin.created_at < before.created_at) | (same & (Bulletin.id < before.id))
        )
    return session.scalars(
        query.order_by(Bulletin.created_at.desc(), Bulletin.id.desc()).limit(PAGE)
    ).all()


def last_editions(
    session: Session, bulletins: Sequence[Bulletin]
) -> Mapping[UUID, BulletinEdition]:
    """Return the newest edition of each bulletin."""
    ids = [one.id for one in bulletins]
    query = select(BulletinEdition).where(BulletinEdition.bulletin_id.in_(ids))
    rows = session.scalars(
        query.options(joinedload(BulletinEdition.author)).order_by(BulletinEdition.number)
    )
    return {one.bulletin_id: one for one in rows}


def waiting(session: Session) -> Sequence[BulletinEdition]:
    """Return the editions that wait for approval, the longest waiting first."""
    query = select(BulletinEdition).where(BulletinEdition.state == State.SUBMITTED)
    people = joinedload(BulletinEdition.author), joinedload(BulletinEdition.bulletin)
    return session.scalars(
        query.options(*people).order_by(BulletinEdition.written_at).limit(PAGE)
    ).all()


def get(session: Session, bulletin_id: UUID) -> Bulletin:
    """Return a bulletin.

    Raises:
        NotFoundError: there is none.
    """
    query = select(Bulletin).where(Bulletin.id == bulletin_id)
    found = session.scalar(query.options(joinedload(Bulletin.withdrawn_by)))
    if found is None:
        raise NotFoundError
    return found


def editions_of(session: Session, bulletin_id: UUID) -> Sequence[BulletinEdition]:
    """Return the editions of a bulletin, newest first, with their people."""
    query = select(BulletinEdition).where(BulletinEdition.bulletin_id == bulletin_id)
    people = joinedload(BulletinEdition.author), joinedload(BulletinEdition.approver)
    return session.scalars(query.options(*people).order_by(BulletinEdition.number.desc())).all()


def addressees(session: Session, edition: BulletinEdition, day: date) -> Sequence[Addressee]:
    """Return the companies that an edition addresses, by name, with who may read there."""
    companies = session.execute(
        select(Organisation.id, Organisation.name, Organisation.activities)
        .where(Organisation.sort == Sort.COMPANY, Organisation.standing.in_(STANDINGS))
        .order_by(Organisation.name, Organisation.id)
    ).all()
    licences: dict[UUID, list[Sequence[str]]] = {}
    for owner, substances in session.execute(valid_licences(day)).all():
        licences.setdefault(owner, []).append(substances)
    people: dict[UUID, list[UUID]] = {}
    readers = select(Account.organisation_id, Account.id).where(
        Account.role.in_(READERS), Account.active
    )
    for owner, account_id in session.execute(readers).all():
        people.setdefault(owner, []).append(account_id)
    return [
        Addressee(row.id, row.name, tuple(people.get(row.id, ())))
        for row in companies
        if addressed(edition.aim, handled(row.activities, licences.get(row.id, ())))
    ]


def readings_of(
    session: Session, bulletin_id: UUID, number: int, limit: int = 500
) -> Sequence[BulletinReading]:
    """Return who read an edition, the last first."""
    query = select(BulletinReading).where(
        BulletinReading.bulletin_id == bulletin_id, BulletinReading.number == number
    )
    people = joinedload(BulletinReading.account), joinedload(BulletinReading.organisation)
    return session.scalars(
        query.options(*people).order_by(BulletinReading.read_at.desc()).limit(limit)
    ).all()


def count_read(
    session: Session, bulletin_id: UUID, number: int
) -> tuple[frozenset[UUID], frozenset[UUID]]:
    """Return which people and which companies read an edition."""
    query = select(BulletinReading.account_id, BulletinReading.organisation_id).where(
        BulletinReading.bulletin_id == bulletin_id, BulletinReading.number == number
    )
    rows = session.execute(query).all()
    return frozenset(row[0] for row in rows), frozenset(row[1] for row in rows)
