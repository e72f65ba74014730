"""The review page and the supervisor's pages."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import audit, files
from portal.core.access import Permission, current_actor, may, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.text import deceptive
from portal.entities import queries as entities
from portal.submissions import queries as submissions
from portal.submissions.data import SubmissionData
from portal.submissions.kind import registered
from portal.submissions.models import Submission
from portal.submissions.present import differences, sections
from portal.submissions.rules import is_notice
from portal.triage import deeds, elsewhere, hits, knowing, queries, watching
from portal.triage.desk import clocks
from portal.triage.desk import known as people
from portal.triage.desk import queries as desk
from portal.triage.desk import services as presence
from portal.triage.forms import (
    ActionForm,
    AssignForm,
    ButtonForm,
    CloseForm,
    FlagForm,
    GlassForm,
    NoteForm,
    QuestionForm,
)
from portal.triage.life import BY_BUTTON, actions_from
from portal.triage.models import TriageCase
from portal.triage.weights import ABOUT
from portal.watchlists import queries as watchlists

bp = Blueprint("triage", __name__, url_prefix="/triage")
PREFIXED = {
    "note": NoteForm,
    "flag": FlagForm,
    "question": QuestionForm,
    "close": CloseForm,
    "assign": AssignForm,
}


@bp.get("/<uuid:submission_id>")
@requires(Permission.CASE_READ)
def review(submission_id: UUID) -> ResponseReturnValue:
    """Show everything known of a submission; each reading is recorded."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        case = queries.get(session, submission_id)
        allowed = knowing.may_read(session, case, actor, now)
        if allowed:
            deeds.note_reading(session, case, actor, now)
            presence.be_at(session, case.id, actor, now)
            watching.note_hits(session, case, actor, now)
    if not allowed:
        return redirect(url_for(".glass", submission_id=submission_id))
    return show(case)


def show(
    case: TriageCase, status: int = 200, conflict: str = "", **wrong: Any
) -> ResponseReturnValue:
    """Draw a case; forms that were refused come in `wrong`."""
    session, actor, now = get_session(), current_actor(), utc_now()
    possible = actions_from(case.kind, case.status)
    return render_template(
        "triage/review.html",
        case=case,
        now=now,
        conflict=conflict,
        others=desk.others_at(session, [case.id], actor, now).get(case.id, []),
        keys=desk.setting(session, actor).keys,
        clock=clocks.clock_of(case, now),
        notice=is_notice(case.kind),
        buttons=[one for one in possible if one in BY_BUTTON],
        possible={action.name.lower() for action in possible},
        forms=forms_of(session, case) | wrong,
        watched=watchlists.hits_in(session, case.id, actor),
        **filed(session, case),
        **known(session, case),
    ), status


def filed(session: Session, case: TriageCase) -> dict[str, Any]:
    """Return what the company filed."""
    submission = queries.submission_of(session, case.id)
    kind = registered()[submission.kind]
    data = kind.load(submission.content)
    return {
        "submission": submission,
        "kind": kind,
        "data": data,
        "record": sections(data, kind.title),
        "deceptive": deceptive(submission.content),
        "files": submissions.files_of(session, case.id),
        "questions": submissions.questions_of(session, case.id),
        "events": submissions.events_of(session, case.id),
        "newer": submissions.newer_version(session, case.id),
        **changed(session, submission, data),
    }


def changed(session: Session, submission: Submission, data: SubmissionData) -> dict[str, Any]:
    """Return what a correction changed, against the version before."""
    if submission.corrects_id is None:
        return {"older": None, "changes": ()}
    older = queries.submission_of(session, submission.corrects_id)
    before = registered()[older.kind].load(older.content)
    return {"older": older, "changes": differences(before, data)}


def known(session: Session, case: TriageCase) -> dict[str, Any]:
    """Return what the authority knows of it."""
    return {
        "findings": queries.findings_of(session, case.id),
        "about": ABOUT,
        "hits": hits.counts(session),
        "related": people.related(session, case.id, current_actor(), utc_now()),
        "named": entities.named_in(session, case.id),
        "notes": queries.notes_of(session, case.id),
        "proposals": queries.proposals_of(session, case.id),
        "deeds": queries.deeds_of(session, case.id),
    }


def forms_of(session: Session, case: TriageCase) -> dict[str, Any]:
    """Return the empty forms of the review page; they remember which version was looked at."""
    forms: dict[str, Any] = {
        name: form(formdata=None, prefix=f"{name}-", version=case.version)
        for name, form in PREFIXED.items()
    }
    forms["assign"].officer.choices = officer_choices(session)
    return forms | {"action": ActionForm(formdata=None), "button": ButtonForm(formdata=None)}


def officer_choices(session: Session) -> dict[str, str]:
    """Return who may be given a case, for a list to choose from."""
    found = queries.officers(session)
    return {"": "Choose", **{str(one.id): one.name or one.email for one in found}}


@bp.route("/<uuid:submission_id>/glass", methods=["GET", "POST"])
@requires(Permission.CASE_READ)
def glass(submission_id: UUID) -> ResponseReturnValue:
    """Ask for a reason before a case is read that is another officer's."""
    form = GlassForm()
    case = queries.get(get_session(), submission_id)
    if not form.validate_on_submit():
        page = render_template("triage/glass.html", form=form, case=case)
        return page, 422 if form.errors else 200
    with transaction() as session:
        case = queries.get(session, submission_id)
        deeds.break_glass(session, case, form.reason.data or "", current_actor(), utc_now())
    return redirect(url_for(".review", submission_id=submission_id))


@bp.get("/<uuid:submission_id>/files/<uuid:file_id>")
@requires(Permission.CASE_READ)
def download(submission_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Hand out an attachment to an officer who may read the case."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        case = queries.get(session, submission_id)
        if not knowing.may_read(session, case, actor, now):
            return redirect(url_for(".glass", submission_id=submission_id))
        file = submissions.file(session, submission_id, file_id)
        audit.record(session, actor, "file.read", file_id, now)
    if not files.may_open(file.scan):
        return render_template("submissions/held.html", file=file), 409
    return files.send(file.stored_as, file.name, file.media_type)


@bp.get("/waiting")
@requires(Permission.CASE_READ)
def waiting() -> ResponseReturnValue:
    """List what waits for a second officer."""
    session, actor, now = get_session(), current_actor(), utc_now()
    found = queries.waiting_proposals(session)
    cases = {case.id: case for _, case in found}.values()
    others = elsewhere.waiting(session, actor) if may(actor, Permission.LEAD_REVIEW) else []
    return render_template(
        "triage/waiting.html",
        found=found,
        readable=knowing.readable_among(session, cases, actor, now),
        others=others,
        now=now,
    )


@bp.get("/oversight")
@requires(Permission.OVERSIGHT_READ)
def oversight() -> ResponseReturnValue:
    """Show readings for a typed reason, and alarms of much reading."""
    session = get_session()
    return render_template(
        "triage/oversight.html",
        glass=queries.broken_glass(session),
        alarms=queries.alarms(session),
    )
