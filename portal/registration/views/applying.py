"""Applying, and the applicant's page."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import throttle
from portal.core import files
from portal.core.access import Permission, current_actor, public, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.organisations.models import Deputy, Licence, Organisation, Site
from portal.organisations.rules import OUTER
from portal.registration import queries, services
from portal.registration.forms import AnswerForm, ApplicationForm
from portal.registration.services import Part

bp = Blueprint("registration", __name__)
APPLICATIONS = 10  # from one address in an hour
HOUR = timedelta(hours=1)


@bp.route("/apply", methods=["GET", "POST"])
@public
def apply() -> ResponseReturnValue:
    """Take an application; the answer is the same whoever applies."""
    form = ApplicationForm()
    if form.is_submitted() and form.more():
        return render_template("registration/apply.html", form=form)
    if not form.validate_on_submit():
        page = render_template("registration/apply.html", form=form)
        return page, 422 if form.errors else 200
    applicant = (form.applicant_name.data or "", form.applicant_email.data or "")
    parts: tuple[Part, ...] = (
        *(Licence(**part.form.said()) for part in form.licences if part.form.number.data),
        *(Site(**part.form.said()) for part in form.sites if part.form.name.data),
        *(Deputy(**deputy) for deputy in form.deputies()),
    )
    with transaction() as session:
        throttle.limit(session, "apply", g.trace.address, APPLICATIONS, HOUR, utc_now())
        made = services.apply(session, form.organisation(), parts, applicant, utc_now())
    return render_template("registration/applied.html", reference=made.reference)


def facts(session: Any, organisation: Organisation) -> dict[str, Any]:
    """Return what every page on an organisation shows."""
    return {
        "organisation": organisation,
        "licences": queries.licence_lines(session, organisation.id, utc_now().date()),
        "sites": queries.parts_of(session, organisation.id, Site),
        "deputies": queries.parts_of(session, organisation.id, Deputy),
        "requests": queries.requests_of(session, organisation.id),
        "files": queries.files_of(session, organisation.id),
    }


@bp.route("/application", methods=["GET", "POST"])
@requires(Permission.APPLICATION_OWN)
def own() -> ResponseReturnValue:
    """Show the application of one's own organisation; answer the registrar."""
    session, form = get_session(), AnswerForm()
    organisation = queries.own(session, current_actor())
    if form.validate_on_submit():
        form.file.errors = receive_answer(form)
        if not form.errors:
            flash("Your answer was sent.")
            return redirect(url_for(".own"))
    status = 422 if form.errors else 200
    context = facts(session, organisation) | {"state": OUTER[organisation.standing]}
    return render_template("registration/own.html", form=form, **context), status


def receive_answer(form: AnswerForm) -> list[str]:
    """Keep an answer with its document; return why not, for the form."""
    incoming = None
    if form.file.data:
        try:
            incoming = files.accept(form.file.data)
        except files.RefusedFileError as refusal:
            return [str(refusal)]
    with transaction() as session:
        organisation, actor = queries.own(session, current_actor()), current_actor()
        if incoming is not None:
            services.keep_file(session, organisation, incoming, actor, utc_now())
        services.answer(session, organisation, form.text.data or "", actor, utc_now())
    return []
