"""Route, timeline and quantities of a submission or a subject; the desk's counts."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.pictures import services
from portal.pictures.data import Network, Subject
from portal.pictures.forms import QuantitiesForm
from portal.pictures.queries import desk as counts
from portal.pictures.queries import network, quantities, routes, subjects, timeline
from portal.pictures.queries.world import world
from portal.pictures.rules.maps import map_of
from portal.pictures.rules.sums import chart_of
from portal.pictures.rules.timeline import timeline_of
from portal.submissions.models import Submission
from portal.triage import knowing
from portal.triage import queries as triage

bp = Blueprint("pictures", __name__, url_prefix="/pictures")


@bp.get("/<uuid:submission_id>/route")
@requires(Permission.CASE_READ)
def route(submission_id: UUID) -> ResponseReturnValue:
    """Show the way of the goods on a map, with its detour."""
    with transaction() as session:
        case = services.open_case(session, submission_id, current_actor(), utc_now())
    if case is None:
        return redirect(url_for("triage.glass", submission_id=submission_id))
    session = get_session()
    found = routes.route(session, triage.submission_of(session, submission_id))
    outlines = world()
    drawn = map_of(found, outlines)
    return render_template(
        "pictures/route.html", case=case, route=found, map=drawn, source=outlines.source
    )


@bp.get("/<uuid:submission_id>/route.svg")
@requires(Permission.CASE_READ)
def route_picture(submission_id: UUID) -> ResponseReturnValue:
    """Give the map alone, to stand in a page that recorded the reading, or to be kept."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        case = triage.get(session, submission_id)
        if not knowing.may_read(session, case, actor, now):
            raise NotFoundError
        audit.record(session, actor, "picture.read", case.id, now, picture="route")
    session = get_session()
    found = routes.route(session, triage.submission_of(session, submission_id))
    drawn = map_of(found, world())
    return Response(
        render_template("pictures/route.svg", route=found, map=drawn), mimetype="image/svg+xml"
    )


@bp.get("/<uuid:submission_id>/timeline")
@requires(Permission.CASE_READ)
def submission_timeline(submission_id: UUID) -> ResponseReturnValue:
    """Show what happened around a submission and those that name the same."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        case = services.open_case(session, submission_id, actor, now)
    if case is None:
        return redirect(url_for("triage.glass", submission_id=submission_id))
    found, told = network.around_submission(get_session(), case, actor, now)
    return draw_timeline(
        found, told, submission_id, title=case.summary or case.reference, subject=None
    )


@bp.get("/subjects/<uuid:subject_id>/timeline")
@requires(Permission.CASE_READ)
def subject_timeline(subject_id: UUID) -> ResponseReturnValue:
    """Show what happened around a subject."""
    actor, now = current_actor(), utc_now()
    subject, found, told = network.around_subject(get_session(), subject_id, actor, now)
    return draw_timeline(found, told, subject_id, title=subject.shown, subject=subject)


def draw_timeline(
    found: Network, told: Collection[UUID], about: UUID, *, title: str, subject: Subject | None
) -> ResponseReturnValue:
    """Draw the timeline of the cases that an officer may read."""
    moments = timeline.moments(get_session(), told, None if subject else about)
    now = utc_now()
    with transaction() as session:
        services.note_shown(session, "timeline", about, told, current_actor(), now)
    return render_template(
        "pictures/timeline.html",
        title=title,
        subject=subject,
        submission_id=None if subject else about,
        moments=moments,
        drawn=timeline_of(moments, now.date()),
        most=timeline.MOST,
        left_out=sum(node.sort == "hidden" for node in found.nodes),
    )


@bp.get("/<uuid:submission_id>/quantities")
@requires(Permission.CASE_READ)
def submission_quantities(submission_id: UUID) -> ResponseReturnValue:
    """Show what the people of a submission ordered of all companies, against thresholds."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        case = services.open_case(session, submission_id, actor, now)
    if case is None:
        return redirect(url_for("triage.glass", submission_id=submission_id))
    session = get_session()
    submission = triage.submission_of(session, submission_id)
    people = [one.subject for one in subjects.named_in(session, submission_id)]
    return draw_quantities(
        [one.id for one in people if one.sort in subjects.PEOPLE],
        submission,
        title=case.summary or case.reference,
        subject=None,
    )


@bp.get("/subjects/<uuid:subject_id>/quantities")
@requires(Permission.CASE_READ)
def subject_quantities(subject_id: UUID) -> ResponseReturnValue:
    """Show what a subject ordered of all companies, against thresholds."""
    session = get_session()
    subject, _, told = network.around_subject(session, subject_id, current_actor(), utc_now())
    newest = network.newest(session, told)
    return draw_quantities([subject.id], newest, title=subject.shown, subject=subject)


def draw_quantities(
    people: Sequence[UUID], submission: Submission, *, title: str, subject: Subject | None
) -> ResponseReturnValue:
    """Draw the sums that end with the present, or with an older submission."""
    session, actor, now, form = get_session(), current_actor(), utc_now(), QuantitiesForm()
    about, days = subject.id if subject else submission.id, form.period()
    until = quantities.end_of(submission.received_at, now, days)
    around = quantities.around(session, people, actor, now, until, days)
    form.substance.choices = quantities.substances(session, around.ids)
    law, wanted = (
        submission.jurisdiction,
        form.wanted(quantities.first_substance(session, submission.id)),
    )
    found = quantities.quantities(session, around, wanted, until, days, law) if wanted else None
    with transaction() as writing:
        services.note_shown(writing, "quantities", about, around.ids, actor, now)
    return render_template(
        "pictures/quantities.html",
        title=title,
        subject=subject,
        submission_id=None if subject else about,
        form=form,
        found=found,
        chart=chart_of(found) if found else None,
    )


@bp.get("/desk")
@requires(Permission.OVERSIGHT_READ)
def desk() -> ResponseReturnValue:
    """Show where findings come from and how old the queue is."""
    session = get_session()
    pictures = (
        ("Open cases by age", "Age", counts.ages(session, utc_now())),
        ("Findings by indicator", "Indicator", counts.findings_by_rule(session)),
        ("Findings by kind of submission", "Kind", counts.findings_by_kind(session)),
        ("Findings by company that filed", "Company", counts.findings_by_company(session)),
    )
    return render_template("pictures/desk.html", pictures=pictures, newest=counts.NEWEST)
