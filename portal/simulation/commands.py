"""Commands of the simulator."""

import json
from pathlib import Path
from typing import Any, TextIO

import click
from flask.cli import with_appcontext

from portal.core.clock import utc_now
from portal.simulation import services
from portal.simulation.services import Filed


@click.command("simulate")
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--size", type=click.IntRange(100, 1_000_000), default=1_000, show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where the truth is written, a line each."
)
@with_appcontext
def simulate(seed: int, size: int, out: Path | None) -> None:
    """Invent a country and file its submissions; only in an installation for practice."""
    done = 0
    truth = out.open("w", encoding="utf-8") if out else None
    try:
        for one in services.filed(seed, size, utc_now()):
            done += 1
            if truth:
                write(truth, one)
            if done % 1000 == 0:
                click.echo(f"{done} submissions")
    finally:
        if truth:
            truth.close()
    click.echo(f"Filed {done} submissions of seed {seed}.")


def write(file: TextIO, one: Filed) -> None:
    """Write what is true of a submission as a line of JSON."""
    told: dict[str, Any] = {
        "submission": str(one.id),
        "scheme": one.filing.scheme,
        "sort": one.filing.sort,
        "last": one.filing.last,
        "who": one.filing.who,
    }
    file.write(json.dumps(told, ensure_ascii=False) + "\n")
