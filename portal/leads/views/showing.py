"""Pictures and versions of a lead."""

import json
from typing import Any
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.leads import knowing, queries
from portal.leads.drawing import queries as drawing
from portal.leads.drawing.data import Pictures
from portal.leads.drawing.rules import layout_of, route, seen
from portal.leads.knowing import Sight
from portal.leads.models import Lead, LeadVersion
from portal.leads.rules import EDITABLE, Status
from portal.leads.versions import queries as versions
from portal.leads.versions.forms import CompareForm
from portal.leads.versions.rules import differences
from portal.leads.views.pages import bp
from portal.pictures import services as told
from portal.pictures.queries.world import world
from portal.pictures.rules.maps import map_of
from portal.pictures.rules.timeline import timeline_of

LIVE = EDITABLE | {Status.SUBMITTED}


@bp.get("/<uuid:lead_id>/pictures")
@requires(Permission.LEAD_READ)
def pictures(lead_id: UUID) -> ResponseReturnValue:
    """Show route, timeline and network: live while it is drafted, later as it was approved."""
    session, actor, now = get_session(), current_actor(), utc_now()
    lead = queries.get(session, lead_id)
    sight = knowing.sight(session, lead, actor, now)
    found, version = pictures_of(session, lead)
    shown = cut(found, sight)
    with transaction() as writing:
        told.note_shown(writing, "lead", lead_id, sight.readable, actor, now)
    day = version.written_at.date() if version else now.date()
    way, outlines = route(shown.stops), world()
    return render_template(
        "leads/pictures.html",
        lead=lead,
        pictures=shown,
        version=version,
        sight=sight,
        route=way,
        map=map_of(way, outlines) if way.known else None,
        world=outlines.source,
        timeline=timeline_of(shown.moments, day),
        layout=layout_of(shown.network),
        names={node.key: node.label for node in shown.network.nodes},
        looks=list({node.look.words: node.look for node in shown.network.nodes}.values()),
    )


def pictures_of(session: Session, lead: Lead) -> tuple[Pictures, LeadVersion | None]:
    """Return the pictures as they are, or those of the version that was approved."""
    version = None if lead.status in LIVE else drawing.approved(session, lead.id)
    return (drawing.kept(version), version) if version else (drawing.drawn(session, lead), None)


def cut(found: Pictures, sight: Sight) -> Pictures:
    """Return the pictures as far as their reader needs to know the sources."""
    readable = {f"submission-{one}" for one in sight.readable}
    return seen(found, readable, {f"submission-{c.id}": c.reference for c in sight.cases})


@bp.get("/<uuid:lead_id>/compare")
@requires(Permission.LEAD_READ)
def compare(lead_id: UUID) -> ResponseReturnValue:
    """Show what changed between two versions, field by field and word by word."""
    session, actor, now, form = get_session(), current_actor(), utc_now(), CompareForm()
    lead = queries.get(session, lead_id)
    sight = knowing.sight(session, lead, actor, now)
    numbers = versions.numbers(session, lead_id)
    if not numbers:
        raise NotFoundError
    older, newer = form.chosen(numbers)
    old, new = versions.pair(session, lead_id, older, newer)
    with transaction() as writing:
        audit.record(writing, actor, "lead.compared", lead_id, now, versions=f"{older} {newer}")
    changes = differences(*(sighted(json.loads(one.content), sight) for one in (old, new)))
    shown = {"old": old, "new": new, "changes": changes, "form": form}
    return render_template("leads/compare.html", lead=lead, **shown)


def sighted(content: dict[str, Any], sight: Sight) -> dict[str, Any]:
    """Return a kept version without what its reader does not need to know."""
    return content | {
        name: [versions.hidden_or(row, sight) for row in content.get(name, ())]
        for name in ("texts", "subjects", "stops", "events", "amounts")
    }
