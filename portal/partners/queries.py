"""Reading hand-overs. What a partner officer may know of starts from `handed_to`."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.leads.data import Category, Marking
from portal.organisations.models import Organisation, PartnerProfile, Sort
from portal.organisations.rules import Standing
from portal.partners.data import Terms
from portal.partners.models import HandOver


def handed_to(actor: Actor) -> Select[HandOver]:
    """Select what was handed to the actor's own partner."""
    return select(HandOver).where(HandOver.partner_id == actor.organisation_id)


def received(session: Session, hand_over_id: UUID, actor: Actor) -> HandOver:
    """Return one hand-over to the actor's own partner.

    Raises:
        NotFoundError: there is none, or it went to somebody else.
    """
    found = session.scalar(handed_to(actor).where(HandOver.id == hand_over_id))
    if found is None:
        raise NotFoundError
    return found


def of_lead(session: Session, lead_id: UUID) -> Sequence[HandOver]:
    """Return the hand-overs of a lead with their partners, oldest first."""
    query = select(HandOver).where(HandOver.lead_id == lead_id)
    ordered = query.options(joinedload(HandOver.partner)).order_by(HandOver.handed_over_at)
    return session.scalars(ordered).all()


def partners(session: Session) -> Sequence[tuple[Organisation, PartnerProfile]]:
    """Return every partner with its profile, by name."""
    query = (
        select(Organisation, PartnerProfile)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .where(Organisation.sort == Sort.PARTNER)
    )
    return [(row[0], row[1]) for row in session.execute(query.order_by(Organisation.name))]


def partner(session: Session, partner_id: UUID) -> tuple[Organisation, PartnerProfile]:
    """Return one partner with its profile.

    Raises:
        NotFoundError: there is no such partner.
    """
    found = [pair for pair in partners(session) if pair[0].id == partner_id]
    if not found:
        raise NotFoundError
    return found[0]


def terms_of(organisation: Organisation, profile: PartnerProfile) -> Terms:
    """Return what a partner may receive."""
    return Terms(
        name=organisation.name,
        marking_max=Marking(profile.marking_max) if profile.marking_max else None,
        categories=tuple(Category(one) for one in profile.categories),
        agreement_until=profile.agreement_until,
        active=organisation.standing is Standing.VETTED,
    )
