"""Writing a plan: what it says, the route, and who needs to know of it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import audit
from portal.core.access import Actor, Permission, may
from portal.core.errors import DomainError
from portal.core.references import new_reference
from portal.deliveries import queries, steps
from portal.deliveries.data import ConsentState
from portal.deliveries.models import (
    DeliveryCondition,
    DeliveryConsent,
    DeliveryGoods,
    DeliveryHalt,
    DeliveryPerson,
    DeliveryPlan,
    DeliveryRisk,
)
from portal.deliveries.rules import consents
from portal.deliveries.rules.life import NotInChargeError

PARTS = frozenset({"risks", "conditions", "references", "containers"})
OPENED = "The route was changed."
SWAPPED = "What is replaced was changed."


class NoOfficerError(DomainError):
    """The person cannot know of a plan."""

    status = 422


class NoSubmissionError(DomainError):
    """A reference names nothing that its author may read."""

    status = 422


def begin(
    session: Session,
    said: Mapping[str, Any],
    actor: Actor,
    now: datetime,
    *,
    lead_id: UUID | None = None,
    submission_id: UUID | None = None,
) -> DeliveryPlan:
    """Begin a plan, from a lead or from a notice.

    Raises:
        NoOfficerError: somebody is named who cannot know of it.
        NoSubmissionError: a reference names nothing that the actor may read.
    """
    refuse_unknown(session, said["references"], actor, now)
    plan = DeliveryPlan(
        reference=new_reference("CD"),
        lead_id=lead_id,
        submission_id=submission_id,
        author_id=actor.id,
        created_at=now,
        changed_at=now,
        all_halts=[],
    )
    fill(plan, said)
    session.add(plan)
    session.flush()
    session.add(DeliveryPerson(plan_id=plan.id, account_id=actor.id, added_at=now))
    name_those_in_charge(session, plan, actor, now)
    steps.step(session, plan, "begun", actor, now, wrote=True)
    return plan


def fill(plan: DeliveryPlan, said: Mapping[str, Any]) -> None:
    """Take over what the form says."""
    for name in said.keys() - PARTS:
        setattr(plan, name, said[name])
    plan.risks = [
        DeliveryRisk(number=number, risk=risk, measure=measure)
        for number, (risk, measure) in enumerate(said["risks"], start=1)
    ]
    plan.conditions = [
        DeliveryCondition(number=number, text=text)
        for number, text in enumerate(said["conditions"], start=1)
    ]
    goods = [{"reference": one} for one in said["references"]]
    goods += [{"container": one} for one in said["containers"]]
    plan.goods = [DeliveryGoods(number=n, **one) for n, one in enumerate(goods, start=1)]


def refuse_unknown(
    session: Session, references: Sequence[str], actor: Actor, now: datetime
) -> None:
    """Take only references of submissions that the actor may read as an officer.

    Raises:
        NoSubmissionError: naming the others.
    """
    known = queries.readable_references(session, references, actor, now)
    strange = [one for one in references if one not in known]
    if strange:
        raise NoSubmissionError(
            f"There is no submission that you may read under: {', '.join(strange)}."
        )


def name_those_in_charge(session: Session, plan: DeliveryPlan, actor: Actor, now: datetime) -> None:
    """Put the person in charge and the deputy on the list of those who know."""
    named = {one for one in (plan.in_charge_id, plan.deputy_id) if one}
    for account_id in named:
        add_person(session, plan, account_id, actor, now, known=True)


def change(
    session: Session, plan: DeliveryPlan, said: Mapping[str, Any], actor: Actor, now: datetime
) -> None:
    """Change what a plan says. What is replaced was part of what each country agreed to.

    Raises:
        MoveRefusedError: it is not being written.
        NoOfficerError: somebody is named who cannot know of it.
        NoSubmissionError: a new reference names nothing that the actor may read.
    """
    steps.refuse_unless_editable(plan)
    added = [one for one in said["references"] if one not in plan.references]
    refuse_unknown(session, added, actor, now)
    before = swapped(plan)
    fill(plan, said)
    session.flush()
    name_those_in_charge(session, plan, actor, now)
    if swapped(plan) != before:
        reopen(session, plan.halts, SWAPPED, actor, now)
    steps.step(session, plan, "changed", actor, now, wrote=True)


def swapped(plan: DeliveryPlan) -> tuple[str, ...]:
    """Return what is said of replacing the goods."""
    return (
        plan.substitution,
        plan.substituted_with,
        plan.substituted_by,
        plan.substituted_where,
    )


# --- the route ------------------------------------------------------------------------------------


def add_halt(
    session: Session, plan: DeliveryPlan, said: Mapping[str, Any], actor: Actor, now: datetime
) -> DeliveryHalt:
    """Put a country on the route, at the place in the order that it is given."""
    added = DeliveryHalt(plan_id=plan.id, consents=[], **said)

    def put() -> None:
        plan.all_halts.append(added)
        renumber(plan, added)

    change_route(session, plan, put, "country added", actor, now)
    return added


def change_halt(
    session: Session,
    plan: DeliveryPlan,
    halt: DeliveryHalt,
    said: Mapping[str, Any],
    actor: Actor,
    now: datetime,
) -> None:
    """Change what is said of a country, its place in the order too."""

    def put() -> None:
        for name, value in said.items():
            setattr(halt, name, value)
        renumber(plan, halt)

    change_route(session, plan, put, "country changed", actor, now)


def remove_halt(
    session: Session, plan: DeliveryPlan, halt: DeliveryHalt, actor: Actor, now: datetime
) -> None:
    """Take a country off the route; what it said stays on record."""

    def put() -> None:
        halt.removed_at = now
        renumber(plan)

    change_route(session, plan, put, "country removed", actor, now)


def change_route(
    session: Session,
    plan: DeliveryPlan,
    put: Callable[[], None],
    deed: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Change the route, and open the consents that it concerns again.

    Raises:
        MoveRefusedError: the plan is not being written.
    """
    steps.refuse_unless_editable(plan)
    before = [queries.halt_facts(one) for one in plan.halts]
    put()
    session.flush()
    after = [queries.halt_facts(one) for one in plan.halts]
    concerned = consents.reopened(before, after)
    reopen(session, [one for one in plan.halts if one.id in concerned], OPENED, actor, now)
    steps.step(session, plan, deed, actor, now, wrote=True)


