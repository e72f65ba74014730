"""Counting wrong tries in the database, so that every worker sees the same number."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from portal.accounts.data import (
    LOCKED_FOR,
    MINUTE,
    WINDOW,
    WRONG_PER_ACCOUNT,
    WRONG_PER_ADDRESS,
)
from portal.accounts.models import Attempt
from portal.core.errors import TooManyError

KEPT = timedelta(days=1)
MESSAGE = "Too many tries. Wait a quarter of an hour, then try again. Nobody else is affected."


def bucket(sort: str, text: str) -> str:
    """Return the name under which tries are counted; says nothing of who it is."""
    return f"{sort}:{hashlib.sha256(text.strip().lower().encode()).hexdigest()[:32]}"


def count(session: Session, name: str, since: datetime) -> int:
    """Return how many tries were counted since a time."""
    query = select(func.count()).where(Attempt.bucket == name, Attempt.at > since)
    return session.scalar(query) or 0


def refuse_if_locked(session: Session, email: str, address: str, now: datetime) -> None:
    """Refuse a try on a locked account or from an address that tries too often.

    Raises:
        TooManyError: with the same words for accounts that exist and that do not.
    """
    locked = count(session, bucket("lock", email), now - LOCKED_FOR)
    crowd = count(session, bucket("address", address), now - MINUTE)
    if locked or crowd >= WRONG_PER_ADDRESS:
        raise TooManyError(MESSAGE)


def note_wrong(session: Session, email: str, address: str, now: datetime) -> None:
    """Count a wrong password; the tenth in five minutes locks the account for fifteen."""
    session.execute(delete(Attempt).where(Attempt.at < now - KEPT))
    session.add_all(
        [
            Attempt(bucket=bucket("account", email), at=now),
            Attempt(bucket=bucket("address", address), at=now),
        ]
    )
    session.flush()
    if count(session, bucket("account", email), now - WINDOW) >= WRONG_PER_ACCOUNT:
        session.add(Attempt(bucket=bucket("lock", email), at=now))


def limit(
    session: Session, sort: str, who: str, most: int, window: timedelta, now: datetime
) -> None:
    """Count a deed and refuse it beyond a number in a window.

    Raises:
        TooManyError: it was done too often.
    """
    name = bucket(sort, who)
    if count(session, name, now - window) >= most:
        raise TooManyError(MESSAGE)
    session.add(Attempt(bucket=name, at=now))
    session.flush()
