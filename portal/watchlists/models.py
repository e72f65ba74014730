"""Tables: watch_list, its readers, entries, keys and steps; watch_hit, and what could not be told.

Nothing of it is ever shown to a company, and what an entry or hit says to its list's readers alone.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.entities.data import EntitySort, Profile
from portal.entities.models import Entity
from portal.submissions.models import Submission
from portal.watchlists.data import HitState, Information, Source, Watched


class WatchList(Base):
    """What is watched for one purpose, until a day."""

    __tablename__ = "watch_list"

    version: Mapped[int] = mapped_column()
    name: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    created_at: Mapped[datetime]
    expires_on: Mapped[date]  # the last day on which it matches

    owner: Mapped[Account] = relationship(lazy="raise_on_sql")

    __mapper_args__: Any = {"version_id_col": version}


class WatchReader(Base):
    """Somebody who reads a list; its owner is one."""

    __tablename__ = "watch_reader"
    __table_args__ = (
        UniqueConstraint("list_id", "account_id"),
        Index("ix_watch_reader_account_id", "account_id", "list_id"),
    )

    list_id: Mapped[UUID] = mapped_column(ForeignKey(WatchList.id))
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    added_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class WatchStep(Base):
    """What was done with a list, by whom and why, in their words; rows never change."""

    __tablename__ = "watch_step"

    list_id: Mapped[UUID] = mapped_column(ForeignKey(WatchList.id), index=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    deed: Mapped[str]
    text: Mapped[str] = mapped_column(Text)

    by: Mapped[Account] = relationship(lazy="raise_on_sql")


class WatchEntry(Base):
    """Who or what is watched. It is ended, never deleted."""

    __tablename__ = "watch_entry"
    __table_args__ = (
        Index("ix_watch_entry_newest", "list_id", "added_at", "id"),
        Index("ix_watch_entry_same", "list_id", "same"),
    )

    list_id: Mapped[UUID] = mapped_column(ForeignKey(WatchList.id))
    sort: Mapped[EntitySort]
    shown: Mapped[str] = mapped_column(Text)
    value: Mapped[str | None]
    country: Mapped[str]
    known: Mapped[dict[str, Any]] = mapped_column(JSON)  # the profile, of those compared
    same: Mapped[str]  # equal for two that watch the same
    search: Mapped[str] = mapped_column(Text)
    entity_id: Mapped[UUID | None] = mapped_column(ForeignKey(Entity.id), index=True)
    reason: Mapped[str] = mapped_column(Text)
    source: Mapped[Source | None]
    information: Mapped[Information | None]
    expires_on: Mapped[date | None]  # none: with the list
    added_at: Mapped[datetime]
    added_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    ended_reason: Mapped[str] = mapped_column(Text, default="")

    watch_list: Mapped[WatchList] = relationship(lazy="raise_on_sql")
    added_by: Mapped[Account] = relationship(foreign_keys=added_by_id, lazy="raise_on_sql")
    ended_by: Mapped[Account | None] = relationship(foreign_keys=ended_by_id, lazy="raise_on_sql")

    @property
    def watched(self) -> Watched:
        """Return who or what is watched, as it is compared."""
        profile = Profile.from_json(self.sort, self.known) if self.value is None else None
        return Watched(
            sort=self.sort,
            shown=self.shown,
            value=self.value,
            country=self.country,
            profile=profile,
        )


WATCH_KEY = Table(  # under which entries are found; only of those that were not ended
    "watch_key",
    Base.metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("entry_id", Uuid, ForeignKey(WatchEntry.id), primary_key=True, index=True),
    sqlite_with_rowid=False,
)


class WatchHit(Base):
    """An entry and a submission in which it stands: once, however often it is looked for."""

    __tablename__ = "watch_hit"
    __table_args__ = (
        UniqueConstraint("entry_id", "submission_id"),
        Index("ix_watch_hit_state", "list_id", "state", "found_at", "id"),
        Index("ix_watch_hit_submission_id", "submission_id"),
    )

    entry_id: Mapped[UUID] = mapped_column(ForeignKey(WatchEntry.id))
    list_id: Mapped[UUID] = mapped_column(ForeignKey(WatchList.id))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey(Submission.id))
    found_at: Mapped[datetime]
    on_arrival: Mapped[bool]  # or looking back
    score: Mapped[float | None]  # bits; none: an equal value, or the same entity
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    state: Mapped[HitState]
    note: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))

    entry: Mapped[WatchEntry] = relationship(lazy="raise_on_sql")
    watch_list: Mapped[WatchList] = relationship(lazy="raise_on_sql")
    submission: Mapped[Submission] = relationship(lazy="raise_on_sql")
    decided_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class WatchFailure(Base):
    """A submission that could not be held against the lists; gone once it was."""

    __tablename__ = "watch_failure"

    submission_id: Mapped[UUID] = mapped_column(ForeignKey(Submission.id), unique=True)
    at: Mapped[datetime]


class WatchNotice(Base):
    """When somebody was told of news by mail, and when they looked: one mail between two looks."""

    __tablename__ = "watch_notice"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), unique=True)
    mailed_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]
