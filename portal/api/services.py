"""Making and revoking keys, letting machines in, counting what they ask."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.api import queries
from portal.api.callers import Caller
from portal.api.data import MOST_KEYS, WINDOW, Allowance, Scope
from portal.api.models import ApiKey
from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import DomainError

SHOWN = 12  # characters of a key that are kept to be shown


def new_secret() -> str:
    """Return a key: 256 random bits, with a beginning that scanners of leaks can look for."""
    return f"ppk_{secrets.token_urlsafe(32)}"


def create_key(
    session: Session, name: str, scopes: Iterable[Scope], until: date, actor: Actor, now: datetime
) -> tuple[ApiKey, str]:
    """Make a key; return it with its secret, which nothing keeps.

    Args:
        session: inside a transaction.
        name: what it is for.
        scopes: what it may be used for.
        until: the last day on which it works, in the authority's zone.
        actor: for whom it acts.
        now: the moment, UTC.

    Raises:
        DomainError: the organisation has as many as it may.
    """
    alive = [k for k in queries.keys_of(session, actor) if not k.revoked_at and k.expires_at > now]
    if len(alive) >= MOST_KEYS:
        raise DomainError("Your company has %(most)s keys. Revoke one first.", most=MOST_KEYS)
    secret = new_secret()
    zone = ZoneInfo(current_app.config["TIME_ZONE"])
    made = ApiKey(
        organisation_id=actor.organisation_id,
        account_id=actor.id,
        name=name,
        prefix=secret[:SHOWN],
        secret_hash=queries.hashed(secret),
        scopes=[scope.value for scope in scopes],
        created_at=now,
        expires_at=datetime.combine(until, time(23, 59, 59), zone),
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "key.created", made.id, now, scopes=" ".join(made.scopes))
    return made, secret


def revoke_key(session: Session, key: ApiKey, actor: Actor, now: datetime) -> None:
    """Make a key useless at once; twice is as good as once."""
    if key.revoked_at is None:
        key.revoked_at = now
        audit.record(session, actor, "key.revoked", key.id, now)


def caller_of(account: Account, key: ApiKey) -> Caller:
    """Return who acts by a key: its person, with the rights of a reporter."""
    return Caller(account.id, account.organisation_id, account.reads_colleagues, key.id)


def count(session: Session, key: ApiKey, now: datetime) -> Allowance:
    """Count a request of a key in the running minute; fewer than none left refuses it."""
    row = queries.locked(session, key.id)
    began = row.window_began_at
    if began is None or abs(now - began) >= WINDOW:  # one that waited here may be a little earlier
        began = now
        row.window_began_at, row.window_count = now, 0
    row.window_count = min(row.window_count, row.per_minute) + 1
    row.last_used_at = now
    ends = began + WINDOW
    seconds = max(1, round((ends - now).total_seconds()))
    return Allowance(row.per_minute, row.per_minute - row.window_count, seconds)
