"""The pages on which a partner reports what came of a lead, and corrects it."""

import json
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core import files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.partners import queries as partners
from portal.partners.inbox import queries, reporting
from portal.partners.inbox.forms import FileForm, OutcomeForm, typed_of
from portal.partners.inbox.models import Outcome
from portal.partners.inbox.views.received import bp
from portal.partners.models import HandOver
from portal.partners.rules import closed_words


@bp.route("/inbox/<uuid:hand_over_id>/outcome", methods=["GET", "POST"])
@requires(Permission.INBOX_READ)
def report(hand_over_id: UUID) -> ResponseReturnValue:
    """Say what came of a lead."""
    form, actor = OutcomeForm(), current_actor()
    given = partners.received(get_session(), hand_over_id, actor)
    if not complete(form):
        return page(given, form, None)
    with transaction() as session:
        again = partners.received(session, hand_over_id, actor)
        reporting.report(session, again, form.to_data(), actor, utc_now())
    flash("Thank you. The authority has your report.")
    return redirect(url_for(".show", hand_over_id=hand_over_id, _anchor="outcomes"))


@bp.route("/inbox/<uuid:hand_over_id>/outcomes/<uuid:outcome_id>", methods=["GET", "POST"])
@requires(Permission.INBOX_READ)
def correct(hand_over_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Correct a report: a new version, the old one stays."""
    actor = current_actor()
    given = partners.received(get_session(), hand_over_id, actor)
    older = queries.outcome(get_session(), given, outcome_id)
    form = OutcomeForm(data=typed_of(older))
    if not complete(form):
        return page(given, form, older)
    with transaction() as session:
        again = partners.received(session, hand_over_id, actor)
        now_older = queries.outcome(session, again, outcome_id)
        reporting.correct(session, again, now_older, form.to_data(), actor, utc_now())
    flash("Corrected. The earlier version stays on file.")
    return redirect(url_for(".show", hand_over_id=hand_over_id, _anchor="outcomes"))


def complete(form: OutcomeForm) -> bool:
    """Tell whether the form was sent and is right; add a line when that was asked for."""
    if form.is_submitted() and form.wants_more():
        return False
    return bool(form.validate_on_submit())


def page(given: HandOver, form: OutcomeForm, older: Outcome | None) -> ResponseReturnValue:
    """Draw the form of a report."""
    lead = json.loads(given.content)
    closed = closed_words(given, utc_now())
    name = lead["reference"] if closed else lead["title"]
    context = {"given": given, "name": name, "form": form, "older": older}
    return render_template("partners/inbox/outcome.html", **context), 422 if form.errors else 200


@bp.post("/inbox/<uuid:hand_over_id>/outcomes/<uuid:outcome_id>/files")
@requires(Permission.INBOX_READ)
def attach(hand_over_id: UUID, outcome_id: UUID) -> ResponseReturnValue:
    """Put a file beside a report."""
    form, actor = FileForm(prefix=f"{outcome_id}-"), current_actor()
    if not form.validate_on_submit():
        flash("Choose a file. Nothing was sent.", "error")
        return redirect(url_for(".show", hand_over_id=hand_over_id, _anchor="outcomes"))
    queries.outcome(
        get_session(), partners.received(get_session(), hand_over_id, actor), outcome_id
    )
    incoming = files.accept(form.file.data)
    with transaction() as session:
        given = partners.received(session, hand_over_id, actor)
        row = queries.outcome(session, given, outcome_id)
        reporting.attach(session, row, incoming, actor, utc_now())
    flash("The file is kept with your report.")
    return redirect(url_for(".show", hand_over_id=hand_over_id, _anchor="outcomes"))


@bp.get("/inbox/<uuid:hand_over_id>/files/<uuid:file_id>")
@requires(Permission.INBOX_READ)
def file(hand_over_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Give a partner its own file back."""
    with transaction() as session:
        given = partners.received(session, hand_over_id, current_actor())
        kept = queries.file(session, file_id, Outcome.hand_over_id == given.id)
        reporting.note_download(session, kept, current_actor(), utc_now())
    if not files.may_open(kept.scan):
        raise NotFoundError
    return files.send(kept.stored_as, kept.name, kept.media_type)
