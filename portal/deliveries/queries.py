"""Reading plans. What somebody may know of starts from `known_to`; else there is no such plan."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Account
from portal.core import languages
from portal.core.access import GRANTS, Actor, Permission, Role
from portal.core.errors import NotFoundError
from portal.deliveries.data import AT_HALT, EntrySort, HaltFacts, Passing, PlanFacts
from portal.deliveries.models import (
    DeliveryConsent,
    DeliveryEntry,
    DeliveryHalt,
    DeliveryPerson,
    DeliveryPlan,
    DeliveryStep,
)
from portal.submissions.models import Submission
from portal.triage.knowing import readable
from portal.triage.models import TriageCase

PAGE = 50
OFFICERS = frozenset(role for role in GRANTS if Permission.DELIVERY_USE in GRANTS[role])
PEOPLE = (
    joinedload(DeliveryPlan.author),
    joinedload(DeliveryPlan.approver),
    joinedload(DeliveryPlan.in_charge),
    joinedload(DeliveryPlan.deputy),
    joinedload(DeliveryPlan.lead),
    joinedload(DeliveryPlan.submission),
)


def zone() -> ZoneInfo:
    """Return the authority's zone, in which plans are written."""
    return ZoneInfo(current_app.config["TIME_ZONE"])


def today(now: datetime) -> date:
    """Return the day at the authority."""
    return now.astimezone(zone()).date()


def known_to(actor: Actor) -> Select[DeliveryPlan]:
    """Select the plans this actor may know of: supervisors all, others those that name them."""
    query = select(DeliveryPlan)
    if actor.role is Role.SUPERVISOR:
        return query
    named = select(DeliveryPerson.plan_id).where(DeliveryPerson.account_id == actor.id)
    return query.where(DeliveryPlan.id.in_(named))


def get(session: Session, plan_id: UUID, actor: Actor) -> DeliveryPlan:
    """Return a plan with its people.

    Raises:
        NotFoundError: there is none, or it does not name the actor.
    """
    found = session.scalar(known_to(actor).where(DeliveryPlan.id == plan_id).options(*PEOPLE))
    if found is None:
        raise NotFoundError
    return found


def held(session: Session, plan_id: UUID, actor: Actor) -> DeliveryPlan:
    """Return a plan for a deed: one deed after the other, each on what the one before left."""
    query = known_to(actor).where(DeliveryPlan.id == plan_id)
    if session.scalar(query.with_for_update(of=DeliveryPlan)) is None:
        raise NotFoundError
    return get(session, plan_id, actor)


def newest(
    session: Session, actor: Actor, before: DeliveryPlan | None = None
) -> Sequence[DeliveryPlan]:
    """Return plans, newest first; from after one of them to turn the page."""
    query = known_to(actor).options(joinedload(DeliveryPlan.in_charge))
    if before is not None:
        same = DeliveryPlan.created_at == before.created_at
        earlier = DeliveryPlan.created_at < before.created_at
        query = query.where(earlier | (same & (DeliveryPlan.id < before.id)))
    order = query.order_by(DeliveryPlan.created_at.desc(), DeliveryPlan.id.desc())
    return session.scalars(order.limit(PAGE)).all()


def of_lead(session: Session, lead_id: UUID, actor: Actor) -> Sequence[DeliveryPlan]:
    """Return the plans made from a lead that the actor may know of."""
    query = known_to(actor).where(DeliveryPlan.lead_id == lead_id)
    return session.scalars(query.order_by(DeliveryPlan.created_at)).all()


def halt(plan: DeliveryPlan, halt_id: UUID) -> DeliveryHalt:
    """Return a country on the route of a plan.

    Raises:
        NotFoundError: it is not on it.
    """
    found = next((one for one in plan.halts if one.id == halt_id), None)
    if found is None:
        raise NotFoundError
    return found


def consent(plan: DeliveryPlan, consent_id: UUID) -> DeliveryConsent:
    """Return what a country said, with its document.

    Raises:
        NotFoundError: there is none in this plan.
    """
    for one in plan.all_halts:
        for said in one.consents:
            if said.id == consent_id:
                return said
    raise NotFoundError


def people_of(session: Session, plan_id: UUID) -> Sequence[DeliveryPerson]:
    """Return who needs to know of a plan, by name."""
    query = (
        select(DeliveryPerson)
        .join(Account, Account.id == DeliveryPerson.account_id)
        .where(DeliveryPerson.plan_id == plan_id)
        .options(joinedload(DeliveryPerson.account))
    )
    return session.scalars(query.order_by(Account.name, Account.email)).all()


def officers(session: Session) -> Sequence[Account]:
    """Return who could be named in a plan, by name."""
    query = select(Account).where(Account.active, Account.role.in_(OFFICERS))
    return session.scalars(query.order_by(Account.name, Account.email)).all()


def choices(session: Session) -> dict[str, str]:
    """Return who could be named in a plan, for a form."""
    rows = {str(one.id): f"{one.name or one.email}, {one.role}" for one in officers(session)}
    return {"": "Choose", **rows}


def steps_of(session: Session, plan_id: UUID) -> Sequence[DeliveryStep]:
    """Return what was done with a plan, oldest first."""
    query = select(DeliveryStep).where(DeliveryStep.plan_id == plan_id)
    rows = query.options(joinedload(DeliveryStep.by)).order_by(DeliveryStep.at, DeliveryStep.id)
    return session.scalars(rows).all()


def writers_of(session: Session, plan: DeliveryPlan) -> set[UUID]:
    """Return everybody who wrote in a plan."""
    query = select(DeliveryStep.by_id).where(DeliveryStep.plan_id == plan.id, DeliveryStep.wrote)
    return {plan.author_id, *session.scalars(query)}


