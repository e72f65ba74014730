"""The address book: search, add, change, delete, and suggestions while somebody types."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from portal.addressbook import queries, services
from portal.addressbook.data import ADD, PEOPLE, EntrySort
from portal.addressbook.forms import BookSearch, PersonForm, ProductForm
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.core.forms import sent_by
from portal.core.languages import translated

bp = Blueprint("addressbook", __name__, url_prefix="/address-book")
SUGGESTED = 8


@bp.get("/")
@requires(Permission.COMPANY_WORK)
def index() -> ResponseReturnValue:
    """List the entries of one's own company."""
    form, session, actor = BookSearch(), get_session(), current_actor()
    valid = form.validate()
    text, sort = (form.q.data or "", form.sort.data) if valid else ("", None)
    last = UUID(form.after.data) if valid and form.after.data else None
    after = queries.get(session, last, actor) if last else None
    found = queries.entries(session, actor, [sort] if sort else list(EntrySort), text, after)
    more = found[-1].id if len(found) == queries.PAGE else None
    return render_template(
        "addressbook/index.html",
        form=form,
        entries=found,
        more=more,
        sorts=list(EntrySort),
        add=ADD,
    )


@bp.get("/suggest.json")
@requires(Permission.COMPANY_WORK)
def suggest() -> ResponseReturnValue:
    """Offer names of the book while somebody types one."""
    form = BookSearch()
    text = form.q.data or "" if form.validate() else ""
    session, actor = get_session(), current_actor()
    found = queries.entries(session, actor, PEOPLE, text, limit=SUGGESTED) if text else ()
    return jsonify(
        [
            {"value": one.typed["name"][0], "label": one.label, "hint": translated(one.sort)}
            for one in found
            if one.typed.get("name")
        ]
    )


@bp.route("/new/<string:sort>", methods=["GET", "POST"])
@requires(Permission.COMPANY_WORK)
def new(sort: str) -> ResponseReturnValue:
    """Add an entry."""
    if sort not in set(EntrySort):
        raise NotFoundError
    chosen = EntrySort(sort)
    form = form_of(chosen)()
    if not form.validate_on_submit():
        return show(form, chosen, None)
    with transaction() as session:
        services.keep(session, chosen, sent_by(form), current_actor(), utc_now())
    flash("The entry is kept.")
    return redirect(url_for(".index"))


@bp.route("/<uuid:entry_id>", methods=["GET", "POST"])
@requires(Permission.COMPANY_WORK)
def entry(entry_id: UUID) -> ResponseReturnValue:
    """Show and change an entry."""
    actor = current_actor()
    found = queries.get(get_session(), entry_id, actor)
    form = form_of(found.sort)()
    if not form.is_submitted():
        return show(form_of(found.sort)(formdata=several(found.typed)), found.sort, entry_id)
    if not form.validate():
        return show(form, found.sort, entry_id)
    with transaction() as session:
        again = queries.get(session, entry_id, actor)
        services.change(session, again, sent_by(form), actor, utc_now())
    flash("The entry is changed.")
    return redirect(url_for(".index"))


@bp.post("/<uuid:entry_id>/delete")
@requires(Permission.COMPANY_WORK)
def delete(entry_id: UUID) -> ResponseReturnValue:
    """Delete an entry."""
    with transaction() as session:
        found = queries.get(session, entry_id, current_actor())
        services.delete(session, found, current_actor(), utc_now())
    flash("The entry was deleted.")
    return redirect(url_for(".index"))


def form_of(sort: EntrySort) -> Any:
    """Return the form of a sort of entry."""
    return ProductForm if sort is EntrySort.PRODUCT else PersonForm


def several(typed: dict[str, list[str]]) -> MultiDict[str, str]:
    """Return what was typed as a browser sends it."""
    return MultiDict((name, value) for name, values in typed.items() for value in values)


def show(form: Any, sort: EntrySort, entry_id: UUID | None) -> ResponseReturnValue:
    """Draw the page of one entry."""
    html = render_template(
        "addressbook/entry.html", form=form, sort=sort, entry_id=entry_id, add=ADD[sort]
    )
    return html, 422 if form.errors else 200
