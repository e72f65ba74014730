"""Work after the answer: never without its cause, never lost, its effect once."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from portal.core import jobs
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.jobs import Job, JobState, enqueue, job, run, run_due, sweep
from portal.core.outbox import OutgoingMail
from portal.core.pdf import ROOT

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
KEYS: list[UUID] = []


@job("test-note")
def note(session, payload, now):
    """Leave a trace; fail after it as often as the payload says."""
    session.add(OutgoingMail(recipient=payload["who"], subject="", body=None, created_at=now))
    session.flush()
    row = session.scalars(select(Job).where(Job.state == JobState.RUNNING)).one()
    if row.tries <= payload.get("fail", 0):
        raise ValueError(f"{payload['who']} must not stand in a log")


def outside(session, payload, key):
    KEYS.append(key)
    return {"who": session.scalars(select(func.count()).select_from(Job)).one()}


@job("test-outside", outside=outside)
def note_count(session, payload, now):
    session.add(OutgoingMail(recipient=str(payload["who"]), subject="", created_at=now))


def add(portal, name="test-note", *, run_after=None, **payload) -> UUID:
    with portal.app_context(), transaction() as session:
        return enqueue(session, name, {"who": "a", **payload}, NOON, run_after).id


def row_of(portal, job_id) -> Job:
    with portal.app_context():
        return get_session().get_one(Job, job_id)


def effects(portal) -> int:
    with portal.app_context():
        return get_session().scalars(select(func.count()).select_from(OutgoingMail)).one()


def test_a_job_is_done_once_however_often_it_is_handed_over(portal):
    job_id = add(portal)
    assert effects(portal) == 0
    for _ in range(3):
        run(portal, job_id, NOON)
    row = row_of(portal, job_id)
    assert (row.state, row.tries, row.done_at, row.payload) == (JobState.DONE, 1, NOON, {})
    assert effects(portal) == 1


def test_a_worker_that_found_nothing_due_knows_what_comes_later(portal):
    jobs.Queue(portal).hand_over([uuid4()])
    fresh = jobs.Queue(portal)  # as a worker has it that just started
    assert fresh.huey.dequeue() is not None


def test_4_workers_with_1_job_do_it_once(portal):
    job_id = add(portal)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: run(portal, job_id, NOON), range(4)))
    assert row_of(portal, job_id).tries == 1
    assert effects(portal) == 1


def test_a_deed_that_is_rolled_back_leaves_no_job_and_hands_nothing_over(portal):
    with portal.app_context():
        with pytest.raises(ZeroDivisionError), transaction() as session:
            enqueue(session, "test-note", {"who": "a"}, NOON)
            raise ZeroDivisionError
        with transaction():
            pass
        assert jobs.queue().huey.pending_count() == 0
    assert run_due(portal, NOON) == 0


def test_a_job_reaches_the_queue_only_when_all_is_committed(portal):
    with portal.app_context(), transaction() as session:
        with session.begin_nested():
            enqueue(session, "test-note", {"who": "a"}, NOON)
        assert jobs.queue().huey.pending_count() == 0
    with portal.app_context():
        assert jobs.queue().huey.pending_count() == 1


def test_the_queue_holds_1_id_in_json(portal):
    job_id = add(portal)
    with sqlite3.connect(portal.config["DATA_DIR"] / "queue.db") as connection:
        (message,) = connection.execute("SELECT data FROM task").fetchone()
    connection.close()
    assert json.loads(message)[6] == [str(job_id)]


def test_a_queue_that_is_away_refuses_nobody_and_the_sweep_makes_up_for_it(portal):
    place = portal.config["DATA_DIR"] / "queue.db"
    place.mkdir()
    job_id = add(portal)
    assert row_of(portal, job_id).state is JobState.WAITING
    place.rmdir()
    sweep(portal, NOON)
    with portal.app_context():
        assert jobs.queue().huey.pending_count() == 1


def test_the_sweep_leaves_100_queued_messages_alone(portal):
    with portal.app_context(), transaction() as session:
        for _ in range(jobs.BUSY):
            enqueue(session, "test-note", {"who": "a"}, NOON)
    sweep(portal, NOON)
    with portal.app_context():
        assert jobs.queue().huey.pending_count() == jobs.BUSY


def test_a_failed_try_leaves_no_effect_and_the_next_comes_a_minute_later(portal):
    job_id = add(portal, fail=1)
    assert run_due(portal, NOON) == 1
    row = row_of(portal, job_id)
    assert (row.state, row.tries, row.run_after) == (JobState.WAITING, 1, NOON + MINUTE)
    assert effects(portal) == 0
    assert run_due(portal, NOON + MINUTE - timedelta(seconds=1)) == 0
    assert run_due(portal, NOON + MINUTE) == 1
    assert row_of(portal, job_id).state is JobState.DONE
    assert effects(portal) == 1


@pytest.mark.parametrize(("failures", "state"), [(7, JobState.DONE), (8, JobState.FAILED)])
def test_a_job_has_8_tries(portal, failures, state):
    job_id = add(portal, fail=failures)
    for attempt in range(12):
        run_due(portal, NOON + timedelta(hours=3 * attempt))
    row = row_of(portal, job_id)
    assert (row.state, row.tries) == (state, 8)
    assert effects(portal) == (1 if state is JobState.DONE else 0)


def test_an_error_is_written_down_by_sort_and_place_without_its_words(portal):
    job_id = add(portal, who="Badr Trading", fail=1)
    run_due(portal, NOON)
    assert row_of(portal, job_id).last_error.startswith("ValueError at test_jobs.py:")


@pytest.mark.parametrize(("seconds", "tried"), [(-1, 0), (0, 1)])
def test_a_later_job_waits_until_its_second(portal, seconds, tried):
    add(portal, run_after=NOON + MINUTE)
    assert run_due(portal, NOON + MINUTE + timedelta(seconds=seconds)) == tried


def test_a_claimed_job_is_nobody_elses_for_5_minutes(portal):
    job_id = add(portal)
    with portal.app_context(), transaction() as session:
        claim = jobs.claimed(session, job_id, NOON)
    assert claim is not None
    almost = NOON + jobs.LEASE - timedelta(seconds=1)
    assert run_due(portal, almost) == 0
    assert run_due(portal, NOON + jobs.LEASE) == 1
    with portal.app_context():
        jobs.do(claim, NOON + jobs.LEASE)  # the first worker wakes up
    assert effects(portal) == 1


@contextmanager
def looked_at(portal, job_id):
    """Begin with another worker looking at a job, for 0.2 seconds."""
    looking = threading.Event()

    def look():
        with portal.app_context(), transaction() as session:
            jobs.locked(session, job_id)
            looking.set()
            time.sleep(0.2)

    with ThreadPoolExecutor(1) as threads:
        looker = threads.submit(look)
        looking.wait()
        yield
        looker.result()


def claim_of(session, job_id) -> jobs.Claim:
    claim = jobs.claimed(session, job_id, NOON)
    assert claim is not None
    return claim


def test_a_job_is_done_while_another_worker_looks_at_it(portal):
    job_id = add(portal)
    with portal.app_context():
        with transaction() as session:
            claim = claim_of(session, job_id)
        with looked_at(portal, job_id):
            jobs.do(claim, NOON)
    assert row_of(portal, job_id).state is JobState.DONE


def test_a_failed_job_is_put_back_while_another_worker_looks_at_it(portal):
    job_id = add(portal, fail=1)
    with portal.app_context():
        with transaction() as session:
            claim = claim_of(session, job_id)
        with pytest.raises(ValueError, match="must not stand in a log") as caught:
            jobs.do(claim, NOON)
        with looked_at(portal, job_id), transaction() as session:
            jobs.put_back(session, claim, caught.value, NOON)
    assert row_of(portal, job_id).state is JobState.WAITING


def test_a_job_that_takes_its_worker_down_8_times_is_given_up(portal):
    job_id = add(portal)
    for attempt in range(9):
        with portal.app_context(), transaction() as session:
            claim = jobs.claimed(session, job_id, NOON + attempt * jobs.LEASE)
        assert (claim is None) is (attempt == 8)
    assert row_of(portal, job_id).state is JobState.FAILED


def test_what_lies_outside_gets_the_job_id_and_hands_on_what_it_found(portal):
    KEYS.clear()
    job_id = add(portal, "test-outside")
    run_due(portal, NOON)
    assert [job_id] == KEYS
    with portal.app_context():
        assert get_session().scalars(select(OutgoingMail.recipient)).all() == ["1"]


def test_a_job_that_nobody_does_is_refused_where_it_is_written_down(portal):
    with (
        portal.app_context(),
        pytest.raises(ValueError, match="nobody does test-nothing"),
        transaction() as session,
    ):
        enqueue(session, "test-nothing", {}, NOON)


def test_two_handlers_of_1_name_are_refused():
    with pytest.raises(ValueError, match="two handlers"):
        job("test-note")(note)


def test_a_name_of_a_newer_version_waits_for_it(portal):
    job_id = add(portal)
    with portal.app_context(), transaction() as session:
        session.get_one(Job, job_id).name = "test-newer"
    run_due(portal, NOON)
    assert row_of(portal, job_id).state is JobState.WAITING


@pytest.mark.parametrize(("days", "kept"), [(30, 1), (31, 0)])
def test_done_jobs_stay_on_record_for_30_days(portal, days, kept):
    add(portal)
    run_due(portal, NOON)
    sweep(portal, NOON + timedelta(days=days))
    with portal.app_context():
        assert get_session().scalars(select(func.count()).select_from(Job)).one() == kept


def test_the_backlog_counts_what_is_due_and_what_was_given_up(portal):
    add(portal)
    add(portal, run_after=NOON + MINUTE)
    failed = add(portal)
    with portal.app_context(), transaction() as session:
        session.get_one(Job, failed).state = JobState.FAILED
    with portal.app_context():
        behind = jobs.backlog(get_session(), NOON)
    assert (behind.waiting, behind.failed, behind.oldest) == (1, 1, NOON)


def test_commands_list_a_failed_job_and_give_it_its_tries_again(portal):
    job_id = add(portal)
    with portal.app_context(), transaction() as session:
        row = session.get_one(Job, job_id)
        row.state, row.tries, row.last_error = JobState.FAILED, 8, "SMTPConnectError at outbox.py:9"
    runner = portal.test_cli_runner()
    listed = runner.invoke(args=["jobs"]).output
    assert f"{job_id}  test-note  2026-03-31 12:00  SMTPConnectError at outbox.py:9" in listed
    assert "1 failed, 0 due" in listed
    assert runner.invoke(args=["retry-job", str(job_id)]).output == "waiting again\n"
    assert runner.invoke(args=["retry-job", str(job_id)]).exit_code == 1
    assert runner.invoke(args=["retry-job", str(uuid4())]).exit_code == 1
    assert runner.invoke(args=["worker", "--once"]).output == "1 jobs tried\n"
    assert row_of(portal, job_id).state is JobState.DONE


WORKER = """
import sys
from portal.app import create_app
from portal.core import jobs
from portal.core.outbox import OutgoingMail

