"""A sheet of 100,000 rows: checked and stored beside a bare executemany of the same rows."""

import csv
import io
import json
import random
import resource
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask

from bench.building import build
from portal.accounts.models import Account
from portal.core import db, files, jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.files import Incoming, Scan
from portal.core.worker import settle
from portal.submissions.kind import registered
from portal.uploads import services
from portal.uploads.data import Choice, State, chunks
from portal.uploads.models import Upload
from tests.factories import make_account

ROWS = 100_000
RETURNS = 20  # submissions that the rows make
PARTNERS = 3_000
HEADER = (
    *("period.period", "period.begins_on", "declaration.own_reference", "entries.substance"),
    *("entries.movement", "entries.quantity", "entries.unit", "entries.counterparty"),
    *("entries.country", "entries.happened_on", "entries.document"),
)
SUBSTANCES = ("acetone", "toluene", "acetic anhydride", "sulphuric acid", "ethyl ether")
COUNTRIES = ("NL", "DE", "TH", "FR", "IN", "KZ", "US")


def sheet(rows: int = ROWS, returns: int = RETURNS) -> bytes:
    """Return a CSV of the movements of many works in a month: each balances."""
    chance = random.Random(7)  # noqa: S311
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEADER)
    each = rows // returns
    for work in range(returns):
        own = ("month", "2026-01-01", f"Works {work}")
        stock = dict.fromkeys(SUBSTANCES, 0)  # hundredths of a kilogram
        for number in range(each - len(SUBSTANCES)):
            name = SUBSTANCES[number % len(SUBSTANCES)]
            amount = chance.randint(1, 5_000_000)
            movement = "bought" if stock[name] < amount or number % 2 else "sold"
            stock[name] += amount if movement == "bought" else -amount
            partner = chance.randint(1, PARTNERS)
            goods = (name, movement, f"{amount / 100:.2f}", "kg")
            trade = (f"Trading partner {partner} Ltd", COUNTRIES[partner % len(COUNTRIES)])
            paper = (f"2026-01-{number % 31 + 1:02}", f"INV-{work}-{number}")
            table.writerow((*own, *goods, *trade, *paper))
        for name, left in stock.items():
            table.writerow((*own, name, "closing stock", f"{left / 100:.2f}", "kg", "", "", "", ""))
    return out.getvalue().encode()


def taken(app: Flask, content: bytes) -> UUID:
    """Take a sheet as the page does; return the id of the upload."""
    with app.app_context(), db.transaction() as session:
        author = make_account(session, Role.REPORTER, name="A. Reporter")
        stored = files.keep_bytes(content)
        sheet_ = Incoming("returns.csv", "text/csv", len(content), stored, stored, Scan.CLEAN)
        kind = registered()["return"]
        upload, _ = services.take(session, kind, sheet_, "A. Reporter", author, utc_now())
        return upload.id


def run(app: Flask, upload_id: UUID, until: State) -> float:
    """Work as the worker does until the upload has a state; return the seconds."""
    begin = time.perf_counter()
    while True:
        with app.app_context():
            jobs.run_due(app, utc_now())
            with app.extensions["portal.sessions"]() as session:
                state = session.get_one(Upload, upload_id).state
        if state is until:
            return time.perf_counter() - begin
        if state not in {State.CHECKING, State.FILING}:
            raise RuntimeError(f"the upload is {state}")


def choose(app: Flask, upload_id: UUID) -> None:
    """Let everything be filed."""
    with app.app_context(), db.transaction() as session:
        upload = session.get_one(Upload, upload_id)
        author = session.get_one(Account, upload.author_id)
        services.choose(session, upload, Choice.ALL, author, utc_now())


def floor(folder: Path) -> float:
    """Return the seconds of a bare executemany of the stored rows, in transactions as large."""
    source = sqlite3.connect(folder / "portal.db")
    rows = source.execute("SELECT * FROM upload_row ORDER BY number").fetchall()
    named = "SELECT sql FROM sqlite_master WHERE tbl_name = 'upload_row' AND sql IS NOT NULL"
    bare = sqlite3.connect(folder / "floor.db", isolation_level=None)
    for pragma in (*db.PRAGMAS, "foreign_keys = OFF"):
        bare.execute(f"PRAGMA {pragma}")
    for (table,) in source.execute(named).fetchall():
        bare.execute(table)
    marks = ", ".join("?" * len(rows[0]))
    begin = time.perf_counter()
    for some in chunks(iter(rows), services.CHECKED_AT_ONCE):
        bare.execute("BEGIN IMMEDIATE")
        bare.executemany(f"INSERT INTO upload_row VALUES ({marks})", some)  # noqa: S608
        bare.execute("COMMIT")
    return time.perf_counter() - begin


def megabytes() -> float:
    """Return the most memory that this process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: Path) -> None:
    """Measure in a process of its own, so that its memory is that of the sheet."""
    app = build(folder)
    app.test_client().get("/")
    upload_id, idle = taken(app, sheet()), megabytes()
    settle()
    found: dict[str, Any] = {"idle_mb": idle, "check": run(app, upload_id, State.CHECKED)}
    found["check_mb"] = megabytes()
    found["floor"] = floor(folder)
    choose(app, upload_id)
    found |= {"file": run(app, upload_id, State.FILED), "file_mb": megabytes()}
    print(json.dumps(found))  # noqa: T201


def measured(folder: Path) -> dict[str, float]:
    """Return what a process of its own measured."""
    words = [sys.executable, "-m", "bench.sheets", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=900)  # noqa: S603
    said: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return said


if __name__ == "__main__":
    main(Path(sys.argv[1]))
