"""Applying, the applicant's page, the registrar's desk, and a company's own facts."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from portal.accounts import throttle
from portal.core import audit, files
from portal.core.access import Permission, current_actor, public, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.organisations.models import Organisation
from portal.organisations.rules import OUTER, Action, actions_from
from portal.reference.queries import partner_bodies
from portal.registration import queries, services
from portal.registration.forms import (
    AnswerForm,
    ApplicationForm,
    AskForm,
    LicenceForm,
    ListForm,
    OfficerForm,
    PartnerForm,
    ReasonForm,
    SiteForm,
)

bp = Blueprint("registration", __name__)
APPLICATIONS = 10  # from one address in an hour
HOUR = timedelta(hours=1)
DECISIONS = {one.name.lower(): one for one in Action if one not in {Action.ASK, Action.ANSWER}}


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
    licences = [part.form.to_data() for part in form.licences if part.form.number.data]
    sites = [part.form.to_data() for part in form.sites if part.form.name.data]
    with transaction() as session:
        throttle.limit(session, "apply", g.trace.address, APPLICATIONS, HOUR, utc_now())
        made = services.apply(session, form.organisation(), licences, sites, applicant, utc_now())
    return render_template("registration/applied.html", reference=made.reference)


def facts(session: Any, organisation: Organisation) -> dict[str, Any]:
    """Return what every page on an organisation shows."""
    today = utc_now().date()
    licences = queries.licences_of(session, organisation.id)
    return {
        "organisation": organisation,
        "licences": [(one, queries.expiry_words(one, today)) for one in licences],
        "sites": queries.sites_of(session, organisation.id),
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


@bp.get("/company")
@requires(Permission.ORGANISATION_MANAGE)
def company() -> ResponseReturnValue:
    """Show the facts of one's own company."""
    return show_company()


def show_company(status: int = 200, **wrong: Any) -> ResponseReturnValue:
    """Draw one's own company; forms that were refused come in `wrong`."""
    session = get_session()
    organisation = queries.own(session, current_actor())
    forms = {
        "licence": LicenceForm(formdata=None, prefix="licence-"),
        "site": SiteForm(formdata=None, prefix="site-"),
        "officer": OfficerForm(formdata=None, obj=organisation, prefix="officer-"),
    }
    context = facts(session, organisation) | {"forms": forms | wrong}
    return render_template("registration/company.html", **context), status


@bp.post("/company/<string:part>")
@requires(Permission.ORGANISATION_MANAGE)
def change(part: str) -> ResponseReturnValue:
    """Add a licence or a site, or name another officer."""
    forms = {"licence": LicenceForm, "site": SiteForm, "officer": OfficerForm}
    if part not in forms:
        raise BadRequest
    form = forms[part](prefix=f"{part}-")
    if not form.validate_on_submit():
        return show_company(422, **{part: form})
    with transaction() as session:
        organisation, actor, now = queries.own(session, current_actor()), current_actor(), utc_now()
        if isinstance(form, LicenceForm):
            services.add_licence(session, organisation, form.to_data(), actor, now)
        elif isinstance(form, SiteForm):
            services.add_site(session, organisation, form.to_data(), actor, now)
        elif isinstance(form, OfficerForm):
            services.change_officer(session, organisation, form.officers(), actor, now)
    flash("Kept.")
    return redirect(url_for(".company"))


@bp.route("/registrar/partners", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_VET)
def partners() -> ResponseReturnValue:
    """List partners, and register one."""
    form, session = PartnerForm(), get_session()
    bodies = {body.key: f"{body.acronym or ''} {body.name}" for body in partner_bodies(session)}
    form.body.choices = {"": "None", **bodies}
    if not form.validate_on_submit():
        found = queries.partners(session)
        page = render_template("registration/partners.html", form=form, found=found)
        return page, 422 if form.errors else 200
    with transaction() as session:
        name, country, body = form.name.data or "", form.country.data, form.body.data or None
        actor, now, profile = current_actor(), utc_now(), form.profile()
        services.register_partner(session, name, country, profile, body, actor, now)
    flash("The partner is registered. Invite its officers on the page People.")
    return redirect(url_for(".partners"))
