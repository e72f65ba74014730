"""Commands for accounts."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.accounts import people, queries, services
from portal.accounts.data import Purpose
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.db import transaction
from portal.core.outbox import link_to
from portal.core.references import new_reference
from portal.organisations.models import Organisation, Sort
from portal.organisations.rules import Standing

FIRST_ROLES = ("registrar", "system administrator")


@click.command("create-admin")
@click.argument("email")
@click.option(
    "--role", type=click.Choice(["registrar", "system administrator"]), default="registrar"
)
@with_appcontext
def create_admin(email: str, role: str) -> None:
    """Make the first account of the authority and print the link that opens it, once."""
    now = utc_now()
    with transaction() as session:
        authority = session.scalar(select(Organisation).where(Organisation.sort == Sort.AUTHORITY))
        if authority is None:
            authority = Organisation(
                name=current_app.config["AUTHORITY_NAME"],
                sort=Sort.AUTHORITY,
                standing=Standing.VETTED,
                country=current_app.config["COUNTRY"],
                reference=new_reference("OR"),
            )
            session.add(authority)
            session.flush()
        account = people.invite(session, email, "", Role(role), authority.id, None, now)
        token = people.send_link(session, account, Purpose.INVITATION, people.INVITED, now)
    click.echo(f"Open this within 48 hours: {link_to(f'/account/link/{token}')}")


@click.command("end-sessions")
@click.argument("email")
@with_appcontext
def end_sessions(email: str) -> None:
    """Sign somebody out everywhere."""
    with transaction() as session:
        account = queries.by_email(session, email)
        if account is None:
            raise click.ClickException("Nobody has this address.")
        services.end_sessions(session, account, utc_now())
    click.echo(f"{email} is signed out everywhere.")
