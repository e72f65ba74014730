"""What the countries say: asked, received, refused, withdrawn. A withdrawal stops at once."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.core import audit, languages
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.core.files import Incoming
from portal.deliveries import deeds, queries, steps
from portal.deliveries.data import ConsentState
from portal.deliveries.models import DeliveryConsent, DeliveryHalt, DeliveryPlan
from portal.deliveries.rules.consents import Act, after
from portal.deliveries.rules.life import CONSENTING, MoveRefusedError, Status


class ConsentDayError(DomainError):
    """The days of a consent do not fit together."""

    status = 422


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a country said, as it is recorded."""

    act: Act
    said_on: date
    by_whom: str
    reference: str = ""
    conditions: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    document: Incoming | None = None


def record(
    session: Session,
    plan: DeliveryPlan,
    halt: DeliveryHalt,
    said: Said,
    actor: Actor,
    now: datetime,
) -> DeliveryConsent:
    """Record what a country said.

    Raises:
        MoveRefusedError: nobody asks any more.
        ConsentRefusedError: this cannot follow on what it said before.
        ConsentDayError: a consent without a last day, or a day in the future.
    """
    if plan.status not in CONSENTING:
        raise MoveRefusedError(f"No consent is recorded when a plan is: {plan.status}.")
    state = after(halt.consent.state, said.act)
    refuse_days(said, queries.today(now))
    given = state is ConsentState.RECEIVED
    made = DeliveryConsent(
        number=len(halt.consents) + 1,
        state=state,
        said_on=said.said_on,
        by_whom=said.by_whom,
        reference=said.reference,
        conditions=said.conditions,
        valid_from=said.valid_from if given else None,
        valid_until=said.valid_until if given else None,
        recorded_at=now,
        recorded_by_id=actor.id,
        **columns_of(said.document),
    )
    halt.consents.append(made)
    country = languages.country_name(halt.country)
    steps.step(session, plan, f"consent {said.act}", actor, now, country)
    if state is ConsentState.WITHDRAWN and plan.status is Status.RUNNING:
        deeds.stop(session, plan, f"{country} withdrew its consent.", actor, now)
    return made


def refuse_days(said: Said, today: date) -> None:
    """Refuse days that cannot be.

    Raises:
        ConsentDayError: saying which.
    """
    if said.said_on > today:
        raise ConsentDayError("What a country said was said today or before.")
    if said.act is not Act.RECEIVE:
        return
    if said.valid_until is None:
        raise ConsentDayError("Say until which day the consent is valid.")
    if said.valid_from and said.valid_from > said.valid_until:
        raise ConsentDayError("The consent would end before it begins.")


def columns_of(document: Incoming | None) -> dict[str, str]:
    """Return a document as the row keeps it."""
    if document is None:
        return {}
    return {
        "document": document.name,
        "media_type": document.media_type,
        "stored_as": document.stored_as,
        "sha256": document.sha256,
    }


def note_opening(
    session: Session, plan: DeliveryPlan, said: DeliveryConsent, actor: Actor, now: datetime
) -> None:
    """Record that somebody opened the document of a consent."""
    audit.record(session, actor, "delivery.document_read", plan.id, now, consent=str(said.id))
