"""Tables: hand_over and the papers made for it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.leads.models import Lead
from portal.organisations.models import Organisation


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

    __mapper_args__: Any = {"version_id_col": version}

    lead: Mapped[Lead] = relationship(lazy="raise_on_sql")
    partner: Mapped[Organisation] = relationship(lazy="raise_on_sql")
