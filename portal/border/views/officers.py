"""What the authority's officers see of checks at borders."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.border import queries
from portal.border.forms import PageForm
from portal.border.models import BorderCheck
from portal.border.views.checks import bp
from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.triage import deeds, knowing, watching
from portal.triage import queries as triage
from portal.triage.models import TriageCase


@bp.get("/border/desk")
@requires(Permission.CASE_READ)
def desk() -> ResponseReturnValue:
    """List the checks of all partners, newest first; each reading is recorded."""
    form, actor, now = PageForm(), current_actor(), utc_now()
    start = UUID(form.before.data) if form.validate() and form.before.data else None
    with transaction() as session:
        before = session.get(BorderCheck, start) if start else None
        found = queries.newest(session, before)
        audit.record(session, actor, "border.listed", None, now, checks=len(found))
    cases, readable = around(get_session(), list(found))
    return render_template(
        "border/desk.html",
        checks=found,
        cases=cases,
        readable=readable,
        more=found[-1].id if len(found) == queries.PAGE else None,
    )


def around(
    session: Session, checks: list[BorderCheck]
) -> tuple[dict[UUID, list[TriageCase]], set[UUID]]:
    """Return the cases behind each check, and which of them the officer needs to know."""
    met = queries.met_by(session, checks)
    behind = {
        one.id: [
            *(other.submission_id for other in met.get(one.id, [])),
            *([one.sighting_id] if one.sighting_id else []),
        ]
        for one in checks
    }
    rows = watching.cases_of(session, {case for ids in behind.values() for case in ids})
    readable = knowing.readable_among(session, rows.values(), current_actor(), utc_now())
    return {check: [rows[case] for case in ids] for check, ids in behind.items()}, readable


@bp.get("/triage/<uuid:submission_id>/border")
@requires(Permission.CASE_READ)
def of_case(submission_id: UUID) -> ResponseReturnValue:
    """List the checks that met a case; each reading is recorded."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        case = triage.get(session, submission_id)
        allowed = knowing.may_read(session, case, actor, now)
        if allowed:
            deeds.note_reading(session, case, actor, now)
    if not allowed:
        return redirect(url_for("triage.glass", submission_id=submission_id))
    found = queries.of_case(get_session(), submission_id)
    return render_template("border/case.html", case=case, found=found)


def only(kind: str, wanted: str) -> None:
    """Refuse a case of another kind as if it were not there.

    Raises:
        NotFoundError: it is of another kind.
    """
    if kind != wanted:
        raise NotFoundError
