"""What one more submission and the officers' pages cost while the store grows to a million.

Each size on each database is measured in a process of its own: `python -m bench.sizes FOLDER SIZE
[URL]` fills a portal with invented submissions, then measures. Ratios are of the largest size
against the smallest.

A portal has not been filled minutes before. So after the filling, and before any clock runs, what
was written is brought to the disk, PostgreSQL tidies its tables as its autovacuum would have done
in years, and WARMING submissions are received, as many as an hour may bring: a portal that runs
has in memory what it reads all day. All is the same at each size. PostgreSQL has SERVER as its
settings: those it is delivered with are for the smallest machines.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, event, func, select

from bench.building import build
from portal.accounts.models import Account
from portal.core import db
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.entities.data import EntitySort
from portal.entities.models import EntityMention
from portal.simulation import bulk, services
from portal.simulation.country import numbered
from portal.simulation.world import World
from tests import postgres
from tests.browser import Browser
from tests.factories import make_account

SEED = 11
SIZES = (10_000, 100_000, 1_000_000)
TEMPLATES = 400  # submissions that go through the real path and are copied
MEASURED = 60  # submissions that are received at each size
WARMING = 60  # that are received before
SERVER = "-c shared_buffers=1GB -c max_wal_size=4GB -c checkpoint_timeout=30min"
SETTLING = {  # how each database brings to its end what a filling leaves undone
    "sqlite": ("PRAGMA wal_checkpoint(TRUNCATE)",),
    "postgresql": ("VACUUM (ANALYZE)", "CHECKPOINT"),
}
PATIENCE = 3 * 3600  # seconds for one size; a million took a quarter of an hour on one core
RUNS = 15
LIMIT = 1.5  # of the largest against the smallest
ALERT_QUEUE = 0.4  # seconds: the queue page of DFIR-IRIS with 10,000 alerts, measured elsewhere


def received(size: int) -> float:
    """Return the median seconds of receiving and screening one more, and the work it causes."""
    now, spent = utc_now(), []
    again = list(numbered(SEED, TEMPLATES, now))[-MEASURED - WARMING :]
    with db.transaction() as session:
        made = services.suppliers(session, World(SEED, TEMPLATES, now), f"later{size}.example")
        ids = {number: account.id for number, account in made.items()}
    for filing in again:
        begin = time.perf_counter()
        with db.transaction() as session:
            services.file(session, filing, session.get_one(Account, ids[filing.supplier]))
        spent.append(time.perf_counter() - begin)
    return median(spent[WARMING:])


def settle(engine: Engine) -> None:
    """End what the filling began; nothing of it is left for the time that is measured."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for words in SETTLING[engine.dialect.name]:
            connection.exec_driver_sql(words)
    os.sync()


def somebody() -> tuple[UUID, str]:
    """Return the organisation that most submissions name among the newest, and its name."""
    with db.transaction() as session:
        newest = (
            select(EntityMention.entity_id, EntityMention.shown)
            .where(EntityMention.sort == EntitySort.ORGANISATION, EntityMention.telling)
            .order_by(EntityMention.received_at.desc())
            .limit(2_000)
            .subquery()
        )
        found = session.execute(
            select(newest.c.entity_id, func.min(newest.c.shown))
            .group_by(newest.c.entity_id)
            .order_by(func.count().desc(), newest.c.entity_id)
            .limit(1)
        ).one()
    return found[0], found[1]


def pages(entity_id: UUID, name: str) -> dict[str, str]:
    """Return the pages that are measured."""
    return {
        "the queue": "/triage/",
        "the queue, one substance": "/triage/?substance=acetic-anhydride",
        "search": f"/search/?q={name.split(maxsplit=1)[0]}",
        "a person's page": f"/entities/{entity_id}",
    }


def measure(app: Flask, size: int) -> dict[str, list[float]]:
    """Return seconds and SELECTs of each thing that is measured."""
    with app.app_context():
        bulk.fill(SEED, size, utc_now(), TEMPLATES)
        settle(app.extensions["portal.engine"])
        found = {"receive and screen one more": [received(size), 0.0]}
        which = pages(*somebody())
    with app.app_context(), app.extensions["portal.sessions"](info={"writing": True}) as session:
        officer = make_account(session, Role.ANALYST)
        session.commit()
        client = Browser(app, session, officer).client
    for name, address in which.items():
        found[name] = list(one_page(app, lambda address=address: client.get(address)))  # type: ignore[misc]
    return found


def one_page(app: Flask, get: Callable[[], Any]) -> tuple[float, float]:
    """Return the median seconds of a page and how many SELECTs it sends."""
    sent: list[str] = []

    def collect(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip("(").startswith(("SELECT", "WITH")):
            sent.append(statement)

    engine = app.extensions["portal.engine"]
    event.listen(engine, "before_cursor_execute", collect)
    answer = get()
    event.remove(engine, "before_cursor_execute", collect)
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(f"{answer.request.path} answers {answer.status_code}")
    spent = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        get()
        spent.append(time.perf_counter() - begin)
    return median(spent), float(len(sent))


def main(folder: Path, size: int, url: str = "") -> None:
    """Measure one size in this process."""
    print(json.dumps(measure(build(folder, url), size)))  # noqa: T201


def measured(most: int) -> Iterator[tuple[str, int, dict[str, list[float]]]]:
    """Yield database, size and what was measured there."""
    for size in (one for one in SIZES if one <= most):
        with tempfile.TemporaryDirectory() as folder:
            yield "SQLite", size, in_a_process(folder, size)
    for size in (one for one in SIZES if one <= most):
        with tempfile.TemporaryDirectory() as folder, postgres.cluster(SERVER) as url:
            yield "PostgreSQL", size, in_a_process(folder, size, url)


def in_a_process(folder: str, size: int, url: str = "") -> dict[str, list[float]]:
    """Return what a process of its own measured."""
    words = [sys.executable, "-m", "bench.sizes", folder, str(size), *([url] if url else [])]
    done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    said: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    sort = "PostgreSQL" if url else "SQLite"
    sys.stderr.write(f"{sort}, {size:,}: {said}\n")  # at once: hours may follow
    return said


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
