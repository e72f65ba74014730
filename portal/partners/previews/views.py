"""Officers look at the version for partners in each format."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from portal.core import files
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import transaction
from portal.core.errors import NotFoundError
from portal.leads import queries as leads
from portal.partners.previews import services

bp = Blueprint("previews", __name__, url_prefix="/leads")


@bp.get("/<uuid:lead_id>/formats")
@requires(Permission.LEAD_READ)
def index(lead_id: UUID) -> ResponseReturnValue:
    """List the formats with their sizes."""
    now = utc_now()
    with transaction() as session:
        lead = leads.get(session, lead_id)
        package = services.package_of(lead, now)
        services.note(session, lead, "list", current_actor(), now)
    found = list(services.previews(package))
    return render_template("previews/index.html", lead=lead, said=package.lead, previews=found)


@bp.get("/<uuid:lead_id>/formats/<string:part>")
@requires(Permission.LEAD_READ)
def show(lead_id: UUID, part: str) -> ResponseReturnValue:
    """Hand out the version for partners in one format."""
    now = utc_now()
    with transaction() as session:
        lead = leads.get(session, lead_id)
        package = services.package_of(lead, now)
        services.note(session, lead, part, current_actor(), now)
    made = services.written(package, part)
    if made is None:
        raise NotFoundError
    return files.send_bytes(made.body, made.name, made.media_type)