def renumber(plan: DeliveryPlan, moved: DeliveryHalt | None = None) -> None:
    """Number the countries from 1; the one that was moved stands where its number says."""
    others = [one for one in plan.halts if one is not moved]
    if moved is not None:
        others.insert(max(0, min(moved.number, len(others) + 1) - 1), moved)
    for number, one in enumerate(others, start=1):
        one.number = number
    plan.all_halts.sort(key=lambda one: one.number)


def reopen(
    session: Session, halts: Sequence[DeliveryHalt], why: str, actor: Actor, now: datetime
) -> None:
    """Open again what countries were asked or said."""
    for one in halts:
        if (one.consent.state, consents.Act.REOPEN) in consents.MOVES:
            one.consents.append(
                DeliveryConsent(
                    number=len(one.consents) + 1,
                    state=ConsentState.REOPENED,
                    said_on=queries.today(now),
                    by_whom=why,
                    recorded_at=now,
                    recorded_by_id=actor.id,
                )
            )
            audit.record(session, actor, "delivery.consent_reopened", one.plan_id, now)
    session.flush()


# --- who knows ------------------------------------------------------------------------------------


def add_person(
    session: Session,
    plan: DeliveryPlan,
    account_id: UUID,
    actor: Actor,
    now: datetime,
    *,
    known: bool = False,
) -> None:
    """Let somebody know of a plan.

    Args:
        session: inside a transaction.
        plan: of which.
        account_id: who.
        actor: on whose behalf.
        now: the moment.
        known: nothing is wrong when they know of it already.

    Raises:
        NoOfficerError: the person is no active officer, or knows of it already.
        NotInChargeError: the actor does not answer for the plan.
    """
    refuse_unless_answering(plan, actor)
    account = session.get(Account, account_id)
    if account is None or not account.active or not may(account, Permission.DELIVERY_USE):
        raise NoOfficerError("This person cannot know of a controlled delivery.")
    if steps.name(session, plan, account_id, now):
        steps.mail(session, account, now)
        audit.record(session, actor, "delivery.person_added", plan.id, now, person=str(account_id))
    elif not known:
        raise NoOfficerError("This person knows of the plan already.")


def remove_person(
    session: Session, plan: DeliveryPlan, account_id: UUID, actor: Actor, now: datetime
) -> None:
    """Let somebody know of a plan no more.

    Raises:
        DomainError: the author, the person in charge or the deputy is to go.
    """
    refuse_unless_answering(plan, actor)
    if account_id in {plan.author_id, plan.in_charge_id, plan.deputy_id}:
        raise DomainError("The author, the person in charge and the deputy stay on the list.")
    for one in queries.people_of(session, plan.id):
        if one.account_id == account_id:
            session.delete(one)
            audit.record(
                session, actor, "delivery.person_removed", plan.id, now, person=str(account_id)
            )
    session.flush()


def refuse_unless_answering(plan: DeliveryPlan, actor: Actor) -> None:
    """Let the author pass too.

    Raises:
        NotInChargeError: it is somebody who does not answer for the plan.
    """
    if actor.id == plan.author_id:
        return
    try:
        steps.refuse_unless_in_charge(plan, actor)
    except NotInChargeError:
        raise NotInChargeError(
            "Only the author, the person in charge, the deputy or a supervisor does this."
        ) from None
