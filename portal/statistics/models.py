"""Tables: what was counted of each day and month, which were, and who took counts away."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.models import Account
from portal.core.db import Base
from portal.statistics.data import Grain


class Count(Base):
    """How many submissions of a day or month share some properties; an empty one means any.

    `parts` says which properties a row is by, so that a table of one property reads its rows only.
    Days are kept until their month is counted.
    """

    __tablename__ = "statistic_count"
    __table_args__ = (
        Index("ix_statistic_count_substance", "parts", "substance", "country", "starts_on"),
        Index("ix_statistic_count_country", "parts", "country", "substance", "starts_on"),
    )

    parts: Mapped[str]  # of the letters s, c and r: by substance, country, rule
    grain: Mapped[Grain]
    starts_on: Mapped[date]
    kind: Mapped[str]
    substance: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    rule: Mapped[str] = mapped_column(default="")
    number: Mapped[int]
    firms: Mapped[int]  # how many companies filed them


class Counted(Base):
    """A day or month whose counts are complete."""

    __tablename__ = "statistic_counted"
    __table_args__ = (UniqueConstraint("grain", "starts_on"),)

    grain: Mapped[Grain]
    starts_on: Mapped[date]
    counted_at: Mapped[datetime]


class Export(Base):
    """That counts were taken away, by whom and why."""

    __tablename__ = "statistic_export"
    __table_args__ = (Index("ix_statistic_export_account_id", "account_id", "made_at"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    made_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    what: Mapped[str]
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    rows: Mapped[int]
