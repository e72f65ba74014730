"""A company's own program is told: signed, again when it does not answer, and never inwards."""

import hmac
import json
import socket
import threading
import time
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from portal.api import webhooks
from portal.api.addresses import RefusedAddressError, found, written_right
from portal.api.models import Webhook
from portal.core import jobs
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.jobs import Job, JobState
from portal.organisations.models import Organisation
from portal.submissions import services
from portal.submissions.rules import Outer
from tests.factories import make_account, make_submission, order


@pytest.fixture
def listener():
    """Return a program of a company's that keeps what it is told, and answers as it is set."""
    told: list[Any] = []
    answers: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.append((dict(self.headers), body))
            self.send_response(answers.pop() if answers else 204)
            self.end_headers()

        def log_message(self, *_said):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield SimpleNamespace(told=told, answers=answers, server_port=server.server_port)
        server.shutdown()


@pytest.fixture
def boss(session):
    return make_account(session, Role.COMPANY_ADMIN, reads_colleagues=True)


def hooked(session, listener, account):
    url = f"http://127.0.0.1:{listener.server_port}/news"
    hook = webhooks.add(session, url, list(Outer), account, utc_now())
    session.commit()
    return hook


def test_1_new_state_is_told_with_a_signature(app, session, listener, boss):
    hook = hooked(session, listener, boss)
    filed = make_submission(session, author=boss)
    session.commit()
    jobs.run_due(app, utc_now())
    ((head, body),) = listener.told
    assert set(json.loads(body)) == {"id", "reference", "state", "at"}
    assert json.loads(body)["reference"] == filed.reference
    at, mark = (part.partition("=")[2] for part in head["Portal-Signature"].split(","))
    own = hmac.new(hook.secret.encode(), at.encode() + b"." + body, "sha256").hexdigest()
    assert mark == own


def test_1_refused_delivery_comes_again_under_the_same_number(app, session, listener, boss):
    hooked(session, listener, boss)
    listener.answers.append(500)
    make_submission(session, author=boss)
    session.commit()
    jobs.run_due(app, utc_now())
    assert len(listener.told) == 1
    jobs.run_due(app, utc_now() + 2 * jobs.BACK_OFF)
    first, again = (head["Portal-Delivery"] for head, _ in listener.told)
    assert first == again
    states = set(session.scalars(select(Job.state).where(Job.name == "webhook")))
    assert states == {JobState.DONE}


def test_0_orders_of_colleagues_are_told_to_who_may_not_know(app, session, listener, boss):
    boss.reads_colleagues = False
    hooked(session, listener, boss)
    colleague = make_account(
        session, Role.REPORTER, organisation=session.get_one(Organisation, boss.organisation_id)
    )
    make_submission(session, order(), author=colleague)
    session.commit()
    jobs.run_due(app, utc_now())
    assert not listener.told


def test_1_question_is_told_as_a_state_and_not_in_words(app, session, listener, boss):
    hooked(session, listener, boss)
    filed = make_submission(session, author=boss)
    services.ask(session, filed, "Who paid for it?", utc_now())
    session.commit()
    jobs.run_due(app, utc_now())
    bodies = [json.loads(body) for _, body in listener.told]
    assert {body["state"] for body in bodies} == {"received", "question for you"}
    assert "Who paid" not in str(bodies)


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x",
        "https://10.0.0.1/x",
        "https://169.254.169.254/latest",
        "https://[::ffff:10.0.0.1]/x",
        "https://user:pass@example.org/",
        "https://example.org:22/",
        "file:///etc/passwd",
        "https://example.org/#x",
        "nonsense",
    ],
)
def test_9_addresses_are_refused(app, session, url):
    with pytest.raises(RefusedAddressError):
        if "example.org/x" in url:
            found(url)
        written_right(url)


def test_1_webhook_is_added_and_removed_on_its_page(session, sign_in):
    admin = make_account(session, Role.COMPANY_ADMIN)
    session.commit()
    page = sign_in(admin).get("/company/machines/webhook")
    assert page.submit("Add the webhook", url="https://10.0.0.1/").status == 422
    page.submit("Add the webhook", url="https://8.8.8.8/news")
    page.browser.get("/company/machines").submit("Remove")
    session.expire_all()
    assert not session.scalars(select(Webhook)).one().active


def test_1_late_try_is_signed_with_its_own_time(app, session, listener, boss):
    """A receiver refuses what is older than five minutes; a retry must not look so."""
    hooked(session, listener, boss)
    hour_ago = utc_now() - timedelta(hours=1)
    make_submission(session, author=boss, now=hour_ago)
    session.commit()
    jobs.run_due(app, utc_now())
    ((head, body),) = listener.told
    signed = int(head["Portal-Signature"].partition(",")[0].removeprefix("t="))
    assert abs(signed - utc_now().timestamp()) < 60
    assert json.loads(body)["at"] == hour_ago.isoformat()


def test_2_failures_are_shown_and_1_success_ends_them(app, session, listener, sign_in, boss):
    hook = hooked(session, listener, boss)
    listener.answers.extend([302, 500])
    browser = sign_in(boss)
    assert "way" in browser.get("/company/machines").submit("Send a test").text
    now = utc_now()
    for minutes in (1, 4):
        jobs.run_due(app, now + timedelta(minutes=minutes))
    shown = browser.get("/company/machines").text
    assert "Last try: answered 302" in shown
    assert "Not taken 2 times" in shown
    jobs.run_due(app, now + timedelta(minutes=20))
    session.expire_all()
    assert (hook.failures, hook.outcome) == (0, "answered 204")
    assert json.loads(listener.told[-1][1])["state"] == "test"


def test_the_11th_test_of_an_hour_is_refused(session, sign_in, listener, boss):
    hooked(session, listener, boss)
    page = sign_in(boss).get("/company/machines")
    answers = [page.submit("Send a test").status for _ in range(11)]
    assert answers == [200] * 10 + [429]


def test_1_byte_at_a_time_does_not_hold_a_worker(app, session):
    """The whole answer has its time, not each byte of it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        ended = threading.Event()

        def drip():
            link, _ = server.accept()
            with link, suppress(OSError):
                for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 1000:
                    link.send(bytes([byte]))
                    if ended.wait(0.05):
                        return

        threading.Thread(target=drip, daemon=True).start()
        target = found(f"http://127.0.0.1:{server.getsockname()[1]}/")
        began = time.monotonic()
        with suppress(webhooks.NotTakenError):
            webhooks.post(target, b"{}", {}, seconds=1)
        ended.set()
    assert 0.9 < time.monotonic() - began < 5
