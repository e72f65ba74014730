"""Print a table of what was measured and write var/bench.json.

Each figure stands beside a floor measured in the same run: the ratio is what holds on any machine.
"""

import json
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy import event, insert, select
from sqlalchemy.orm import joinedload

from bench import machines, sheets, sizes
from bench.building import build
from portal.core import db, pdf
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.submissions.models import Submission
from portal.submissions.services import render_acknowledgement
from portal.triage.life import Status
from portal.triage.models import CaseCount, TriageCase
from tests.browser import Browser, prefilled
from tests.factories import make_account, make_submission
from tests.intake.test_sending import make_draft

RUNS = 15
SMALL, LARGE = 1_000, 100_000
TABLES = ("submission", "submission_line", "submission_mention", "triage_case", "finding", "job")
PEOPLE = (joinedload(Submission.organisation), joinedload(Submission.author))
PAPER = '{% extends "papers/base.html" %}'
EMPTY = "<!DOCTYPE html><html lang=en><title>x</title><p>x</p></html>"


def timed(deed: Callable[[], Any], runs: int = RUNS) -> float:
    """Return the median seconds of a deed."""
    deed()
    spent = []
    for _ in range(runs):
        begin = time.perf_counter()
        deed()
        spent.append(time.perf_counter() - begin)
    return median(spent)


def send_an_order(app: Flask) -> tuple[Callable[[], Any], list[UUID]]:
    """Return what sends one whole order from its last page, and the ids of those sent."""
    sent: list[UUID] = []
    with app.app_context(), app.extensions["portal.sessions"](info={"writing": True}) as session:
        author = make_account(session, Role.REPORTER)
        session.commit()
        browser = Browser(app, session, author)
        drafts = [make_draft(session, author).id for _ in range(RUNS + 1)]
    page = browser.get(f"/drafts/{drafts[0]}/check")
    token = prefilled(page.soup.select("main form")[0])["csrf_token"]

    def send() -> None:
        draft_id = drafts[len(sent)]
        answer = browser.client.post(f"/drafts/{draft_id}/check", data={"csrf_token": token})
        assert answer.location, answer.text[:500]  # noqa: S101
        sent.append(draft_id)

    return send, sent


