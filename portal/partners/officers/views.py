"""A partner's administrator and the colleagues; the registrar and the people of every partner."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.organisations.models import Organisation
from portal.partners.officers import queries, services
from portal.partners.officers.forms import AgainForm, ColleagueForm, OfficerForm, WithdrawForm
from portal.partners.registry import queries as registry

bp = Blueprint("officers", __name__)
SENT = "The invitation was sent. It works for 48 hours."
OWN = "/partner/people"
THEIRS = "/partners/<uuid:partner_id>/people"


@bp.get(OWN)
@requires(Permission.PARTNER_PEOPLE)
def colleagues() -> ResponseReturnValue:
    """List the people of one's own partner."""
    found = registry.officers_of(get_session(), current_actor().organisation_id)
    return render_template("officers/colleagues.html", found=found)


@bp.route(f"{OWN}/new", methods=["GET", "POST"])
@requires(Permission.PARTNER_PEOPLE, confirmed=True)
def invite() -> ResponseReturnValue:
    """Invite a colleague."""
    form, actor = ColleagueForm(), current_actor()
    if not form.validate_on_submit():
        return ask(form, "Invite a colleague", "Send the invitation", url_for(".colleagues"))
    with transaction() as session:
        partner = session.get_one(Organisation, actor.organisation_id)
        services.admit(session, partner, form.to_person(), actor, utc_now())
    flash(SENT)
    return redirect(url_for(".colleagues"))


@bp.route(f"{OWN}/<uuid:officer_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.PARTNER_PEOPLE, confirmed=True)
def withdraw_colleague(officer_id: UUID) -> ResponseReturnValue:
    """Close the account of a colleague."""
    found = queries.colleague(get_session(), officer_id, current_actor())
    form, back = WithdrawForm(), url_for(".colleagues")
    if not form.validate_on_submit():
        return ask(form, f"Close the account of {found.account.name}", "Close it", back)
    with transaction() as session:
        again = queries.colleague(session, officer_id, current_actor())
        partner = session.get_one(Organisation, again.partner_id)
        reason = form.reason.data or ""
        services.withdraw(session, partner, again, reason, current_actor(), utc_now())
    flash("The account is closed.")
    return redirect(back)


@bp.route(f"{OWN}/<uuid:officer_id>/again", methods=["GET", "POST"])
@requires(Permission.PARTNER_PEOPLE, confirmed=True)
def colleague_again(officer_id: UUID) -> ResponseReturnValue:
    """Open the account of a colleague again."""
    found = queries.colleague(get_session(), officer_id, current_actor())
    form, back = AgainForm(), url_for(".colleagues")
    if not form.validate_on_submit():
        return ask(form, f"Invite {found.account.name} again", "Send the invitation", back)
    with transaction() as session:
        again = queries.colleague(session, officer_id, current_actor())
        partner = session.get_one(Organisation, again.partner_id)
        grounds = form.grounds.data or ""
        services.admit_again(session, partner, again, grounds, current_actor(), utc_now())
    flash(SENT)
    return redirect(back)


def ask(form: Any, title: str, button: str, back: str) -> ResponseReturnValue:
    """Draw a page with one form."""
    page = render_template("officers/form.html", form=form, title=title, button=button, back=back)
    return page, 422 if form.errors else 200


@bp.route(f"{THEIRS}/new", methods=["GET", "POST"])
@requires(Permission.PARTNER_KEEP, confirmed=True)
def admit(partner_id: UUID) -> ResponseReturnValue:
    """Admit somebody of a partner, the first as its administrator."""
    card = registry.card(get_session(), partner_id)
    form, back = OfficerForm(), url_for("register.show", partner_id=partner_id)
    if not form.validate_on_submit():
        title = f"Admit somebody of {card.organisation.name}"
        return ask(form, title, "Admit and send the invitation", back)
    with transaction() as session:
        partner = registry.card(session, partner_id).organisation
        services.admit(session, partner, form.to_person(), current_actor(), utc_now())
    flash(SENT)
    return redirect(back)


@bp.route(f"{THEIRS}/<uuid:officer_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.PARTNER_KEEP, confirmed=True)
def withdraw(partner_id: UUID, officer_id: UUID) -> ResponseReturnValue:
    """Withdraw somebody of a partner."""
    found = queries.officer(get_session(), partner_id, officer_id)
    form, back = WithdrawForm(), url_for("register.show", partner_id=partner_id)
    if not form.validate_on_submit():
        return ask(form, f"Withdraw {found.account.name}", "Withdraw and close the account", back)
    with transaction() as session:
        again = queries.officer(session, partner_id, officer_id)
        partner = session.get_one(Organisation, partner_id)
        reason = form.reason.data or ""
        services.withdraw(session, partner, again, reason, current_actor(), utc_now())
    flash("The account is closed.")
    return redirect(back)
