"""Handing to several, updates under the same hand-over, resending, recall, expiry and consent."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core import audit, jobs
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.core.languages import countries
from portal.leads import services as leads
from portal.leads.approval.services import RECALLS
from portal.leads.data import Released
from portal.leads.models import Lead
from portal.leads.releasing import released_of
from portal.leads.rules import Action
from portal.partners import queries, services
from portal.partners.data import Result
from portal.partners.models import Consent, HandOver
from portal.partners.proposals.data import Candidate, Journey
from portal.partners.proposals.rules import names_in, proposed
from portal.partners.registry import queries as registry
from portal.partners.registry.data import Way
from portal.partners.registry.queries import Card
from portal.partners.rules import allowing, closed_words, last_day, readable


class NothingNewError(DomainError):
    """The partner has the newest version already."""


class TakenBackError(DomainError):
    """The hand-over has expired or was recalled."""


def proposals(
    session: Session, cards: Sequence[Card], released: Released
) -> Mapping[UUID, tuple[str, ...]]:
    """Return why each partner is proposed, by its id; those that are not are left out."""
    points = registry.standpoints(session, cards)
    candidates = [
        Candidate(
            partner_id=one.organisation.id,
            name=one.organisation.name,
            network=one.profile.network,
            countries=tuple(one.profile.countries),
            posts=points[one.organisation.id],
        )
        for one in cards
    ]
    others = tuple(subject.country for subject in released.subjects if subject.country)
    return proposed(candidates, Journey(released.stops, others), names_in(countries()))


def hand_over_to(
    session: Session,
    lead: Lead,
    wanted: Sequence[UUID],
    expires_on: date | None,
    actor: Actor,
    now: datetime,
) -> list[Result]:
    """Hand a lead to several partners; one that may not have it does not hold up the others."""
    cards = {one.organisation.id: one for one in registry.cards(session, wanted)}
    reasons = proposals(session, list(cards.values()), released_of(lead))
    known = {one.partner_id for one in queries.of_lead(session, lead.id)}
    results = []
    for partner_id in [one for one in wanted if one in cards]:
        name = cards[partner_id].organisation.name
        if partner_id in known:
            results.append(Result(name, None, "has it already; nothing was sent."))
            continue
        try:
            given = services.hand_over(
                session,
                lead,
                partner_id,
                actor,
                now,
                expires_on=expires_on,
                reasons="\n".join(reasons.get(partner_id, ())),
            )
        except services.HandOverRefusedError as refusal:
            results.append(Result(name, None, f"refused. {refusal}"))
        else:
            results.append(Result(name, given.id, "handed over."))
    return results


def refuse_closed(given: HandOver, now: datetime) -> None:
    """Refuse what cannot be done with a hand-over that nobody may read any more.

    Raises:
        TakenBackError: saying since when.
    """
    if why := closed_words(given, now):
        raise TakenBackError(f"This cannot be done any more. {why}")


def update(session: Session, given: HandOver, lead: Lead, actor: Actor, now: datetime) -> None:
    """Give the newest approved version under the same hand-over, with the next number.

    The partner's officers read and acknowledge it anew; the receipt keeps what they did before.

    Raises:
        NothingNewError: the partner has the newest version.
        TakenBackError: it has expired or was recalled.
        HandOverRefusedError: the new version may not go to this partner.
        MoveRefusedError: the new version is not approved.
    """
    refuse_closed(given, now)
    newest = services.newest_version(session, lead)
    if newest <= given.lead_version:
        raise NothingNewError("The partner has the newest approved version already.")
    card = registry.card(session, given.partner_id)
    terms, released = queries.terms_of(card), released_of(lead)
    offer = queries.offer_of(session, lead, released, now)
    services.refuse(terms, offer, now)
    leads.advance(session, lead, Action.HAND_OVER, actor, now)
    keep_paper(session, given)
    for column, value in services.signed(services.content_of(lead, card, now)).items():
        setattr(given, column, value)
    given.number, given.lead_version = given.number + 1, newest
    bonds = allowing(terms, offer, now.date())
    given.expires_on = last_day(given.expires_on, lead.expires_on, bonds, now.date())
    given.read_at = given.acknowledged_at = given.acknowledged_by_id = None
    given.pdf_stored_as = given.pdf_sha256 = None
    session.flush()
    services.keep_version(session, given, actor, now)
    services.notify(session, given, now)
    jobs.enqueue(session, "hand-over-paper", {"hand_over": str(given.id)}, now)
    audit.record(session, actor, "hand_over.updated", given.id, now, number=given.number)


def keep_paper(session: Session, given: HandOver) -> None:
    """Keep the PDF of what was given before beside it."""
    for one in queries.versions_of(session, given.id):
        if one.number == given.number:
            one.pdf_stored_as, one.pdf_sha256 = given.pdf_stored_as, given.pdf_sha256


def resend(session: Session, given: HandOver, actor: Actor, now: datetime) -> None:
    """Notify the partner again; nothing new is handed over.

    Raises:
        TakenBackError: it has expired or was recalled.
        DomainError: the partner is not notified at all.
    """
    refuse_closed(given, now)
    if given.way is Way.FILE:
        raise DomainError("This partner gets packages by file. Download the package and send it.")
    services.notify(session, given, now, "again")
    audit.record(session, actor, "hand_over.resent", given.id, now)


def recall(session: Session, given: HandOver, reason: str, actor: Actor, now: datetime) -> None:
    """Take a hand-over back: the partner sees that there was one, and nothing of it.

    Raises:
        TakenBackError: it was recalled before.
    """
    if given.recalled_at is not None:
        raise TakenBackError("It was recalled before.")
    told = readable(given, now)
    given.recalled_at, given.recalled_by_id, given.recall_reason = now, actor.id, reason
    if told:
        services.notify(session, given, now, "of the recall")
    audit.record(session, actor, "hand_over.recalled", given.id, now)


def set_expiry(
    session: Session, given: HandOver, lead: Lead, wanted: date | None, actor: Actor, now: datetime
) -> None:
    """Let a partner read shorter or longer, never longer than lead and agreement allow.

    Raises:
        TakenBackError: it was recalled.
        HandOverRefusedError: the partner may not have it any more.
    """
    if given.recalled_at is not None:
        raise TakenBackError("It was recalled.")
    terms = queries.terms_of(registry.card(session, given.partner_id))
    offer = queries.offer_of(session, lead, released_of(lead), now)
    services.refuse(terms, offer, now)
    bonds = allowing(terms, offer, now.date())
    given.expires_on = last_day(wanted, lead.expires_on, bonds, now.date())
    until = given.expires_on.isoformat() if given.expires_on else ""
    audit.record(session, actor, "hand_over.expiry_set", given.id, now, until=until)


def record_consent(
    session: Session, lead: Lead, consent: Consent, actor: Actor, now: datetime
) -> None:
    """Write down that an originator agreed to the lead's being handed on.

    Raises:
        DomainError: the lead does not rest on what this partner told, or it agreed before.
    """
    if consent.originator_id not in queries.unasked(session, lead):
        raise DomainError("Nothing waits for the consent of this partner.")
    consent.lead_id, consent.recorded_at, consent.recorded_by_id = lead.id, now, actor.id
    session.add(consent)
    session.flush()
    originator = str(consent.originator_id)
    audit.record(session, actor, "lead.consent_recorded", lead.id, now, originator=originator)


def recall_all(session: Session, lead: Lead, reason: str, actor: Actor, now: datetime) -> None:
    """Take back every hand-over of a lead whose release at once was refused or withdrawn."""
    for given in queries.of_lead(session, lead.id):
        if given.recalled_at is None:
            recall(session, given, reason, actor, now)


RECALLS.append(recall_all)
