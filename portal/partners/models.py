"""Tables: hand_over with all that was given under it, its receipts, packages and consents."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.leads.models import Lead
from portal.organisations.models import Organisation
from portal.partners.data import Received
from portal.partners.registry.data import Way


class HandOver(Base):
    """A lead given to a partner, once; `content` is all the partner ever sees of it."""

    __tablename__ = "hand_over"
    __table_args__ = (UniqueConstraint("lead_id", "partner_id"),)

    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id))
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    version: Mapped[int] = mapped_column()
    handed_over_at: Mapped[datetime] = mapped_column(index=True)
    handed_over_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    content: Mapped[str] = mapped_column(Text)  # the portal's own JSON, as handed over
    content_sha256: Mapped[str]
    signature: Mapped[str] = mapped_column(Text)  # of the content, by the authority's key
    pdf_stored_as: Mapped[str | None]  # rendered once by the worker
    pdf_sha256: Mapped[str | None]
    read_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    acknowledged_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    answer: Mapped[str] = mapped_column(Text, default="")
    number: Mapped[int] = mapped_column(default=1)  # of what it holds now; an update counts on
    lead_version: Mapped[int] = mapped_column(default=0)  # of the lead, that it holds
    way: Mapped[Way] = mapped_column(default=Way.ACCOUNT)
    reasons: Mapped[str] = mapped_column(
        Text, default=""
    )  # why this partner was proposed, a line each
    expires_on: Mapped[
        date | None
    ]  # after this day the partner sees no more than that there was one
    recalled_at: Mapped[datetime | None]
    recalled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    recall_reason: Mapped[str] = mapped_column(
        Text, default=""
    )  # for officers; partners never see it
    receipt_stored_as: Mapped[str | None]  # the newest receipt, as a signed PDF
    receipt_asked_at: Mapped[datetime | None]

    __mapper_args__: Any = {"version_id_col": version}

    lead: Mapped[Lead] = relationship(lazy="raise_on_sql")
    partner: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class HandOverVersion(Base):
    """What was given under a hand-over, each time: the first, and every update."""

    __tablename__ = "hand_over_version"
    __table_args__ = (UniqueConstraint("hand_over_id", "number"),)

    hand_over_id: Mapped[UUID] = mapped_column(ForeignKey(HandOver.id))
    number: Mapped[int]
    lead_version: Mapped[int]
    given_at: Mapped[datetime]
    given_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    content: Mapped[str] = mapped_column(Text)
    content_sha256: Mapped[str]
    signature: Mapped[str] = mapped_column(Text)
    pdf_stored_as: Mapped[str | None]  # of an earlier version; the newest one stands above
    pdf_sha256: Mapped[str | None]

    given_by: Mapped[Account] = relationship(lazy="raise_on_sql")


class Receipt(Base):
    """That somebody read, took or acknowledged what was given; or that it was sent."""

    __tablename__ = "hand_over_receipt"

    hand_over_id: Mapped[UUID] = mapped_column(ForeignKey(HandOver.id), index=True)
    number: Mapped[int]  # of what was given
    received: Mapped[Received]
    part: Mapped[str] = mapped_column(default="")  # which paper or format
    at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))  # none: the portal

    account: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class SealedPackage(Base):
    """A package that only the partner's key opens; made once for what was given."""

    __tablename__ = "hand_over_package"
    __table_args__ = (UniqueConstraint("hand_over_id", "number", "fingerprint"),)

    hand_over_id: Mapped[UUID] = mapped_column(ForeignKey(HandOver.id))
    number: Mapped[int]
    sort: Mapped[str]  # age or OpenPGP
    fingerprint: Mapped[str]  # of the partner's key
    made_at: Mapped[datetime]
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    stored_as: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]


class Consent(Base):
    """That a partner whose own information a lead rests on agreed to its being handed on."""

    __tablename__ = "originator_consent"
    __table_args__ = (UniqueConstraint("lead_id", "originator_id"),)

    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id))
    originator_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    given_by: Mapped[str]  # the person at the originator, in words
    given_on: Mapped[date]
    limits: Mapped[str] = mapped_column(Text, default="")  # on what terms
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
