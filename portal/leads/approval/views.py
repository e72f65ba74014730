"""The pages on which leads wait for a second pair of eyes and are decided."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import audit
from portal.core.access import Actor, Permission, Role, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.leads import queries as leads
from portal.leads.approval import queries, services
from portal.leads.approval.forms import ReasonForm, SeenForm, SendBackForm
from portal.leads.approval.rules import CARE_WORDS, STEPS, Step
from portal.leads.models import Lead
from portal.leads.releasing import released_of
from portal.leads.rules import UNDECIDED, Status
from portal.leads.sanitising import services as sanitising
from portal.leads.wording import places_of
from portal.triage import elsewhere

bp = Blueprint("approval", __name__, url_prefix="/leads")


@bp.get("/waiting")
@requires(Permission.LEAD_REVIEW)
def waiting() -> ResponseReturnValue:
    """List what waits for the reader, and what waits for others."""
    actor, now, session = current_actor(), utc_now(), get_session()
    found = services.waiting(session, actor)
    return render_template(
        "leads/waiting.html",
        mine=[one for one in found if not one.objection],
        others=[one for one in found if one.objection],
        back=queries.own(session, actor.id),
        releases=[
            (row, mine, elsewhere.left(row.confirm_by, now))
            for row, mine in services.releases(session, actor)
        ],
    )


@bp.get("/<uuid:lead_id>/decide")
@requires(Permission.LEAD_REVIEW)
def decide(lead_id: UUID) -> ResponseReturnValue:
    """Show the version for partners as it will leave; each reading is recorded."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        lead = leads.get(session, lead_id)
        audit.record(session, actor, "lead.read", lead_id, now, part="for decision")
        context = told(session, lead, actor, now)
    back = SendBackForm(formdata=None)
    back.fill(places_of(released_of(lead)))
    seen = context["state"].seal
    return render_template(
        "leads/decide.html",
        lead=lead,
        form=SeenForm(formdata=None, data={"seen": seen}),
        reason=ReasonForm(formdata=None, data={"seen": seen}, prefix="why-"),
        back=back,
        **context,
    )


