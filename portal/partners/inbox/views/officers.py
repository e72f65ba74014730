"""What officers see of what partners say, and how they answer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import audit, files
from portal.core.access import Actor, Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.core.ui import panel
from portal.leads import queries as leads
from portal.leads.rules import BetraysSourceError
from portal.partners.inbox import queries, reporting, services
from portal.partners.inbox.forms import AnswerForm, ButtonForm, DecisionForm, WaitingForm
from portal.partners.inbox.models import Outcome
from portal.partners.inbox.rules import actions_from
from portal.partners.inbox.views.received import bp


@panel("lead")
def partners_say(
    session: Session, about: UUID, _actor: Actor, _now: datetime
) -> tuple[str, dict[str, Any]] | None:
    """Show on the page of a lead what partners say; nothing before it was handed over."""
    found = queries.said(session, about)
    return ("partners/inbox/panel.html", {"said": found, "lead_id": about}) if found else None


@bp.get("/from-partners/")
@requires(Permission.LEAD_READ)
def waiting() -> ResponseReturnValue:
    """List what of partners waits for officers, the longest waiting first; then what is new."""
    form, session = WaitingForm(), get_session()
    after = UUID(form.after.data) if form.valid_after() else None
    last = queries.waiting_message(session, after) if after else None
    messages = queries.waiting_messages(session, last)
    return render_template(
        "partners/inbox/waiting.html",
        messages=messages,
        more=messages[-1] if len(messages) == queries.PAGE else None,
        requests=queries.waiting_requests(session),
        outcomes=queries.newest_outcomes(session),
        today=queries.today(utc_now()),
    )


@bp.get("/leads/<uuid:lead_id>/partners")
@requires(Permission.LEAD_READ)
def said(lead_id: UUID) -> ResponseReturnValue:
    """Show what each partner said of a lead; each reading is recorded."""
    return show_said(lead_id, {})


def show_said(
    lead_id: UUID, forms: dict[UUID, AnswerForm | DecisionForm], status: int = 200
) -> ResponseReturnValue:
    """Draw the page, with the forms that were filled wrongly in their places."""
    with transaction() as session:
        lead = leads.get(session, lead_id)
        audit.record(session, current_actor(), "lead.partners_read", lead_id, utc_now())
        found = queries.said(session, lead_id)
    answers = {one.given.id: AnswerForm(formdata=None, prefix=f"{one.given.id}-") for one in found}
    decisions = {
        wanted.id: offered(wanted.state, DecisionForm(formdata=None, prefix=f"{wanted.id}-"))
        for one in found
        for wanted in one.requests
        if actions_from(wanted.state)
    }
    page = render_template(
        "partners/inbox/said.html",
        lead=lead,
        said=found,
        forms=answers | decisions | forms,
        button=ButtonForm(formdata=None),
    )
    return page, status


def offered(state: Any, form: DecisionForm) -> DecisionForm:
    """Give a decision the choices that its state allows."""
    form.action.choices = {one.value: one.value.capitalize() for one in actions_from(state)}
    return form


@bp.post("/leads/<uuid:lead_id>/partners/<uuid:hand_over_id>/answer")
@requires(Permission.LEAD_WRITE)
def answer(lead_id: UUID, hand_over_id: UUID) -> ResponseReturnValue:
    """Answer a partner."""
    form, actor = AnswerForm(prefix=f"{hand_over_id}-"), current_actor()
    given = queries.given(get_session(), lead_id, hand_over_id)
    if not form.validate_on_submit():
        return show_said(lead_id, {given.id: form}, 422)
    try:
        with transaction() as session:
            given = queries.given(session, lead_id, hand_over_id)
            services.answer(session, given, form.text.data or "", actor, utc_now())
    except BetraysSourceError as error:
        form.text.errors = [str(error)]
        return show_said(lead_id, {hand_over_id: form}, 422)
    flash("The partner has the answer.")
    return redirect(url_for(".said", lead_id=lead_id))


@bp.post("/leads/<uuid:lead_id>/partners/<uuid:hand_over_id>/settle")
@requires(Permission.LEAD_WRITE)
def settle(lead_id: UUID, hand_over_id: UUID) -> ResponseReturnValue:
    """Say that what a partner wrote needs no answer."""
    ButtonForm().validate()
    with transaction() as session:
        given = queries.given(session, lead_id, hand_over_id)
        services.settle(session, given, current_actor(), utc_now())
    flash("It waits no longer.")
    return redirect(url_for(".said", lead_id=lead_id))


@bp.post("/leads/<uuid:lead_id>/partners/requests/<uuid:request_id>")
@requires(Permission.LEAD_WRITE)
def decide(lead_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """Accept, decline or deliver what a partner wants more."""
    wanted = queries.request(get_session(), lead_id, request_id)
    form = offered(wanted.state, DecisionForm(prefix=f"{request_id}-"))
    actor = current_actor()
    if not form.validate_on_submit():
        return show_said(lead_id, {request_id: form}, 422)
    try:
        with transaction() as session:
            row = queries.request(session, lead_id, request_id)
            said_so = form.remark.data or ""
            services.decide(session, row, form.action.data, said_so, actor, utc_now())
    except BetraysSourceError as error:
        form.remark.errors = [str(error)]
        return show_said(lead_id, {request_id: form}, 422)
    flash("The partner knows.")
    return redirect(url_for(".said", lead_id=lead_id))


@bp.get("/leads/<uuid:lead_id>/partners/files/<uuid:file_id>")
@requires(Permission.LEAD_READ)
def partner_file(lead_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Hand an officer a file that a partner sent with an outcome."""
    with transaction() as session:
        kept = queries.file(session, file_id, Outcome.lead_id == lead_id)
        reporting.note_download(session, kept, current_actor(), utc_now())
    if not files.may_open(kept.scan):
        raise NotFoundError
    return files.send(kept.stored_as, kept.name, kept.media_type)
