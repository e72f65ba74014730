"""One deed on many cases, each by its own rules; and the workload of the officers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal.core.access import Actor, Permission, Role, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import DomainError
from portal.triage import deeds, queries
from portal.triage.desk import queries as desk
from portal.triage.desk import services
from portal.triage.desk.forms import DEEDS, BulkForm, ReassignForm
from portal.triage.models import TriageCase
from portal.triage.views.pages import bp, officer_choices

PROPOSED = "Proposed. A supervisor must agree before it is closed."
Deed = Callable[[Session, TriageCase, Actor, datetime], str]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one of many cases."""

    case_id: UUID
    reference: str
    summary: str
    done: bool
    said: str


def for_each(case_ids: Iterable[UUID], deed: Deed) -> list[Result]:
    """Do one deed on each case in a transaction of its own; one that is refused stops no other."""
    return [for_one(case_id, deed) for case_id in dict.fromkeys(case_ids)]


def for_one(case_id: UUID, deed: Deed) -> Result:
    """Do the deed on one case, and say what became of it."""
    actor, now = current_actor(), utc_now()
    reference = summary = ""
    try:
        with transaction() as session:
            case = services.for_one(session, case_id, actor, now)
            reference, summary = case.reference, case.summary
            said = deed(session, case, actor, now)
    except StaleDataError:
        return Result(case_id, reference, summary, done=False, said="Somebody was faster.")
    except DomainError as error:
        return Result(case_id, reference, summary, done=False, said=str(error))
    return Result(case_id, reference, summary, done=True, said=said)


def deed_of(form: BulkForm) -> Deed:
    """Return the deed that a valid form asks for."""

    def deed(session: Session, case: TriageCase, actor: Actor, now: datetime) -> str:
        match form.deed.data:
            case "take":
                deeds.take(session, case, actor, now)
                return "Taken."
            case "unassign":
                deeds.give_back(session, case, actor, now)
                return "Given back."
            case "assign":
                deeds.assign(session, case, form.officer.data, actor, now)
                return "Assigned."
        why = form.reason.data or ""
        closed = deeds.propose_closure(session, case, form.outcome.data, why, actor, now)
        return "Closed." if closed else PROPOSED

    return deed


@bp.post("/bulk")
@requires(Permission.CASE_WORK)
def bulk() -> ResponseReturnValue:
    """Do one deed on the cases that were ticked, and say which were done and which not."""
    form = BulkForm()
    form.officer.choices = officer_choices(get_session())
    if not form.validate_on_submit():
        return render_template("triage/bulk.html", form=form, kept_cases=form.cases.data or []), 422
    return told(for_each(form.cases.data or [], deed_of(form)), DEEDS[form.deed.data])


def told(results: list[Result], title: str) -> ResponseReturnValue:
    """Show what became of many cases."""
    done = [one for one in results if one.done]
    not_done = [one for one in results if not one.done]
    return render_template("triage/bulk_done.html", title=title, done=done, not_done=not_done)


@bp.get("/workload")
@requires(Permission.CASE_READ)
def workload() -> ResponseReturnValue:
    """Show how much each officer has."""
    return loads(ReassignForm(formdata=None))


def loads(form: ReassignForm, status: int = 200) -> ResponseReturnValue:
    """Draw the page of the workload."""
    session = get_session()
    form.giver.choices = form.taker.choices = officer_choices(session)
    found = desk.workload(session, queries.officers(session), utc_now())
    statuses = list(dict.fromkeys(s for one in found for s in one.by_status))
    return render_template(
        "triage/workload.html",
        found=found,
        statuses=statuses,
        form=form,
        may_reassign=current_actor().role is Role.SUPERVISOR,
    ), status


@bp.post("/workload")
@requires(Permission.OVERSIGHT_READ)
def reassign() -> ResponseReturnValue:
    """Give many cases of one officer to another, the worst first."""
    form = ReassignForm()
    form.giver.choices = form.taker.choices = officer_choices(get_session())
    if not form.validate_on_submit():
        return loads(form, 422)
    held = desk.held_by(get_session(), form.giver.data, form.number.data or 0)
    taker = form.taker.data

    def deed(session: Session, case: TriageCase, actor: Actor, now: datetime) -> str:
        deeds.assign(session, case, taker, actor, now)
        return "Assigned."

    return told(for_each([case.id for case in held], deed), "Assign to the officer")
