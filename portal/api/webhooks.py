"""Telling a company's own program that a state is new: signed, retried, and never inwards."""

import hmac
import http.client
import json
import secrets
import socket
import ssl
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts import throttle
from portal.accounts.models import Account
from portal.api import queries
from portal.api.addresses import RefusedAddressError, Target, found
from portal.api.data import MOST_WEBHOOKS
from portal.api.models import Webhook
from portal.core import audit, jobs
from portal.core.access import Actor
from portal.core.clock import utc_now
from portal.core.db import transaction
from portal.core.errors import DomainError
from portal.submissions.models import Submission
from portal.submissions.rules import Outer
from portal.submissions.services import LISTENERS

SECONDS = 10  # that the other side has
TESTS = 10  # of one webhook in an hour
HOUR = timedelta(hours=1)
FINE = range(200, 300)


class NotTakenError(RuntimeError):
    """The other side did not take it; the job is tried again."""


def add(
    session: Session, url: str, events: Sequence[Outer], actor: Actor, now: datetime
) -> Webhook:
    """Add an address that is told of new states; its secret is shown once.

    Raises:
        DomainError: the organisation has as many as it may.
    """
    known = [one for one in queries.webhooks_of(session, actor) if one.active]
    if len(known) >= MOST_WEBHOOKS:
        raise DomainError(
            "Your company has %(most)s webhooks. Remove one first.", most=MOST_WEBHOOKS
        )
    hook = Webhook(
        organisation_id=actor.organisation_id,
        account_id=actor.id,
        url=url,
        secret=secrets.token_urlsafe(32),
        events=[event.value for event in events],
        created_at=now,
    )
    session.add(hook)
    session.flush()
    audit.record(session, actor, "webhook.added", hook.id, now)
    return hook


def remove(session: Session, hook: Webhook, actor: Actor, now: datetime) -> None:
    """Tell an address nothing more; twice is as good as once."""
    if hook.active:
        hook.active = False
        audit.record(session, actor, "webhook.removed", hook.id, now)


def send_test(session: Session, hook: Webhook, actor: Actor, now: datetime) -> None:
    """Send a message that says it is a test, so that both sides can be tried.

    Raises:
        DomainError: the webhook was removed.
        TooManyError: it was tried too often.
    """
    if not hook.active:
        raise DomainError("This webhook was removed. Add it again.")
    throttle.limit(session, "webhook-test", str(hook.id), TESTS, HOUR, now)
    event = {"id": str(hook.id), "reference": "TEST", "state": "test", "at": now.isoformat()}
    jobs.enqueue(session, "webhook", {"webhook": str(hook.id), "event": event}, now)
    audit.record(session, actor, "webhook.tested", hook.id, now)


def announce(session: Session, submission: Submission, now: datetime) -> None:
    """Write down, in the transaction of the new state, who is to be told."""
    if submission.listed_in is not None and submission.state is Outer.RECEIVED:
        return  # a sheet has one paper, and is not told row by row
    for hook, account in queries.listening(session, submission.organisation_id):
        if submission.state.value in hook.events and may_know(account, submission):
            event = {
                "id": str(submission.id),
                "reference": submission.reference,
                "state": submission.state.value,
                "at": now.isoformat(),
            }
            jobs.enqueue(session, "webhook", {"webhook": str(hook.id), "event": event}, now)


LISTENERS.append(announce)


def may_know(account: Account, submission: Submission) -> bool:
    """Tell whether the person behind a webhook may know of a submission."""
    own = submission.author_id == account.id
    return own or account.reads_colleagues or not submission.restricted


def deliver(session: Session, payload: Mapping[str, Any], job_id: UUID) -> dict[str, Any]:
    """Send one event, with the same delivery number every time.

    Raises:
        NotTakenError: the other side does not answer, or not with 200 to 299.
        RefusedAddressError: the address does not lie in the open internet any more.
    """
    hook = session.get_one(Webhook, UUID(payload["webhook"]))
    if not hook.active:
        return {"status": 0}
    body = json.dumps(payload["event"]).encode()
    at = str(int(utc_now().timestamp()))  # of this try: a late one must not look like a replay
    headers = {
        "Content-Type": "application/json",
        "Portal-Delivery": str(job_id),
        "Portal-Signature": f"t={at},v1={signature(hook.secret, at, body)}",
    }
    try:
        status = post(found(hook.url), body, headers)
    except (NotTakenError, RefusedAddressError) as error:
        note_failure(hook.id, str(error))
        raise
    return {"status": status}


def note_failure(hook_id: UUID, why: str) -> None:
    """Write down, for the company's page, that a try failed; the job itself comes again."""
    with transaction() as session:
        hook = session.get_one(Webhook, hook_id)
        hook.tried_at, hook.outcome, hook.failures = utc_now(), why, hook.failures + 1


@jobs.job("webhook", outside=deliver)
def note(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Note when an address was told last, and how it answered."""
    hook = session.get_one(Webhook, UUID(payload["webhook"]))
    if payload["status"]:
        hook.tried_at, hook.outcome, hook.failures = now, f"answered {payload['status']}", 0


def signature(secret: str, at: str, body: bytes) -> str:
    """Return what proves that a message is ours: HMAC-SHA256 of time and body, in hexadecimal."""
    return hmac.new(secret.encode(), at.encode() + b"." + body, "sha256").hexdigest()


class Pinned(http.client.HTTPConnection):
    """A connection to the address that was judged, whatever its name says a moment later."""

    def __init__(self, target: Target, seconds: float) -> None:
        super().__init__(target.host, target.port, timeout=seconds)
        self.target = target
        self.watch = threading.Timer(seconds, self.hang_up)

    def connect(self) -> None:
        """Open it; with TLS, the certificate is checked against the name."""
        plain = socket.create_connection((self.target.address, self.target.port), self.timeout)
        self.sock = plain
        if self.target.secure:
            tls = ssl.create_default_context().wrap_socket(
                plain, server_hostname=self.target.host, do_handshake_on_connect=False
            )
            self.sock = tls
        self.watch.start()
        if self.target.secure:
            tls.do_handshake()

    def hang_up(self) -> None:
        """End it in the middle: who answers byte by byte would hold a worker for hours."""
        with suppress(OSError):
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def close(self) -> None:
        """End it, and the watch over it."""
        self.watch.cancel()
        super().close()


def post(target: Target, body: bytes, headers: Mapping[str, str], seconds: float = SECONDS) -> int:
    """Post to a target and return the status; follows nowhere and reads no answer.

    Raises:
        NotTakenError: nobody answers, or not with 200 to 299.
    """
    connection = Pinned(target, seconds)
    try:
        connection.request("POST", target.path, body, dict(headers))
        with connection.getresponse() as answer:
            status = int(answer.status)
    except (OSError, http.client.HTTPException) as error:
        raise NotTakenError(f"no answer ({type(error).__name__})") from error
    finally:
        connection.close()
    if status not in FINE:
        raise NotTakenError(f"answered {status}")
    return status
