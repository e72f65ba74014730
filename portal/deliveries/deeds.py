"""The life of a plan: submitted, approved by another, started when all agree, stopped, ended."""

from datetime import datetime

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.deliveries import log, queries, steps
from portal.deliveries.data import EntrySort, Result
from portal.deliveries.models import DeliveryCondition, DeliveryPlan
from portal.deliveries.rules.life import (
    TICKED,
    Action,
    MoveRefusedError,
    NotReadyError,
    Status,
    gaps,
    move,
    obstacles,
    refuse_own,
)

LIKE_APPROVED = "The plan is not the one that was approved. It must be approved again."


def submit(session: Session, plan: DeliveryPlan, actor: Actor, now: datetime) -> None:
    """Ask another to approve a plan.

    Raises:
        MoveRefusedError: it is not being written.
        NotReadyError: it does not yet say everything.
    """
    after = move(plan.status, Action.SUBMIT)
    missing = list(gaps(queries.facts(plan)))
    if missing:
        raise NotReadyError(" ".join(missing))
    plan.status, plan.remark = after, ""
    steps.step(session, plan, "submitted", actor, now)


def send_back(
    session: Session, plan: DeliveryPlan, remark: str, actor: Actor, now: datetime
) -> None:
    """Return a plan to who wrote it, with a remark."""
    plan.status, plan.remark = move(plan.status, Action.SEND_BACK), remark
    steps.step(session, plan, "sent back", actor, now, remark)
    steps.tell(session, plan, actor, now)


def approve(session: Session, plan: DeliveryPlan, actor: Actor, now: datetime) -> None:
    """Approve a plan in which one wrote nothing.

    Raises:
        OwnWorkError: the actor wrote in it.
        MoveRefusedError: nobody asks for it.
        NotReadyError: it does not say everything.
    """
    refuse_own(actor.id, queries.writers_of(session, plan))
    after = move(plan.status, Action.APPROVE)
    missing = list(gaps(queries.facts(plan)))
    if missing:
        raise NotReadyError(" ".join(missing))
    plan.status, plan.approver_id, plan.approved_at = after, actor.id, now
    plan.approved_sha256 = queries.sha256(plan)
    steps.step(session, plan, "approved", actor, now)
    steps.tell(session, plan, actor, now)


def take_up(session: Session, plan: DeliveryPlan, why: str, actor: Actor, now: datetime) -> None:
    """Write on in a plan that was submitted or approved; an approval is void then."""
    plan.status = move(plan.status, Action.TAKE_UP)
    plan.approver_id = plan.approved_at = plan.approved_sha256 = None
    for one in plan.conditions:
        one.met_at = one.met_by_id = None
    steps.step(session, plan, "taken up again", actor, now, why)


def give_up(session: Session, plan: DeliveryPlan, why: str, actor: Actor, now: datetime) -> None:
    """Close a plan that never starts."""
    plan.status = move(plan.status, Action.GIVE_UP)
    plan.ended_at = now
    steps.step(session, plan, "given up", actor, now, why)
    steps.tell(session, plan, actor, now)


def start(session: Session, plan: DeliveryPlan, actor: Actor, now: datetime) -> None:
    """Start an approved plan.

    Raises:
        NotInChargeError: the actor does not answer for it.
        MoveRefusedError: it was not approved, or was started before.
        NotReadyError: a consent is missing or does not hold, or a stop condition is met.
    """
    steps.refuse_unless_in_charge(plan, actor)
    after = move(plan.status, Action.START)
    if plan.approved_sha256 != queries.sha256(plan):
        raise NotReadyError(LIKE_APPROVED)
    reasons = list(obstacles(queries.facts(plan), queries.today(now), queries.zone()))
    if reasons:
        raise NotReadyError(" ".join(reasons))
    plan.status, plan.started_at = after, now
    steps.step(session, plan, "started", actor, now)
    log.note(session, plan, EntrySort.STARTED, "Started.", actor, now)
    steps.tell(session, plan, actor, now)


def stop(session: Session, plan: DeliveryPlan, why: str, actor: Actor, now: datetime) -> None:
    """Stop what is under way, at once. Everybody may whom the plan names; it never goes on."""
    plan.status = move(plan.status, Action.STOP)
    plan.stopped_at = now
    steps.step(session, plan, "stopped", actor, now, why)
    log.note(session, plan, EntrySort.STOPPED, why, actor, now)
    steps.tell(session, plan, actor, now)


def meet(
    session: Session, plan: DeliveryPlan, number: int, actor: Actor, now: datetime
) -> DeliveryCondition:
    """Say that a stop condition is met: what is under way is stopped at once.

    Raises:
        MoveRefusedError: the plan is neither approved nor under way.
        NotFoundError: there is no such condition.
    """
    if plan.status not in TICKED:
        raise MoveRefusedError(f"No stop condition can be met when a plan is: {plan.status}.")
    found = next((one for one in plan.conditions if one.number == number), None)
    if found is None:
        raise NotFoundError
    if found.met_at is None:
        found.met_at, found.met_by_id = now, actor.id
        audit.record(session, actor, "delivery.condition_met", plan.id, now, number=number)
    if plan.status is Status.RUNNING:
        stop(session, plan, f"A stop condition is met: {found.text}", actor, now)
    else:
        steps.step(session, plan, "condition met", actor, now, found.text)
        steps.tell(session, plan, actor, now)
    return found


def end(
    session: Session,
    plan: DeliveryPlan,
    result: Result,
    text: str,
    actor: Actor,
    now: datetime,
) -> None:
    """End what was under way, with what came of it.

    Raises:
        NotInChargeError: the actor does not answer for the plan.
    """
    steps.refuse_unless_in_charge(plan, actor)
    plan.status = move(plan.status, Action.END)
    plan.ended_at, plan.result, plan.result_text = now, result, text
    steps.step(session, plan, "ended", actor, now, text)
    log.note(session, plan, EntrySort.ENDED, f"{result.capitalize()}. {text}", actor, now)
    steps.tell(session, plan, actor, now)
