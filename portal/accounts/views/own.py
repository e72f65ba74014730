"""One's own account: password, address, second factor, sessions."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from portal.accounts import factor, people, queries, services
from portal.accounts.forms import (
    ButtonForm,
    ChangeEmailForm,
    ChangePasswordForm,
    FactorForm,
    LanguageForm,
    SettingsForm,
    local,
)
from portal.accounts.models import Account, LoginSession
from portal.accounts.views.sign_in import address, bp, refusals
from portal.core import languages
from portal.core.access import Permission, public, requires, signed_in
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError

WRONG = ["This password is not right"]


@bp.route("/account", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def own() -> ResponseReturnValue:
    """Show one's own account, with name and time zone to change."""
    form = SettingsForm(obj=current_user)
    if form.validate_on_submit():
        with transaction() as rows:
            account = rows.get_one(Account, current_user.id)
            account.name = form.name.data or ""
            account.time_zone = form.time_zone.data or ""
        flash("Saved.")
        return redirect(url_for(".own"))
    context: dict[str, Any] = {
        "sessions": queries.sessions_of(get_session(), current_user.id),
        "codes_left": len(queries.unused_codes(get_session(), current_user.id)),
        "button": ButtonForm(formdata=None),
    }
    page = render_template("accounts/own.html", form=form, **context)
    return page, 422 if form.errors else 200


@bp.post("/language")
@public
def language() -> ResponseReturnValue:
    """Speak another language: here from now on, and to this account everywhere."""
    form = LanguageForm()
    answer = redirect(local(form.next.data or "") or url_for("home.home"))
    if form.validate_on_submit():
        languages.remember(answer, form.language.data)
        if signed_in():
            with transaction() as rows:
                rows.get_one(Account, current_user.id).language = form.language.data
    return answer


@bp.route("/account/password", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def password() -> ResponseReturnValue:
    """Change the password; signs out everywhere else."""
    form, account = ChangePasswordForm(), current_user
    if form.validate_on_submit():
        if not right_password(form.current.data or ""):
            form.current.errors = WRONG
        form.password.errors = refusals(account, form.password.data or "")
    if not form.is_submitted() or form.errors:
        page = render_template("accounts/password.html", form=form)
        return page, 422 if form.errors else 200
    with transaction() as rows:
        again = rows.get_one(Account, account.id)
        kept = current_user.session_row.id
        services.set_password(rows, again, form.password.data or "", utc_now(), but=kept)
    flash("Your password is changed. You are signed out everywhere else.")
    return redirect(url_for(".own"))


def right_password(typed: str) -> bool:
    """Tell whether the present password was typed; wrong ones count like those at sign-in."""
    with transaction() as rows:
        return services.confirm(rows, current_user, typed, address(), utc_now())


@bp.route("/account/address", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def new_email() -> ResponseReturnValue:
    """Ask for another e-mail address."""
    form = ChangeEmailForm()
    if form.validate_on_submit() and not right_password(form.current.data or ""):
        form.current.errors = WRONG
    if not form.is_submitted() or form.errors:
        page = render_template("accounts/email.html", form=form)
        return page, 422 if form.errors else 200
    with transaction() as rows:
        account = rows.get_one(Account, current_user.id)
        people.ask_new_email(rows, account, form.email.data or "", utc_now())
    flash("Follow the link that was sent to the new address.")
    return redirect(url_for(".own"))


@bp.route("/account/second-factor", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN, confirmed=True)
def second_factor() -> ResponseReturnValue:
    """Set up or replace the second factor."""
    form, account = FactorForm(), current_user
    with transaction() as rows:
        row = rows.get_one(LoginSession, account.session_row.id)
        secret = services.begin_factor(row)
    if form.validate_on_submit():
        with transaction() as rows:
            again = rows.get_one(Account, account.id)
            codes = services.confirm_factor(rows, row, again, form.code.data or "", utc_now())
        if codes is not None:
            return render_template("accounts/recovery_codes.html", codes=codes)
        form.code.errors = ["This code is not right. Wait for the next one"]
    shown = factor.picture(account, secret)
    page = render_template("accounts/set_up.html", form=form, secret=secret, picture=shown)
    return page, 422 if form.errors else 200


@bp.post("/account/recovery-codes")
@requires(Permission.ACCOUNT_OWN, confirmed=True)
def recovery_codes() -> ResponseReturnValue:
    """Make new recovery codes; the old ones stop working."""
    with transaction() as rows:
        account = rows.get_one(Account, current_user.id)
        codes = services.new_recovery_codes(rows, account, utc_now())
    return render_template("accounts/recovery_codes.html", codes=codes)


@bp.post("/account/sessions/<uuid:session_id>/end")
@requires(Permission.ACCOUNT_OWN)
def end_session(session_id: UUID) -> ResponseReturnValue:
    """Sign out one browser."""
    with transaction() as rows:
        mine = {row.id: row for row in queries.sessions_of(rows, current_user.id)}
        if session_id not in mine:
            raise NotFoundError
        services.end_session(rows, mine[session_id], current_user, utc_now())
    return redirect(url_for(".own"))


@bp.post("/account/sessions/end")
@requires(Permission.ACCOUNT_OWN)
def end_sessions() -> ResponseReturnValue:
    """Sign out everywhere else."""
    with transaction() as rows:
        kept = current_user.session_row.id
        services.end_sessions(rows, current_user, utc_now(), but=kept)
    flash("You are signed out everywhere else.")
    return redirect(url_for(".own"))
