"""Reading keys, answers that were given before, and webhooks."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Account
from portal.api.models import ApiAnswer, ApiKey, Webhook
from portal.core.access import Actor, Permission, may
from portal.core.errors import NotFoundError
from portal.organisations.models import Organisation, Sort
from portal.organisations.rules import Standing

STANDING = (Standing.VETTED, Standing.SUSPENDED)  # who is suspended may still read and report


def hashed(secret: str) -> str:
    """Return what is kept of a key."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()


def working(session: Session, secret: str, now: datetime) -> tuple[ApiKey, Account] | None:
    """Return a key that works, and for whom; its person's account and company must stand."""
    query = (
        select(ApiKey, Account)
        .join(Account, Account.id == ApiKey.account_id)
        .join(Organisation, Organisation.id == ApiKey.organisation_id)
        .where(
            ApiKey.secret_hash == hashed(secret),
            ApiKey.revoked_at.is_(None),
            ApiKey.expires_at > now,
            *stands(),
        )
    )
    found = session.execute(query).first()
    if found is None or not may(found[1], Permission.SUBMISSION_CREATE):
        return None
    return (found[0], found[1])


def stands() -> tuple[ColumnElement[bool], ...]:
    """Return what must hold of an account and its company for their machines to be served."""
    return (
        Account.active.is_(True),
        Account.organisation_id == Organisation.id,
        Organisation.sort == Sort.COMPANY,
        Organisation.standing.in_(STANDING),
    )


def locked(session: Session, key_id: UUID) -> ApiKey:
    """Return a key that nobody else counts at this moment."""
    query = select(ApiKey).where(ApiKey.id == key_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def keys_of(session: Session, actor: Actor) -> Sequence[ApiKey]:
    """Return the keys of the actor's organisation, the newest first."""
    query = select(ApiKey).where(ApiKey.organisation_id == actor.organisation_id)
    return session.scalars(
        query.options(joinedload(ApiKey.account)).order_by(ApiKey.created_at.desc(), ApiKey.id)
    ).all()


def key(session: Session, key_id: UUID, actor: Actor) -> ApiKey:
    """Return a key of the actor's organisation.

    Raises:
        NotFoundError: it does not exist there.
    """
    query = select(ApiKey).where(
        ApiKey.id == key_id, ApiKey.organisation_id == actor.organisation_id
    )
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


def answer(session: Session, organisation_id: UUID, idempotency_key: str) -> ApiAnswer | None:
    """Return what was answered under an idempotency key."""
    return session.scalar(
        select(ApiAnswer).where(
            ApiAnswer.organisation_id == organisation_id,
            ApiAnswer.idempotency_key == idempotency_key,
        )
    )


def webhooks_of(session: Session, actor: Actor) -> Sequence[Webhook]:
    """Return the webhooks of the actor's organisation, the newest first."""
    query = select(Webhook).where(Webhook.organisation_id == actor.organisation_id)
    return session.scalars(
        query.options(joinedload(Webhook.account)).order_by(Webhook.created_at.desc(), Webhook.id)
    ).all()


def webhook(session: Session, webhook_id: UUID, actor: Actor) -> Webhook:
    """Return a webhook of the actor's organisation.

    Raises:
        NotFoundError: it does not exist there.
    """
    query = select(Webhook).where(
        Webhook.id == webhook_id, Webhook.organisation_id == actor.organisation_id
    )
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


def listening(session: Session, organisation_id: UUID) -> Sequence[tuple[Webhook, Account]]:
    """Return the webhooks of an organisation that are served, with whom they act for."""
    query: Select[Webhook, Account] = (
        select(Webhook, Account)
        .join(Account, Account.id == Webhook.account_id)
        .join(Organisation, Organisation.id == Webhook.organisation_id)
        .where(Webhook.organisation_id == organisation_id, Webhook.active, *stands())
    )
    return [(row[0], row[1]) for row in session.execute(query)]
