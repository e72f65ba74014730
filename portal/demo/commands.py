"""Commands for the practice data."""

import click
from flask.cli import with_appcontext

from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.demo import services


@click.command("demo")
@with_appcontext
def demo() -> None:
    """Make the practice data, once, and print every sign-in."""
    if not services.exists(get_session()):
        with transaction() as session:
            services.make(session, utc_now())
    people = list(services.sign_ins(get_session()))
    click.echo(f"Every password is: {services.PASSWORD}")
    click.echo("Codes come from the key in an authenticator app, or from: ./dev code ADDRESS")
    for one in people:
        click.echo(f"{one.role.value:<22} {one.email:<36} {one.totp_secret}  {one.organisation}")


@click.command("demo-code")
@click.argument("email")
@with_appcontext
def demo_code(email: str) -> None:
    """Print the present second-factor code of an invented person."""
    click.echo(services.code_of(get_session(), email, utc_now()))
