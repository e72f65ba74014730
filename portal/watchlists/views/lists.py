"""The lists that somebody reads, and what their owners do; what supervisors see of all lists."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core import audit
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.forms import answered
from portal.watchlists import keeping, queries
from portal.watchlists.forms import (
    ButtonForm,
    EntriesForm,
    ListForm,
    NewListForm,
    ReaderForm,
    ReasonForm,
    RenewForm,
)
from portal.watchlists.models import WatchList

bp = Blueprint("watchlists", __name__, url_prefix="/watch-lists")


@bp.get("/")
@requires(Permission.WATCHLIST_USE)
def index() -> ResponseReturnValue:
    """List the lists that one reads."""
    session = get_session()
    found = queries.overviews(session, utc_now(), current_actor())
    return render_template("watchlists/index.html", found=found, failures=queries.failures(session))


@bp.get("/all")
@requires(Permission.OVERSIGHT_READ)
def oversight() -> ResponseReturnValue:
    """Show supervisors which lists there are, whose, and until when; not what stands on them."""
    actor, now = current_actor(), utc_now()
    with transaction() as session:
        found = queries.overviews(session, now)
        audit.record(session, actor, "watch_lists.overseen", None, now, lists=len(found))
    return render_template(
        "watchlists/oversight.html", found=found, failures=queries.failures(session)
    )


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def new() -> ResponseReturnValue:
    """Begin a list."""
    form = NewListForm()
    if not form.validate_on_submit():
        return ask(form, "Begin a watch list", "Begin it", url_for(".index"))
    with transaction() as session:
        row = keeping.create(
            session,
            form.name.data or "",
            form.reason.data or "",
            answered(form.expires_on.data),
            current_actor(),
            utc_now(),
        )
    flash("The list is begun. Nobody else reads it until you add them.")
    return redirect(url_for(".show", list_id=row.id))


def ask(form: Any, title: str, button: str, back: str, text: str = "") -> ResponseReturnValue:
    """Draw a page with one form."""
    page = render_template(
        "watchlists/form.html", form=form, title=title, button=button, back=back, text=text
    )
    return page, 422 if form.errors else 200


@bp.get("/<uuid:list_id>")
@requires(Permission.WATCHLIST_USE)
def show(list_id: UUID) -> ResponseReturnValue:
    """Show a list with its entries to a reader; each reading is recorded."""
    form, actor, now = EntriesForm(), current_actor(), utc_now()
    valid = form.validate()
    text = form.q.data or "" if valid else ""
    last = UUID(form.after.data) if valid and form.after.data else None
    with transaction() as session:
        row = queries.get(session, list_id, actor)
        after = queries.entry(session, last, actor) if last else None
        found = queries.entries(session, list_id, text, after)
        audit.record(session, actor, "watch_list.read", list_id, now, entries=len(found))
    context = {
        "today": queries.today(now),
        "entries": found,
        "more": found[-1].id if len(found) == queries.PAGE else None,
        "readers": queries.readers_of(session, list_id),
        "steps": queries.steps_of(session, list_id),
        "orphaned": queries.orphaned(row.owner),
    }
    return render_template(
        "watchlists/show.html", row=row, form=form, button=ButtonForm(), **context
    )


@bp.route("/<uuid:list_id>/change", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def change(list_id: UUID) -> ResponseReturnValue:
    """Give a list another name or purpose."""
    row = owned(list_id)
    form = ListForm(obj=row)
    if not form.validate_on_submit():
        return ask(form, "Change name or purpose", "Change it", url_for(".show", list_id=list_id))
    with transaction() as session:
        again = queries.get(session, list_id, current_actor())
        name, reason = form.name.data or "", form.reason.data or ""
        keeping.change(session, again, name, reason, current_actor(), utc_now())
    flash("The list is changed.")
    return redirect(url_for(".show", list_id=list_id))


def owned(list_id: UUID) -> WatchList:
    """Return a list that the actor owns."""
    row = queries.get(get_session(), list_id, current_actor())
    keeping.refuse_stranger(row, current_actor())
    return row


@bp.route("/<uuid:list_id>/renew", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def renew(list_id: UUID) -> ResponseReturnValue:
    """Let a list run on, for a reason."""
    owned(list_id)
    form = RenewForm()
    if not form.validate_on_submit():
        return ask(form, "Renew the list", "Renew it", url_for(".show", list_id=list_id))
    with transaction() as session:
        row = queries.get(session, list_id, current_actor())
        until, reason = answered(form.expires_on.data), form.reason.data or ""
        keeping.renew(session, row, until, reason, current_actor(), utc_now())
    flash("The list runs on.")
    return redirect(url_for(".show", list_id=list_id))


@bp.route("/<uuid:list_id>/readers", methods=["GET", "POST"])
@requires(Permission.WATCHLIST_USE)
def readers(list_id: UUID) -> ResponseReturnValue:
    """Let another officer read a list."""
    owned(list_id)
    session, form = get_session(), ReaderForm()
    known = {one.account_id for one in queries.readers_of(session, list_id)}
    others = {
        str(one.id): f"{one.name or one.email}, {one.role}"
        for one in queries.officers(session)
        if one.id not in known
    }
    form.account.choices = {"": "Choose", **others}
    if not form.validate_on_submit():
        return ask(form, "Add a reader", "Add", url_for(".show", list_id=list_id), READERS)
    with transaction() as session:
        row = queries.get(session, list_id, current_actor())
        keeping.add_reader(session, row, form.account_id(), current_actor(), utc_now())
    flash("The officer reads the list from now on.")
    return redirect(url_for(".show", list_id=list_id))


READERS = "A reader sees every entry and every hit, adds entries and ends them."


@bp.post("/<uuid:list_id>/readers/<uuid:account_id>/remove")
@requires(Permission.WATCHLIST_USE)
def remove_reader(list_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """Let an officer read a list no more."""
    with transaction() as session:
        row = queries.get(session, list_id, current_actor())
        keeping.remove_reader(session, row, account_id, current_actor(), utc_now())
    flash("The officer reads the list no more.")
    return redirect(url_for(".show", list_id=list_id))


@bp.route("/<uuid:list_id>/take-over", methods=["GET", "POST"])
@requires(Permission.OVERSIGHT_READ)
def take_over(list_id: UUID) -> ResponseReturnValue:
    """Let a supervisor own a list from now on, for a typed reason."""
    row = queries.overseen(get_session(), list_id)
    form = ReasonForm()
    if not form.validate_on_submit():
        title = f"Take over “{row.name}”"
        return ask(form, title, "Take it over", url_for(".oversight"), TAKEN)
    with transaction() as session:
        row = queries.overseen(session, list_id)
        keeping.take_over(session, row, form.reason.data or "", current_actor(), utc_now())
    flash("The list is yours.")
    return redirect(url_for(".show", list_id=list_id))


TAKEN = "You own and read the list from now on. Its readers see your name and this reason."
