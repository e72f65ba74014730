"""The company's pages: what left, what arrived, the paper for customs."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core import audit, files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.shipments import queries, services
from portal.shipments.forms import ReportForm
from portal.shipments.rules import amounts
from portal.submissions import queries as submissions
from portal.submissions.models import Submission
from portal.submissions.rules import Step, is_notice, move
from portal.submissions.services import record_of

bp = Blueprint("shipments", __name__)


def own(submission_id: UUID, step: Step) -> Submission:
    """Return a notice of the actor's own on which a step is possible.

    Raises:
        NotFoundError: there is none, or it is no notice.
        StepRefusedError: the step is not possible now.
    """
    found = submissions.get(get_session(), submission_id, current_actor())
    if not is_notice(found.kind):
        raise NotFoundError
    move(found.kind, found.state, step)
    return found


def report(submission_id: UUID, step: Step, deed: Callable[..., None]) -> ResponseReturnValue:
    """Ask for day and quantities, and keep them."""
    found, form = own(submission_id, step), ReportForm()
    lines = record_of(found).lines
    told = services.dispatched(get_session(), submission_id) if step is Step.ARRIVE else {}
    form.ask(lines, amounts(told, lines))
    if not form.validate_on_submit():
        page = {"submission": found, "form": form, "arrival": step is Step.ARRIVE}
        return render_template("shipments/report.html", **page), 422 if form.errors else 200
    with transaction() as session:
        again = submissions.get(session, submission_id, current_actor())
        said: tuple[Any, ...] = (form.day.data, form.quantities(), form.why())
        deed(session, again, *said, current_actor(), utc_now())
    flash("Thank you. The authority has it.")
    return redirect(url_for("submissions.show", submission_id=submission_id))


@bp.route("/submissions/<uuid:submission_id>/dispatch", methods=["GET", "POST"])
@requires(Permission.COMPANY_WORK)
def dispatch(submission_id: UUID) -> ResponseReturnValue:
    """Report what left, and when."""
    return report(submission_id, Step.DISPATCH, services.dispatch)


@bp.route("/submissions/<uuid:submission_id>/arrival", methods=["GET", "POST"])
@requires(Permission.COMPANY_WORK)
def arrival(submission_id: UUID) -> ResponseReturnValue:
    """Report what arrived, and when."""
    return report(submission_id, Step.ARRIVE, services.arrive)


@bp.get("/submissions/<uuid:submission_id>/release.pdf")
@requires(Permission.COMPANY_WORK)
def paper(submission_id: UUID) -> ResponseReturnValue:
    """Hand out the paper for customs, while it holds."""
    with transaction() as session:
        found = submissions.get(session, submission_id, current_actor())
        audit.record(session, current_actor(), "release.read", submission_id, utc_now())
    given = queries.release_of(session, submission_id)
    if given is None or not services.still_valid(found):
        raise NotFoundError
    if given.stored_as is None:
        page = render_template("shipments/waiting.html", submission=found)
        return page, {"Refresh": "2", "Retry-After": "2"}
    return files.send(given.stored_as, f"{found.reference}-may-leave.pdf", "application/pdf")
