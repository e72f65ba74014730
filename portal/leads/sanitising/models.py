"""Tables: mark_answer; shared_value, by which companies are counted; sharing_version, how many."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.leads.models import Lead
from portal.leads.sanitising.data import Answer
from portal.organisations.models import Organisation
from portal.triage.models import Version


class MarkAnswer(Base):
    """How somebody answered a mark; rows never change. A kept one holds for its text alone."""

    __tablename__ = "mark_answer"

    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id), index=True)
    place: Mapped[str]
    mark: Mapped[str]  # Mark.key; empty: other words where nothing was marked
    sort: Mapped[str]  # a value of Sort
    surface: Mapped[str] = mapped_column(Text)  # as it was written
    answer: Mapped[Answer]
    words: Mapped[str] = mapped_column(Text, default="")  # said instead
    reason: Mapped[str] = mapped_column(Text, default="")  # of what is kept
    text_sha256: Mapped[str]  # of the place for partners, as it was when the answer was given
    answered_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    answered_at: Mapped[datetime]

    answered_by: Mapped[Account] = relationship(lazy="raise_on_sql")


class SharedValue(Base):
    """That a company filed a value. The value itself is not here: only its fingerprint."""

    __tablename__ = "shared_value"
    __table_args__ = (UniqueConstraint("trait", "organisation_id"),)

    trait: Mapped[str]
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))


class SharingVersion(Version):
    """From how many companies a value must have come."""

    __tablename__ = "sharing_version"
    __table_args__ = (Index("ix_sharing_version_state", "state", "number"),)

    companies_before: Mapped[int]  # when this was proposed
    companies: Mapped[int]
