"""Saved views of the queue, and how an officer likes the desk."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.triage.desk import queries as desk
from portal.triage.desk import services
from portal.triage.desk.forms import KeysForm, QueueForm, ViewForm
from portal.triage.forms import ButtonForm
from portal.triage.views.pages import bp, officer_choices
from portal.triage.views.queue import offer


@bp.get("/views")
@requires(Permission.CASE_READ)
def views() -> ResponseReturnValue:
    """List the officer's views and those of the office."""
    session, actor = get_session(), current_actor()
    setting = desk.setting(session, actor)
    return render_template(
        "triage/views.html",
        views=desk.views(session, actor),
        setting=setting,
        keys=KeysForm(formdata=None, keys=setting.keys),
        button=ButtonForm(formdata=None),
    )


@bp.post("/views")
@requires(Permission.CASE_READ)
def save_view() -> ResponseReturnValue:
    """Keep the filter that stands in the address under a name."""
    form, asked = ViewForm(), QueueForm()
    offer(asked, get_session(), officer_choices(get_session()))
    asked.validate()
    wanted = asked.to_data()
    if not form.validate_on_submit():
        page = render_template("triage/save_view.html", form=form, address=wanted.address())
        return page, 422
    name, shared, actor = form.name.data or "", bool(form.shared.data), current_actor()
    with transaction() as session:
        view = services.save_view(session, name, wanted, actor, utc_now(), shared=shared)
    flash("The view is kept.")
    return redirect(url_for(".queue", view=view.id, **view.wanted))


@bp.post("/views/<uuid:view_id>/<string:change>")
@requires(Permission.CASE_READ)
def change_view(view_id: UUID, change: str) -> ResponseReturnValue:
    """Delete a view, move it, or let the queue begin with it."""
    ButtonForm().validate()
    actor = current_actor()
    with transaction() as session:
        match change:
            case "delete":
                services.delete_view(session, view_id, actor, utc_now())
            case "up" | "down":
                services.move_view(session, view_id, -1 if change == "up" else 1, actor)
            case "default":
                services.make_default(session, view_id, actor)
            case _:
                raise BadRequest
    flash("Done.")
    return redirect(url_for(".views"))


@bp.post("/views/begin-with-all")
@requires(Permission.CASE_READ)
def begin_with_all() -> ResponseReturnValue:
    """Let the queue begin with everything that is open."""
    ButtonForm().validate()
    with transaction() as session:
        services.make_default(session, None, current_actor())
    flash("Done.")
    return redirect(url_for(".views"))


@bp.post("/keys")
@requires(Permission.CASE_READ)
def keys() -> ResponseReturnValue:
    """Switch single keys on or off."""
    form = KeysForm()
    form.validate()
    with transaction() as session:
        services.set_keys(session, current_actor(), keys=bool(form.keys.data))
    flash("Single keys are on." if form.keys.data else "Single keys are off.")
    return redirect(url_for(".views"))
