"""The page on which a lead is put into words for partners."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import transaction
from portal.leads import queries as leads
from portal.leads.models import Lead
from portal.leads.releasing import released_of, seal
from portal.leads.rules import EDITABLE
from portal.leads.sanitising import services
from portal.leads.sanitising.forms import AllForm, SanitiseForm
from portal.leads.sanitising.rules.beside import Beside

bp = Blueprint("sanitising", __name__, url_prefix="/leads")


@bp.get("/<uuid:lead_id>/for-partners")
@requires(Permission.LEAD_WRITE)
def edit(lead_id: UUID) -> ResponseReturnValue:
    """Show what officers wrote beside what partners will read; each reading is recorded."""
    with transaction() as session:
        lead = leads.get(session, lead_id)
        found = services.side_by_side(session, lead)
        audit.record(session, current_actor(), "lead.read", lead_id, utc_now())
    form = SanitiseForm(formdata=None)
    form.fill(found, seal(released_of(lead)))
    return draw(lead, form, found)


def draw(lead: Lead, form: SanitiseForm, found: Sequence[Beside]) -> ResponseReturnValue:
    """Draw the page."""
    page = render_template(
        "leads/sanitise.html",
        lead=lead,
        form=form,
        rows=list(form.beside(found)),
        editable=lead.status in EDITABLE,
        open=sum(len(one.marks) for one in found),
    )
    return page, 422 if form.wrong else 200


@bp.post("/<uuid:lead_id>/for-partners")
@requires(Permission.LEAD_WRITE)
def save(lead_id: UUID) -> ResponseReturnValue:
    """Take the words for partners and the answers to marks."""
    form = SanitiseForm()
    with transaction() as session:
        lead = leads.get(session, lead_id)
        found = services.side_by_side(session, lead)
        complete = form.complete(found, seal(released_of(lead)))
        left = keep(session, lead, form, found) if complete else 0
    return told(lead_id, left) if complete else draw(lead, form, found)


def keep(session: Session, lead: Lead, form: SanitiseForm, found: Sequence[Beside]) -> int:
    """Save each place that was touched; return how many marks of the lead are still open."""
    for beside, part, pairs in form.beside(found):
        replies = [reply for one, mark in pairs if (reply := one.reply(mark))]
        typed = part.words.data or ""
        if replies or typed != beside.place.text:
            key, actor = beside.place.key, current_actor()
            services.answer(session, lead, key, typed, replies, actor, utc_now())
    return len(services.open_marks(session, lead))


@bp.post("/<uuid:lead_id>/for-partners/all")
@requires(Permission.LEAD_WRITE)
def take_all(lead_id: UUID) -> ResponseReturnValue:
    """Take the first proposal for every open mark."""
    if not AllForm().validate_on_submit():
        return redirect(url_for(".edit", lead_id=lead_id))
    with transaction() as session:
        lead = leads.get(session, lead_id)
        left = services.accept_all(session, lead, current_actor(), utc_now())
    return told(lead_id, len(left))


def told(lead_id: UUID, left: int) -> ResponseReturnValue:
    """Say how much is left to do."""
    if left:
        flash(f"Saved. Marks that still need an answer: {left}.", "error")
    else:
        flash("Saved. No mark is open: the lead can be submitted for approval.")
    return redirect(url_for(".edit" if left else "leads.show", lead_id=lead_id))
