"""Reading hand-overs. What a partner officer may know of starts from `handed_to`."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.leads import queries as leads
from portal.leads.data import Handling, Released
from portal.leads.models import Lead
from portal.organisations.models import Organisation, Sort
from portal.organisations.rules import Standing
from portal.partners.data import Offer, Received, Terms
from portal.partners.models import Consent, HandOver, HandOverVersion, Receipt, SealedPackage
from portal.partners.registry.data import Way
from portal.partners.registry.queries import Card


def handed_to(actor: Actor) -> Select[HandOver]:
    """Select what was handed to the actor's own partner, while the partner is active.

    Ask `rules.readable` whether one of them may still be read.
    """
    active = exists().where(
        Organisation.id == actor.organisation_id, Organisation.standing == Standing.VETTED
    )
    return select(HandOver).where(HandOver.partner_id == actor.organisation_id, active)


def received(session: Session, hand_over_id: UUID, actor: Actor) -> HandOver:
    """Return one hand-over to the actor's own partner.

    Raises:
        NotFoundError: there is none, or it went to somebody else.
    """
    found = session.scalar(handed_to(actor).where(HandOver.id == hand_over_id))
    if found is None:
        raise NotFoundError
    return found


def given(session: Session, hand_over_id: UUID) -> HandOver:
    """Return one hand-over with lead and partner, for officers.

    Raises:
        NotFoundError: there is none.
    """
    query = select(HandOver).where(HandOver.id == hand_over_id)
    found = session.scalar(query.options(joinedload(HandOver.partner), joinedload(HandOver.lead)))
    if found is None:
        raise NotFoundError
    return found


def of_lead(session: Session, lead_id: UUID) -> Sequence[HandOver]:
    """Return the hand-overs of a lead with their partners, oldest first."""
    query = select(HandOver).where(HandOver.lead_id == lead_id)
    ordered = query.options(joinedload(HandOver.partner)).order_by(HandOver.handed_over_at)
    return session.scalars(ordered).all()


def known(session: Session, lead_id: UUID, partner_id: UUID) -> HandOver | None:
    """Return the one hand-over of a lead to a partner, if it was made."""
    query = select(HandOver).where(HandOver.lead_id == lead_id, HandOver.partner_id == partner_id)
    return session.scalar(query.options(joinedload(HandOver.partner)))


def first(session: Session, lead_id: UUID, partner_id: UUID) -> HandOver:
    """Return the hand-over of a lead to a partner that was made before.

    Raises:
        NotFoundError: there is none.
    """
    found = known(session, lead_id, partner_id)
    if found is None:
        raise NotFoundError
    return found


def has_read(session: Session, given: HandOver, actor: Actor) -> bool:
    """Tell whether somebody is on the receipt as a reader of what was given last."""
    query = select(Receipt.id).where(
        Receipt.hand_over_id == given.id,
        Receipt.number == given.number,
        Receipt.received == Received.READ,
        Receipt.account_id == actor.id,
    )
    return session.scalar(query.limit(1)) is not None


def versions_of(session: Session, hand_over_id: UUID) -> Sequence[HandOverVersion]:
    """Return what was given under a hand-over, newest first."""
    query = select(HandOverVersion).where(HandOverVersion.hand_over_id == hand_over_id)
    ordered = query.order_by(HandOverVersion.number.desc())
    return session.scalars(ordered.options(joinedload(HandOverVersion.given_by))).all()


def receipts_of(session: Session, ids: Collection[UUID]) -> dict[UUID, list[Receipt]]:
    """Return who read, took and acknowledged what, by hand-over, oldest first."""
    query = select(Receipt).where(Receipt.hand_over_id.in_(ids)).order_by(Receipt.at, Receipt.id)
    found: dict[UUID, list[Receipt]] = {}
    for one in session.scalars(query.options(joinedload(Receipt.account))):
        found.setdefault(one.hand_over_id, []).append(one)
    return found


def packages_of(session: Session, hand_over_id: UUID) -> Sequence[SealedPackage]:
    """Return the packages that were sealed under a hand-over, newest first."""
    query = select(SealedPackage).where(SealedPackage.hand_over_id == hand_over_id)
    return session.scalars(query.order_by(SealedPackage.made_at.desc())).all()


def consents_of(session: Session, lead_id: UUID) -> Sequence[Consent]:
    """Return which originators agreed to a lead's being handed on."""
    return session.scalars(select(Consent).where(Consent.lead_id == lead_id)).all()


def originators_of(session: Session, lead: Lead) -> dict[UUID, str]:
    """Return the partners on whose own information a lead rests, by id."""
    return {
        source.organisation.id: source.organisation.name
        for source in leads.sources_of(session, lead)
        if source.organisation.sort is Sort.PARTNER
    }


def unasked(session: Session, lead: Lead) -> dict[UUID, str]:
    """Return the originators who did not agree yet."""
    agreed = {one.originator_id for one in consents_of(session, lead.id)}
    return {key: name for key, name in originators_of(session, lead).items() if key not in agreed}


def offer_of(session: Session, lead: Lead, released: Released, now: datetime) -> Offer:
    """Return what of a lead decides to whom it may be given."""
    return Offer(
        marking=released.marking,
        category=released.category,
        expires_on=released.expires_on,
        conditioned=any(one.grading.handling is Handling.CONDITIONS for one in released.texts),
        conditions=released.conditions or released.court or asked_first(released),
        need_to_know=released.need_to_know,
        unasked=tuple(unasked(session, lead).values()),
        approved=lead.approved_at is not None,
        overdue=lead.confirm_by is not None and lead.confirm_by <= now,
    )


def asked_first(released: Released) -> str:
    """Return the condition that every lead has whose originator must be asked before it goes on."""
    return "The originator is asked before it goes any further." if released.ask_originator else ""


def terms_of(card: Card) -> Terms:
    """Return what a partner may receive."""
    return Terms(
        name=card.organisation.name,
        network=card.profile.network,
        bonds=tuple(one.bond for one in card.agreed),
        functions=tuple(one.function for one in card.contacts if one.function),
        active=card.active,
        way=Way(card.profile.way),
        sealable=card.key is not None,
    )
