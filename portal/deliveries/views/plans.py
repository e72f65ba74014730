"""The plans that one knows of; beginning, reading and changing one; who needs to know."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.deliveries import drawing, queries, services, steps
from portal.deliveries.forms import MOST_RISKS, ButtonForm, ListForm, PersonForm, PlanForm
from portal.deliveries.models import DeliveryPlan
from portal.leads import queries as leads

bp = Blueprint("deliveries", __name__, url_prefix="/controlled-deliveries")


@bp.get("/")
@requires(Permission.DELIVERY_USE)
def index() -> ResponseReturnValue:
    """List the plans that one may know of, newest first."""
    form, session, actor = ListForm(), get_session(), current_actor()
    before = queries.get(session, UUID(form.before.data), actor) if form.valid_before() else None
    found = queries.newest(session, actor, before)
    more = found[-1] if len(found) == queries.PAGE else None
    return render_template("deliveries/index.html", plans=found, more=more)


@bp.route("/from-lead/<uuid:lead_id>", methods=["GET", "POST"])
@requires(Permission.DELIVERY_PLAN)
def from_lead(lead_id: UUID) -> ResponseReturnValue:
    """Begin a plan from a lead."""
    lead = leads.get(get_session(), lead_id)
    known = queries.of_lead(get_session(), lead_id, current_actor())
    form = plan_form()
    if not form.title.raw_data:
        form.title.data, form.purpose.data = lead.title, lead.asked
        sources = leads.sources_of(get_session(), lead)
        form.references.data = "\n".join(one.reference for one in sources)
    back = url_for("leads.show", lead_id=lead_id)
    return begin(form, back, known=known, lead_id=lead_id)


@bp.route("/from-submission/<uuid:submission_id>", methods=["GET", "POST"])
@requires(Permission.DELIVERY_PLAN)
def from_submission(submission_id: UUID) -> ResponseReturnValue:
    """Begin a plan from a notice that one may read."""
    source = queries.source(get_session(), submission_id, current_actor(), utc_now())
    form = plan_form()
    if not form.title.raw_data:
        form.references.data = source.reference
    back = url_for("triage.review", submission_id=submission_id)
    return begin(form, back, known=(), submission_id=submission_id)


def begin(form: PlanForm, back: str, known: Any, **source: UUID) -> ResponseReturnValue:
    """Ask what the plan says, and begin it."""
    if not complete(form):
        return ask(form, "Plan a controlled delivery", back, known)
    with transaction() as session:
        plan = services.begin(session, form.to_data(), current_actor(), utc_now(), **source)
    flash("The plan is begun. Nobody knows of it but those it names, and supervisors.")
    return redirect(url_for(".show", plan_id=plan.id))


def plan_form(plan: DeliveryPlan | None = None) -> PlanForm:
    """Return the form with the officers that can be named, and with what a plan says now."""
    form = PlanForm(data=said_by(plan) if plan else None)
    form.in_charge.choices = form.deputy.choices = queries.choices(get_session())
    return form


def said_by(plan: DeliveryPlan) -> dict[str, Any]:
    """Return what a plan says as its form asks for it."""
    plain = (*queries.SAID, "version", "marking", "substitution", "risks")
    return {
        **{name: getattr(plan, name) for name in plain},
        "in_charge": str(plan.in_charge_id or ""),
        "deputy": str(plan.deputy_id or ""),
        "references": "\n".join(plan.references),
        "containers": "\n".join(plan.containers),
        "conditions": "\n".join(one.text for one in plan.conditions),
    }


def complete(form: PlanForm) -> bool:
    """Tell whether the form was sent and is right; add a risk when that was asked for."""
    if form.more.data and len(form.risks) < MOST_RISKS:
        form.risks.append_entry()
        return False
    return bool(form.validate_on_submit())


def ask(form: PlanForm, title: str, back: str, known: Any = ()) -> ResponseReturnValue:
    """Draw the page on which a plan is written."""
    page = render_template("deliveries/edit.html", form=form, title=title, back=back, known=known)
    return page, 422 if form.errors else 200


@bp.get("/<uuid:plan_id>")
@requires(Permission.DELIVERY_USE)
def show(plan_id: UUID) -> ResponseReturnValue:
    """Show a plan; each reading is recorded."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        plan = queries.get(session, plan_id, actor)
        audit.record(session, actor, "delivery.read", plan_id, now, version=plan.version)
    return render_template(
        "deliveries/show.html",
        plan=plan,
        form=ButtonForm(formdata=None, obj=plan),
        people=queries.people_of(session, plan_id),
        steps=queries.steps_of(session, plan_id),
        **drawing.context(session, plan, actor, now),
    )


@bp.route("/<uuid:plan_id>/edit", methods=["GET", "POST"])
@requires(Permission.DELIVERY_PLAN)
def edit(plan_id: UUID) -> ResponseReturnValue:
    """Change what a plan says while it is written."""
    plan = queries.get(get_session(), plan_id, current_actor())
    steps.refuse_unless_editable(plan)
    form = plan_form(plan)
    if not complete(form):
        return ask(form, "Change the plan", url_for(".show", plan_id=plan_id))
    with transaction() as session:
        plan = steps.hold(session, plan_id, form.seen, current_actor())
        services.change(session, plan, form.to_data(), current_actor(), utc_now())
    flash("The plan is changed.")
    return redirect(url_for(".show", plan_id=plan_id))


@bp.route("/<uuid:plan_id>/people", methods=["GET", "POST"])
@requires(Permission.DELIVERY_USE)
def people(plan_id: UUID) -> ResponseReturnValue:
    """Let another officer know of a plan."""
    session, form = get_session(), PersonForm()
    plan = queries.get(session, plan_id, current_actor())
    services.refuse_unless_answering(plan, current_actor())
    form.account.choices = others(session, plan)
    if not form.validate_on_submit():
        return ask_plainly(form, "Who needs to know?", "Add", plan, PEOPLE)
    with transaction() as session:
        plan = queries.held(session, plan_id, current_actor())
        services.add_person(session, plan, form.account_id(), current_actor(), utc_now())
    flash("The officer knows of the plan from now on.")
    return redirect(url_for(".show", plan_id=plan_id))


PEOPLE = "They read the plan and its log, write into the log, and can stop it. Supervisors can too."


def others(session: Session, plan: DeliveryPlan) -> dict[str, str]:
    """Return the officers whom a plan does not name yet."""
    known = {str(one.account_id) for one in queries.people_of(session, plan.id)}
    return {key: words for key, words in queries.choices(session).items() if key not in known}


def ask_plainly(
    form: Any, title: str, button: str, plan: DeliveryPlan, text: str = "", *, warning: bool = False
) -> ResponseReturnValue:
    """Draw a page with one form."""
    page = render_template(
        "deliveries/form.html",
        form=form,
        title=title,
        button=button,
        plan=plan,
        text=text,
        warning=warning,
    )
    return page, 422 if form.errors else 200


@bp.post("/<uuid:plan_id>/people/<uuid:account_id>/remove")
@requires(Permission.DELIVERY_USE)
def remove_person(plan_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """Let an officer know of a plan no more."""
    with transaction() as session:
        plan = queries.held(session, plan_id, current_actor())
        services.remove_person(session, plan, account_id, current_actor(), utc_now())
    flash("The officer knows of the plan no more.")
    return redirect(url_for(".show", plan_id=plan_id))
