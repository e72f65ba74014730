"""The registrar's page of weights and switches, and the second person's decision."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import DomainError
from portal.triage import agreeing, hits, weights
from portal.triage.data import About
from portal.triage.forms import ButtonForm
from portal.triage.models import WeightsVersion
from portal.triage.priority import Hits, from_rate
from portal.triage.rules import RULES
from portal.triage.weightsform import weights_form

bp = Blueprint("weights", __name__, url_prefix="/rules")
ANSWERS = {"agree": True, "refuse": False}


@bp.get("/")
@requires(Permission.RULES_AGREE)
def index() -> ResponseReturnValue:
    """Show every rule as it counts, what became of its cases, and the versions."""
    session = get_session()
    return render_template(
        "triage/rules.html",
        kinds=by_kind(),
        weights=weights.current(session),
        hits=hits.counts(session),
        no_hits=Hits(),
        from_rate=from_rate,
        versions=agreeing.versions(session, WeightsVersion),
    )


@bp.route("/change", methods=["GET", "POST"])
@requires(Permission.RULES_MANAGE)
def change() -> ResponseReturnValue:
    """Propose other weights and switches."""
    form = weights_form(weights.current(get_session()))
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            with transaction() as session:
                row = weights.propose(
                    session, form.settings(), form.reason.data or "", current_actor(), utc_now()
                )
                made = row.id
        except DomainError as error:
            form.reason.errors = [str(error)]
        else:
            flash("The proposal is kept. Nothing changes before somebody else agrees.")
            return redirect(url_for(".show", version_id=made))
    return render_template("triage/rules_change.html", form=form, kinds=by_kind()), status


@bp.get("/<uuid:version_id>")
@requires(Permission.RULES_AGREE)
def show(version_id: UUID) -> ResponseReturnValue:
    """Show a version: what it changes, and what would have changed in the last year's queue."""
    session = get_session()
    row = agreeing.version(session, WeightsVersion, version_id)
    context: dict[str, Any] = {
        "row": row,
        "changes": weights.differences(row, weights.current(session)),
        "form": ButtonForm(formdata=None),
        "most": weights.MOST_PREVIEWED,
    }
    return render_template("triage/rules_version.html", **context)


@bp.post("/<uuid:version_id>/<string:answer>")
@requires(Permission.RULES_AGREE)
def decide(version_id: UUID, answer: str) -> ResponseReturnValue:
    """Agree to a version that somebody else proposed, or refuse it."""
    ButtonForm().validate()
    if answer not in ANSWERS:
        abort(404)
    with transaction() as session:
        row = agreeing.version(session, WeightsVersion, version_id)
        weights.decide(session, row, current_actor(), utc_now(), agreed=ANSWERS[answer])
    agreed = "It is in force; open cases are counted anew in the background."
    flash(agreed if ANSWERS[answer] else "Refused. Nothing changes.")
    return redirect(url_for(".show", version_id=version_id))


def by_kind() -> dict[About, list[Any]]:
    """Return the rules by what they look at."""
    return {kind: [rule for rule in RULES if rule.about is kind] for kind in About}
