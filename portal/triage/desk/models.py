"""Tables: saved views, settings of the desk, who has a case open, notes between shifts."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.triage.models import TriageCase


class Shift(StrEnum):
    """A part of the day."""

    EARLY = "early shift"
    LATE = "late shift"
    NIGHT = "night shift"


class SavedView(Base):
    """A filter of the queue under a name, for its owner or for the whole office."""

    __tablename__ = "saved_view"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    name: Mapped[str]
    shared: Mapped[bool] = mapped_column(index=True)
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)  # the answers of its address
    position: Mapped[int]
    made_at: Mapped[datetime]

    owner: Mapped[Account] = relationship(lazy="joined")


class DeskSetting(Base):
    """How one officer likes the desk."""

    __tablename__ = "desk_setting"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), unique=True)
    default_view_id: Mapped[UUID | None] = mapped_column(ForeignKey(SavedView.id), index=True)
    keys: Mapped[bool] = mapped_column(default=True)  # single keys do something


class Presence(Base):
    """An officer who has a case open, and when that was last known."""

    __tablename__ = "triage_presence"
    __table_args__ = (UniqueConstraint("case_id", "account_id"),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey(TriageCase.id))
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    seen_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class ShiftNote(Base):
    """What one shift tells the next."""

    __tablename__ = "shift_note"

    author_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    written_at: Mapped[datetime] = mapped_column(index=True)
    shift: Mapped[Shift]
    text: Mapped[str] = mapped_column(Text)

    author: Mapped[Account] = relationship(lazy="joined")
    cases: Mapped[list["ShiftCase"]] = relationship(lazy="raise_on_sql")
    readings: Mapped[list["ShiftReading"]] = relationship(lazy="raise_on_sql")


class ShiftCase(Base):
    """A case that one shift hands to the next."""

    __tablename__ = "shift_case"
    __table_args__ = (UniqueConstraint("note_id", "case_id"),)

    note_id: Mapped[UUID] = mapped_column(ForeignKey(ShiftNote.id))
    case_id: Mapped[UUID] = mapped_column(ForeignKey(TriageCase.id), index=True)

    case: Mapped[TriageCase] = relationship(lazy="raise_on_sql")


class ShiftReading(Base):
    """An officer of the next shift says that the note was read."""

    __tablename__ = "shift_reading"
    __table_args__ = (UniqueConstraint("note_id", "account_id"),)

    note_id: Mapped[UUID] = mapped_column(ForeignKey(ShiftNote.id))
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
