"""Tables: consultation and release."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.organisations.models import Organisation
from portal.shipments.data import Carried, Reply
from portal.submissions.models import Submission


class Consultation(Base):
    """A notice sent on to another country's authority, and its reply."""

    __tablename__ = "consultation"
    __table_args__ = (UniqueConstraint("submission_id", "country"),)

    submission_id: Mapped[UUID] = mapped_column(ForeignKey(Submission.id))
    version: Mapped[int] = mapped_column()
    country: Mapped[str]  # ISO 3166-1 alpha-2
    carried: Mapped[Carried]
    partner_id: Mapped[UUID | None] = mapped_column(ForeignKey(Organisation.id), index=True)
    sent_at: Mapped[datetime] = mapped_column(index=True)
    sent_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    reply_by: Mapped[date | None]  # the last day on which a reply counts as in time
    content: Mapped[str] = mapped_column(Text)  # JSON, as sent
    content_sha256: Mapped[str]
    signature: Mapped[str] = mapped_column(Text)
    stored_as: Mapped[str | None]  # the signed PDF
    reply: Mapped[Reply | None]
    reply_text: Mapped[str] = mapped_column(Text, default="")
    replied_at: Mapped[datetime | None]
    replied_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))

    __mapper_args__: Any = {"version_id_col": version}

    partner: Mapped[Organisation | None] = relationship(lazy="raise_on_sql")
    replied_by: Mapped[Account | None] = relationship(
        foreign_keys=replied_by_id, lazy="raise_on_sql"
    )


class Release(Base):
    """The authority's word that a shipment may leave, as customs see it."""

    __tablename__ = "shipment_release"

    submission_id: Mapped[UUID] = mapped_column(ForeignKey(Submission.id), unique=True)
    check_code: Mapped[str] = mapped_column(unique=True)
    released_at: Mapped[datetime]
    released_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    valid_from: Mapped[date]
    stored_as: Mapped[str | None]

    submission: Mapped[Submission] = relationship(lazy="raise_on_sql")
