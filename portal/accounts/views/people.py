"""Colleagues of a company, and the people of the authority and its partners."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts import people, queries
from portal.accounts.data import RIGHTS
from portal.accounts.forms import ButtonForm, InviteColleagueForm, InviteStaffForm, RoleForm
from portal.accounts.models import Account, RoleProposal
from portal.accounts.views.sign_in import bp
from portal.core.access import Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction


@bp.route("/company/people", methods=["GET", "POST"])
@requires(Permission.ORGANISATION_MANAGE)
def colleagues() -> ResponseReturnValue:
    """List colleagues, and invite one."""
    form, actor = InviteColleagueForm(), current_actor()
    if not form.validate_on_submit():
        found = queries.colleagues(get_session(), actor)
        context: dict[str, Any] = {"form": form, "people": found, "button": ButtonForm()}
        page = render_template("accounts/colleagues.html", rights=RIGHTS, **context)
        return page, 422 if form.errors else 200
    with transaction() as rows:
        people.invite(
            rows,
            form.email.data or "",
            form.name.data or "",
            form.role.data,
            actor.organisation_id,
            actor,
            utc_now(),
            reads_colleagues=bool(form.reads_colleagues.data),
        )
    flash("The invitation was sent. It works for 48 hours.")
    return redirect(url_for(".colleagues"))


@bp.route("/people", methods=["GET", "POST"])
@requires(Permission.STAFF_MANAGE)
def staff() -> ResponseReturnValue:
    """List the people of the authority and of partners, and invite one."""
    form, rows = InviteStaffForm(), get_session()
    owners = {str(one.id): one for one in queries.authorities(rows)}
    form.organisation.choices = {"": "Choose", **{key: o.name for key, o in owners.items()}}
    if not form.validate_on_submit():
        context = {"people": queries.staff(rows), "proposals": queries.proposals(rows)}
        page = render_template("accounts/staff.html", form=form, button=ButtonForm(), **context)
        return page, 422 if form.errors else 200
    with transaction() as rows:
        owner, name = UUID(form.organisation.data), form.name.data or ""
        email, role = form.email.data or "", form.role.data
        people.invite(rows, email, name, role, owner, current_actor(), utc_now())
    flash("The invitation was sent. It works for 48 hours.")
    return redirect(url_for(".staff"))


@bp.route("/people/<uuid:account_id>", methods=["GET", "POST"])
@requires(Permission.STAFF_MANAGE)
def person(account_id: UUID) -> ResponseReturnValue:
    """Show somebody of the authority or a partner; propose another role."""
    found = queries.managed(get_session(), account_id, current_actor())
    form = RoleForm()
    if not form.validate_on_submit():
        page = render_template("accounts/person.html", form=form, person=found, button=ButtonForm())
        return page, 422 if form.errors else 200
    with transaction() as rows:
        again = queries.managed(rows, account_id, current_actor())
        people.propose_role(rows, again, form.role.data, current_actor(), utc_now())
    flash("Another registrar must agree to the new role.")
    return redirect(url_for(".staff"))


@bp.post("/people/proposals/<uuid:proposal_id>/agree")
@requires(Permission.STAFF_MANAGE, confirmed=True)
def agree(proposal_id: UUID) -> ResponseReturnValue:
    """Agree to another role that somebody else proposed."""
    with transaction() as rows:
        proposal = rows.get_one(RoleProposal, proposal_id)
        people.agree_to_role(rows, proposal, current_actor(), utc_now())
    flash("The role is changed.")
    return redirect(url_for(".staff"))


def managed(rows: Any, account_id: UUID) -> Account:
    """Return an account that the person who asks may manage."""
    return queries.managed(rows, account_id, current_actor())


@bp.post("/people/<uuid:account_id>/close")
@requires(Permission.STAFF_MANAGE, confirmed=True)
def close_staff(account_id: UUID) -> ResponseReturnValue:
    """Close the account of somebody of the authority or a partner."""
    with transaction() as rows:
        people.deactivate(rows, managed(rows, account_id), current_actor(), utc_now())
    flash("The account is closed.")
    return redirect(url_for(".staff"))


@bp.post("/company/people/<uuid:account_id>/close")
@requires(Permission.ORGANISATION_MANAGE, confirmed=True)
def close_colleague(account_id: UUID) -> ResponseReturnValue:
    """Close the account of a colleague."""
    with transaction() as rows:
        people.deactivate(rows, managed(rows, account_id), current_actor(), utc_now())
    flash("The account is closed.")
    return redirect(url_for(".colleagues"))


@bp.post("/company/people/<uuid:account_id>/open")
@requires(Permission.ORGANISATION_MANAGE, confirmed=True)
def open_colleague(account_id: UUID) -> ResponseReturnValue:
    """Open the account of a colleague again, or send the invitation again."""
    with transaction() as rows:
        people.activate(rows, managed(rows, account_id), current_actor(), utc_now())
    flash("The invitation was sent. It works for 48 hours.")
    return redirect(url_for(".colleagues"))


@bp.post("/company/people/<uuid:account_id>/right")
@requires(Permission.ORGANISATION_MANAGE, confirmed=True)
def turn_right(account_id: UUID) -> ResponseReturnValue:
    """Give or take the right to read what colleagues reported."""
    with transaction() as rows:
        found = managed(rows, account_id)
        people.set_right(
            rows, found, current_actor(), utc_now(), reads_colleagues=not found.reads_colleagues
        )
    return redirect(url_for(".colleagues"))
