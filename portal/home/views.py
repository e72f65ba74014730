"""The first page and the readiness of the installation."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import Role, current_actor, public, signed_in

bp = Blueprint("home", __name__)

BEGINNINGS = {
    Role.APPLICANT: "registration.own",
    Role.COMPANY_ADMIN: "overview.start",
    Role.REPORTER: "overview.start",
    Role.TRIAGE_OFFICER: "triage.queue",
    Role.ANALYST: "triage.queue",
    Role.SUPERVISOR: "triage.queue",
    Role.REGISTRAR: "registration.applications",
    Role.AUDITOR: "oversight.index",
    Role.PARTNER_OFFICER: "inbox.index",
    Role.PARTNER_ADMIN: "inbox.index",
    Role.SYSTEM_ADMIN: "operations.failed_jobs",
}


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """Say what this is, or lead somebody who is signed in to where their work begins."""
    if signed_in():
        return redirect(url_for(BEGINNINGS[current_actor().role]))
    return render_template("home/home.html")
