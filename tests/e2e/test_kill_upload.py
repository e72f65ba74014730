"""Server and worker are killed while a sheet is checked and filed: nothing lost, nothing twice."""

import os
import signal
import subprocess
import time
from http.client import HTTPConnection
from pathlib import Path
from uuid import uuid4

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import func, select, update

from bench.sheets import sheet
from portal.accounts.models import Account
from portal.app import create_app
from portal.core import audit
from portal.core.clock import utc_now
from portal.core.jobs import OPEN, Job
from portal.submissions.models import Submission
from portal.triage.data import RETURN
from portal.triage.models import TriageCase
from portal.uploads.data import Choice, State
from portal.uploads.models import Upload, upload_row
from tests.browser import plant
from tests.e2e.conftest import start
from tests.e2e.test_kill import own  # noqa: F401  the portal of this test's own

pytestmark = pytest.mark.browser
ROWS, RETURNS = 30_000, 60


@pytest.fixture
def app(own):  # noqa: F811
    made = create_app(own.env)
    yield made
    made.extensions["portal.engine"].dispose()


def session_of(app):
    return app.extensions["portal.sessions"](info={"writing": True})


def reporter_cookie(app) -> str:
    """Return the cookie of a reporter who is signed in."""
    with app.app_context(), session_of(app) as session:
        author = session.scalars(
            select(Account).where(Account.email == "j.dekker@noordzee.example")
        ).one()
        token = plant(session, author)
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return str(signer.dumps({"_user_id": token, "_fresh": True, "csrf_token": "a" * 40}))


def post(portal, cookie: str, path: str, fields: dict[str, str | bytes], seen: str = "") -> int:
    """Send a form with a file, as a browser does; return the status."""
    line = HTTPConnection(portal.url.removeprefix("http://"), timeout=60)
    head = {"Cookie": f"portal={cookie}"}
    line.request("GET", seen or path, headers=head)
    page = line.getresponse().read().decode()
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    mark = uuid4().hex
    parts = []
    for name, value in {"csrf_token": token, **fields}.items():
        file = '; filename="returns.csv"\r\nContent-Type: text/csv' if name == "file" else ""
        raw = value if isinstance(value, bytes) else value.encode()
        parts.append(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'.encode()
            + raw
            + b"\r\n"
        )
    body = b"".join([*parts, f"--{mark}--\r\n".encode()])
    head["Content-Type"] = f"multipart/form-data; boundary={mark}"
    line.request("POST", path, body, head)
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status


def end(running: list[subprocess.Popen[bytes]]) -> None:
    """Kill server and worker, as a power cut would."""
    if not running:
        return
    children = Path(f"/proc/{running[0].pid}/task/{running[0].pid}/children")
    for pid in (*map(int, children.read_text().split()), *(one.pid for one in running)):
        os.kill(pid, signal.SIGKILL)
    for process in running:
        process.wait(timeout=10)


def end_leases(app) -> None:
    """Let what the dead worker held be taken up now, and not after its lease."""
    with app.app_context(), session_of(app) as session:
        session.execute(update(Job).where(Job.state.in_(OPEN)).values(run_after=utc_now()))
        session.commit()


def wait_for(app, ready, seconds: float = 240) -> Upload:
    """Wait until the upload is as it should be, and return it."""
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        with app.app_context(), session_of(app) as session:
            found: Upload | None = session.scalars(select(Upload)).one_or_none()
            if found is not None and ready(found):
                return found
        time.sleep(0.02)
    raise AssertionError(f"waited in vain: {found and (found.state, found.checked, found.filed)}")


@pytest.fixture
def started(own, app):  # noqa: F811
    """Return what starts server and worker; none outlives the test."""
    running: list[subprocess.Popen[bytes]] = []

    def again() -> None:
        end(running)
        end_leases(app)
        running[:] = start(own)

    yield again
    end(running)


def test_killed_twice_over_30000_rows(own, app, started):  # noqa: F811
    cookie = reporter_cookie(app)
    with app.app_context(), session_of(app) as session:
        returns = select(Submission.id).where(Submission.kind == RETURN)
        before = set(session.scalars(returns))
    started()
    content = sheet(ROWS, RETURNS)
    filled: dict[str, str | bytes] = {
        "kind": "return",
        "declared_by": "J. Dekker",
        "true": "y",
        "file": content,
    }
    assert post(own, cookie, "/uploads/", filled) == 302
    wait_for(app, lambda one: 0 < one.checked < ROWS)

    started()
    post(own, cookie, "/uploads/", filled)
    upload = wait_for(app, lambda one: one.state is State.CHECKED)
    assert (upload.checked, upload.bad, upload.known) == (ROWS, 0, 0)
    seen, choice = f"/uploads/{upload.id}", Choice.ALL.value
    chosen: dict[str, str | bytes] = {"choice": choice, "sure": "y"}
    assert post(own, cookie, f"{seen}/file", chosen, seen) == 302
    wait_for(app, lambda one: 0 < one.filed < RETURNS)

    started()
    wait_for(app, lambda one: one.paper_stored_as is not None)
    with app.app_context(), session_of(app) as session:
        made = set(session.scalars(returns)) - before
        assert len(made) == session.scalars(select(Upload.filed)).one() == RETURNS
        assert made <= set(session.scalars(select(TriageCase.id)))
        stored = select(func.count(), func.count(upload_row.c.submission_id))
        assert tuple(session.execute(stored.select_from(upload_row)).one()) == (ROWS, ROWS)
        assert set(session.scalars(select(upload_row.c.submission_id))) == made
        assert audit.verify(session).reason == ""
