"""Reading consultations and releases."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.organisations.models import Organisation, PartnerProfile, Sort
from portal.organisations.rules import Standing
from portal.shipments.models import Consultation, Release
from portal.submissions.models import Submission

PAGE = 50


def consultations_of(session: Session, submission_id: UUID) -> Sequence[Consultation]:
    """Return to whom a notice was sent, oldest first."""
    query = select(Consultation).where(Consultation.submission_id == submission_id)
    people = joinedload(Consultation.partner), joinedload(Consultation.replied_by)
    return session.scalars(query.options(*people).order_by(Consultation.sent_at)).all()


def consultation(session: Session, submission_id: UUID, consultation_id: UUID) -> Consultation:
    """Return one of the consultations of a notice.

    Raises:
        NotFoundError: it is none of them.
    """
    for one in consultations_of(session, submission_id):
        if one.id == consultation_id:
            return one
    raise NotFoundError


def sent_to(actor: Actor) -> Select[Consultation]:
    """Select what was sent to the actor's own authority."""
    return select(Consultation).where(Consultation.partner_id == actor.organisation_id)


def inbox(session: Session, actor: Actor) -> Sequence[Consultation]:
    """Return what was sent to the actor's authority: unanswered first, then the newest."""
    order = (Consultation.replied_at.is_not(None), Consultation.sent_at.desc())
    return session.scalars(sent_to(actor).order_by(*order).limit(PAGE)).all()


def received(session: Session, consultation_id: UUID, actor: Actor) -> Consultation:
    """Return one notice that was sent to the actor's authority.

    Raises:
        NotFoundError: there is none, or it went to somebody else.
    """
    found = session.scalar(sent_to(actor).where(Consultation.id == consultation_id))
    if found is None:
        raise NotFoundError
    return found


def authorities(session: Session, country: str) -> Sequence[Organisation]:
    """Return partner authorities that cover a country, by name."""
    query = (
        select(Organisation, PartnerProfile.countries)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .where(Organisation.sort == Sort.PARTNER, Organisation.standing == Standing.VETTED)
        .order_by(Organisation.name)
    )
    return [row[0] for row in session.execute(query) if country in {row[0].country, *row[1]}]


def release_of(session: Session, submission_id: UUID) -> Release | None:
    """Return the release of a notice, if it was ever released."""
    return session.scalar(select(Release).where(Release.submission_id == submission_id))


def release_by_code(session: Session, code: str) -> Release | None:
    """Return the release whose paper carries a code; for the public check."""
    query = select(Release).where(Release.check_code == code)
    owner = joinedload(Release.submission).joinedload(Submission.organisation)
    return session.scalar(query.options(owner))