@jobs.job("test-slow")
def slow(session, payload, now):
    session.add(OutgoingMail(recipient=str(payload["number"]), subject="", created_at=now))
    session.flush()

jobs.LEASE = jobs.timedelta(seconds=1)
jobs.PATIENCE = jobs.timedelta(0)
app = create_app()
sys.exit(app.test_cli_runner().invoke(args=["worker"]).exit_code)
"""
COUNT = 120


def start_worker(settings) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", WORKER], env={"PATH": os.environ["PATH"], **settings}, cwd=ROOT
    )


def wait_until(condition, seconds=60) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def test_a_worker_killed_twice_in_the_middle_does_all_120_jobs_once(portal, settings):
    job("test-slow")(lambda *_: None)  # this process only writes them down
    try:
        with portal.app_context(), transaction() as session:
            for number in range(COUNT):
                enqueue(session, "test-slow", {"number": number}, NOON)
    finally:
        del jobs.WORKS["test-slow"]
    for share in (COUNT // 4, COUNT // 2):
        worker = start_worker(settings)
        wait_until(lambda share=share: effects(portal) >= share)
        worker.kill()
        worker.wait()
    worker = start_worker(settings)
    time.sleep(1)  # the lease of what the killed ones held
    sweep(portal, utc_now())
    wait_until(lambda: effects(portal) == COUNT)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=30) == 0
    run_due(portal, utc_now() + MINUTE)
    with portal.app_context():
        numbers = get_session().scalars(select(OutgoingMail.recipient)).all()
        states = set(get_session().scalars(select(Job.state)))
    assert sorted(map(int, numbers)) == list(range(COUNT))
    assert states == {JobState.DONE}


def test_a_worker_that_begins_with_nothing_due_knows_its_tasks(app):
    """Else every message to it is thrown away, and nothing sweeps the jobs up again."""
    idle = jobs.Queue(app)
    idle.hand_over([])
    registry = idle.huey._registry  # noqa: SLF001
    assert {type(task).__name__ for task in registry.periodic_tasks} == {"sweep"}
    assert registry.string_to_task("portal.core.jobs.run").__name__ == "run"
