"""Requests that may be repeated: the first does the deed, the others get its answer."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.api import queries
from portal.api.callers import Caller
from portal.api.data import Fault
from portal.api.models import ApiAnswer
from portal.api.problems import RefusedError

OTHER = "This Idempotency-Key was used for another request. Nothing was done."


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, as it is kept."""

    status: int
    body: str
    location: str = ""
    repeated: bool = False

    @property
    def headers(self) -> dict[str, str]:
        """Return what stands in the head of the answer."""
        named = {"Location": self.location} if self.location else {}
        return named | ({"Idempotent-Replayed": "true"} if self.repeated else {})


def given(status: int, value: Any, location: str = "") -> Given:
    """Return an answer in JSON."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Given(status, text, location)


def known(session: Session, caller: Caller, name: str, fingerprint: str) -> Given | None:
    """Return the answer that was given to the same request before.

    Raises:
        RefusedError: the name was used for another request, or by somebody else's key.
    """
    row = queries.answer(session, caller.organisation_id, name) if name else None
    if row is None:
        return None
    if row.request_sha256 != fingerprint or row.account_id != caller.id:
        raise RefusedError(422, OTHER, [Fault(OTHER, None, "Idempotency-Key")])
    return Given(row.status, row.body, row.location, repeated=True)


def once(
    session: Session,
    caller: Caller,
    name: str,
    fingerprint: str,
    now: datetime,
    deed: Callable[[], Given],
) -> Given:
    """Do a deed unless it was done under this name; keep its answer in the same transaction.

    Of several that come at the same moment, the others wait at the unique name until the first
    has committed, and then get its answer.
    """
    if not name:
        return deed()
    row = ApiAnswer(
        organisation_id=caller.organisation_id,
        account_id=caller.id,
        idempotency_key=name,
        request_sha256=fingerprint,
        answered_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        before = known(session, caller, name, fingerprint)
        if before is None:
            raise
        return before
    answer = deed()
    row.status, row.body, row.location = answer.status, answer.body, answer.location
    session.flush()
    return answer
