"""Mail: with its cause or not at all, at least once, without case content or smuggled headers."""

import email
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, text

from portal.core import outbox
from portal.core.db import get_session, transaction
from portal.core.jobs import Job, JobState, run_due
from portal.core.outbox import OutgoingMail, UnsafeMailError, link_to, post

NOON = datetime(2026, 3, 31, 12, tzinfo=UTC)
BODY = "There is a question for you: https://portal.example.org/messages\n\nGröße 问题\n"


class Receiver:
    """A mail server's inside: keeps what arrives, refuses as often as told."""

    def __init__(self, refusals: int = 0) -> None:
        self.refusals = refusals
        self.arrived: list[EmailMessage] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802
        message = email.message_from_bytes(envelope.content, policy=policy.default)
        self.arrived.append(message)
        if len(self.arrived) <= self.refusals:
            return "451 come back later"
        return "250 taken"


@contextmanager
def server(receiver: Receiver) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(receiver, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


def send(portal, to="rita@example.org", subject="A question for you", body=BODY) -> OutgoingMail:
    with portal.app_context(), transaction() as session:
        return post(session, to, subject, body, NOON)


def files(portal) -> list[EmailMessage]:
    found = sorted((portal.config["DATA_DIR"] / "mail").glob("*"))
    assert all(f.suffix == ".eml" and f.stat().st_mode & 0o777 == 0o600 for f in found)
    return [email.message_from_bytes(f.read_bytes(), policy=policy.default) for f in found]


def said(message: EmailMessage) -> str:
    content: str = message.get_content()
    return content.replace("\r\n", "\n")


def test_without_a_mail_server_a_mail_is_1_file_that_a_mail_program_opens(portal):
    mail = send(portal)
    run_due(portal, NOON)
    (message,) = files(portal)
    assert message["To"] == "rita@example.org"
    assert message["From"] == "portal@localhost"
    assert message["Subject"] == "A question for you"
    assert message["Date"] == "Tue, 31 Mar 2026 12:00:00 +0000"
    assert message["Message-ID"] == f"<{mail.id}@portal.example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert said(message) == BODY


def test_a_mail_of_a_deed_that_did_not_happen_is_never_sent(portal):
    with portal.app_context(), pytest.raises(ZeroDivisionError), transaction() as session:
        post(session, "rita@example.org", "A question for you", BODY, NOON)
        raise ZeroDivisionError
    assert run_due(portal, NOON) == 0
    assert files(portal) == []


def test_what_a_mail_said_is_sealed_while_it_waits_and_gone_when_it_is_sent(portal):
    mail = send(portal)
    with portal.app_context():
        raw = get_session().execute(text("SELECT body FROM outgoing_mail")).scalar_one()
        assert "question" not in raw
    run_due(portal, NOON)
    with portal.app_context():
        sent = get_session().get_one(OutgoingMail, mail.id)
    assert (sent.sent_at, sent.body) == (NOON, None)


@pytest.mark.parametrize(
    "to",
    [
        "rita@example.org\r\nBcc: all@example.org",
        "rita@example.org\nBcc: all@example.org",
        "rita@example.org, all@example.org",
        "rita@example.org;all@example.org",
        "Rita <rita@example.org>",
        "rita@example.org\x00",
        "rita@example.org\u2028x",
        "rita",
        "@example.org",
        "rita@",
        "",
    ],
)
def test_a_recipient_that_is_not_1_plain_address_is_refused(portal, to):
    with pytest.raises(UnsafeMailError, match="not an address"):
        send(portal, to=to)
    assert run_due(portal, NOON) == 0


@pytest.mark.parametrize(
    "subject",
    ["A\r\nBcc: all@example.org", "A\nB", "A\x85B", "A\u2029B", "A\x00B", " ", "", "x" * 151],
)
def test_a_subject_that_is_not_1_short_line_is_refused(portal, subject):
    with pytest.raises(UnsafeMailError, match="one short line"):
        send(portal, subject=subject)


@pytest.mark.parametrize("subject", ["x" * 150, "Frage zur Lieferung – Größe", "سؤال لك", "问题"])
def test_an_honest_subject_of_any_script_arrives_as_it_is(portal, subject):
    send(portal, subject=subject)
    run_due(portal, NOON)
    assert files(portal)[0]["Subject"] == subject


def test_a_body_cannot_become_headers(portal):
    send(portal, body="Bcc: all@example.org\r\n\r\n.\r\nMAIL FROM:<x@example.org>\r\n")
    run_due(portal, NOON)
    (message,) = files(portal)
    assert message["Bcc"] is None
    assert message.get_content().startswith("Bcc: all@example.org")


def test_links_begin_with_the_address_of_the_settings(portal):
    with portal.app_context():
        assert link_to("/messages") == "https://portal.example.org/messages"


@pytest.mark.enable_socket
def test_a_mail_server_gets_each_of_3_mails_once(portal):
    receiver = Receiver()
    for number in range(3):
        send(portal, to=f"rita{number}@example.org")
    with server(receiver) as portal.config["SMTP_URL"]:
        assert run_due(portal, NOON) == 3
    assert sorted(m["To"] for m in receiver.arrived) == [f"rita{n}@example.org" for n in range(3)]
    assert said(receiver.arrived[0]) == BODY
    assert files(portal) == []


@pytest.mark.enable_socket
def test_a_mail_that_was_refused_once_comes_again_under_the_same_message_id(portal):
    receiver = Receiver(refusals=1)
    send(portal)
    with server(receiver) as portal.config["SMTP_URL"]:
        run_due(portal, NOON)
        run_due(portal, NOON + timedelta(minutes=1))
    first, second = receiver.arrived
    assert first["Message-ID"] == second["Message-ID"]
    with portal.app_context():
        row = get_session().scalars(select(Job)).one()
    assert (row.state, row.tries) == (JobState.DONE, 2)


@pytest.mark.enable_socket
def test_while_the_mail_server_is_down_the_deed_stands_and_the_mail_waits(portal):
    with server(Receiver()) as url:
        pass  # nobody listens there any more
    portal.config["SMTP_URL"] = url
    mail = send(portal)
    run_due(portal, NOON)
    with portal.app_context():
        row = get_session().scalars(select(Job)).one()
        assert get_session().get_one(OutgoingMail, mail.id).sent_at is None
    assert (row.state, row.tries) == (JobState.WAITING, 1)
    assert row.last_error.startswith("ConnectionRefusedError at ")


def test_the_ports_of_3_sorts_of_servers_are_the_usual():
    assert outbox.PORTS == {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
