"""Commands on the audit trail."""

import click
from flask.cli import with_appcontext
from sqlalchemy import text

from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.oversight import services


@click.group("audit")
def audit_command() -> None:
    """Work with the audit trail."""


@audit_command.command("verify")
@with_appcontext
def verify() -> None:
    """Verify the whole chain; exit 1 and name the first broken entry if it is broken."""
    found = services.verify(get_session())
    if found.broken_at is None and not found.reason:
        click.echo(f"{found.entries} entries: the chain is whole.")
        return
    click.echo(f"Broken at entry {found.broken_at}: {found.reason}.")
    raise SystemExit(1)


@audit_command.command("publish-head")
@with_appcontext
def publish_head() -> None:
    """Append the end of the chain to the file outside the database."""
    click.echo(services.publish_head(get_session(), utc_now()) or "The trail is empty.")


@audit_command.command("grant")
@click.argument("role")
@with_appcontext
def grant(role: str) -> None:
    """Let a PostgreSQL role run the portal: it owns nothing, and only adds to the audit trail."""
    if not role.replace("_", "").isalnum():
        raise click.ClickException("A role is named by letters, digits and underscores.")
    with transaction() as session:
        for statement in services.grants(role):
            session.execute(text(statement))
    click.echo(f"{role} may run the portal.")
