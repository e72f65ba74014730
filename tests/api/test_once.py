"""Several at the same moment, over real connections; and the worked example, as a program."""

import os
import runpy
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select
from werkzeug.serving import make_server

from portal.api import webhooks
from portal.api.models import ApiKey
from portal.core import jobs
from portal.core.clock import utc_now
from portal.submissions.models import Submission
from tests.api.conftest import Machine
from tests.api.test_filing import ORDER

EXAMPLE = runpy.run_path("docs/client_example.py")
FILE = "/api/v1/submissions/suspicious-order"


def count(app, what):
    with app.app_context(), app.extensions["portal.sessions"]() as session:
        return session.scalar(what)


def test_10_copies_at_once_file_1_submission(portal_on_disk):
    app, secret = portal_on_disk

    def send(_number):
        answer = Machine(app, secret).post(FILE, ORDER, Idempotency_Key="a-1")
        return answer.status_code, answer.get_json()["id"]

    with ThreadPoolExecutor(10) as pool:
        answers = set(pool.map(send, range(10)))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 201
    assert count(app, select(func.count()).select_from(Submission)) == 1


def test_0_of_12_requests_at_once_are_not_counted(portal_on_disk):
    app, secret = portal_on_disk
    with ThreadPoolExecutor(6) as pool:
        answers = list(
            pool.map(lambda _n: Machine(app, secret).get("/api/v1/kinds").status_code, range(12))
        )
    assert answers == [200] * 12
    assert count(app, select(ApiKey.window_count)) == 12


def test_the_example_files_1_order_and_keeps_its_paper(portal_on_disk, tmp_path):
    app, secret = portal_on_disk
    server = make_server("localhost", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    program = subprocess.Popen(  # noqa: S603  our own example
        [sys.executable, str(Path("docs/client_example.py").absolute())],
        cwd=tmp_path,
        env={
            "PATH": os.environ["PATH"],
            "PORTAL_URL": f"http://localhost:{server.server_port}",
            "PORTAL_KEY": secret,
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    ends = time.monotonic() + 60
    while program.poll() is None and time.monotonic() < ends:
        jobs.run_due(app, utc_now())
        time.sleep(0.2)
    server.shutdown()
    said, _ = program.communicate(timeout=5)
    assert program.returncode == 0, said
    reference = count(app, select(Submission.reference))
    assert f"Filed as {reference}" in said
    paper = PdfReader(tmp_path / f"{reference}.pdf")
    assert reference in paper.pages[0].extract_text()


def test_the_example_sends_the_same_order_twice_and_reads_1(portal_on_disk):
    app, secret = portal_on_disk
    with make_server("localhost", 0, app) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        portal = EXAMPLE["Portal"](f"http://localhost:{server.server_port}", secret)
        first = portal.file("suspicious-order", EXAMPLE["ORDER"], name="order 1")
        again = portal.file("suspicious-order", EXAMPLE["ORDER"], name="order 1")
        other = portal.file("suspicious-order", EXAMPLE["ORDER"], name="order 2")
        read = portal.submission(first["id"])
        jobs.run_due(app, utc_now())
        paper = portal.acknowledgement(first["id"])
        server.shutdown()
    assert first == again
    assert other["id"] != first["id"]
    assert (read["reference"], read["state"]) == (first["reference"], "received")
    assert first["reference"] in PdfReader(BytesIO(paper)).pages[0].extract_text()


def test_1_message_is_genuine_and_neither_late_nor_changed():
    mark, body = webhooks.signature("s", "1000", b"{}"), b"{}"
    head = f"t=1000,v1={mark}"
    assert EXAMPLE["genuine"]("s", head, body, 1299)
    assert not EXAMPLE["genuine"]("s", head, body, 1300)
    assert not EXAMPLE["genuine"]("s", head, b"{ }", 1000)
    assert not EXAMPLE["genuine"]("s", "nonsense", body, 1000)


def test_the_example_says_of_1_wrong_answer_where_it_stands(portal_on_disk):
    app, secret = portal_on_disk
    with make_server("localhost", 0, app) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        portal = EXAMPLE["Portal"](f"http://localhost:{server.server_port}", secret)
        wrong = EXAMPLE["ORDER"] | {"grounds": {}}
        with pytest.raises(EXAMPLE["Refused"]) as refused:
            portal.file("suspicious-order", wrong)
        server.shutdown()
    assert [one["pointer"] for one in refused.value.problem["errors"]] == ["/grounds/grounds"]
