"""Tables: api_key, api_answer (what was answered to a repeatable request), webhook."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.api.data import PER_MINUTE
from portal.core.crypto import EncryptedText
from portal.core.db import Base
from portal.organisations.models import Organisation


class ApiKey(Base):
    """A machine's way in; acts for the person who made it, and works no longer than they do."""

    __tablename__ = "api_key"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    name: Mapped[str]
    prefix: Mapped[str]  # the beginning of the key, shown to tell it from others
    secret_hash: Mapped[str] = mapped_column(unique=True)  # SHA-256; 256 random bits need no more
    scopes: Mapped[list[str]] = mapped_column(JSON)
    per_minute: Mapped[int] = mapped_column(default=PER_MINUTE)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    window_began_at: Mapped[datetime | None]  # of counting requests
    window_count: Mapped[int] = mapped_column(default=0)

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class ApiAnswer(Base):
    """The answer to a request with an Idempotency-Key, written with the deed itself."""

    __tablename__ = "api_answer"
    __table_args__ = (UniqueConstraint("organisation_id", "idempotency_key"),)

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    idempotency_key: Mapped[str]
    request_sha256: Mapped[str]  # of method, address and body
    status: Mapped[int] = mapped_column(default=0)
    body: Mapped[str] = mapped_column(Text, default="")
    location: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime]


class Webhook(Base):
    """Where a company wants to be told that a state changed; says no more than its maker sees."""

    __tablename__ = "webhook"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    url: Mapped[str] = mapped_column(Text)
    secret: Mapped[str] = mapped_column(EncryptedText)
    events: Mapped[list[str]] = mapped_column(JSON)  # outer states
    active: Mapped[bool] = mapped_column(default=True)
    failures: Mapped[int] = mapped_column(default=0)  # since the last delivery that was taken
    created_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")  # of the last try, in words

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
