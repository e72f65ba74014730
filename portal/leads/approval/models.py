"""Tables: lead_decision, its remarks on single places, and lead_release for what left at once."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.leads.approval.rules import Deed
from portal.leads.models import Lead


class LeadDecision(Base):
    """What somebody decided on a lead; rows never change."""

    __tablename__ = "lead_decision"

    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id), index=True)
    deed: Mapped[Deed]
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    seal: Mapped[str]  # SHA-256 of the version for partners that was decided on
    content: Mapped[str] = mapped_column(Text)  # that version, as JSON
    text: Mapped[str] = mapped_column(Text, default="")  # remark or reason

    by: Mapped[Account] = relationship(lazy="raise_on_sql")
    remarks: Mapped[list["BlockRemark"]] = relationship(
        order_by="BlockRemark.position", lazy="selectin"
    )


class BlockRemark(Base):
    """What must be changed at one place of a lead that was sent back."""

    __tablename__ = "lead_remark"

    decision_id: Mapped[UUID] = mapped_column(ForeignKey(LeadDecision.id), index=True)
    position: Mapped[int]
    place: Mapped[str]
    label: Mapped[str]
    quote: Mapped[str] = mapped_column(Text)  # what stood there
    text: Mapped[str] = mapped_column(Text)


class ReleaseState(StrEnum):
    """Where a release at once stands."""

    OPEN = "waits to be confirmed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LeadRelease(Base):
    """A lead that a supervisor released at once, and what a second one says of it."""

    __tablename__ = "lead_release"
    __table_args__ = (Index("ix_lead_release_state", "state", "confirm_by"),)

    version: Mapped[int] = mapped_column()
    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id), index=True)
    state: Mapped[ReleaseState] = mapped_column(default=ReleaseState.OPEN)
    reason: Mapped[str] = mapped_column(Text)
    released_at: Mapped[datetime]
    released_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    confirm_by: Mapped[datetime]
    overdue_at: Mapped[datetime | None]  # when the portal noticed
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    answer: Mapped[str] = mapped_column(Text, default="")

    lead: Mapped[Lead] = relationship(lazy="raise_on_sql")
    released_by: Mapped[Account] = relationship(foreign_keys=released_by_id, lazy="raise_on_sql")
    decided_by: Mapped[Account | None] = relationship(
        foreign_keys=decided_by_id, lazy="raise_on_sql"
    )

    __mapper_args__: Any = {"version_id_col": version}
