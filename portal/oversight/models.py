"""Tables: audit_check."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base


class AuditCheck(Base):
    """One verification of the whole chain."""

    __tablename__ = "audit_check"

    asked_at: Mapped[datetime] = mapped_column(index=True)
    asked_by_id: Mapped[UUID]
    done_at: Mapped[datetime | None]
    entries: Mapped[int | None]
    broken_at: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
