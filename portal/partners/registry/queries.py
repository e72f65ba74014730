"""Reading the register of partners. Officers see all of it; partners never come here."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.core.errors import NotFoundError
from portal.organisations.models import Organisation, PartnerProfile, Sort
from portal.organisations.rules import WARN_DAYS, Standing
from portal.partners.registry.data import KINDS, Standpoint
from portal.partners.registry.models import (
    AgreementWarning,
    PartnerAgreement,
    PartnerChange,
    PartnerContact,
    PartnerKey,
    PartnerOfficer,
    PartnerPost,
)
from portal.partners.registry.present import PostMap, Spot, route_of_posts
from portal.pictures.queries.world import world
from portal.pictures.rules.maps import map_of
from portal.reference.models import Place

Part = PartnerPost | PartnerAgreement | PartnerContact | PartnerKey
P = TypeVar("P", PartnerPost, PartnerAgreement, PartnerContact, PartnerKey)
MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class Card:
    """A partner with what the register holds of it, ended parts left out."""

    organisation: Organisation
    profile: PartnerProfile
    posts: tuple[PartnerPost, ...]
    agreements: tuple[PartnerAgreement, ...]
    contacts: tuple[PartnerContact, ...]
    keys: tuple[PartnerKey, ...]

    @property
    def active(self) -> bool:
        """Tell whether the partner receives anything at all."""
        return self.organisation.standing is Standing.VETTED

    @property
    def agreed(self) -> tuple[PartnerAgreement, ...]:
        """Return the agreements that a second person agreed to."""
        return tuple(one for one in self.agreements if one.agreed_at is not None)

    @property
    def key(self) -> PartnerKey | None:
        """Return the newest key that a second person agreed to."""
        agreed = [one for one in self.keys if one.agreed_at is not None]
        return max(agreed, key=lambda one: one.added_at) if agreed else None


def cards(
    session: Session, ids: Collection[UUID] | None = None, network: str | None = None
) -> list[Card]:
    """Return partners with all their parts, by name; five look-ups however many there are."""
    query = (
        select(Organisation, PartnerProfile)
        .join(PartnerProfile, PartnerProfile.organisation_id == Organisation.id)
        .where(Organisation.sort == Sort.PARTNER)
    )
    if ids is not None:
        query = query.where(Organisation.id.in_(ids))
    if network:
        query = query.where(PartnerProfile.network == network)
    found = session.execute(query.order_by(Organisation.name, Organisation.id)).all()
    owners = [one.id for one, _ in found]
    posts = by_partner(session, PartnerPost, owners)
    agreements = by_partner(session, PartnerAgreement, owners)
    contacts = by_partner(session, PartnerContact, owners)
    keys = by_partner(session, PartnerKey, owners)
    return [
        Card(
            one,
            profile,
            tuple(posts.get(one.id, ())),
            tuple(agreements.get(one.id, ())),
            tuple(contacts.get(one.id, ())),
            tuple(keys.get(one.id, ())),
        )
        for one, profile in found
    ]


def by_partner(session: Session, table: type[P], owners: Collection[UUID]) -> dict[UUID, list[P]]:
    """Return the parts of some partners that did not end, in the order in which they came."""
    query = select(table).where(table.partner_id.in_(owners), table.ended_at.is_(None))
    found: dict[UUID, list[P]] = {}
    for one in session.scalars(query.order_by(table.added_at, table.id)):
        found.setdefault(one.partner_id, []).append(one)
    return found


def card(session: Session, partner_id: UUID) -> Card:
    """Return one partner with all its parts.

    Raises:
        NotFoundError: there is no such partner.
    """
    found = cards(session, [partner_id])
    if not found:
        raise NotFoundError
    return found[0]


def part(session: Session, partner_id: UUID, table: type[P], part_id: UUID) -> P:
    """Return one part of a partner that did not end.

    Raises:
        NotFoundError: it ended, or is not of this partner.
    """
    found = session.get(table, part_id)
    if found is None or found.partner_id != partner_id or found.ended_at is not None:
        raise NotFoundError
    return found


def places(session: Session, codes: Iterable[str]) -> dict[str, list[Place]]:
    """Return the current places of each UN/LOCODE: a code may name a port and an airport."""
    query = select(Place).where(Place.locode.in_(set(codes)), Place.valid_until.is_(None))
    found: dict[str, list[Place]] = {}
    for one in session.scalars(query.order_by(Place.key)):
        found.setdefault(one.locode, []).append(one)
    return found


def standpoints(session: Session, found: Iterable[Card]) -> dict[UUID, tuple[Standpoint, ...]]:
    """Return the posts of partners as rules see them, in one look-up."""
    held = list(found)
    known = places(session, (post.locode for one in held for post in one.posts))
    return {
        one.organisation.id: tuple(
            standpoint(post, known.get(post.locode, ())) for post in one.posts
        )
        for one in held
    }


def map_of_posts(found: Iterable[Card], points: Mapping[UUID, Sequence[Standpoint]]) -> PostMap:
    """Return the posts of partners on the map of the world, with the numbers they carry there."""
    spots = [
        Spot(number, one.organisation.id, one.organisation.name, point)
        for number, (one, point) in enumerate(
            ((one, point) for one in found for point in points[one.organisation.id]), start=1
        )
    ]
    route = route_of_posts(spots)
    return PostMap(tuple(spots), route, map_of(route, world()))


def standpoint(post: PartnerPost, found: Sequence[Place]) -> Standpoint:
    """Return a post as rules see it; without coordinates where the list has no such place."""
    fitting = sorted(found, key=lambda place: place.kind is not KINDS[post.sort])
    place = fitting[0] if fitting else None
    return Standpoint(
        locode=post.locode,
        name=post.name or (place.name if place else post.locode),
        sort=post.sort,
        country=place.country if place else post.locode[:2],
        faces=post.faces,
        latitude=float(place.latitude) if place else None,
        longitude=float(place.longitude) if place else None,
    )


def changes_of(session: Session, partner_id: UUID) -> Sequence[PartnerChange]:
    """Return what was done to a partner's entry, newest first."""
    query = select(PartnerChange).where(PartnerChange.partner_id == partner_id)
    people = (joinedload(PartnerChange.proposed_by), joinedload(PartnerChange.decided_by))
    ordered = query.order_by(PartnerChange.proposed_at.desc(), PartnerChange.id)
    return session.scalars(ordered.options(*people).limit(MOST_CHANGES)).all()


