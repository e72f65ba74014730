"""The registrar's page of the number of companies, and the second person's decision."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.config import FEWEST_SHARED
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import DomainError
from portal.leads.sanitising import sharing
from portal.leads.sanitising.forms import SharingForm
from portal.leads.sanitising.models import SharingVersion
from portal.leads.sanitising.previewing import MOST_PREVIEWED
from portal.triage import agreeing
from portal.triage.forms import ButtonForm

bp = Blueprint("sharing", __name__, url_prefix="/rules/sanitising")
ANSWERS = {"agree": True, "refuse": False}


@bp.get("/")
@requires(Permission.RULES_AGREE)
def index() -> ResponseReturnValue:
    """Show the number in force, and who changed it, when and why."""
    session = get_session()
    return render_template(
        "leads/sharing.html",
        least=sharing.current(session),
        fewest=FEWEST_SHARED,
        versions=agreeing.versions(session, SharingVersion),
    )


@bp.route("/change", methods=["GET", "POST"])
@requires(Permission.RULES_MANAGE)
def change() -> ResponseReturnValue:
    """Propose another number."""
    form = SharingForm(data={"least": sharing.current(get_session())})
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        least, reason = form.answers()
        try:
            with transaction() as session:
                made = sharing.propose(session, least, reason, current_actor(), utc_now()).id
        except DomainError as error:
            form.least.errors = [str(error)]
        else:
            flash("The proposal is kept. Nothing changes before somebody else agrees.")
            return redirect(url_for(".show", version_id=made))
    return render_template("leads/sharing_change.html", form=form), status


@bp.get("/<uuid:version_id>")
@requires(Permission.RULES_AGREE)
def show(version_id: UUID) -> ResponseReturnValue:
    """Show a version: the number, why, and what it would mean for leads not yet approved."""
    row = agreeing.version(get_session(), SharingVersion, version_id)
    form = ButtonForm(formdata=None)
    return render_template("leads/sharing_version.html", row=row, form=form, most=MOST_PREVIEWED)


@bp.post("/<uuid:version_id>/<string:answer>")
@requires(Permission.RULES_AGREE)
def decide(version_id: UUID, answer: str) -> ResponseReturnValue:
    """Agree to a number that somebody else proposed, or refuse it."""
    ButtonForm().validate()
    if answer not in ANSWERS:
        abort(404)
    with transaction() as session:
        row = agreeing.version(session, SharingVersion, version_id)
        sharing.decide(session, row, current_actor(), utc_now(), agreed=ANSWERS[answer])
    agreed = "It is in force for every lead that is not approved yet."
    flash(agreed if ANSWERS[answer] else "Refused. Nothing changes.")
    return redirect(url_for(".show", version_id=version_id))
