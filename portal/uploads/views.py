"""The pages of uploads: templates, sending, progress, result, choosing, the paper."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.core import audit, files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.intake.queries import offered
from portal.submissions.kind import offered_to, registered
from portal.uploads import advice, queries, services, templating
from portal.uploads.data import RUNNING, Choice, State
from portal.uploads.forms import ButtonForm, ChoiceForm, PageForm, SheetForm
from portal.uploads.models import Upload

bp = Blueprint("uploads", __name__, url_prefix="/uploads")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.route("/", methods=["GET", "POST"])
@requires(Permission.COMPANY_WORK)
def index() -> ResponseReturnValue:
    """List one's uploads, and take another sheet."""
    form = SheetForm(declared_by=current_user.name)
    titles = {slug: kind.title for slug, kind in offered_to(current_actor()).items()}
    form.kind.choices = {"": "Choose", **titles}
    if form.validate_on_submit() and (upload := taken(form)):
        return redirect(url_for(".show", upload_id=upload.id))
    found = queries.own(get_session(), current_actor())
    html = render_template("uploads/index.html", uploads=found, titles=titles, form=form)
    return html, 422 if form.errors else 200


def taken(form: SheetForm) -> Upload | None:
    """Store the sheet and take it; say in the form why not."""
    name = str(form.file.data.filename or "").lower()
    if not name.endswith((".csv", ".xlsx")):
        form.file.errors = ["Choose a CSV or Excel (xlsx) file"]
        return None
    try:
        incoming = files.accept(form.file.data)
    except files.RefusedFileError as refusal:
        form.file.errors = [str(refusal)]
        return None
    with transaction() as session:
        kind = offered(form.kind.data, current_actor())
        who = form.declared_by.data or ""
        upload, new = services.take(session, kind, incoming, who, current_actor(), utc_now())
    if not new:
        flash("This file was uploaded before. Nothing was made twice; here is the first upload.")
    return upload if new or upload.author_id == current_actor().id else None


@bp.get("/template/<string:slug>.<string:form>")
@requires(Permission.COMPANY_WORK)
def template(slug: str, form: str) -> ResponseReturnValue:
    """Hand out the sheet to fill."""
    kind = offered(slug, current_actor())
    if form not in {"csv", "xlsx"}:
        raise NotFoundError
    content = templating.csv_template(kind) if form == "csv" else templating.xlsx_template(kind)
    return attached(content, f"{slug}.{form}")


def attached(content: bytes, name: str) -> ResponseReturnValue:
    """Return a sheet as a download."""
    kind = EXCEL if name.endswith("xlsx") else "text/csv; charset=utf-8"
    headers = {"Content-Type": kind, "Content-Disposition": f'attachment; filename="{name}"'}
    return content, headers


@bp.get("/<uuid:upload_id>")
@requires(Permission.COMPANY_WORK)
def show(upload_id: UUID) -> ResponseReturnValue:
    """Show how far an upload is, or what came of it; looks again by itself while it runs."""
    upload = queries.get(get_session(), upload_id, current_actor())
    page = shown(upload, ChoiceForm(formdata=None))
    return page, {"Refresh": "2"} if upload.state in RUNNING else {}


def shown(upload: Upload, choice: ChoiceForm) -> str:
    """Draw the page of an upload."""
    session, form = get_session(), PageForm()
    after = (form.after.data or 0) if form.validate() else 0
    bad = queries.bad_rows(session, upload.id, after) if upload.bad else []
    filed = upload.state in {State.FILING, State.FILED}
    return render_template(
        "uploads/show.html",
        upload=upload,
        title=registered()[upload.kind].title,
        bad=bad,
        more=bad[-1].number if len(bad) == queries.PAGE else None,
        filed=queries.filed_rows(session, upload.id, after, queries.PAGE) if filed else [],
        bulletins=advice.beside(session, upload, current_actor(), utc_now()),
        choice=choice,
        button=ButtonForm(formdata=None),
    )


@bp.post("/<uuid:upload_id>/file")
@requires(Permission.COMPANY_WORK)
def choose(upload_id: UUID) -> ResponseReturnValue:
    """File all rows, or the good ones."""
    form = ChoiceForm()
    upload = queries.get(get_session(), upload_id, current_actor())
    if form.validate_on_submit() and form.choice.data is Choice.ALL and upload.bad:
        form.choice.errors = ["Some rows are not good. Mend them, or file the good rows only"]
    if form.errors or not form.is_submitted():
        return shown(upload, form), 422
    with transaction() as session:
        upload = queries.get(session, upload_id, current_actor())
        services.choose(session, upload, form.choice.data, current_actor(), utc_now())
    return redirect(url_for(".show", upload_id=upload_id))


@bp.post("/<uuid:upload_id>/discard")
@requires(Permission.COMPANY_WORK)
def discard(upload_id: UUID) -> ResponseReturnValue:
    """Put a sheet away without filing anything."""
    with transaction() as session:
        upload = queries.get(session, upload_id, current_actor())
        services.discard(session, upload, current_actor(), utc_now())
    flash("The sheet was put away. Nothing of it was filed.")
    return redirect(url_for(".index"))


@bp.get("/<uuid:upload_id>/reasons")
@requires(Permission.COMPANY_WORK)
def reasons(upload_id: UUID) -> ResponseReturnValue:
    """Hand back the sheet with what is wrong behind each row."""
    session = get_session()
    upload = queries.get(session, upload_id, current_actor())
    said = queries.reasons(session, upload_id)
    content, ending = templating.with_reasons(files.place(upload.stored_as), upload.name, said)
    return attached(content, f"{upload.kind}-with-reasons.{ending}")


@bp.get("/<uuid:upload_id>/acknowledgement.pdf")
@requires(Permission.COMPANY_WORK)
def acknowledgement(upload_id: UUID) -> ResponseReturnValue:
    """Hand out the one paper that lists everything filed."""
    with transaction() as session:
        upload = queries.get(session, upload_id, current_actor())
        audit.record(session, current_actor(), "acknowledgement.read", upload_id, utc_now())
    if upload.paper_stored_as is None:
        return shown(upload, ChoiceForm(formdata=None)), {"Refresh": "2"}
    return files.send(upload.paper_stored_as, f"upload-{upload.kind}.pdf", "application/pdf")
