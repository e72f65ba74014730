"""The log of the hours."""

from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.deliveries import log, queries
from portal.deliveries.forms import EntryForm
from portal.deliveries.models import DeliveryEntry, DeliveryPlan
from portal.deliveries.views.plans import ask_plainly, bp


@bp.route("/<uuid:plan_id>/log", methods=["GET", "POST"])
@requires(Permission.DELIVERY_USE)
def add_entry(plan_id: UUID) -> ResponseReturnValue:
    """Write into the log."""
    plan = queries.get(get_session(), plan_id, current_actor())
    form = entry_form(plan)
    if not form.validate_on_submit():
        return ask_plainly(form, "Write into the log", "Write it down", plan, ENTRY)
    with transaction() as session:
        plan = queries.held(session, plan_id, current_actor())
        log.write(session, plan, form.to_data(), current_actor(), utc_now())
    flash("It is written down.")
    return redirect(url_for(".show", plan_id=plan_id, _anchor="log"))


ENTRY = "An entry stays as it is. What was wrong is put right by a further entry."


@bp.route("/<uuid:plan_id>/log/<uuid:entry_id>", methods=["GET", "POST"])
@requires(Permission.DELIVERY_USE)
def correct(plan_id: UUID, entry_id: UUID) -> ResponseReturnValue:
    """Put an entry right by a further one."""
    plan = queries.get(get_session(), plan_id, current_actor())
    wrong = queries.entry(get_session(), plan_id, entry_id)
    form = entry_form(plan, wrong)
    if not form.validate_on_submit():
        title = f"Put entry {wrong.number} right"
        return ask_plainly(form, title, "Write it down", plan, ENTRY)
    with transaction() as session:
        plan = queries.held(session, plan_id, current_actor())
        wrong = queries.entry(session, plan_id, entry_id)
        log.write(session, plan, form.to_data(), current_actor(), utc_now(), wrong)
    flash("It is written down. The earlier entry stays to be read.")
    return redirect(url_for(".show", plan_id=plan_id, _anchor="log"))


def entry_form(plan: DeliveryPlan, wrong: DeliveryEntry | None = None) -> EntryForm:
    """Return the form at the present hour, or with what an entry says."""
    local = (wrong.at if wrong else utc_now()).astimezone(queries.zone())
    said = {"on": local.date(), "hour": local.time().replace(second=0, microsecond=0)}
    if wrong is not None:
        names = ("sort", "place", "who", "text")
        said |= {name: getattr(wrong, name) for name in names}
        said |= {"halt": str(wrong.halt_id or "")}
    form = EntryForm(data=said)
    halts = {str(one.id): f"{one.number} {one.place}" for one in plan.halts}
    form.halt.choices = {"": "None", **halts}
    return form
