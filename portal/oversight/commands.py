"""Commands on the audit trail."""

import click
from flask.cli import with_appcontext

from portal.core.clock import utc_now
from portal.core.db import get_session
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