def told(session: Session, lead: Lead, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return what the page of a decision tells."""
    state = services.standing_of(session, lead, actor)
    release = queries.open_release(session, lead.id)
    supervisor = actor.role is Role.SUPERVISOR
    took_part = queries.involved(session, [lead])[lead.id].get(actor.id, "")
    return {
        "state": state,
        "care": CARE_WORDS[state.care],
        "steps": STEPS[state.care],
        "released": released_of(lead),
        "rows": sanitising.side_by_side(session, lead),
        "decisions": queries.decisions_of(session, lead.id),
        "release": release,
        "clock": elsewhere.left(release.confirm_by, now) if release else None,
        "own_release": release is not None and release.released_by_id == actor.id,
        "may_confirm": release is not None and supervisor and not took_part,
        "may_release": lead.status in UNDECIDED and supervisor and not took_part,
        "may_send_back": lead.status is Status.SUBMITTED and not took_part,
    }


@bp.post("/<uuid:lead_id>/review")
@requires(Permission.LEAD_REVIEW, confirmed=True)
def review(lead_id: UUID) -> ResponseReturnValue:
    """Review a lead that somebody else wrote."""
    return take(lead_id, Step.REVIEW, "You reviewed the lead. It waits for a supervisor.")


@bp.post("/<uuid:lead_id>/approve")
@requires(Permission.LEAD_REVIEW, confirmed=True)
def approve(lead_id: UUID) -> ResponseReturnValue:
    """Approve a lead that somebody else wrote."""
    return take(lead_id, Step.APPROVE, "The lead is approved. It can be handed over.")


def take(lead_id: UUID, step: Step, words: str) -> ResponseReturnValue:
    """Take a step on a lead."""
    form = SeenForm()
    if not form.validate_on_submit():
        return again(lead_id)
    with transaction() as session:
        lead = leads.get(session, lead_id)
        services.decide(session, lead, step, form.seen.data or "", current_actor(), utc_now())
    flash(words)
    return redirect(url_for("leads.show", lead_id=lead_id))


def again(
    lead_id: UUID, words: str = "Say why, then press the button again."
) -> ResponseReturnValue:
    """Return to the decision without having done anything."""
    flash(words, "error")
    return redirect(url_for(".decide", lead_id=lead_id))


@bp.post("/<uuid:lead_id>/send-back")
@requires(Permission.LEAD_REVIEW)
def send_back(lead_id: UUID) -> ResponseReturnValue:
    """Return a lead to its author with remarks on the whole and on single places."""
    form = SendBackForm()
    if not form.validate_on_submit() or not (form.remark.data or form.remarks()):
        return again(lead_id, "Say what must be changed before you send it back.")
    with transaction() as session:
        lead, remark = leads.get(session, lead_id), form.remark.data or ""
        services.send_back(session, lead, remark, form.remarks(), current_actor(), utc_now())
    flash("The lead is back with its author.")
    return redirect(url_for("leads.show", lead_id=lead_id))


@bp.post("/<uuid:lead_id>/release")
@requires(Permission.LEAD_APPROVE, confirmed=True)
def release(lead_id: UUID) -> ResponseReturnValue:
    """Release a lead at once; a second supervisor has a day to confirm it."""
    form = ReasonForm(prefix="why-")
    if not form.validate_on_submit():
        return again(lead_id)
    seen, reason = form.seen.data or "", form.reason.data or ""
    with transaction() as session:
        lead = leads.get(session, lead_id)
        services.release_at_once(session, lead, reason, seen, current_actor(), utc_now())
    flash("The lead may be handed over. A second supervisor must confirm it within 24 hours.")
    return redirect(url_for("leads.show", lead_id=lead_id))


@bp.post("/<uuid:lead_id>/confirm")
@requires(Permission.LEAD_APPROVE, confirmed=True)
def confirm(lead_id: UUID) -> ResponseReturnValue:
    """Confirm what another supervisor released at once."""
    if not SeenForm().validate_on_submit():
        return again(lead_id)
    with transaction() as session:
        row = queries.release_to_decide(session, lead_id)
        services.confirm(session, row, current_actor(), utc_now())
    flash("The release is confirmed.")
    return redirect(url_for("leads.show", lead_id=lead_id))


@bp.post("/<uuid:lead_id>/undo")
@requires(Permission.LEAD_APPROVE, confirmed=True)
def undo(lead_id: UUID) -> ResponseReturnValue:
    """Refuse a release at once, or withdraw one's own."""
    form = ReasonForm(prefix="why-")
    if not form.validate_on_submit():
        return again(lead_id)
    with transaction() as session:
        row = queries.release_to_decide(session, lead_id)
        services.undo(session, row, form.reason.data or "", current_actor(), utc_now())
    flash("The release is taken back. Hand-overs of this lead are recalled.")
    return redirect(url_for("leads.show", lead_id=lead_id))


def in_triage(session: Session, actor: Actor) -> list[elsewhere.Waiting]:
    """Return what waits for the reader among leads, for the page of second officers."""
    found = services.waiting(session, actor)
    listed = [
        item(o.lead, f"{o.need.step}", o.lead.author, o.since) for o in found if not o.objection
    ]
    releases = [
        item(row.lead, "released at once", row.released_by, row.released_at, row.confirm_by)
        for row, mine in services.releases(session, actor)
        if mine
    ]
    return releases + listed


def item(
    lead: Lead, what: str, who: Account, since: datetime, until: datetime | None = None
) -> elsewhere.Waiting:
    """Return one lead as it is listed among other things that wait."""
    return elsewhere.Waiting(
        what=f"Lead {lead.reference}, {what}",
        title=lead.title,
        href=url_for("approval.decide", lead_id=lead.id),
        by=who.name or who.email,
        since=since,
        until=until,
    )


elsewhere.SOURCES.append(in_triage)
