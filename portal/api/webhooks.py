"""Telling a company's own program that a state is new: signed, retried, and never inwards."""

import hmac
import http.client
import json
import secrets
import socket
import ssl
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.api import queries
from portal.api.addresses import Target, found
from portal.api.models import Webhook
from portal.core import audit, jobs
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.submissions.models import Submission
from portal.submissions.rules import Outer
from portal.submissions.services import LISTENERS

MOST = 5  # webhooks of one organisation
SECONDS = 10  # that the other side has
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
    if len(known) >= MOST:
        raise DomainError(f"Your company has {MOST} webhooks. Remove one first.")
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
    at = str(int(datetime.fromisoformat(payload["event"]["at"]).timestamp()))
    headers = {
        "Content-Type": "application/json",
        "Portal-Delivery": str(job_id),
        "Portal-Signature": f"t={at},v1={signature(hook.secret, at, body)}",
    }
    status = post(found(hook.url), body, headers)
    if status not in FINE:
        raise NotTakenError(str(status))
    return {"status": status}


@jobs.job("webhook", outside=deliver)
def note(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Note when an address was told last, and how it answered."""
    hook = session.get_one(Webhook, UUID(payload["webhook"]))
    hook.tried_at, hook.outcome = now, f"answered {payload['status']}"


def signature(secret: str, at: str, body: bytes) -> str:
    """Return what proves that a message is ours: HMAC-SHA256 of time and body, in hexadecimal."""
    return hmac.new(secret.encode(), at.encode() + b"." + body, "sha256").hexdigest()


class Pinned(http.client.HTTPConnection):
    """A connection to the address that was judged, whatever its name says a moment later."""

    def __init__(self, target: Target) -> None:
        super().__init__(target.host, target.port, timeout=SECONDS)
        self.target = target

    def connect(self) -> None:
        """Open it; with TLS, the certificate is checked against the name."""
        self.sock = socket.create_connection((self.target.address, self.target.port), SECONDS)
        if self.target.secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.target.host)


def post(target: Target, body: bytes, headers: Mapping[str, str]) -> int:
    """Post to a target and return the status; follows nowhere and reads no answer.

    Raises:
        NotTakenError: nobody answers.
    """
    connection = Pinned(target)
    try:
        connection.request("POST", target.path, body, dict(headers))
        with connection.getresponse() as answer:
            return int(answer.status)
    except (OSError, http.client.HTTPException) as error:
        raise NotTakenError(type(error).__name__) from error
    finally:
        connection.close()
