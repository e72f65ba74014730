"""Tables: what partners report, ask and want of a lead that was handed to them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.leads.models import Lead
from portal.organisations.models import Organisation
from portal.partners.inbox.data import RequestState, Result
from portal.partners.models import HandOver


class Outcome(Base):
    """What a partner reports of a lead, in one version; a correction is a new one.

    All versions of one report share its `series_id`; only the newest is `current`, and it alone
    counts. A partner may report several things of one lead, each in a series of its own.
    """

    __tablename__ = "outcome"
    __table_args__ = (
        UniqueConstraint("series_id", "number"),
        Index("ix_outcome_newest", "current", "reported_at", "id"),
        Index("ix_outcome_of_lead", "lead_id", "current"),
    )

    hand_over_id: Mapped[UUID] = mapped_column(ForeignKey(HandOver.id), index=True)
    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id))
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    series_id: Mapped[UUID] = mapped_column(ForeignKey("outcome.id"))  # its first version
    number: Mapped[int] = mapped_column(default=1)  # of the version, from 1
    current: Mapped[bool] = mapped_column(default=True)
    result: Mapped[Result]
    happened_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(default="")
    locode: Mapped[str] = mapped_column(default="")  # UN/LOCODE
    country: Mapped[str] = mapped_column(default="")  # ISO 3166-1 alpha-2
    persons: Mapped[int | None]  # arrested or known; none: not said
    text: Mapped[str] = mapped_column(Text, default="")
    reported_at: Mapped[datetime]
    reported_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))

    partner: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    lead: Mapped[Lead] = relationship(lazy="raise_on_sql")
    seizures: Mapped[list["Seizure"]] = relationship(
        order_by="Seizure.position", cascade="all, delete-orphan", lazy="selectin"
    )


class Seizure(Base):
    """One substance that was seized."""

    __tablename__ = "seizure"

    outcome_id: Mapped[UUID] = mapped_column(ForeignKey(Outcome.id), index=True)
    position: Mapped[int] = mapped_column(default=0)
    substance: Mapped[str] = mapped_column(default="", index=True)  # key of the reference, or empty
    name: Mapped[str]
    quantity: Mapped[Decimal] = mapped_column(Numeric(24, 6))
    unit: Mapped[str]  # a value of reference.data.Unit
    quantity_kg: Mapped[Decimal | None] = mapped_column(Numeric(24, 9))  # none: not to be reckoned
    place: Mapped[str] = mapped_column(default="")
    locode: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    seized_on: Mapped[date | None]


class OutcomeFile(Base):
    """A file that a partner sent with an outcome, whatever is corrected later."""

    __tablename__ = "outcome_file"

    series_id: Mapped[UUID] = mapped_column(ForeignKey(Outcome.id), index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    stored_as: Mapped[str]
    scan: Mapped[str]
    uploaded_at: Mapped[datetime]


class Message(Base):
    """A question of a partner, or what the authority answers; in the order of writing a thread."""

    __tablename__ = "partner_message"
    __table_args__ = (
        Index("ix_partner_message_waiting", "waits", "written_at", "id"),
        Index("ix_partner_message_thread", "hand_over_id", "written_at", "id"),
    )

    hand_over_id: Mapped[UUID] = mapped_column(ForeignKey(HandOver.id))
    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id), index=True)
    from_partner: Mapped[bool]
    author_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    written_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(Text)
    waits: Mapped[bool] = mapped_column(default=False)  # of a partner, for the authority's answer
    read_at: Mapped[datetime | None]  # of the authority: when the partner first saw it

    author: Mapped[Account] = relationship(lazy="joined")
    hand_over: Mapped[HandOver] = relationship(lazy="raise_on_sql")
    lead: Mapped[Lead] = relationship(lazy="raise_on_sql")


class MoreRequest(Base):
    """What a partner wants more of a lead, why and until when."""

    __tablename__ = "partner_request"
    __table_args__ = (Index("ix_partner_request_open", "state", "until", "id"),)

    hand_over_id: Mapped[UUID] = mapped_column(ForeignKey(HandOver.id), index=True)
    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id), index=True)
    version: Mapped[int] = mapped_column()
    state: Mapped[RequestState] = mapped_column(default=RequestState.OPEN)
    missing: Mapped[str] = mapped_column(Text)
    why: Mapped[str] = mapped_column(Text)
    until: Mapped[date]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    remark: Mapped[str] = mapped_column(Text, default="")  # of the authority, for the partner

    __mapper_args__: Any = {"version_id_col": version}

    hand_over: Mapped[HandOver] = relationship(lazy="raise_on_sql")
    lead: Mapped[Lead] = relationship(lazy="raise_on_sql")


class Interest(Base):
    """That a partner is interested in a lead itself; once a hand-over, until taken back."""

    __tablename__ = "partner_interest"

    hand_over_id: Mapped[UUID] = mapped_column(ForeignKey(HandOver.id), unique=True)
    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id), index=True)
    said_at: Mapped[datetime]
    said_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    text: Mapped[str] = mapped_column(Text, default="")  # its own file number, whom to call
