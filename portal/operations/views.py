"""Readiness, and jobs that failed: ids and errors, never content."""

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import select

from portal.core import jobs, web
from portal.core.access import Permission, current_actor, public, requires
from portal.core.audit import record
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.operations.checks import ready

bp = Blueprint("operations", __name__)


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Say whether the installation can work, part by part, without a word of content."""
    parts = ready(current_app, web.database_answers())
    return parts, 200 if all(parts.values()) else 503


@bp.get("/operations/jobs")
@requires(Permission.SYSTEM_OPERATE)
def failed_jobs() -> ResponseReturnValue:
    """List the jobs that failed for good, and how many wait."""
    session = get_session()
    query = select(jobs.Job).where(jobs.Job.state == jobs.JobState.FAILED)
    failed = session.scalars(query.order_by(jobs.Job.created_at.desc()).limit(100)).all()
    backlog = jobs.backlog(session, utc_now())
    return render_template("operations/jobs.html", failed=failed, backlog=backlog, form=FlaskForm())


@bp.post("/operations/jobs/<uuid:job_id>/retry")
@requires(Permission.SYSTEM_OPERATE)
def retry(job_id: UUID) -> ResponseReturnValue:
    """Try a failed job again."""
    with transaction() as session:
        if not jobs.retry(session, job_id, utc_now()):
            raise NotFoundError
        record(session, current_actor(), "job.retried", job_id, utc_now())
    flash("The job is tried again.")
    return redirect(url_for(".failed_jobs"))
