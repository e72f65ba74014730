"""The officers' page of a notice: its clock, the other country, release and stop."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import audit, files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import DomainError, NotFoundError
from portal.core.forms import PortalForm
from portal.reference.rules.working_days import working_days_between
from portal.shipments import queries, services
from portal.shipments.forms import ReleaseForm, ReplyForm, SendOnForm, StopForm
from portal.shipments.models import Consultation
from portal.shipments.views.company import bp
from portal.submissions.kind import registered
from portal.submissions.rules import is_notice
from portal.triage import knowing
from portal.triage import queries as triage
from portal.triage.life import ON_NOTICES, actions_from
from portal.triage.models import TriageCase


def case_of(session: Session, submission_id: UUID) -> TriageCase:
    """Return the case of a notice that the officer may read.

    Raises:
        NotFoundError: there is none, or it is no notice.
        DomainError: the officer does not need to know the case.
    """
    case = triage.get(session, submission_id)
    if not is_notice(case.kind):
        raise NotFoundError
    if not knowing.may_read(session, case, current_actor(), utc_now()):
        raise DomainError("Another officer has this case.")
    return case


def filled(session: Session, data: Any, wrong: dict[str, PortalForm]) -> dict[str, Any]:
    """Return the forms of the page, one of them perhaps refused."""
    to = data.legs[-1].destination_country if data.legs else ""
    send = SendOnForm(formdata=None, country=to, prefix="send-")
    send.partner.choices |= {str(one.id): one.name for one in queries.authorities(session, to)}
    empty: dict[str, Any] = {
        "send": send,
        "reply": ReplyForm(formdata=None, prefix="reply-"),
        "release": ReleaseForm(formdata=None, prefix="release-"),
        "stop": StopForm(formdata=None, prefix="stop-"),
    }
    return empty | wrong


def left(day: Any) -> int | None:
    """Return how many working days are left until a day; none where there is no day."""
    country = current_app.config["COUNTRY"]
    return working_days_between(utc_now().date(), day, country) if day else None


def page(case: TriageCase, status: int = 200, **wrong: PortalForm) -> ResponseReturnValue:
    """Draw the page of a notice."""
    session = get_session()
    submission = triage.submission_of(session, case.id)
    data = registered()[submission.kind].load(submission.content)
    sent = queries.consultations_of(session, case.id)
    html = render_template(
        "shipments/desk.html",
        case=case,
        submission=submission,
        data=data,
        sent=[(one, left(one.reply_by)) for one in sent],
        days_left=left(data.may_leave_on),
        possible={action.name.lower() for action in actions_from(case.kind, case.status)},
        deciding=bool(ON_NOTICES & set(actions_from(case.kind, case.status))),
        release=queries.release_of(session, case.id),
        forms=filled(session, data, wrong),
    )
    return html, status


@bp.get("/triage/<uuid:submission_id>/notice")
@requires(Permission.CASE_READ)
def desk(submission_id: UUID) -> ResponseReturnValue:
    """Show the clock of a notice, who was asked, and what can be decided."""
    with transaction() as session:
        case = case_of(session, submission_id)
        audit.record(session, current_actor(), "notice.read", submission_id, utc_now())
    return page(case)


def do(submission_id: UUID, deed: Callable[..., object], said: str) -> ResponseReturnValue:
    """Do one deed on a notice, and show it again."""
    with transaction() as session:
        deed(session, case_of(session, submission_id), current_actor(), utc_now())
    flash(said)
    return redirect(url_for(".desk", submission_id=submission_id))


@bp.post("/triage/<uuid:submission_id>/notice/send")
@requires(Permission.CASE_WORK)
def send_on(submission_id: UUID) -> ResponseReturnValue:
    """Send the notice on to another country's authority."""
    form = SendOnForm(prefix="send-")
    known = queries.authorities(get_session(), form.country.data or "")
    form.partner.choices |= {str(one.id): one.name for one in known}
    if not form.validate_on_submit():
        return page(case_of(get_session(), submission_id), 422, send=form)
    to, partner = form.country.data, form.partner_id()
    return do(
        submission_id,
        lambda session, case, actor, now: services.send_on(session, case, to, partner, actor, now),
        "The notice was sent on. Its signed papers are below.",
    )


@bp.post("/triage/<uuid:submission_id>/notice/<uuid:consultation_id>/reply")
@requires(Permission.CASE_WORK)
def note_reply(submission_id: UUID, consultation_id: UUID) -> ResponseReturnValue:
    """Note what another country answered by another way."""
    form = ReplyForm(prefix="reply-")
    if not form.validate_on_submit():
        return page(case_of(get_session(), submission_id), 422, reply=form)
    reply, text = form.reply.data, form.text.data or ""

    def deed(session: Session, case: TriageCase, actor: Any, now: Any) -> None:
        sent = queries.consultation(session, case.id, consultation_id)
        services.note_reply(session, sent, reply, text, actor, now)

    return do(submission_id, deed, "The answer was noted.")


@bp.post("/triage/<uuid:submission_id>/notice/release")
@requires(Permission.CASE_WORK)
def release(submission_id: UUID) -> ResponseReturnValue:
    """Let the shipment leave."""
    form = ReleaseForm(prefix="release-")
    if not form.validate_on_submit():
        return page(case_of(get_session(), submission_id), 422, release=form)
    return do(submission_id, services.release, "The company is told that it may leave.")


@bp.post("/triage/<uuid:submission_id>/notice/stop")
@requires(Permission.CASE_WORK)
def stop(submission_id: UUID) -> ResponseReturnValue:
    """Forbid the shipment."""
    form = StopForm(prefix="stop-")
    if not form.validate_on_submit():
        return page(case_of(get_session(), submission_id), 422, stop=form)
    why = form.reason.data or ""
    return do(
        submission_id,
        lambda session, case, actor, now: services.stop(session, case, why, actor, now),
        "The company is told that it may not leave, and not why.",
    )


@bp.get("/triage/<uuid:submission_id>/notice/<uuid:consultation_id>.<string:form>")
@requires(Permission.CASE_READ)
def sent_paper(submission_id: UUID, consultation_id: UUID, form: str) -> ResponseReturnValue:
    """Hand out what was sent, as PDF or JSON."""
    with transaction() as session:
        case_of(session, submission_id)
        sent = queries.consultation(session, submission_id, consultation_id)
        audit.record(session, current_actor(), "notice.downloaded", submission_id, utc_now())
    return hand_out(sent, form)


def hand_out(sent: Consultation, form: str) -> ResponseReturnValue:
    """Return a notice as it was sent, as PDF or JSON."""
    if form == "json":
        headers = {
            "Content-Type": "application/json",
            "Content-Disposition": 'attachment; filename="notice.json"',
        }
        return sent.content, headers
    if form != "pdf":
        raise NotFoundError
    if sent.stored_as is None:
        raise DomainError("The paper is being made. Try again in a few seconds.")
    return files.send(sent.stored_as, "notice.pdf", "application/pdf")
