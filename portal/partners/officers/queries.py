"""Reading who was admitted to a partner's accounts."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.partners.registry.models import PartnerOfficer


def officer(session: Session, partner_id: UUID, officer_id: UUID) -> PartnerOfficer:
    """Return one decision on somebody of a partner.

    Raises:
        NotFoundError: there is none, or it is another partner's.
    """
    query = select(PartnerOfficer).where(
        PartnerOfficer.id == officer_id, PartnerOfficer.partner_id == partner_id
    )
    found = session.scalar(query.options(joinedload(PartnerOfficer.account)))
    if found is None:
        raise NotFoundError
    return found


def colleague(session: Session, officer_id: UUID, actor: Actor) -> PartnerOfficer:
    """Return the decision on a colleague of the actor's own partner.

    Raises:
        NotFoundError: there is none, or it is another partner's.
    """
    return officer(session, actor.organisation_id, officer_id)
