"""The thread about a partner's request: the partner's page, and the officers'."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.border import answering
from portal.border.forms import AnswerForm, DecideForm, MessageForm
from portal.border.views.checks import bp
from portal.border.views.officers import only
from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.core.forms import LONG
from portal.leads.rules import BetraysSourceError
from portal.submissions import queries as submissions
from portal.submissions.models import Submission
from portal.triage import deeds, knowing
from portal.triage import queries as triage
from portal.triage.models import TriageCase


@bp.route("/requests/<uuid:submission_id>", methods=["GET", "POST"])
@requires(Permission.INBOX_READ)
def own_request(submission_id: UUID) -> ResponseReturnValue:
    """Show the answers to one's own request, and take a message."""
    form, actor, now = MessageForm(), current_actor(), utc_now()
    right = form.validate_on_submit()
    with transaction() as session:
        request = submissions.get(session, submission_id, actor)
        only(request.kind, answering.REQUEST)
        audit.record(session, actor, "request.read", submission_id, now)
        if right:
            answering.write(session, request, form.text.data or "", actor, now)
    if right:
        flash("Your message was sent.")
        return redirect(url_for(".own_request", submission_id=submission_id))
    messages = answering.thread(get_session(), submission_id, told=True)
    context = {"request": request, "messages": messages, "form": form}
    return render_template("border/own_request.html", **context), 422 if form.errors else 200


@bp.route("/triage/<uuid:submission_id>/answer", methods=["GET", "POST"])
@requires(Permission.CASE_WORK)
def answer(submission_id: UUID) -> ResponseReturnValue:
    """Show the thread of a request to an officer, and take a proposed answer."""
    form, actor, now = AnswerForm(), current_actor(), utc_now()
    with transaction() as session:
        case = read(submission_id)
        if case is not None:
            deeds.note_reading(session, case, actor, now)
    if case is None:
        return redirect(url_for("triage.glass", submission_id=submission_id))
    request = triage.submission_of(get_session(), submission_id)
    offered = answering.leads_for(get_session(), request)
    names = {str(one.id): f"{one.lead.reference} {one.lead.title}" for one in offered}
    form.hand_over.choices = {"": "None", **names}
    if form.validate_on_submit() and proposed(request, form):
        flash("Proposed. The partner sees it once a second officer has agreed.")
        return redirect(url_for(".answer", submission_id=submission_id))
    return show(case, request, form)


def read(submission_id: UUID) -> TriageCase | None:
    """Return the case of a request; None for an officer who does not need to know it."""
    session = get_session()
    case = triage.get(session, submission_id)
    only(case.kind, answering.REQUEST)
    return case if knowing.may_read(session, case, current_actor(), utc_now()) else None


def proposed(request: Submission, form: AnswerForm) -> bool:
    """Propose an answer; say in the form what in it points to who reported and is not answered."""
    text, lead = form.text.data or "", form.lead
    found = answering.hold(get_session(), request, text, lead)
    if form.missing(found.marks):
        return False
    replies = form.replies(found.marks)
    try:
        with transaction() as session:
            actor, now = current_actor(), utc_now()
            answering.propose(session, request, text, lead, actor, now, replies=replies)
    except BetraysSourceError as refusal:
        form.show(answering.hold(get_session(), request, text, lead, replies))
        form.text.errors = [str(refusal)]
        return False
    return True


def show(case: TriageCase, request: Submission, form: AnswerForm) -> ResponseReturnValue:
    """Draw the officers' page of a request."""
    messages = answering.thread(get_session(), request.id, told=False)
    held = None
    if form.marks.entries and len(form.text.data or "") <= LONG:
        held = answering.hold(get_session(), request, form.text.data or "", form.lead)
    html = render_template(
        "border/answer.html",
        case=case,
        request=request,
        messages=messages,
        form=form,
        held=held,
        rows=form.rows(held.marks) if held else [],
        decide=DecideForm(formdata=None),
        me=current_actor().id,
    )
    return html, 422 if form.errors else 200


@bp.post("/triage/<uuid:submission_id>/answer/<uuid:message_id>/<string:decision>")
@requires(Permission.REQUEST_AGREE, confirmed=True)
def decide(submission_id: UUID, message_id: UUID, decision: str) -> ResponseReturnValue:
    """Agree to a proposed answer and send it, or not."""
    if decision not in {"agree", "refuse"}:
        raise NotFoundError
    form, actor, now = DecideForm(), current_actor(), utc_now()
    if not form.validate_on_submit() or read(submission_id) is None:
        return redirect(url_for(".answer", submission_id=submission_id))
    with transaction() as session:
        request = triage.submission_of(session, submission_id)
        message = answering.waiting(session, submission_id, message_id)
        if decision == "agree":
            answering.agree(session, request, message, actor, now)
        else:
            answering.refuse(session, message, form.remark.data or "", actor, now)
    flash("Sent to the partner." if decision == "agree" else "Not sent.")
    return redirect(url_for(".answer", submission_id=submission_id))
