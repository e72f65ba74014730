"""The page on which a lead begins, and the ways there."""

from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core.access import Actor, Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.leads import knowing, queries
from portal.leads import services as leads
from portal.leads.linking import queries as linked
from portal.leads.linking import services as linking
from portal.leads.making import queries as beginnings
from portal.leads.making import services
from portal.leads.making.forms import AskedForm, StartForm, TickedForm
from portal.leads.making.queries import Beginning
from portal.leads.views.pages import bp


@bp.post("/choose")
@requires(Permission.LEAD_WRITE)
def choose() -> ResponseReturnValue:
    """Go from the cases that were ticked in the queue to the page on which a lead begins."""
    ids = TickedForm().chosen()
    if not ids:
        flash("Tick the cases that the lead is to rest on.", "error")
        return redirect(url_for("triage.queue"))
    return redirect(url_for(".begin", submission=[str(one) for one in ids]))


@bp.get("/from/<uuid:submission_id>")
@requires(Permission.LEAD_WRITE)
def new(submission_id: UUID) -> ResponseReturnValue:
    """Go from one submission to its lead, or to the page on which it begins."""
    knowing.hold_to_source(get_session(), submission_id, current_actor(), utc_now())
    known = linked.leads_on(get_session(), [submission_id])
    if made := known.get(submission_id):
        return redirect(url_for(".show", lead_id=made[0].id))
    return redirect(url_for(".begin", submission=str(submission_id)))


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.LEAD_WRITE)
def begin() -> ResponseReturnValue:
    """Begin a lead, or add submissions to one."""
    session, actor, now = get_session(), current_actor(), utc_now()
    found = offered(session, AskedForm(), actor, now)
    form = StartForm()
    own = linked.own_open(session, actor)
    named = {str(one.id): f"{one.title} ({one.reference})" for one in own}
    form.into.choices = {"": "No, begin a new one", **named}
    if not form.validate_on_submit():
        if not form.is_submitted():
            form.title.data, form.cases.data = found.title, [str(one.id) for one in found.free]
        status = 422 if form.errors else 200
        return render_template("leads/start.html", form=form, found=found, own=own), status
    with transaction() as session:
        again = offered(session, AskedForm(), actor, now)
        lead_id = put(session, form, again, actor, now)
    return redirect(url_for(".edit", lead_id=lead_id))


def offered(session: Session, asked: AskedForm, actor: Actor, now: datetime) -> Beginning:
    """Return what a lead may begin from, by what the address names."""
    if finding := asked.about("finding"):
        return beginnings.from_finding(session, finding, actor, now)
    if entity := asked.about("entity"):
        return beginnings.from_entity(session, entity, actor, now)
    return beginnings.from_submissions(session, asked.submissions(), actor, now)


def put(session: Session, form: StartForm, found: Beginning, actor: Actor, now: datetime) -> UUID:
    """Begin the lead, or add to the one that was chosen, and say so."""
    if not form.into.data:
        flash("The lead is begun. Nobody else is told of it yet.")
        return services.begin(session, form.to_data(), found, actor, now).id
    lead = queries.get(session, UUID(form.into.data))
    leads.hold_editable(lead)
    linking.add_sources(session, lead, form.chosen(), actor, now)
    leads.note_change(session, lead, actor, now)
    flash("The submissions were added.")
    return lead.id
