"""The server is killed while reports are being sent: each is whole, or is not there at all."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from uuid import UUID

import pytest
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from portal.accounts.models import Account
from portal.app import create_app
from portal.core import audit
from portal.core.audit import AuditEvent
from portal.intake.models import Draft
from portal.submissions.models import Submission, SubmissionLine
from portal.triage.models import TriageCase
from tests.browser import plant
from tests.e2e.conftest import Portal, free_port, start
from tests.intake.test_sending import make_draft

pytestmark = pytest.mark.browser
DRAFTS = 60


@pytest.fixture
def own(portal, tmp_path):
    """Return a portal of this test's own, to be killed."""
    copy = dict(portal.env)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    copy |= {
        "PORTAL_DATA_DIR": str(tmp_path),
        "PORTAL_DATABASE_URL": f"sqlite:///{tmp_path}/portal.db",
        "PORTAL_BASE_URL": url,
    }
    made = Portal(url, tmp_path, copy)
    upgrade = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(upgrade, env=copy, check=True, capture_output=True, timeout=120)
    made.flask("load-reference")
    made.flask("demo")
    return made


def send(portal, cookie, drafts, acknowledged):
    """Send drafts one after the other, and note every reference that was answered."""
    host = portal.url.removeprefix("http://")
    for draft_id in drafts:
        try:
            line = HTTPConnection(host, timeout=10)
            headers = {"Cookie": f"portal={cookie}"}
            line.request("GET", f"/drafts/{draft_id}/check", headers=headers)
            page = line.getresponse().read().decode()
            token = re.search(r'name="csrf_token" value="([^"]+)"', page)
            form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
            assert token is not None
            line.request("POST", f"/drafts/{draft_id}/check", f"csrf_token={token[1]}", form)
            answer = line.getresponse()
            answer.read()
            if answer.status == 302:
                acknowledged.append(draft_id)
            line.close()
        except (OSError, HTTPException):
            return


def test_killed_while_60_reports_are_sent(own):
    app = create_app(own.env)
    with app.app_context(), app.extensions["portal.sessions"](info={"writing": True}) as session:
        author = session.scalars(
            select(Account).where(Account.email == "j.dekker@noordzee.example")
        ).one()
        drafts = [make_draft(session, author).id for _ in range(DRAFTS)]
        token = plant(session, author)
        before = set(session.scalars(select(Submission.id)))
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    cookie = signer.dumps({"_user_id": token, "_fresh": True, "csrf_token": "a" * 40})
    running = start(own)
    acknowledged: list[UUID] = []
    sender = threading.Thread(target=send, args=(own, cookie, drafts, acknowledged))
    sender.start()
    end = time.monotonic() + 30
    while len(acknowledged) < DRAFTS // 3 and time.monotonic() < end:
        time.sleep(0.01)
    children = Path(f"/proc/{running[0].pid}/task/{running[0].pid}/children")
    workers = [int(pid) for pid in children.read_text().split()]
    for pid in (*workers, *(process.pid for process in running)):
        os.kill(pid, signal.SIGKILL)
    for process in running:
        process.wait(timeout=10)
    sender.join(timeout=20)
    assert DRAFTS // 3 <= len(acknowledged) < DRAFTS

    running = start(own)
    try:
        with app.app_context(), app.extensions["portal.sessions"]() as session:
            stored = set(session.scalars(select(Submission.id))) - before
            assert set(acknowledged) <= stored, "a reference without a record"
            assert len(stored - set(acknowledged)) <= 1
            for table in (TriageCase.id, SubmissionLine.submission_id):
                assert stored <= set(session.scalars(select(table))), "half a record"
            named = select(AuditEvent.subject_id).where(AuditEvent.deed == "submission.received")
            assert stored <= set(session.scalars(named))
            left = set(session.scalars(select(Draft.id)))
            assert left == set(drafts) - stored, "a draft is sent, or still there"
            assert audit.verify(session).reason == ""
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=40)
        app.extensions["portal.engine"].dispose()