def bare_insert(folder: Path, submission_id: UUID) -> Callable[[], Any]:
    """Return what inserts the rows of one submission again, with the same fsync setting."""
    source = sqlite3.connect(folder / "portal.db")
    key = submission_id.hex
    where = {"submission": "id", "triage_case": "id", "finding": "case_id"}
    rows = {}
    for table in TABLES:
        if table == "job":
            found = source.execute("SELECT * FROM job LIMIT 1").fetchall()
        else:
            column = where.get(table, "submission_id")
            found = source.execute(f"SELECT * FROM {table} WHERE {column} = ?", (key,)).fetchall()  # noqa: S608
        rows[table] = found
    rows["audit_event"] = source.execute("SELECT * FROM audit_event LIMIT 1").fetchall()
    floor = sqlite3.connect(folder / "floor.db", isolation_level=None)
    for pragma in db.PRAGMAS:
        floor.execute(f"PRAGMA {pragma}")
    for table, found in rows.items():
        width = len(found[0]) if found else 1
        columns = ", ".join(f"c{n}" for n in range(width))
        floor.execute(f"CREATE TABLE {table} ({columns})")

    def again() -> None:
        floor.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            if found:
                marks = ", ".join("?" * len(found[0]))
                floor.executemany(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608
        floor.execute("COMMIT")

    return again


def store(app: Flask, number: int) -> None:
    """Bring the queue to a number of cases by copying one."""
    with app.app_context(), db.transaction() as session:
        pattern = session.scalars(select(Submission).limit(1)).one()
        case = session.get_one(TriageCase, pattern.id)
        have = session.scalars(select(CaseCount.cases)).one()
        shared = {c.name: getattr(pattern, c.name) for c in Submission.__table__.columns}
        queued = {c.name: getattr(case, c.name) for c in TriageCase.__table__.columns}
        for start in range(have, number, 5_000):
            ids = [uuid4() for _ in range(min(5_000, number - start))]
            fresh = [
                {"id": one, "reference": f"SO-{one.hex[:12]}", "check_code": one.hex} for one in ids
            ]
            session.execute(insert(Submission), [shared | one for one in fresh])
            points = [{"id": one, "priority": place % 97} for place, one in enumerate(ids)]
            session.execute(insert(TriageCase), [queued | one for one in points])
        session.execute(
            CaseCount.__table__.update()
            .where(CaseCount.status == Status.RECEIVED)
            .values(cases=number)
        )


def queue_page(app: Flask, client: FlaskClient) -> tuple[float, int]:
    """Return the seconds and the number of SELECTs of the queue's first page."""
    sent: list[str] = []

    def count(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith("SELECT"):
            sent.append(statement)

    def ask() -> None:
        sent.clear()
        assert "Queue" in client.get("/triage/").text  # noqa: S101

    engine = app.extensions["portal.engine"]
    event.listen(engine, "before_cursor_execute", count)
    spent = timed(ask, runs=25)
    event.remove(engine, "before_cursor_execute", count)
    return spent, len(sent)


def measure(folder: Path) -> list[dict[str, Any]]:
    """Return every figure with its floor."""
    app = build(folder)
    send, sent = send_an_order(app)
    submit = timed(send)
    found = [
        figure("submit a whole order (WSGI)", submit, timed(bare_insert(folder, sent[0])), None)
    ]

    found.append(
        figure("the same by the interface, against the form", machines.filed(app), submit, None)
    )

    with app.app_context(), app.extensions["portal.sessions"](info={"writing": True}) as session:
        officer = make_account(session, Role.TRIAGE_OFFICER)
        session.commit()
        client = Browser(app, session, officer).client
    store(app, SMALL)
    few, selects_few = queue_page(app, client)
    store(app, LARGE)
    many, selects_many = queue_page(app, client)
    found.append(figure(f"queue page, {LARGE:,} against {SMALL:,} stored", many, few, 1.3))
    found.append(figure("SELECTs of that page", selects_many, selects_few, 1.0))

    with app.app_context(), app.extensions["portal.sessions"](info={"writing": True}) as session:
        submission = make_submission(session)
        session.commit()
        paper = session.get_one(Submission, submission.id, options=PEOPLE, populate_existing=True)
        now = utc_now()
        with app.test_request_context():
            render = timed(lambda: render_acknowledgement(paper), runs=7)
            blank = render_template_string(EMPTY)
            empty = timed(lambda: pdf.render_limited(blank, now=now), runs=7)
            same = render_template_string(PAPER, title="x", lang="en", now=now, reference="x")
            layout = timed(lambda: pdf.render_limited(same, now=now), runs=7)
    found.append(figure("acknowledgement against an empty page", render, empty, 3.0))
    found.append(figure("acknowledgement against an empty paper", render, layout, None))
    return found


def sheet_figures(folder: Path) -> list[dict[str, Any]]:
    """Return what a sheet of 100,000 rows took."""
    said = sheets.measured(folder)
    more = said["check_mb"] - said["idle_mb"]
    return [
        figure(f"{sheets.ROWS:,} rows checked and stored", said["check"], said["floor"], 3.0),
        figure("megabytes above the idle server, checking", more, 300, 1.0),
        figure("megabytes above it, filing", said["file_mb"] - said["idle_mb"], 300, 1.0),
        figure(f"{sheets.RETURNS} returns of them filed", said["file"], said["floor"], None),
    ]


def size_figures(most: int) -> list[dict[str, Any]]:
    """Return how each cost grows from the smallest size to the largest, on both databases."""
    found: list[dict[str, Any]] = []
    stored: dict[str, dict[int, dict[str, list[float]]]] = {}
    for database, size, said in sizes.measured(most):
        stored.setdefault(database, {})[size] = said
    for database, by_size in stored.items():
        few, many = by_size[min(by_size)], by_size[max(by_size)]
        for name in many:
            title = f"{name}, {max(by_size):,} against {min(by_size):,}, {database}"
            found.append(figure(title, many[name][0], few[name][0], sizes.LIMIT))
            if many[name][1]:
                found.append(
                    figure(f"SELECTs of {name}, {database}", many[name][1], few[name][1], 1)
                )
        tenth = figure(
            "the queue, against DFIR-IRIS' 0.4 s", many["the queue"][0], sizes.ALERT_QUEUE, 0.1
        )
        found.append(tenth | {"by_size": by_size})
    return found


def figure(name: str, value: float, floor: float, limit: float | None) -> dict[str, Any]:
    """Return one line of the table; seconds, save where the name says otherwise."""
    return {
        "name": name,
        "value": round(value, 6),
        "floor": round(floor, 6),
        "ratio": round(value / floor, 3),
        "limit": limit,
    }


def main(most: int) -> int:
    """Measure, print, write, and say by the exit code whether every limit held."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure(Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        found += sheet_figures(Path(folder))
    found += size_figures(most)
    print(f"{'measured':<48}{'value':>12}{'floor':>12}{'ratio':>9}{'limit':>8}")  # noqa: T201
    for one in found:
        limit = "–" if one["limit"] is None else one["limit"]
        print(  # noqa: T201
            f"{one['name']:<48}{one['value']:>12}{one['floor']:>12}{one['ratio']:>9}{limit:>8}"
        )
    Path("var").mkdir(exist_ok=True)
    Path("var/bench.json").write_text(json.dumps(found, indent=2) + "\n")
    return int(any(one["limit"] is not None and one["ratio"] > one["limit"] for one in found))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else max(sizes.SIZES)))
