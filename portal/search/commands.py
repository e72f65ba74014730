"""The command that indexes what was stored before."""

import click
from flask.cli import with_appcontext

from portal.search import services

EACH = 1_000  # things between two lines


@click.command("reindex")
@with_appcontext
def reindex() -> None:
    """Index what search does not find yet; may be stopped, repeated, and run beside the portal."""
    added = 0
    for number in services.index_all():
        if number // EACH > added // EACH:
            click.echo(f"{number} texts")
        added = number
    click.echo(f"Indexed {added} texts that were not indexed.")
