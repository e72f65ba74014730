"""Looking up substances and places, for everybody who is signed in."""

from flask import Blueprint, jsonify, render_template
from flask.typing import ResponseReturnValue

from portal.core.access import Permission, requires
from portal.core.clock import utc_now
from portal.core.db import get_session
from portal.reference import queries
from portal.reference.forms import PlaceSearch, SubstanceSearch
from portal.reference.models import Place, Substance
from portal.reference.retelling import retold
from portal.reference.rules.search import is_wrong_cas
from portal.reference.rules.thresholds import in_force

bp = Blueprint("reference", __name__)
bp.add_app_template_filter(retold)
MOST_SHOWN = 100  # rows of a list; a longer one asks to say more
MOST_SUGGESTED = 8


@bp.get("/substances")
@requires(Permission.REFERENCE_READ)
def substances() -> ResponseReturnValue:
    """Find substances, or list those of a category."""
    form = SubstanceSearch()
    status = 200 if form.validate() else 422
    typed = "" if form.errors else form.q.data or ""
    return render_template(
        "reference/substances.html",
        form=form,
        typed=typed,
        wrong_cas=is_wrong_cas(typed),
        hits=queries.find_substances(get_session(), typed, MOST_SHOWN),
        lists=queries.lists(get_session()),
        local=queries.local_names(get_session()),
    ), status


@bp.get("/substances/suggest.json")
@requires(Permission.REFERENCE_READ)
def suggest_substances() -> ResponseReturnValue:
    """Offer substances while somebody types."""
    form = SubstanceSearch()
    typed = form.q.data or "" if form.validate() else ""
    hits = queries.find_substances(get_session(), typed, MOST_SUGGESTED)
    local = queries.local_names(get_session())
    return jsonify(
        [
            {
                "value": hit.substance.name,
                "label": hit.substance.name,
                "hint": " · ".join(filter(None, (local.get(hit.substance.key), hit.hint))),
            }
            for hit in hits
        ]
    )


@bp.get("/substances/<string:key>")
@requires(Permission.REFERENCE_READ)
def substance(key: str) -> ResponseReturnValue:
    """Show all that is known of a substance, and how well."""
    session = get_session()
    found = queries.get_substance(session, key)
    factors = [f for f in queries.factors_of(session, key) if f.words]
    thresholds = queries.thresholds_of(session, key)
    limits = queries.limits_of(session, found)
    today = utc_now().date()
    return render_template(
        "reference/substance.html",
        substance=found,
        local=queries.local_names(session).get(key),
        limits=limits,
        in_force={limit.key for limit in limits if in_force(limit, today)},
        factors=factors,
        hs=queries.hs(session, found.hs_code),
        sources=queries.sources_behind(session, [found, *thresholds, *factors]),
        versions=queries.history(session, Substance, key),
    )


@bp.get("/places")
@requires(Permission.REFERENCE_READ)
def places() -> ResponseReturnValue:
    """Find seaports, airports, border crossings, dry ports and free zones."""
    form = PlaceSearch()
    status = 200 if form.validate() else 422
    typed = "" if form.errors else form.q.data or ""
    kinds = {form.kind.data} if form.kind.data else None
    return render_template(
        "reference/places.html",
        form=form,
        typed=typed,
        hits=queries.find_places(get_session(), typed, kinds, MOST_SHOWN),
        total=len(queries.rows(get_session(), Place)),
    ), status


@bp.get("/places/suggest.json")
@requires(Permission.REFERENCE_READ)
def suggest_places() -> ResponseReturnValue:
    """Offer places while somebody types."""
    form = PlaceSearch()
    typed = form.q.data or "" if form.validate() else ""
    kinds = {form.kind.data} if form.kind.data else None
    hits = queries.find_places(get_session(), typed, kinds, MOST_SUGGESTED)
    return jsonify([{"value": h.place.locode, "label": h.label, "hint": h.hint} for h in hits])