def entries_of(session: Session, plan_id: UUID) -> Sequence[DeliveryEntry]:
    """Return the log of the hours in the order it was written."""
    query = select(DeliveryEntry).where(DeliveryEntry.plan_id == plan_id)
    rows = query.options(joinedload(DeliveryEntry.written_by), joinedload(DeliveryEntry.halt))
    return session.scalars(rows.order_by(DeliveryEntry.number)).all()


def entry(session: Session, plan_id: UUID, entry_id: UUID) -> DeliveryEntry:
    """Return an entry of a plan's log.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(DeliveryEntry, entry_id)
    if found is None or found.plan_id != plan_id:
        raise NotFoundError
    return found


def next_entry(session: Session, plan_id: UUID) -> int:
    """Return the number of the next entry of a log."""
    query = select(func.max(DeliveryEntry.number)).where(DeliveryEntry.plan_id == plan_id)
    return (session.scalar(query) or 0) + 1


def corrections(entries: Sequence[DeliveryEntry]) -> dict[UUID, int]:
    """Return by the id of a corrected entry the number of the newest that puts it right."""
    return {one.corrects_id: one.number for one in entries if one.corrects_id}


def source(session: Session, submission_id: UUID, actor: Actor, now: datetime) -> Submission:
    """Return a submission that an officer may read.

    Raises:
        NotFoundError: there is none, or it is another officer's.
    """
    query = select(Submission).join(TriageCase, TriageCase.id == Submission.id)
    found = session.scalar(query.where(Submission.id == submission_id, readable(actor, now)))
    if found is None:
        raise NotFoundError
    return found


def readable_references(
    session: Session, references: Sequence[str], actor: Actor, now: datetime
) -> dict[str, UUID]:
    """Return by reference the submissions that an officer may read, of some references."""
    query = (
        select(Submission.reference, Submission.id)
        .join(TriageCase, TriageCase.id == Submission.id)
        .where(Submission.reference.in_(references), readable(actor, now))
    )
    return {row.reference: row.id for row in session.execute(query)} if references else {}


def passings(plan: DeliveryPlan, entries: Sequence[DeliveryEntry]) -> list[Passing]:
    """Return planned and actual hours of each place; what was corrected does not count."""
    void = corrections(entries)
    seen: dict[tuple[UUID, EntrySort], datetime] = {}
    for one in entries:
        if one.sort in AT_HALT and one.halt_id and one.id not in void:
            seen.setdefault((one.halt_id, one.sort), one.at)
    return [
        Passing(
            halt.number,
            languages.country_name(halt.country),
            halt.place,
            halt.planned_at,
            seen.get((halt.id, EntrySort.ARRIVED)),
            seen.get((halt.id, EntrySort.LEFT)),
        )
        for halt in plan.halts
    ]


def halt_facts(halt: DeliveryHalt) -> HaltFacts:
    """Return a country on the route as rules see it."""
    return HaltFacts(
        id=halt.id,
        number=halt.number,
        country=halt.country,
        name=languages.country_name(halt.country),
        place=halt.place,
        planned_at=halt.planned_at,
        legal_basis=halt.legal_basis,
        authority=halt.authority,
        contact=halt.contact,
        day_phone=halt.day_phone,
        night_phone=halt.night_phone,
        consent=halt.consent,
    )


def facts(plan: DeliveryPlan) -> PlanFacts:
    """Return a plan as rules see it."""
    swapped = (plan.substituted_with, plan.substituted_by, plan.substituted_where)
    return PlanFacts(
        halts=tuple(halt_facts(one) for one in plan.halts),
        in_charge=plan.in_charge_id,
        deputy=plan.deputy_id,
        reachable=bool(plan.in_charge_phone and plan.deputy_phone),
        substitution=plan.substitution,
        substituted=all(swapped),
        cost=plan.cost,
        payer=plan.payer,
        watching=plan.watching,
        communication=plan.communication,
        consignments=len(plan.goods),
        risks=len(plan.risks),
        measures=sum(1 for one in plan.risks if one.measure),
        conditions=len(plan.conditions),
        conditions_met=tuple(one.text for one in plan.conditions if one.met_at),
    )


SAID = (
    "title",
    "purpose",
    "in_charge_phone",
    "deputy_phone",
    "watching",
    "communication",
    "cost",
    "payer",
    "substituted_with",
    "substituted_by",
    "substituted_where",
)
SAID_OF_HALT = (
    "country",
    "place",
    "locode",
    "legal_basis",
    "authority",
    "contact",
    "day_phone",
    "night_phone",
    "email",
)


def content(plan: DeliveryPlan) -> dict[str, Any]:
    """Return what somebody approves: everything the plan says, but for what countries answer."""
    said: dict[str, Any] = {name: getattr(plan, name) for name in SAID}
    said |= {"marking": plan.marking.value, "substitution": plan.substitution.value}
    said |= {"in_charge": str(plan.in_charge_id), "deputy": str(plan.deputy_id)}
    said["risks"] = [(one.risk, one.measure) for one in plan.risks]
    said["conditions"] = [one.text for one in plan.conditions]
    said["goods"] = [(one.reference, one.container) for one in plan.goods]
    said["route"] = [
        {
            **{name: getattr(one, name) for name in SAID_OF_HALT},
            "number": one.number,
            "planned_at": one.planned_at.isoformat(),
        }
        for one in plan.halts
    ]
    return said


def sha256(plan: DeliveryPlan) -> str:
    """Return the hash of what somebody approves."""
    text = json.dumps(content(plan), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
