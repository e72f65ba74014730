"""What a company reads from the authority."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.bulletins import services
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction

bp = Blueprint("bulletins", __name__, url_prefix="/bulletins")


@bp.get("/")
@requires(Permission.BULLETIN_READ)
def index() -> ResponseReturnValue:
    """List what the authority tells companies such as one's own."""
    present, earlier = services.listed(get_session(), current_actor(), utc_now())
    return render_template("bulletins/index.html", present=present, earlier=earlier)


@bp.get("/<uuid:bulletin_id>")
@requires(Permission.BULLETIN_READ)
def show(bulletin_id: UUID) -> ResponseReturnValue:
    """Show a bulletin; that it was opened is remembered."""
    with transaction() as session:
        one = services.opened(session, bulletin_id, current_actor(), utc_now())
    return render_template("bulletins/show.html", one=one)