def waiting(session: Session) -> Sequence[PartnerChange]:
    """Return what waits for a second person, the longest waiting first."""
    query = select(PartnerChange).where(PartnerChange.decided_at.is_(None))
    people = (joinedload(PartnerChange.proposed_by), joinedload(PartnerChange.partner))
    return session.scalars(query.order_by(PartnerChange.proposed_at).options(*people)).all()


def change(session: Session, change_id: UUID) -> PartnerChange:
    """Return something that waits for a second person.

    Raises:
        NotFoundError: there is none, or it was decided.
    """
    found = session.get(PartnerChange, change_id)
    if found is None or found.decided_at is not None:
        raise NotFoundError
    return found


def officers_of(session: Session, partner_id: UUID) -> Sequence[PartnerOfficer]:
    """Return every decision on the people of a partner, those that hold first."""
    query = select(PartnerOfficer).where(PartnerOfficer.partner_id == partner_id)
    people = (joinedload(PartnerOfficer.account), joinedload(PartnerOfficer.decided_by))
    order = (PartnerOfficer.withdrawn_at.is_not(None), PartnerOfficer.decided_at)
    return session.scalars(query.order_by(*order).options(*people)).all()


def ending(session: Session, today: date) -> Sequence[PartnerAgreement]:
    """Return the agreements in force that end within the longest warning."""
    query = select(PartnerAgreement).where(
        PartnerAgreement.agreed_at.is_not(None),
        PartnerAgreement.ended_at.is_(None),
        PartnerAgreement.valid_until.between(today, today + timedelta(days=max(WARN_DAYS))),
    )
    return session.scalars(query.order_by(PartnerAgreement.valid_until)).all()


def was_warned(session: Session, agreement: PartnerAgreement, days: int) -> bool:
    """Tell whether the registrars were warned of this end at this number of days."""
    query = select(AgreementWarning.id).where(
        AgreementWarning.agreement_id == agreement.id, AgreementWarning.days == days
    )
    return session.scalar(query) is not None
