"""The command that counts the values of what was filed before they were counted."""

import click
from flask.cli import with_appcontext

from portal.leads.sanitising import services


@click.command("count-values")
@with_appcontext
def count_values() -> None:
    """Count which values companies share; may be stopped, repeated, and run beside the portal."""
    done = 0
    for done in services.count_all():
        click.echo(f"{done} submissions")
    click.echo(f"Counted the values of {done} submissions.")
