"""The countries on the route, and what they say."""

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.core import files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError, RefusedInputError
from portal.core.files import Incoming
from portal.core.languages import country_name
from portal.deliveries import consenting, queries, services, steps
from portal.deliveries.forms import ACTS, ButtonForm, ConsentForm, HaltForm
from portal.deliveries.models import DeliveryHalt, DeliveryPlan
from portal.deliveries.rules.consents import possible
from portal.deliveries.views.plans import ask_plainly, bp


@bp.route("/<uuid:plan_id>/route/add", methods=["GET", "POST"])
@requires(Permission.DELIVERY_PLAN)
def add_halt(plan_id: UUID) -> ResponseReturnValue:
    """Put a country on the route."""
    plan = written(plan_id)
    form = HaltForm(data={"version": plan.version, "number": len(plan.halts) + 1})
    if not form.validate_on_submit():
        return ask_plainly(form, "Add a country to the route", "Add it", plan, ROUTE)
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        services.add_halt(session, plan, form.to_data(), current_actor(), utc_now())
    flash("The country is on the route.")
    return redirect(url_for(".show", plan_id=plan_id, _anchor="route"))


ROUTE = (
    "A change of the way opens again what the countries concerned have said: the country itself, "
    "and those before and after it."
)


def written(plan_id: UUID) -> DeliveryPlan:
    """Return a plan that the actor knows of and that is being written."""
    plan = queries.get(get_session(), plan_id, current_actor())
    steps.refuse_unless_editable(plan)
    return plan


@bp.route("/<uuid:plan_id>/route/<uuid:halt_id>", methods=["GET", "POST"])
@requires(Permission.DELIVERY_PLAN)
def change_halt(plan_id: UUID, halt_id: UUID) -> ResponseReturnValue:
    """Change what is said of a country on the route."""
    plan = written(plan_id)
    halt = queries.halt(plan, halt_id)
    form = HaltForm(obj=halt, data=shown(plan, halt))
    if not form.validate_on_submit():
        return ask_plainly(form, "Change a country of the route", "Change it", plan, ROUTE)
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        halt = queries.halt(plan, halt_id)
        services.change_halt(session, plan, halt, form.to_data(), current_actor(), utc_now())
    flash("The route is changed.")
    return redirect(url_for(".show", plan_id=plan_id, _anchor="route"))


def shown(plan: DeliveryPlan, halt: DeliveryHalt) -> dict[str, Any]:
    """Return what the form shows that the row keeps otherwise."""
    local = halt.planned_at.astimezone(queries.zone())
    return {
        "version": plan.version,
        "planned_on": local.date(),
        "planned_time": local.time().replace(second=0, microsecond=0),
    }


@bp.post("/<uuid:plan_id>/route/<uuid:halt_id>/remove")
@requires(Permission.DELIVERY_PLAN)
def remove_halt(plan_id: UUID, halt_id: UUID) -> ResponseReturnValue:
    """Take a country off the route."""
    form = ButtonForm()
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        halt = queries.halt(plan, halt_id)
        services.remove_halt(session, plan, halt, current_actor(), utc_now())
    flash("The country is off the route.")
    return redirect(url_for(".show", plan_id=plan_id, _anchor="route"))


@bp.route("/<uuid:plan_id>/route/<uuid:halt_id>/consent", methods=["GET", "POST"])
@requires(Permission.DELIVERY_PLAN)
def consent(plan_id: UUID, halt_id: UUID) -> ResponseReturnValue:
    """Record what a country says."""
    plan = queries.get(get_session(), plan_id, current_actor())
    halt = queries.halt(plan, halt_id)
    form = ConsentForm(data={"version": plan.version, "said_on": queries.today(utc_now())})
    acts = {act.value: ACTS[act] for act in possible(halt.consent.state)}
    form.act.choices = {"": "Choose", **acts}
    if not form.validate_on_submit():
        title = f"Consent of {country_name(halt.country)}: {halt.place}"
        return ask_plainly(form, title, "Record it", plan, CONSENT)
    said = form.to_data(taken(form))
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        halt = queries.halt(plan, halt_id)
        consenting.record(session, plan, halt, said, current_actor(), utc_now())
    flash("What the country says is recorded.")
    return redirect(url_for(".show", plan_id=plan_id, _anchor="route"))


CONSENT = "A withdrawal stops at once what is under way."


def taken(form: ConsentForm) -> Incoming | None:
    """Return the document, if there is one, once it may be opened.

    Raises:
        RefusedInputError: it is infected, or the scanner is away.
    """
    if not form.document.data:
        return None
    incoming = files.accept(form.document.data)
    if not files.may_open(incoming.scan):
        files.remove(incoming.stored_as)
        raise RefusedInputError(f"The document was not taken: {incoming.scan}.")
    return incoming


@bp.get("/<uuid:plan_id>/documents/<uuid:consent_id>")
@requires(Permission.DELIVERY_USE)
def document(plan_id: UUID, consent_id: UUID) -> Response:
    """Hand out the document of a consent; each opening is recorded."""
    with transaction() as session:
        plan = queries.get(session, plan_id, current_actor())
        said = queries.consent(plan, consent_id)
        if said.stored_as is None:
            raise NotFoundError
        consenting.note_opening(session, plan, said, current_actor(), utc_now())
    return files.send(said.stored_as, said.document, said.media_type)
