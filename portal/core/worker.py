"""The commands that run the worker, and that show and retry what failed."""

import gc
from uuid import UUID

import click
import structlog
from flask.cli import with_appcontext
from sqlalchemy import select

from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.jobs import SWEEP_ROWS, Job, JobState, backlog, due, queue, retry, run_due

THREADS = 2
STOP_SECONDS = 25  # for what runs when the worker is told to stop
log = structlog.get_logger("portal.jobs")


def settle() -> None:
    """Leave what was loaded at the start out of every later search for garbage, and search less.

    Checking a sheet makes a hundred thousand small values: half of its time went into searches.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due, then end.")
@click.option("--threads", default=THREADS, show_default=True, type=click.IntRange(1, 64))
@with_appcontext
def worker_command(*, once: bool, threads: int) -> None:
    """Do the work after the answer: mails, papers; until told to stop."""
    own = queue()
    if once:
        click.echo(f"{run_due(own.app, utc_now())} jobs tried")
        return
    settle()
    consumer = own.huey.create_consumer(
        workers=threads, max_delay=1.0, graceful_signal="TERM", shutdown_timeout=STOP_SECONDS
    )
    own.hand_over(get_session().scalars(due(utc_now()).limit(SWEEP_ROWS)).all())
    log.info("worker started", threads=threads)
    consumer.run()
    log.info("worker stopped")


@click.command("jobs")
@with_appcontext
def jobs_command() -> None:
    """List the jobs that were given up, and how many wait."""
    failed = select(Job).where(Job.state == JobState.FAILED).order_by(Job.created_at)
    for row in get_session().scalars(failed):
        click.echo(f"{row.id}  {row.name}  {row.created_at:%Y-%m-%d %H:%M}  {row.last_error}")
    behind = backlog(get_session(), utc_now())
    click.echo(f"{behind.failed} failed, {behind.waiting} due")


@click.command("retry-job")
@click.argument("job_id", type=click.UUID)
@with_appcontext
def retry_job_command(job_id: UUID) -> None:
    """Give a failed job its tries again."""
    with transaction() as session:
        found = retry(session, job_id, utc_now())
    if not found:
        raise click.ClickException("no failed job has this id")
    click.echo("waiting again")
