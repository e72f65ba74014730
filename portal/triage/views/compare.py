"""Two submissions side by side."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.submissions.kind import registered
from portal.triage import deeds, knowing, queries
from portal.triage.desk.comparing import compare as compared
from portal.triage.desk.forms import CasesForm, CompareForm
from portal.triage.models import TriageCase
from portal.triage.views.pages import bp

TWO = 2


@bp.post("/compare")
@requires(Permission.CASE_READ)
def lay_out() -> ResponseReturnValue:
    """Lay the two cases side by side that were ticked."""
    form = CasesForm()
    ids = list(dict.fromkeys(form.cases.data or [])) if form.validate_on_submit() else []
    if len(ids) != TWO:
        flash(f"Tick two cases to lay them side by side; there are {len(ids)}.")
        return redirect(url_for(".queue"))
    return redirect(url_for(".compare", left=ids[0], right=ids[1]))


@bp.get("/compare")
@requires(Permission.CASE_READ)
def compare() -> ResponseReturnValue:
    """Lay two submissions side by side; both readings are recorded."""
    ids, actor, now = CompareForm().ids(), current_actor(), utc_now()
    if ids is None:
        raise NotFoundError
    with transaction() as session:
        cases = [queries.get(session, one) for one in ids]
        known = knowing.readable_among(session, cases, actor, now)
        closed = [one for one in cases if one.id not in known]
        deeds.note_readings(session, [] if closed else cases, actor, now)
    if closed:
        return redirect(url_for(".glass", submission_id=closed[0].id))
    return render_template("triage/compare.html", **laid_out(get_session(), *cases))


def laid_out(session: Session, left: TriageCase, right: TriageCase) -> dict[str, Any]:
    """Return both cases and their answers in rows."""
    return {
        "left": left,
        "right": right,
        "titles": {slug: kind.title for slug, kind in registered().items()},
        "groups": compared(record(session, left.id), record(session, right.id)),
    }


def record(session: Session, case_id: UUID) -> Any:
    """Return what was filed."""
    submission = queries.submission_of(session, case_id)
    return registered()[submission.kind].load(submission.content)
