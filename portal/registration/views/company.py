"""A company's own facts: licences, sites, deputies, the responsible officer."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.accounts.forms import ButtonForm
from portal.core import audit, files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.core.files import Incoming, RefusedFileError, Scan
from portal.core.languages import gettext, translated
from portal.organisations.models import Deputy, Licence, Site
from portal.organisations.rules import ALLOWED, Right
from portal.reference import queries as reference
from portal.registration import certificates, queries, services
from portal.registration.parts import DeputyForm, FactsForm, LicenceForm, PartSort, SiteForm
from portal.registration.views.applying import bp, facts

ADD = {
    PartSort.LICENCE: "Add a licence",
    PartSort.SITE: "Add a site",
    PartSort.DEPUTY: "Add a deputy",
}
END = {
    PartSort.LICENCE: "End this licence",
    PartSort.SITE: "End this site",
    PartSort.DEPUTY: "End this deputy",
}
PARTS: dict[str, tuple[Any, Any, PartSort]] = {  # in addresses: table, form, word
    "licences": (Licence, LicenceForm, PartSort.LICENCE),
    "sites": (Site, SiteForm, PartSort.SITE),
    "deputies": (Deputy, DeputyForm, PartSort.DEPUTY),
}


@bp.get("/company")
@requires(Permission.ORGANISATION_MANAGE)
def company() -> ResponseReturnValue:
    """Show the facts of one's own company."""
    session = get_session()
    organisation = queries.own(session, current_actor())
    return render_template(
        "registration/company.html",
        form=ButtonForm(),
        certificates=certificates.certificates_of(session, organisation.id),
        may_certify=Right.CERTIFY in ALLOWED[organisation.standing],
        **facts(session, organisation),
    )


@bp.post("/company/certificates")
@requires(Permission.ORGANISATION_MANAGE)
def ask_certificate() -> ResponseReturnValue:
    """Have a certificate made."""
    with transaction() as session:
        organisation = queries.own(session, current_actor())
        made = certificates.ask(session, organisation, current_actor(), utc_now())
    return redirect(url_for(".certificate", certificate_id=made.id))


@bp.get("/company/certificates/<uuid:certificate_id>.pdf")
@requires(Permission.ORGANISATION_MANAGE)
def certificate(certificate_id: UUID) -> ResponseReturnValue:
    """Hand out a certificate, or say that it is being prepared."""
    found = certificates.own(get_session(), certificate_id, current_actor())
    if found.stored_as is None:
        page = render_template("registration/certificate.html", certificate=found)
        return page, {"Refresh": "2", "Retry-After": "2"}
    return files.send(found.stored_as, f"{found.reference}.pdf", "application/pdf")


@bp.route("/company/facts", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE)
def change_facts() -> ResponseReturnValue:
    """Name another officer, or change what else the company keeps by itself."""
    form = FactsForm(obj=queries.own(get_session(), current_actor()))
    if not form.validate_on_submit():
        page = render_template("registration/facts.html", form=form)
        return page, 422 if form.errors else 200
    with transaction() as session:
        organisation = queries.own(session, current_actor())
        services.change_facts(session, organisation, form.said(), current_actor(), utc_now())
    flash("Kept.")
    return redirect(url_for(".company"))


@bp.route("/company/<string:sort>/new", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE)
def new_part(sort: str) -> ResponseReturnValue:
    """Add a licence, a site or a deputy."""
    table, form_type, word = sort_or_404(sort)
    form = form_type()
    if not form.validate_on_submit() or ((incoming := document(form)) is None and form.errors):
        return show_part(form, sort, None)
    with transaction() as session:
        organisation, actor = queries.own(session, current_actor()), current_actor()
        part = services.add_part(session, organisation, table, form.said(), actor, utc_now())
        keep_document(session, incoming, part)
    flash(gettext("Added: %(what)s.", what=translated(word)))
    return redirect(url_for(".company"))


@bp.route("/company/<string:sort>/<uuid:part_id>", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE)
def change_part(sort: str, part_id: UUID) -> ResponseReturnValue:
    """Change a licence, a site or a deputy."""
    table, form_type, word = sort_or_404(sort)
    owner = current_actor().organisation_id
    found = queries.part(get_session(), owner, table, part_id)
    form = form_type(data=beginning(found))
    if not form.validate_on_submit() or ((incoming := document(form)) is None and form.errors):
        return show_part(form, sort, found)
    with transaction() as session:
        part = queries.part(session, owner, table, part_id)
        services.change_part(session, part, form.said(), current_actor(), utc_now())
        keep_document(session, incoming, part)
    flash(gettext("Changed: %(what)s.", what=translated(word)))
    return redirect(url_for(".company"))


@bp.post("/company/<string:sort>/<uuid:part_id>/end")
@requires(Permission.ORGANISATION_MANAGE)
def end_part(sort: str, part_id: UUID) -> ResponseReturnValue:
    """Say that a licence, a site or a deputy is no more."""
    table, _, word = sort_or_404(sort)
    with transaction() as session:
        part = queries.part(session, current_actor().organisation_id, table, part_id)
        services.end_part(session, part, current_actor(), utc_now())
    flash(gettext("Ended: %(what)s. The authority keeps it on your file.", what=translated(word)))
    return redirect(url_for(".company"))


@bp.get("/company/files/<uuid:file_id>")
@requires(Permission.ORGANISATION_MANAGE)
def own_file(file_id: UUID) -> ResponseReturnValue:
    """Hand out a document of one's own vetting file."""
    with transaction() as session:
        file = queries.file(session, current_actor().organisation_id, file_id)
        audit.record(session, current_actor(), "file.read", file_id, utc_now())
    if not files.may_open(file.scan):
        return render_template("submissions/held.html", file=file), 409
    return files.send(file.stored_as, file.name, file.media_type)


def sort_or_404(sort: str) -> tuple[Any, Any, PartSort]:
    """Return table, form and word for a part of an address.

    Raises:
        NotFoundError: there is no such sort of part.
    """
    if sort not in PARTS:
        raise NotFoundError
    return PARTS[sort]


def beginning(part: Any) -> dict[str, Any]:
    """Return what a form begins with: the columns, and substances by number."""
    said = {column.key: getattr(part, column.key) for column in part.__table__.columns}
    if not isinstance(part, Licence):
        return said
    known = reference.substances(get_session(), part.substances)
    return said | {"substances": "\n".join(one.cas_rn or one.name for one in known.values())}


def document(form: Any) -> Incoming | None:
    """Store the document of a licence; why not stands beside the field."""
    if not isinstance(form, LicenceForm) or not form.file.data:
        return None
    try:
        incoming = files.accept(form.file.data)
    except RefusedFileError as refusal:
        form.file.errors = [str(refusal)]
        return None
    if incoming.scan is Scan.INFECTED:
        files.remove(incoming.stored_as)
        form.file.errors = ["The virus scanner found something in this file. It was not kept"]
        return None
    return incoming


def keep_document(session: Session, incoming: Incoming | None, licence: Licence) -> None:
    """Put a document that came with a licence beside it."""
    if incoming is not None:
        organisation, actor = queries.own(session, current_actor()), current_actor()
        services.keep_file(session, organisation, incoming, actor, utc_now(), licence.id)


def show_part(form: Any, sort: str, part: Any) -> ResponseReturnValue:
    """Draw the page of one licence, site or deputy."""
    word = PARTS[sort][2]
    words = {"add": ADD[word], "end": END[word]}
    html = render_template(
        "registration/part.html", form=form, sort=sort, word=word, words=words, part=part
    )
    return html, 422 if form.errors else 200
