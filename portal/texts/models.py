"""Table: search_text; beside it the index itself, search_index, which each database has its way.

`search_index` is an FTS5 table on SQLite and a table of tsvectors with GIN on PostgreSQL: the
migration makes it, portal.texts.queries asks it.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base
from portal.submissions.models import Submission
from portal.texts.data import What


class SearchText(Base):
    """One text as shown; `id` is its place in the index, higher for newer ones."""

    __tablename__ = "search_text"
    __table_args__ = (
        UniqueConstraint("what", "thing_id"),
        Index("ix_search_text_owner", "owner_id", "what"),
        Index("ix_search_text_received", "received_at", "id"),
    )

    id: Mapped[int] = mapped_column(  # type: ignore[assignment]  # SQLite counts only INTEGER
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=True,
        sort_order=-1,
    )
    what: Mapped[What]
    thing_id: Mapped[UUID]  # of the submission, note or lead
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey(Submission.id))  # whose case it is
    received_at: Mapped[datetime]
    parts: Mapped[list[list[Any]]] = mapped_column(JSON)
    facets: Mapped[list[str]] = mapped_column(JSON)
