"""Work after the answer: a row of its own in the cause's transaction, done at least once.

A job is a row. After the commit its id is handed to Huey, whose queue may be lost at any time: once
a minute a sweep hands over again what waits too long. A worker claims the row, does what lies
outside the database, and writes the effect and `done` in one transaction. So a worker that is
killed leaves a row that another takes up, and a deed that was rolled back leaves no job.
"""

import json
import traceback
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from flask import Flask, current_app, has_app_context
from huey import Huey, RedisHuey, SqliteHuey, crontab
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy import JSON, Index, Select, delete, event, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.core.clock import utc_now
from portal.core.db import Base, RequestSession, get_session, transaction

MAX_TRIES = 8  # afterwards a person decides
BACK_OFF = timedelta(minutes=1)  # after the first failure; doubled each time, two hours in all
LEASE = timedelta(minutes=5)  # a claimed job that takes longer is given to another worker
PATIENCE = timedelta(minutes=1)  # that a job may be due before the sweep hands it over again
BUSY = 100  # queued messages at which the sweep leaves the workers alone
SWEEP_ROWS = 500
KEPT = timedelta(days=30)  # how long a job that is done stays on record
REDIS_TIMEOUTS = "socket_connect_timeout=2&socket_timeout=5"  # seconds; a request waits for it
log = structlog.get_logger("portal.jobs")

Payload = Mapping[str, Any]
Handler = Callable[[Session, Payload, datetime], None]
Outside = Callable[[Session, Payload, UUID], Payload | None]


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OPEN = (JobState.WAITING, JobState.RUNNING)


