"""Signing in and out, one-time links, and giving the password again."""

from uuid import UUID

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user

from portal.accounts import factor, passwords, people, queries, services
from portal.accounts.data import Purpose
from portal.accounts.forms import (
    AddressForm,
    ButtonForm,
    CodeForm,
    ConfirmForm,
    FactorForm,
    NewPasswordForm,
    NextForm,
    SignInForm,
)
from portal.accounts.models import Account, HalfSignIn
from portal.core.access import Permission, public, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import NotFoundError
from portal.organisations.models import Organisation

bp = Blueprint("accounts", __name__)
HALF, NEXT = "half", "next"  # names in the cookie
WRONG = "The e-mail address, the password or both are not right"


def init_app(app: Flask) -> None:
    """Let Flask-Login find who is signed in, by our own sessions."""
    login = LoginManager(app)
    login.user_loader(load_account)
    login.session_protection = None  # our sessions end by themselves and by sign-out


def load_account(token: str) -> Account | None:
    """Return who holds a session's secret, unless the session has ended."""
    found = queries.signed_in(get_session(), token)
    if found is None:
        return None
    account, row = found
    now = utc_now()
    if not services.alive(account, row, now):
        return None
    row.token = token
    account.session_row = row
    view = current_app.view_functions.get(request.endpoint or "")
    if now - row.seen_at >= services.MINUTE and not hasattr(view, "quiet"):
        with transaction():
            services.touch(row, now)
    return account


def address() -> str:
    """Return where the request comes from."""
    return request.remote_addr or ""


def browser() -> str:
    """Return how the browser calls itself."""
    return request.user_agent.string[:200]


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for address and password."""
    form = SignInForm()
    if wanted := NextForm().local():
        session[NEXT] = wanted
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), 422 if form.errors else 200
    with transaction() as rows:
        found = services.try_password(
            rows, form.email.data or "", form.password.data or "", address(), utc_now()
        )
    if found is None:
        form.email.errors = [WRONG]
        return render_template("accounts/sign_in.html", form=form), 422
    account, token = found
    session[HALF] = token
    if account.totp_secret:
        return redirect(url_for(".code"))
    if factor.must_have(account):
        return redirect(url_for(".set_up"))
    return enter(account)


def half() -> tuple[HalfSignIn, Account]:
    """Return whose password fitted.

    Raises:
        NotFoundError: nobody's, or too long ago.
    """
    found = queries.half_signed_in(get_session(), session.get(HALF, ""), utc_now())
    if found is None:
        raise NotFoundError
    return found


def enter(account: Account) -> ResponseReturnValue:
    """Sign somebody in with a new session, and lead on."""
    with transaction() as rows:
        row = services.open_session(rows, account, address(), browser(), utc_now())
    wanted = session.get(NEXT)
    session.clear()
    account.session_row = row
    login_user(account)
    return redirect(wanted or url_for("home.home"))


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """Ask for the second factor."""
    form = CodeForm()
    waiting, account = half()
    if not form.validate_on_submit():
        return render_template("accounts/code.html", form=form), 422 if form.errors else 200
    with transaction() as rows:
        again, account = rows.get_one(HalfSignIn, waiting.id), rows.get_one(Account, account.id)
        right = services.try_code(rows, again, account, form.code.data or "", utc_now())
    if not right:
        form.code.errors = ["This code is not right, or was used already. Wait for the next one"]
        return render_template("accounts/code.html", form=form), 422
    return enter(account)


@bp.route("/sign-in/set-up", methods=["GET", "POST"])
@public
def set_up() -> ResponseReturnValue:
    """Set up the second factor that this account must have."""
    waiting, account = half()
    if account.totp_secret:
        return redirect(url_for(".code"))
    form = FactorForm()
    with transaction() as rows:
        waiting = rows.get_one(HalfSignIn, waiting.id)
        secret = services.begin_factor(waiting)
    if form.validate_on_submit():
        with transaction() as rows:
            codes = services.confirm_factor(rows, waiting, account, form.code.data or "", utc_now())
        if codes is not None:
            enter(account)
            return render_template("accounts/recovery_codes.html", codes=codes)
        form.code.errors = ["This code is not right. Wait for the next one"]
    shown = factor.picture(account, secret)
    page = render_template("accounts/set_up.html", form=form, secret=secret, picture=shown)
    return page, 422 if form.errors else 200


@bp.post("/sign-out")
@requires(Permission.ACCOUNT_OWN)
def sign_out() -> ResponseReturnValue:
    """End the session, here and on the server."""
    with transaction() as rows:
        services.end_session(rows, current_user.session_row, current_user, utc_now())
    logout_user()
    session.clear()
    flash("You are signed out.")
    answer = redirect(url_for("home.home"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.route("/account/confirm", methods=["GET", "POST"])
@requires(Permission.ACCOUNT_OWN)
def confirm() -> ResponseReturnValue:
    """Ask for the password again before a dangerous deed."""
    form, account = ConfirmForm(), current_user
    wanted = NextForm().local()
    if form.validate_on_submit():
        with transaction() as rows:
            right = services.confirm(rows, account, form.password.data or "", address(), utc_now())
        if right:
            return redirect(wanted or url_for("home.home"))
        form.password.errors = ["This password is not right"]
    page = render_template("accounts/confirm.html", form=form, next=wanted or "")
    return page, 422 if form.errors else 200


@bp.route("/account/forgotten", methods=["GET", "POST"])
@public
def forgotten() -> ResponseReturnValue:
    """Send a link for a new password; says the same whoever asks."""
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 422 if form.errors else 200
    with transaction() as rows:
        people.ask_reset(rows, form.email.data or "", address(), utc_now())
    return render_template("accounts/sent.html")


@bp.route("/account/link/<string:token>", methods=["GET", "POST"])
@public
def link(token: str) -> ResponseReturnValue:
    """Follow a one-time link: choose a password, or confirm a new address."""
    rows, form = get_session(), NewPasswordForm()
    found = queries.link(rows, token, None, utc_now())
    if found.purpose is Purpose.EMAIL:
        return new_address(token)
    account = rows.get_one(Account, found.account_id)
    if form.validate_on_submit():
        form.password.errors = refusals(account, form.password.data or "")
    if not form.is_submitted() or form.errors:
        page = render_template("accounts/new_password.html", form=form)
        return page, 422 if form.errors else 200
    with transaction() as rows:
        again = queries.link(rows, token, None, utc_now())
        people.use_link(rows, again, account, form.password.data or "", utc_now())
    flash("Your password is set. Sign in with it.")
    return redirect(url_for(".sign_in"))


def new_address(token: str) -> ResponseReturnValue:
    """Confirm a new address by a button: opening a link changes nothing."""
    form = ButtonForm()
    if not form.validate_on_submit():
        return render_template("accounts/new_address.html", form=form)
    with transaction() as rows:
        found = queries.link(rows, token, Purpose.EMAIL, utc_now())
        people.use_email_link(rows, found, rows.get_one(Account, found.account_id), utc_now())
    flash("The address is changed. Sign in with it.")
    return redirect(url_for(".sign_in"))


def refusals(account: Account, password: str) -> list[str]:
    """Return why a new password is refused, for the form."""
    organisation: UUID = account.organisation_id
    name = get_session().get_one(Organisation, organisation).name
    refused = passwords.refusal(
        password,
        services.words_of(account, name),
        second_factor=bool(account.totp_secret) or factor.must_have(account),
    )
    return [refused] if refused else []
