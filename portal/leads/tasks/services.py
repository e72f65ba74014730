"""Giving tasks to colleagues, and doing them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import audit, outbox
from portal.core.access import Actor, Permission, may
from portal.core.errors import DomainError, NotFoundError
from portal.leads.knowing import NotYoursError, works_on
from portal.leads.models import Lead, LeadTask

MAIL = "There is something new for you in the portal of {authority}. Sign in to see it:\n\n{link}\n"


def give(
    session: Session,
    lead: Lead,
    text: str,
    assignee_id: UUID,
    due_on: date,
    actor: Actor,
    now: datetime,
) -> LeadTask:
    """Give a task to a colleague, who learns by mail that there is one, and not what.

    Raises:
        NotYoursError: others work on the lead.
        DomainError: the colleague does not work on leads.
    """
    if not works_on(session, lead, actor):
        raise NotYoursError("Others work on this lead. Ask its author to give you a task.")
    colleague = session.get(Account, assignee_id)
    if colleague is None or not colleague.active or not may(colleague, Permission.LEAD_TASK):
        raise DomainError("This person does not work on leads.")
    task = LeadTask(
        lead_id=lead.id,
        text=text,
        assignee_id=assignee_id,
        due_on=due_on,
        given_at=now,
        given_by_id=actor.id,
    )
    session.add(task)
    session.flush()
    audit.record(session, actor, "lead.task_given", lead.id, now, officer=str(assignee_id))
    if colleague.id != actor.id:
        link = outbox.link_to("/leads/tasks")
        outbox.post(session, colleague.email, outbox.NEWS, MAIL, now, colleague.language, link=link)
    return task


def finish(
    session: Session, task: LeadTask, lead: Lead, note: str, actor: Actor, now: datetime
) -> None:
    """Note that a task was done, and how; a second time changes nothing.

    Raises:
        NotFoundError: it is neither the actor's own task nor one that they gave.
    """
    if actor.id not in {task.assignee_id, task.given_by_id}:
        raise NotFoundError
    if task.done_at is not None:
        return
    task.done_at, task.done_by_id, task.done_note = now, actor.id, note
    audit.record(session, actor, "lead.task_done", lead.id, now, task=str(task.id))
