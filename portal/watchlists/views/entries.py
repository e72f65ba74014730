"""Putting something onto a list, one by one or many at once; looking at an entry; ending it."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.entities.models import Entity
from portal.watchlists import keeping, queries
from portal.watchlists.data import WATCHED
from portal.watchlists.forms import EntryForm, PasteForm, ReasonForm, WatchForm
from portal.watchlists.rules import of_entity
from portal.watchlists.views.lists import ask, bp


@bp.route("/<uuid:list_id>/add", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def add(list_id: UUID) -> ResponseReturnValue:
    """Put one entry onto a list."""
    row = queries.get(get_session(), list_id, current_actor())
    form = EntryForm()
    if not form.validate_on_submit() or form.watched is None:
        return ask(form, f"Add to “{row.name}”", "Add it", url_for(".show", list_id=list_id))
    with transaction() as session:
        row = queries.get(session, list_id, current_actor())
        done = keeping.add(session, row, (form.watched,), form.about(), current_actor(), utc_now())
    flash(ADDED if done else "This is on the list already.")
    return redirect(url_for(".show", list_id=list_id))


ADDED = "It is watched. What was filed before is being looked through."


@bp.route("/<uuid:list_id>/paste", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def paste(list_id: UUID) -> ResponseReturnValue:
    """Put many entries of one sort onto a list."""
    row = queries.get(get_session(), list_id, current_actor())
    form = PasteForm()
    if not form.validate_on_submit():
        title = f"Paste many onto “{row.name}”"
        return ask(form, title, "Add them", url_for(".show", list_id=list_id))
    with transaction() as session:
        row = queries.get(session, list_id, current_actor())
        done = keeping.add(session, row, form.watched, form.about(), current_actor(), utc_now())
    left = len(form.watched) - len(done)
    known = f" {left:,} stood there already." if left else ""
    flash(f"{len(done):,} added; what was filed before is being looked through.{known}")
    return redirect(url_for(".show", list_id=list_id))


@bp.get("/entries/<uuid:entry_id>")
@requires(Permission.WATCHLIST_USE)
def entry(entry_id: UUID) -> ResponseReturnValue:
    """Show an entry and its hits to a reader; each reading is recorded."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        found = queries.entry(session, entry_id, actor)
        audit.record(session, actor, "watch_entry.read", entry_id, now)
    hits = queries.hits(session, actor, entry_id=entry_id)
    return render_template(
        "watchlists/entry.html",
        entry=found,
        hits=hits,
        sorts=WATCHED,
        today=queries.today(now),
        form=ReasonForm(),
    )


@bp.route("/entries/<uuid:entry_id>/end", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def end(entry_id: UUID) -> ResponseReturnValue:
    """End an entry, for a reason."""
    found = queries.entry(get_session(), entry_id, current_actor())
    form, back = ReasonForm(), url_for(".entry", entry_id=entry_id)
    if not form.validate_on_submit():
        return ask(form, f"Watch “{found.shown}” no more", "End it", back, ENDED)
    with transaction() as session:
        found = queries.entry(session, entry_id, current_actor())
        keeping.end(session, found, form.reason.data or "", current_actor(), utc_now())
    flash("The entry is ended.")
    return redirect(back)


ENDED = "The entry and its hits stay to be read. It matches nothing more."


@bp.route("/watch/<uuid:entity_id>", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def watch(entity_id: UUID) -> ResponseReturnValue:
    """Put an entity onto a list: “watch this”."""
    actor = current_actor()
    one, form = entity(get_session(), entity_id), WatchForm()
    form.watch_list.choices = queries.choices(get_session(), actor, utc_now())
    if not any(form.watch_list.choices):
        return begin_first()
    if not form.validate_on_submit():
        title = f"Watch “{one.name}”"
        return ask(form, title, "Watch it", url_for(".index"), WATCH)
    with transaction() as session:
        one = entity(session, entity_id)
        row = queries.get(session, form.list_id(), actor)
        done = keeping.add(
            session,
            row,
            (of_entity(one.sort, one.name, one.value, None if one.value else one.profile),),
            form.about(),
            actor,
            utc_now(),
            one,
        )
    flash(ADDED if done else "This is on the list already.")
    return redirect(url_for(".show", list_id=row.id))


WATCH = "All that is known of it is watched, and whatever is joined with it later."


def begin_first() -> ResponseReturnValue:
    """Send somebody without a list to begin one."""
    flash("Begin a watch list first, then watch this.", "error")
    return redirect(url_for("watchlists.new"))


def entity(session: Session, entity_id: UUID) -> Entity:
    """Return an entity that can be watched.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(Entity, entity_id)
    if found is None or found.sort not in WATCHED:
        raise NotFoundError
    return found
