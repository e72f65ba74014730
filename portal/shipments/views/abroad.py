"""The pages of another country's authority: notices sent to it, and its answer."""

import json
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.shipments import queries, services
from portal.shipments.forms import ReplyForm
from portal.shipments.models import Consultation
from portal.shipments.views.company import bp
from portal.shipments.views.officers import hand_out, left


@bp.get("/notices/")
@requires(Permission.NOTICE_ANSWER)
def notices() -> ResponseReturnValue:
    """List the notices that were sent to the actor's authority, unanswered first."""
    found = queries.inbox(get_session(), current_actor())
    items = [(one, json.loads(one.content), left(one.reply_by)) for one in found]
    return render_template("shipments/notices.html", items=items)


@bp.get("/notices/<uuid:consultation_id>")
@requires(Permission.NOTICE_ANSWER)
def notice(consultation_id: UUID) -> ResponseReturnValue:
    """Show one notice as it was sent; each reading is recorded."""
    with transaction() as session:
        sent = queries.received(session, consultation_id, current_actor())
        audit.record(session, current_actor(), "consultation.read", consultation_id, utc_now())
    return page(sent, ReplyForm(formdata=None))


def page(sent: Consultation, form: ReplyForm, status: int = 200) -> ResponseReturnValue:
    """Draw one notice."""
    content = json.loads(sent.content)
    days = left(sent.reply_by)
    html = render_template(
        "shipments/notice.html", sent=sent, notice=content, form=form, days_left=days
    )
    return html, status


@bp.post("/notices/<uuid:consultation_id>")
@requires(Permission.NOTICE_ANSWER)
def answer(consultation_id: UUID) -> ResponseReturnValue:
    """Answer a notice, once."""
    form, actor = ReplyForm(), current_actor()
    sent = queries.received(get_session(), consultation_id, actor)
    if not form.validate_on_submit():
        return page(sent, form, 422)
    with transaction() as session:
        sent = queries.received(session, consultation_id, actor)
        text = form.text.data or ""
        services.note_reply(session, sent, form.reply.data, text, actor, utc_now())
    flash("Your answer was sent.")
    return redirect(url_for(".notice", consultation_id=consultation_id))


@bp.get("/notices/<uuid:consultation_id>.<string:form>")
@requires(Permission.NOTICE_ANSWER)
def download(consultation_id: UUID, form: str) -> ResponseReturnValue:
    """Hand out the signed notice as PDF or JSON."""
    with transaction() as session:
        sent = queries.received(session, consultation_id, current_actor())
        audit.record(session, current_actor(), "consultation.taken", consultation_id, utc_now())
    return hand_out(sent, form)
