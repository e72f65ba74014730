"""An entity, the pairs to decide, and those that were decided."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from portal.core import ui
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.dossiers import queries, services
from portal.dossiers.forms import PageForm, UndoForm, VerdictForm
from portal.entities import deeds
from portal.entities import queries as entities
from portal.entities.data import JOINS, Verdict

bp = Blueprint("dossiers", __name__, url_prefix="/entities")


@bp.get("/<uuid:entity_id>")
@requires(Permission.CASE_READ)
def show(entity_id: UUID) -> ResponseReturnValue:
    """Show everything known of an entity; each reading is recorded."""
    form, actor, now = PageForm(), current_actor(), utc_now()
    with transaction() as session:
        entity = entities.get(session, entity_id)
        if entity.joined_to_id is not None:
            return redirect(url_for(".show", entity_id=entity.joined_to_id))
        found = queries.dossier(session, entity, actor, now, form.after.data or "")
        services.note_reading(session, entity.id, found.lines, actor, now)
        beside = ui.panels("entity", session, entity.id, actor, now)
    return render_template(
        "dossiers/entity.html", found=found, button=UndoForm(), joins=JOINS, panels=beside
    )


@bp.get("/pairs")
@requires(Permission.ENTITY_DECIDE)
def pairs() -> ResponseReturnValue:
    """List the pairs that wait for an analyst, the likeliest first."""
    form = PageForm()
    verdict = Verdict.UNDECIDED if form.put_aside.data else Verdict.OFFERED
    found = entities.waiting(get_session(), verdict, form.after.data or "")
    more = entities.score_cursor(found[-1]) if len(found) == entities.PAGE else None
    return render_template(
        "dossiers/pairs.html", found=found, more=more, aside=form.put_aside.data or ""
    )


@bp.get("/pairs/decided")
@requires(Permission.ENTITY_DECIDE)
def decided() -> ResponseReturnValue:
    """List the pairs that are joined or were decided, the newest first."""
    found = entities.decided(get_session(), PageForm().after.data or "")
    more = entities.decided_cursor(found[-1]) if len(found) == entities.PAGE else None
    return render_template("dossiers/decided.html", found=found, more=more)


@bp.get("/pairs/<uuid:pair_id>")
@requires(Permission.ENTITY_DECIDE)
def pair(pair_id: UUID) -> ResponseReturnValue:
    """Show two entities side by side with what speaks for and against; recorded as a reading."""
    return show_pair(pair_id, VerdictForm(formdata=None))


def show_pair(pair_id: UUID, form: VerdictForm, status: int = 200) -> ResponseReturnValue:
    """Draw a pair and write the reading down."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        one = entities.pair_of(session, pair_id)
        sides = [queries.side(session, which, actor, now) for which in (one.left, one.right)]
        for side in sides:
            services.note_reading(session, side.entity.id, side.lines, actor, now)
        made = entities.decisions_of(session, [one.id])
    page = render_template(
        "dossiers/pair.html", pair=one, sides=sides, form=form, made=made, undo=UndoForm()
    )
    return page, status


@bp.post("/pairs/<uuid:pair_id>")
@requires(Permission.ENTITY_DECIDE)
def decide(pair_id: UUID) -> ResponseReturnValue:
    """Say of a pair that it is the same, different, or undecided, and go to the next."""
    form = VerdictForm()
    chosen = form.chosen() if form.validate_on_submit() else None
    with transaction() as session:
        one = entities.pair_of(session, pair_id)
        if chosen is None:
            raise BadRequest
        deeds.decide(session, one, chosen, form.note.data or "", current_actor(), utc_now())
        following = entities.waiting(session, Verdict.OFFERED, entities.score_cursor(one), 1)
    flash(f"Kept: {chosen.value}. It can be undone among the decided pairs.")
    if following:
        return redirect(url_for(".pair", pair_id=following[0].id))
    return redirect(url_for(".pairs"))


@bp.post("/pairs/<uuid:pair_id>/undo")
@requires(Permission.ENTITY_DECIDE)
def undo(pair_id: UUID) -> ResponseReturnValue:
    """Take back what was held of a pair."""
    form = UndoForm()
    if not form.validate_on_submit():
        raise BadRequest
    with transaction() as session:
        one = entities.pair_of(session, pair_id)
        deeds.undo(session, one, form.note.data or "", current_actor(), utc_now())
    flash("Undone.")
    return redirect(url_for(".pair", pair_id=pair_id))


@bp.post("/<uuid:entity_id>/mentions/<uuid:mention_id>/take-out")
@requires(Permission.ENTITY_DECIDE)
def take_out(entity_id: UUID, mention_id: UUID) -> ResponseReturnValue:
    """Give a mention an entity of its own."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        mention = entities.mention(session, entity_id, mention_id)
        services.refuse_unread(session, mention, actor, now)
        new = deeds.take_out(session, mention, actor, now)
    flash("The mention stands alone now. It can be undone among the decided pairs.")
    return redirect(url_for(".show", entity_id=new.id))
