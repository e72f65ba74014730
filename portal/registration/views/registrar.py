"""The registrar's desk: applications and companies."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from portal.core import audit, files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.organisations.models import Licence, Organisation, Site
from portal.organisations.rules import Action, actions_from
from portal.registration import queries, services
from portal.registration.forms import AskForm, ListForm, ReasonForm
from portal.registration.views.applying import bp, facts

DECISIONS = {one.name.lower(): one for one in Action if one not in {Action.ASK, Action.ANSWER}}
SEEN: dict[str, type[Any]] = {"licences": Licence, "sites": Site}


@bp.get("/registrar/applications")
@requires(Permission.ORGANISATION_VET)
def applications() -> ResponseReturnValue:
    """List applications, the longest waiting first."""
    form, session = ListForm(), get_session()
    valid = form.validate()
    after = queries.company(session, UUID(form.after.data)) if valid and form.after.data else None
    found = queries.applications(session, form.standing.data if valid else None, after)
    more = found[-1].id if len(found) == queries.PAGE else None
    return render_template("registration/applications.html", found=found, form=form, more=more)


@bp.get("/registrar/applications/<uuid:organisation_id>")
@requires(Permission.ORGANISATION_VET)
def application(organisation_id: UUID) -> ResponseReturnValue:
    """Show one application; each reading is recorded."""
    with transaction() as session:
        organisation = queries.company(session, organisation_id)
        audit.record(session, current_actor(), "organisation.read", organisation_id, utc_now())
    return show(organisation)


def show(organisation: Organisation, status: int = 200, **wrong: Any) -> ResponseReturnValue:
    """Draw one application; forms that were refused come in `wrong`."""
    session = get_session()
    possible = actions_from(organisation.standing)
    forms = {
        "ask": AskForm(formdata=None, prefix="ask-"),
        "decide": ReasonForm(formdata=None, prefix="decide-"),
    }
    context = facts(session, organisation) | {
        "similar": queries.similar(session, organisation),
        "decisions": [(key, one) for key, one in DECISIONS.items() if one in possible],
        "may_ask": Action.ASK in possible,
        "history": queries.history_of(session, organisation.id),
        "forms": forms | wrong,
    }
    return render_template("registration/application.html", **context), status


@bp.post("/registrar/applications/<uuid:organisation_id>/ask")
@requires(Permission.ORGANISATION_VET)
def ask(organisation_id: UUID) -> ResponseReturnValue:
    """Ask an applicant for a document."""
    form = AskForm(prefix="ask-")
    if not form.validate_on_submit():
        return show(queries.company(get_session(), organisation_id), 422, ask=form)
    with transaction() as session:
        organisation = queries.company(session, organisation_id)
        services.ask(session, organisation, form.text.data or "", current_actor(), utc_now())
    flash("The applicant was asked.")
    return redirect(url_for(".application", organisation_id=organisation_id))


@bp.post("/registrar/applications/<uuid:organisation_id>/<string:decision>")
@requires(Permission.ORGANISATION_VET, confirmed=True)
def decide(organisation_id: UUID, decision: str) -> ResponseReturnValue:
    """Vet, refuse, suspend, lift or close."""
    if decision not in DECISIONS:
        raise BadRequest
    form = ReasonForm(prefix="decide-")
    if not form.validate_on_submit():
        return show(queries.company(get_session(), organisation_id), 422, decide=form)
    action, reason = DECISIONS[decision], form.text.data or ""
    with transaction() as session:
        organisation = queries.company(session, organisation_id)
        services.decide(session, organisation, action, reason, current_actor(), utc_now())
    flash("The decision is kept, and the applicant was told to look.")
    return redirect(url_for(".application", organisation_id=organisation_id))


@bp.post("/registrar/applications/<uuid:organisation_id>/<string:sort>/<uuid:part_id>/confirm")
@requires(Permission.ORGANISATION_VET)
def confirm_part(organisation_id: UUID, sort: str, part_id: UUID) -> ResponseReturnValue:
    """Say that a licence or a site was seen as it stands."""
    if sort not in SEEN:
        raise NotFoundError
    with transaction() as session:
        organisation = queries.company(session, organisation_id)
        part = queries.part(session, organisation.id, SEEN[sort], part_id)
        services.confirm_part(session, part, current_actor(), utc_now())
    flash("Confirmed. Certificates of the company name it from now on.")
    return redirect(url_for(".application", organisation_id=organisation_id))


@bp.get("/registrar/applications/<uuid:organisation_id>/files/<uuid:file_id>")
@requires(Permission.ORGANISATION_VET)
def download(organisation_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Hand out a document of a vetting file."""
    with transaction() as session:
        file = queries.file(session, organisation_id, file_id)
        audit.record(session, current_actor(), "file.read", file_id, utc_now())
    if not files.may_open(file.scan):
        return render_template("submissions/held.html", file=file), 409
    return files.send(file.stored_as, file.name, file.media_type)
