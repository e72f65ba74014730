"""Pages of a company's administrator on keys and webhooks, and the documentation for everybody."""

from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.api import manual, queries, services, webhooks
from portal.api.data import SCOPE_WORDS, KeyState, Scope
from portal.api.document import document
from portal.api.forms import ButtonForm, KeyForm, WebhookForm
from portal.core.access import Permission, current_actor, public, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.forms import answered
from portal.core.languages import translated
from portal.organisations.models import Sort
from portal.submissions.kind import filed_by

bp = Blueprint("machines", __name__)


@bp.get("/company/machines")
@requires(Permission.ORGANISATION_MANAGE)
def index() -> ResponseReturnValue:
    """List the keys and webhooks of one's own company."""
    session, actor, now = get_session(), current_actor(), utc_now()
    keys = queries.keys_of(session, actor)
    return render_template(
        "api/index.html",
        keys=[(key, standing(key, now), words_of(key)) for key in keys],
        webhooks=queries.webhooks_of(session, actor),
        form=ButtonForm(),
    )


def standing(key: Any, now: Any) -> str:
    """Return whether a key works, in a word."""
    if key.revoked_at is not None:
        return KeyState.REVOKED
    if key.expires_at <= now:
        return KeyState.ENDED
    return KeyState.WORKS if key.account.active else KeyState.CLOSED


def words_of(key: Any) -> str:
    """Return what a key may be used for."""
    return "; ".join(translated(SCOPE_WORDS[Scope(scope)]) for scope in key.scopes)


@bp.route("/company/machines/key", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE, confirmed=True)
def new_key() -> ResponseReturnValue:
    """Make a key; its secret is shown once."""
    form = KeyForm()
    if not form.validate_on_submit():
        return render_template("api/new_key.html", form=form), 422 if form.errors else 200
    name, scopes = form.name.data or "", form.scopes.data or []
    until = answered(form.expires_on.data)
    with transaction() as session:
        key, secret = services.create_key(session, name, scopes, until, current_actor(), utc_now())
    return render_template("api/secret.html", title="Keep this key", name=key.name, secret=secret)


@bp.post("/company/machines/key/<uuid:key_id>/revoke")
@requires(Permission.ORGANISATION_MANAGE)
def revoke_key(key_id: UUID) -> ResponseReturnValue:
    """Make a key useless."""
    with transaction() as session:
        key = queries.key(session, key_id, current_actor())
        services.revoke_key(session, key, current_actor(), utc_now())
    flash("The key was revoked. It does not work any more.")
    return redirect(url_for(".index"))


@bp.route("/company/machines/webhook", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE, confirmed=True)
def new_webhook() -> ResponseReturnValue:
    """Add an address that is told of new states; its secret is shown once."""
    form = WebhookForm()
    if not form.validate_on_submit():
        return render_template("api/new_webhook.html", form=form), 422 if form.errors else 200
    url, events = form.url.data or "", form.events.data or []
    with transaction() as session:
        hook = webhooks.add(session, url, events, current_actor(), utc_now())
    title, name = "Keep this secret", hook.url
    return render_template("api/secret.html", title=title, name=name, secret=hook.secret)


@bp.post("/company/machines/webhook/<uuid:webhook_id>/remove")
@requires(Permission.ORGANISATION_MANAGE)
def remove_webhook(webhook_id: UUID) -> ResponseReturnValue:
    """Tell an address nothing more."""
    with transaction() as session:
        hook = queries.webhook(session, webhook_id, current_actor())
        webhooks.remove(session, hook, current_actor(), utc_now())
    flash("The webhook was removed. Nothing more is sent there.")
    return redirect(url_for(".index"))


@bp.post("/company/machines/webhook/<uuid:webhook_id>/test")
@requires(Permission.ORGANISATION_MANAGE)
def try_webhook(webhook_id: UUID) -> ResponseReturnValue:
    """Send a message that says it is a test."""
    with transaction() as session:
        hook = queries.webhook(session, webhook_id, current_actor())
        webhooks.send_test(session, hook, current_actor(), utc_now())
    flash("A test is on its way. Open this page again in a minute to see what came of it.")
    return redirect(url_for(".index"))


@bp.get("/api/docs")
@public
def docs() -> ResponseReturnValue:
    """Explain the interface to programmers, from the same document as machines read."""
    described = document(filed_by(Sort.COMPANY), current_app.config["AUTHORITY_NAME"])
    return render_template("api/docs.html", **manual.of(described))
