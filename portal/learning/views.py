"""Thanks to companies, and what pages of leads and entities show of outcomes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor, Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.languages import LANGUAGES
from portal.core.ui import panel
from portal.leads import queries as leads
from portal.learning import queries, services
from portal.learning.data import ThanksState
from portal.learning.forms import GiveForm, RefuseForm, ThanksForm

bp = Blueprint("learning", __name__)
Shown = tuple[str, dict[str, Any]] | None


@panel("lead", rank=1)
def thanks_of_lead(session: Session, about: UUID, actor: Actor, now: datetime) -> Shown:
    """Show on the page of a lead whether the companies behind it were thanked."""
    if not queries.has_outcome(session, about):
        return None
    known = queries.companies_of(session, about, actor, now)
    if not known:
        return None
    drafts = {one.organisation_id: one for one in reversed(queries.drafts_of(session, about))}
    companies = [(one, drafts.get(one.id)) for one in known]
    shown = {"lead_id": about, "companies": companies, "refused": ThanksState.REFUSED}
    return "learning/panel.html", shown


@panel("entity")
def outcomes_of_entity(session: Session, about: UUID, actor: Actor, now: datetime) -> Shown:
    """Show on the page of an entity what came of the leads with it; that is a reading of them."""
    found = queries.led_to(session, about, actor, now)
    for one in found:
        audit.record(session, actor, "lead.outcomes_read", one.lead.id, now)
    return ("learning/led.html", {"found": found}) if found else None


@bp.route("/leads/<uuid:lead_id>/thanks/<uuid:organisation_id>", methods=["GET", "POST"])
@requires(Permission.LEAD_WRITE)
def propose(lead_id: UUID, organisation_id: UUID) -> ResponseReturnValue:
    """Propose thanks to a company; a supervisor decides."""
    session, actor = get_session(), current_actor()
    lead = leads.get(session, lead_id)
    company = queries.company_of(session, lead_id, organisation_id, actor, utc_now())
    text, language = services.usual(session, lead_id, organisation_id)
    form = ThanksForm(data={"text": text})
    if form.validate_on_submit():
        said = form.text.data or ""
        try:
            with transaction() as session:
                services.propose(session, lead_id, organisation_id, said, actor, utc_now())
        except services.ThanksRefusedError as error:
            form.text.errors = [str(error)]
        else:
            flash("Proposed. The company sees nothing before a supervisor gives the thanks.")
            return redirect(url_for("leads.show", lead_id=lead_id))
    shown = {"form": form, "lead": lead, "company": company, "spoken": LANGUAGES[language]}
    return render_template("learning/propose.html", **shown), 422 if form.errors else 200


@bp.get("/thanks/")
@requires(Permission.LEAD_APPROVE)
def thanks() -> ResponseReturnValue:
    """List the thanks that wait for a supervisor."""
    return render_template("learning/thanks.html", found=queries.waiting(get_session()))


@bp.route("/thanks/<uuid:draft_id>", methods=["GET", "POST"])
@requires(Permission.LEAD_APPROVE, confirmed=True)
def give(draft_id: UUID) -> ResponseReturnValue:
    """Give thanks that somebody else proposed: a deliberate act."""
    row, actor = queries.draft(get_session(), draft_id), current_actor()
    form = GiveForm(data={"text": row.text})
    if form.validate_on_submit():
        said, specific = form.text.data or "", bool(form.specific.data)
        try:
            with transaction() as session:
                again = queries.draft(session, draft_id)
                services.give(session, again, said, actor, utc_now(), specific=specific)
        except services.ThanksRefusedError as error:
            form.text.errors = [str(error)]
        else:
            flash("The company reads the thanks from now on.")
            return redirect(url_for(".thanks"))
    return decision(draft_id, form, RefuseForm(formdata=None, prefix="refuse-"))


def decision(draft_id: UUID, form: GiveForm, refusing: RefuseForm) -> ResponseReturnValue:
    """Draw the page of a draft; the reading is recorded."""
    with transaction() as session:
        row = queries.draft(session, draft_id)
        audit.record(session, current_actor(), "thanks.read", draft_id, utc_now())
    context = {"row": row, "form": form, "refusing": refusing, "spoken": LANGUAGES[row.language]}
    status = 422 if form.errors or refusing.errors else 200
    return render_template("learning/give.html", **context), status


@bp.post("/thanks/<uuid:draft_id>/refuse")
@requires(Permission.LEAD_APPROVE)
def refuse(draft_id: UUID) -> ResponseReturnValue:
    """Refuse a draft of thanks."""
    form, row = RefuseForm(prefix="refuse-"), queries.draft(get_session(), draft_id)
    if not form.validate_on_submit():
        return decision(draft_id, GiveForm(formdata=None, data={"text": row.text}), form)
    with transaction() as session:
        again = queries.draft(session, draft_id)
        services.refuse(session, again, form.remark.data or "", current_actor(), utc_now())
    flash("Refused. The company sees nothing.")
    return redirect(url_for(".thanks"))
