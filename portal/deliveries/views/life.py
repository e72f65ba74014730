"""What is done with a plan: submitted, approved, started, stopped, ended; and the printed plan."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.forms import answered
from portal.deliveries import deeds, paper, queries, steps
from portal.deliveries.forms import ButtonForm, EndForm, ReasonForm, StopForm
from portal.deliveries.rules.life import refuse_own
from portal.deliveries.views.plans import ask_plainly, bp


@bp.post("/<uuid:plan_id>/submit")
@requires(Permission.DELIVERY_PLAN)
def submit(plan_id: UUID) -> ResponseReturnValue:
    """Ask a supervisor to approve a plan."""
    form = ButtonForm()
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        deeds.submit(session, plan, current_actor(), utc_now())
    flash("The plan waits for a supervisor who wrote nothing of it.")
    return redirect(url_for(".show", plan_id=plan_id))


@bp.route("/<uuid:plan_id>/approve", methods=["GET", "POST"])
@requires(Permission.DELIVERY_APPROVE, confirmed=True)
def approve(plan_id: UUID) -> ResponseReturnValue:
    """Approve a plan that others wrote, as it was seen."""
    plan = queries.get(get_session(), plan_id, current_actor())
    refuse_own(current_actor().id, queries.writers_of(get_session(), plan))
    form = ButtonForm(obj=plan)
    if not form.validate_on_submit():
        return ask_plainly(form, "Approve the plan", "Approve", plan, APPROVE)
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        deeds.approve(session, plan, current_actor(), utc_now())
    flash("The plan is approved. It can start once every country agrees.")
    return redirect(url_for(".show", plan_id=plan_id))


APPROVE = (
    "You answer for it that the plan is lawful in each country, that the risks are worth it and "
    "that the measures hold. It can start once the consent of every country is in."
)


@bp.route("/<uuid:plan_id>/send-back", methods=["GET", "POST"])
@requires(Permission.DELIVERY_APPROVE)
def send_back(plan_id: UUID) -> ResponseReturnValue:
    """Return a plan to who wrote it."""
    return for_a_reason(plan_id, "Send the plan back", deeds.send_back)


@bp.route("/<uuid:plan_id>/take-up", methods=["GET", "POST"])
@requires(Permission.DELIVERY_PLAN)
def take_up(plan_id: UUID) -> ResponseReturnValue:
    """Write on in a plan that was submitted or approved."""
    return for_a_reason(plan_id, "Change the plan", deeds.take_up, TAKE_UP)


TAKE_UP = "An approval is void then: a supervisor must approve the plan again."


@bp.route("/<uuid:plan_id>/give-up", methods=["GET", "POST"])
@requires(Permission.DELIVERY_PLAN)
def give_up(plan_id: UUID) -> ResponseReturnValue:
    """Close a plan that never starts."""
    return for_a_reason(plan_id, "Give the plan up", deeds.give_up)


def for_a_reason(
    plan_id: UUID, title: str, deed: Callable[..., None], text: str = ""
) -> ResponseReturnValue:
    """Do something with a plan, as it was seen, for a reason."""
    plan = queries.get(get_session(), plan_id, current_actor())
    form: Any = ReasonForm(obj=plan)
    if not form.validate_on_submit():
        return ask_plainly(form, title, title, plan, text)
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        deed(session, plan, form.reason.data, current_actor(), utc_now())
    return redirect(url_for(".show", plan_id=plan_id))


@bp.route("/<uuid:plan_id>/start", methods=["GET", "POST"])
@requires(Permission.DELIVERY_USE, confirmed=True)
def start(plan_id: UUID) -> ResponseReturnValue:
    """Start an approved plan."""
    plan = queries.get(get_session(), plan_id, current_actor())
    steps.refuse_unless_in_charge(plan, current_actor())
    form = ButtonForm(obj=plan)
    if not form.validate_on_submit():
        return ask_plainly(form, "Start the controlled delivery", "Start", plan, START)
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        deeds.start(session, plan, current_actor(), utc_now())
    flash("The controlled delivery is under way. Write down each hour.")
    return redirect(url_for(".show", plan_id=plan_id))


START = "From now on the log of the hours is kept. Everybody whom the plan names can stop it."


@bp.route("/<uuid:plan_id>/stop", methods=["GET", "POST"])
@requires(Permission.DELIVERY_USE)
def stop(plan_id: UUID) -> ResponseReturnValue:
    """Stop what is under way, at once."""
    plan = queries.get(get_session(), plan_id, current_actor())
    form = StopForm()
    if not form.validate_on_submit():
        return ask_plainly(form, "Stop it at once", "Stop it", plan, STOP, warning=True)
    with transaction() as session:
        plan = queries.held(session, plan_id, current_actor())
        deeds.stop(session, plan, form.reason.data or "", current_actor(), utc_now())
    flash("It is stopped. Everybody whom the plan names is told by mail: call them too.")
    return redirect(url_for(".show", plan_id=plan_id))


STOP = "It does not go on afterwards. The countries are not told by the portal: call them."


@bp.post("/<uuid:plan_id>/conditions/<int:number>")
@requires(Permission.DELIVERY_USE)
def meet(plan_id: UUID, number: int) -> ResponseReturnValue:
    """Say that a stop condition is met."""
    with transaction() as session:
        plan = queries.held(session, plan_id, current_actor())
        deeds.meet(session, plan, number, current_actor(), utc_now())
    flash("The stop condition is met: nothing goes on.")
    return redirect(url_for(".show", plan_id=plan_id))


@bp.route("/<uuid:plan_id>/end", methods=["GET", "POST"])
@requires(Permission.DELIVERY_USE)
def end(plan_id: UUID) -> ResponseReturnValue:
    """End it, with what came of it."""
    plan = queries.get(get_session(), plan_id, current_actor())
    steps.refuse_unless_in_charge(plan, current_actor())
    form = EndForm(obj=plan)
    if not form.validate_on_submit():
        return ask_plainly(form, "End the controlled delivery", "End it", plan)
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        result, text = answered(form.result.data), form.text.data or ""
        deeds.end(session, plan, result, text, current_actor(), utc_now())
    flash("The controlled delivery is ended.")
    return redirect(url_for(".show", plan_id=plan_id))


@bp.get("/<uuid:plan_id>/plan.pdf")
@requires(Permission.DELIVERY_USE)
def printed(plan_id: UUID) -> ResponseReturnValue:
    """Hand out the printed plan, signed; each copy says whose it is, and is recorded."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        plan = queries.get(session, plan_id, actor)
        audit.record(session, actor, "delivery.printed", plan_id, now, version=plan.version)
    content = paper.printed(session, plan, actor, now)
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="{plan.reference}.pdf"',
    }
    return content, headers
