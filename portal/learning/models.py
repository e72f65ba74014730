"""Tables: drafts of thanks; what a company reads of them stands in a table of its own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.leads.models import Lead
from portal.learning.data import ThanksState
from portal.organisations.models import Organisation


class ThanksDraft(Base):
    """Thanks to a company that one officer proposes and a supervisor must approve."""

    __tablename__ = "thanks_draft"
    __table_args__ = (
        Index("ix_thanks_draft_waiting", "state", "proposed_at", "id"),
        Index("ix_thanks_draft_lead", "lead_id", "organisation_id"),
    )

    lead_id: Mapped[UUID] = mapped_column(ForeignKey(Lead.id))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    version: Mapped[int] = mapped_column()
    state: Mapped[ThanksState] = mapped_column(default=ThanksState.PROPOSED)
    language: Mapped[str]
    text: Mapped[str] = mapped_column(Text)  # as proposed
    given: Mapped[str] = mapped_column(Text, default="")  # as the supervisor gave it
    specific: Mapped[bool] = mapped_column(default=False)  # it says more than general words
    remark: Mapped[str] = mapped_column(Text, default="")  # why it was refused
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    decided_at: Mapped[datetime | None]

    __mapper_args__: Any = {"version_id_col": version}

    lead: Mapped[Lead] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    proposed_by: Mapped[Account] = relationship(foreign_keys=proposed_by_id, lazy="joined")
