"""What every deed with a plan does: hold what was seen, write down the step, tell the others."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.accounts.models import Account
from portal.core import audit, outbox
from portal.core.access import Actor, Role
from portal.deliveries import queries
from portal.deliveries.models import DeliveryPerson, DeliveryPlan, DeliveryStep
from portal.deliveries.rules.life import (
    EDITABLE,
    ChangedMeanwhileError,
    MoveRefusedError,
    NotInChargeError,
)

MAIL = "There is something new for you in the portal of {authority}. Sign in to see it:\n\n{link}\n"


def hold(session: Session, plan_id: UUID, seen: int | None, actor: Actor) -> DeliveryPlan:
    """Return a plan for a deed of somebody who saw it in a version.

    Raises:
        NotFoundError: there is none that they may know of.
        ChangedMeanwhileError: it is another version now.
    """
    plan = queries.held(session, plan_id, actor)
    if plan.version != seen:
        raise ChangedMeanwhileError
    return plan


def step(
    session: Session,
    plan: DeliveryPlan,
    deed: str,
    actor: Actor,
    now: datetime,
    text: str = "",
    *,
    wrote: bool = False,
) -> None:
    """Write down what was done with a plan; whoever still looks at the one before is told so."""
    plan.changed_at = now
    flag_modified(plan, "changed_at")  # in the same moment too
    session.add(
        DeliveryStep(plan_id=plan.id, at=now, by_id=actor.id, deed=deed, text=text, wrote=wrote)
    )
    session.flush()
    audit.record(
        session,
        actor,
        f"delivery.{deed.replace(' ', '_')}",
        plan.id,
        now,
        version=plan.version,
        sha256=queries.sha256(plan),
    )


def refuse_unless_editable(plan: DeliveryPlan) -> None:
    """Let a plan be changed only while it is written.

    Raises:
        MoveRefusedError: it was submitted, approved, started or ended.
    """
    if plan.status not in EDITABLE:
        raise MoveRefusedError(f"You cannot change a plan when it is: {plan.status}.")


def refuse_unless_in_charge(plan: DeliveryPlan, actor: Actor) -> None:
    """Let only the person in charge, the deputy or a supervisor pass.

    Raises:
        NotInChargeError: it is somebody else.
    """
    if actor.role is not Role.SUPERVISOR and actor.id not in {plan.in_charge_id, plan.deputy_id}:
        raise NotInChargeError("Only the person in charge, the deputy or a supervisor does this.")


def tell(session: Session, plan: DeliveryPlan, actor: Actor, now: datetime) -> None:
    """Write to everybody whom the plan names, but for who did it; the mail says nothing of it."""
    for one in queries.people_of(session, plan.id):
        if one.account_id != actor.id:
            mail(session, one.account, now)


def mail(session: Session, account: Account, now: datetime) -> None:
    """Write to somebody that there is something new, and no more."""
    if account.active:
        link = outbox.link_to("/")
        outbox.post(session, account.email, outbox.NEWS, MAIL, now, account.language, link=link)


def name(session: Session, plan: DeliveryPlan, account_id: UUID, now: datetime) -> bool:
    """Put somebody on the list of those who know of a plan; tell whether that was new."""
    known = {one.account_id for one in queries.people_of(session, plan.id)}
    if account_id in known:
        return False
    session.add(DeliveryPerson(plan_id=plan.id, account_id=account_id, added_at=now))
    session.flush()
    return True
