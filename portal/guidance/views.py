"""Guidance for everybody; no sign-in."""

from typing import Any

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from portal.core.access import public
from portal.core.db import get_session
from portal.core.errors import NotFoundError
from portal.guidance import queries
from portal.guidance.data import BY_SLUG, GUIDES, LOOKED_AT, grouped
from portal.submissions.indicators import INDICATORS
from portal.submissions.rules import SAID

bp = Blueprint("guidance", __name__, url_prefix="/guidance")


@bp.get("")
@public
def index() -> ResponseReturnValue:
    """List the pages of guidance."""
    return render_template("guidance/index.html", guides=GUIDES)


@bp.get("/<string:slug>")
@public
def page(slug: str) -> ResponseReturnValue:
    """Show one page of guidance."""
    if slug not in BY_SLUG:
        raise NotFoundError
    guide = BY_SLUG[slug]
    return render_template(f"guidance/{slug}.html", guide=guide, guides=GUIDES, **facts_for(slug))


def facts_for(slug: str) -> dict[str, Any]:
    """Return what a page of guidance shows beside its text."""
    home = current_app.config["JURISDICTION"]
    if slug == "suspicious":
        return {"groups": grouped(INDICATORS), "looked_at": LOOKED_AT}
    if slug == "afterwards":
        return {"states": SAID}
    if slug in {"deadlines", "notice"}:
        return {"jurisdictions": queries.deadlines(get_session(), home)}
    return {}
