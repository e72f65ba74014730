"""Reading tasks."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.leads.models import Lead, LeadTask
from portal.leads.queries import BARE

MOST = 100


def of_lead(session: Session, lead_id: UUID) -> Sequence[LeadTask]:
    """Return the tasks of a lead: those to do first, by their day."""
    query = select(LeadTask).where(LeadTask.lead_id == lead_id)
    people = joinedload(LeadTask.assignee), joinedload(LeadTask.given_by)
    done = case((LeadTask.done_at.is_(None), 0), else_=1)
    ordered = query.options(*people).order_by(done, LeadTask.due_on, LeadTask.id)
    return session.scalars(ordered.limit(MOST)).all()


def mine(session: Session, actor: Actor, *, done: bool = False) -> Sequence[LeadTask]:
    """Return somebody's tasks: those to do by their day, or those done, the newest first."""
    query = select(LeadTask).where(LeadTask.assignee_id == actor.id)
    lead = joinedload(LeadTask.lead).options(*BARE)
    query = query.options(lead, joinedload(LeadTask.given_by))
    if done:
        query = query.where(LeadTask.done_at.is_not(None)).order_by(LeadTask.done_at.desc())
    else:
        query = query.where(LeadTask.done_at.is_(None)).order_by(LeadTask.due_on, LeadTask.id)
    return session.scalars(query.limit(MOST)).all()


def open_number(session: Session, actor: Actor) -> int:
    """Return how many tasks somebody has to do, up to a limit."""
    own = LeadTask.assignee_id == actor.id, LeadTask.done_at.is_(None)
    some = select(LeadTask.id).where(*own).limit(MOST).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0


def get(session: Session, task_id: UUID) -> tuple[LeadTask, Lead]:
    """Return a task with its lead.

    Raises:
        NotFoundError: there is none.
    """
    query = select(LeadTask, Lead).join(Lead, Lead.id == LeadTask.lead_id)
    found = session.execute(query.where(LeadTask.id == task_id)).first()
    if found is None:
        raise NotFoundError
    return found[0], found[1]


def own(session: Session, task_id: UUID, actor: Actor) -> tuple[LeadTask, Lead]:
    """Return a task that somebody has or gave, with its lead.

    Raises:
        NotFoundError: there is none, or it is between others.
    """
    task, lead = get(session, task_id)
    if actor.id not in {task.assignee_id, task.given_by_id}:
        raise NotFoundError
    return task, lead
