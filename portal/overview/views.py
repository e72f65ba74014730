"""The first page of a company."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session
from portal.overview import pages

bp = Blueprint("overview", __name__)


@bp.get("/overview")
@requires(Permission.COMPANY_WORK)
def start() -> ResponseReturnValue:
    """Show what is open, each with its link, then what was filed last."""
    shown = pages.start(get_session(), current_actor(), utc_now())
    return render_template("overview/start.html", **shown)
