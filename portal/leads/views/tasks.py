"""Tasks for colleagues, and checklists."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from portal.core import audit
from portal.core.access import GRANTS, Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.forms import answered
from portal.leads import knowing, queries
from portal.leads.checklists import services as checklists
from portal.leads.tasks import queries as tasks
from portal.leads.tasks import services
from portal.leads.tasks.forms import DoneForm, TaskForm, TasksForm
from portal.leads.views.pages import bp
from portal.triage.forms import ButtonForm
from portal.triage.queries import officers
from portal.watchlists.queries import today


@bp.get("/tasks")
@requires(Permission.LEAD_TASK)
def my_tasks() -> ResponseReturnValue:
    """List one's own tasks: those to do, by their day; or those done."""
    actor, now, form = current_actor(), utc_now(), TasksForm()
    found = tasks.mine(get_session(), actor, done=bool(form.done.data))
    return render_template("leads/tasks.html", tasks=found, form=form, today=today(now))


@bp.route("/<uuid:lead_id>/tasks/new", methods=["GET", "POST"])
@requires(Permission.LEAD_TASK)
def give_task(lead_id: UUID) -> ResponseReturnValue:
    """Give a colleague a task for a lead."""
    session, form = get_session(), TaskForm()
    lead = queries.get(session, lead_id)
    if not knowing.works_on(session, lead, current_actor()):
        raise knowing.NotYoursError("Others work on this lead. Ask its author for a task.")
    able = [one for one in officers(session) if Permission.LEAD_TASK in GRANTS[one.role]]
    form.assignee.choices = {"": "Choose", **{str(one.id): one.name or one.email for one in able}}
    if not form.validate_on_submit():
        status = 422 if form.errors else 200
        return render_template("leads/task.html", lead=lead, form=form), status
    said = form.text.data or "", form.assignee.data, answered(form.due_on.data)
    with transaction() as session:
        again = queries.get(session, lead_id)
        services.give(session, again, *said, current_actor(), utc_now())
    flash("The task is given. A mail says that there is one, and not what.")
    return redirect(url_for(".show", lead_id=lead_id))


@bp.route("/tasks/<uuid:task_id>", methods=["GET", "POST"])
@requires(Permission.LEAD_TASK)
def task(task_id: UUID) -> ResponseReturnValue:
    """Show a task of one's own or that one gave, and say that it was done."""
    actor, now, form = current_actor(), utc_now(), DoneForm()
    found, lead = tasks.own(get_session(), task_id, actor)
    if form.validate_on_submit():
        with transaction() as session:
            services.finish(
                session, *tasks.own(session, task_id, actor), form.note.data or "", actor, now
            )
        flash("Done.")
        return redirect(url_for(".my_tasks"))
    with transaction() as session:
        audit.record(session, actor, "lead.task_read", lead.id, now)
    context = {"task": found, "lead": lead, "form": form, "today": today(now)}
    return render_template("leads/task_done.html", **context), 422 if form.errors else 200


@bp.post("/<uuid:lead_id>/checks/<string:slug>/<string:answer>")
@requires(Permission.LEAD_TASK)
def check(lead_id: UUID, slug: str, answer: str) -> ResponseReturnValue:
    """Tick a step of the checklist, or take that back."""
    if not ButtonForm().validate_on_submit() or answer not in {"done", "open"}:
        raise BadRequest
    deed = checklists.tick if answer == "done" else checklists.untick
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        lead = queries.get(session, lead_id)
        knowing.hold_to_work(session, lead, actor, now)
        deed(session, lead, slug, actor, now)
    return redirect(url_for(".show", lead_id=lead_id, _anchor="checklist"))