class Job(Base):
    """One piece of work. The payload holds ids; it is emptied when the work is done."""

    __tablename__ = "job"
    __table_args__ = (Index("ix_job_due", "state", "run_after"),)

    name: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[JobState] = mapped_column(default=JobState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    run_after: Mapped[datetime]  # while it runs: when it counts as lost
    last_error: Mapped[str] = mapped_column(default="")  # sort and place, never content
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    once: Mapped[str | None] = mapped_column(unique=True)  # of a day's work: its name and the day


@dataclass(frozen=True, slots=True)
class Work:
    """What a name stands for."""

    handler: Handler
    outside: Outside | None
    lease: timedelta | None  # none: LEASE


WORKS: dict[str, Work] = {}
EACH_MINUTE: list[Callable[[datetime], None]] = []  # what is done beside the sweep


def job(
    name: str, *, outside: Outside | None = None, lease: timedelta | None = None
) -> Callable[[Handler], Handler]:
    """Register what does the jobs of this name.

    The handler runs inside the transaction that marks the job done; a second run after a crash
    finds nothing of the first. What must not hold a transaction (a mail, a paper) is `outside`:
    it runs before, with a session for reading and the job's id, under which the other side can
    tell a repetition. What it returns is added to the handler's payload. After `lease` a job that
    did not end counts as lost, and another worker takes it up.
    """

    def register(handler: Handler) -> Handler:
        if name in WORKS:
            raise ValueError(f"two handlers for {name}")
        WORKS[name] = Work(handler, outside, lease)
        return handler

    return register


def enqueue(
    session: Session, name: str, payload: Payload, now: datetime, run_after: datetime | None = None
) -> Job:
    """Write a job down in the caller's transaction; it runs once that is committed."""
    if name not in WORKS:
        raise ValueError(f"nobody does {name}")
    row = Job(name=name, payload=dict(payload), run_after=run_after or now, created_at=now)
    session.add(row)
    session.flush()
    if run_after is None or run_after <= now:
        session.info.setdefault("jobs", []).append(row.id)
    return row


# --- handing over ---------------------------------------------------------------------------------


class JsonSerializer(Serializer):
    """Messages as JSON: who can write to the queue cannot run code here."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        return Message(*json.loads(data))


class Queue:
    """The way from the portal to its workers, opened when first used."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    @cached_property
    def opened(self) -> tuple[Huey, Any]:
        """Open the queue, a file beside the database or Redis, and let it know what can be done.

        A worker that finds nothing due when it starts must know that too.
        """
        options = {"results": False, "serializer": JsonSerializer()}
        if url := self.app.config["QUEUE_URL"]:
            url += f"{'&' if '?' in url else '?'}{REDIS_TIMEOUTS}"
            huey: Huey = RedisHuey("portal", url=url, **options)
        else:
            file = self.app.config["DATA_DIR"] / "queue.db"
            huey = SqliteHuey("portal", filename=str(file), fsync=True, timeout=2, **options)
        doing = huey.task(name="run")(lambda job_id: run(self.app, UUID(job_id), utc_now()))
        huey.periodic_task(crontab(minute="*"), name="sweep")(lambda: tick(self.app, utc_now()))
        return huey, doing

    @property
    def huey(self) -> Huey:
        """Return the queue itself, for the worker."""
        return self.opened[0]

    def hand_over(self, ids: Iterable[UUID]) -> None:
        """Put ids into the queue; when it is away the sweep will, and the deed stands."""
        try:
            for job_id in ids:
                self.opened[1](str(job_id))
        except Exception as error:  # noqa: BLE001  each broker fails in its own ways
            log.warning("queue unavailable", kind=type(error).__name__)


def init_app(app: Flask) -> None:
    """Give the portal its queue.

    Raises:
        RuntimeError: the queue is in Redis, and the package to reach it is missing.
    """
    if app.config["QUEUE_URL"] and find_spec("redis") is None:
        raise RuntimeError("PORTAL_QUEUE_URL needs a package: pip install 'redis>=8,<9'")
    app.extensions["portal.queue"] = Queue(app)


def queue() -> Queue:
    """Return this portal's queue."""
    known: Queue = current_app.extensions["portal.queue"]
    return known


@event.listens_for(RequestSession, "after_commit")
def hand_over_new(session: Session) -> None:
    """Tell the workers of new jobs, now that these exist for everybody."""
    if session.in_nested_transaction():
        return
    ids: list[UUID] = session.info.pop("jobs", [])
    if ids and has_app_context():
        queue().hand_over(ids)


@event.listens_for(RequestSession, "after_rollback")
def forget(session: Session) -> None:
    """Drop the jobs of deeds that did not happen."""
    session.info.pop("jobs", None)


def tick(app: Flask, now: datetime) -> None:
    """Do what is done each minute."""
    with app.app_context():
        for begin in EACH_MINUTE:
            begin(now)
    sweep(app, now - PATIENCE)


def sweep(app: Flask, before: datetime) -> None:
    """Hand over what has been due since then; forget what was done long ago."""
    with app.app_context():
        if queue().huey.pending_count() < BUSY:
            queue().hand_over(get_session().scalars(due(before).limit(SWEEP_ROWS)).all())
        old = (Job.state == JobState.DONE, Job.done_at < before - KEPT)
        if get_session().scalars(select(Job.id).where(*old).limit(1)).first():
            with transaction() as session:
                session.execute(delete(Job).where(*old))


def due(now: datetime) -> Select[UUID]:
    """Select the jobs that somebody should be doing, the longest waiting first."""
    query = select(Job.id).where(Job.state.in_(OPEN), Job.run_after <= now)
    return query.order_by(Job.run_after, Job.id)


# --- doing ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """A job that this worker may do now."""

    id: UUID
    name: str
    payload: Payload
    tries: int  # tells this claim from a later one


def run_due(app: Flask, now: datetime) -> int:
    """Do everything that is due, here and now; return how many jobs were tried."""
    tried = 0
    while True:
        with app.app_context():
            ids = get_session().scalars(due(now)).all()
        if not ids:
            return tried
        for job_id in ids:
            run(app, job_id, now)
        tried += len(ids)


def run(app: Flask, job_id: UUID, now: datetime) -> None:
    """Do one job, if it is due and nobody else is at it."""
    with app.app_context():
        with transaction() as session:
            claim = claimed(session, job_id, now)
        if claim is None:
            return
        try:
            do(claim, now)
        except Exception as error:  # noqa: BLE001  whatever a job does, the worker goes on
            with transaction() as session:
                put_back(session, claim, error, now)


def claimed(session: Session, job_id: UUID, now: datetime) -> Claim | None:
    """Take a job for its lease, or nothing when it is done, early or somebody else's."""
    row = locked(session, job_id, skip_locked=True)  # who holds it is doing it
    if row is None or row.state not in OPEN or row.run_after > now:
        return None
    if row.tries >= MAX_TRIES:  # its last try took the worker down with it
        row.state = JobState.FAILED
        return None
    row.state, row.run_after, row.tries = JobState.RUNNING, now + lease_of(row), row.tries + 1
    return Claim(row.id, row.name, dict(row.payload), row.tries)


def lease_of(row: Job) -> timedelta:
    """Return how long a worker may take for a job."""
    return (WORKS[row.name].lease if row.name in WORKS else None) or LEASE


def do(claim: Claim, now: datetime) -> None:
    """Do what lies outside, then the effect and `done` in one transaction."""
    work = WORKS[claim.name]
    payload = claim.payload
    if work.outside:
        payload = {**payload, **(work.outside(get_session(), payload, claim.id) or {})}
    with transaction() as session:
        row = locked(session, claim.id)
        if row is None or row.state is not JobState.RUNNING or row.tries != claim.tries:
            return  # it took longer than its lease, and somebody else has it
        work.handler(session, payload, now)
        row.state, row.done_at, row.payload, row.last_error = JobState.DONE, now, {}, ""
    log.info("job done", job=str(claim.id), name=claim.name, tries=claim.tries)


def put_back(session: Session, claim: Claim, error: Exception, now: datetime) -> None:
    """Write down why a job failed, and when it is tried again."""
    row = locked(session, claim.id)
    if row is None or row.tries != claim.tries:
        return
    row.last_error = where(error)
    row.run_after = now + BACK_OFF * 2 ** (row.tries - 1)
    row.state = JobState.WAITING if row.tries < MAX_TRIES else JobState.FAILED
    log.error("job failed", job=str(row.id), name=row.name, tries=row.tries, at=row.last_error)


def locked(session: Session, job_id: UUID, *, skip_locked: bool = False) -> Job | None:
    """Return a job as it is in the database, held until this transaction ends.

    Another worker may be looking at it for a moment; whoever has claimed the job waits for that.
    """
    query = select(Job).where(Job.id == job_id).with_for_update(skip_locked=skip_locked)
    return session.scalars(query, execution_options={"populate_existing": True}).one_or_none()


def where(error: Exception) -> str:
    """Say what went wrong and where, without the message: that may quote content."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"


# --- operating ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far behind the workers are."""

    waiting: int
    failed: int
    oldest: datetime | None  # due since


def backlog(session: Session, now: datetime) -> Backlog:
    """Count what is due and what was given up."""
    waiting, oldest = session.execute(
        select(func.count(), func.min(Job.run_after)).where(
            Job.state.in_(OPEN), Job.run_after <= now
        )
    ).one()
    given_up = select(func.count()).where(Job.state == JobState.FAILED)
    return Backlog(waiting, session.scalars(given_up).one(), oldest)


def retry(session: Session, job_id: UUID, now: datetime) -> bool:
    """Give a failed job its tries again; tell whether there was one."""
    row = locked(session, job_id)
    if row is None or row.state is not JobState.FAILED:
        return False
    row.state, row.tries, row.run_after = JobState.WAITING, 0, now
    session.info.setdefault("jobs", []).append(row.id)
    return True
