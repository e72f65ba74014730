"""Tables: bulletin, its editions and their texts, and who read which."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.bulletins.data import Aim, Said, Signs, Sort
from portal.bulletins.life import State
from portal.core.db import Base
from portal.organisations.models import Organisation


class Bulletin(Base):
    """What the authority tells companies; what it says stands in its editions."""

    __tablename__ = "bulletin"
    __table_args__ = (Index("ix_bulletin_newest", "created_at", "id"),)

    version: Mapped[int] = mapped_column()
    reference: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    published: Mapped[int] = mapped_column(default=0)  # number of the edition that companies read
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")  # companies never see it

    withdrawn_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")

    __mapper_args__: Any = {"version_id_col": version}


class BulletinEdition(Base):
    """What a bulletin says at one time: changed until it is submitted, kept ever after."""

    __tablename__ = "bulletin_edition"
    __table_args__ = (
        UniqueConstraint("bulletin_id", "number"),
        Index("ix_bulletin_edition_state", "state", "written_at"),
    )

    bulletin_id: Mapped[UUID] = mapped_column(ForeignKey(Bulletin.id))
    version: Mapped[int] = mapped_column()
    number: Mapped[int]
    state: Mapped[State] = mapped_column(default=State.DRAFTED)
    sort: Mapped[Sort]
    valid_from: Mapped[date | None]  # none: from its approval
    valid_until: Mapped[date | None]  # the last day; none: until it is withdrawn
    activities: Mapped[list[str]] = mapped_column(JSON, default=list)
    substances: Mapped[list[str]] = mapped_column(JSON, default=list)
    licensed: Mapped[bool | None]
    signs: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    author_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    writers: Mapped[list[str]] = mapped_column(JSON, default=list)  # everybody who changed it
    written_at: Mapped[datetime]
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # why a name may stand
    approver_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    decided_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(Text, default="")  # of who sent it back

    bulletin: Mapped[Bulletin] = relationship(lazy="raise_on_sql")
    author: Mapped[Account] = relationship(foreign_keys=author_id, lazy="raise_on_sql")
    approver: Mapped[Account | None] = relationship(foreign_keys=approver_id, lazy="raise_on_sql")
    texts: Mapped[list["BulletinText"]] = relationship(
        order_by="BulletinText.language", cascade="all, delete-orphan", lazy="selectin"
    )

    __mapper_args__: Any = {"version_id_col": version}

    @property
    def aim(self) -> Aim:
        """Return whom it addresses."""
        return Aim(
            activities=tuple(self.activities),
            substances=tuple(self.substances),
            licensed=self.licensed,
        )

    @property
    def shown_when(self) -> Signs:
        """Return when it is shown beside a draft."""
        return Signs.from_json(self.signs)

    @property
    def said(self) -> tuple[Said, ...]:
        """Return its texts."""
        return tuple(Said(one.language, one.title, one.body) for one in self.texts)

    @property
    def title(self) -> str:
        """Return the title that officers know it by."""
        english = [one.title for one in self.texts if one.language == "en"]
        return (english or [one.title for one in self.texts] or [""])[0]


class BulletinText(Base):
    """An edition in one language, as an officer wrote it."""

    __tablename__ = "bulletin_text"
    __table_args__ = (UniqueConstraint("edition_id", "language"),)

    edition_id: Mapped[UUID] = mapped_column(ForeignKey(BulletinEdition.id))
    language: Mapped[str]
    title: Mapped[str]
    body: Mapped[str] = mapped_column(Text)


class BulletinReading(Base):
    """That somebody of a company opened an edition, and when first; officers alone see it."""

    __tablename__ = "bulletin_reading"
    __table_args__ = (
        UniqueConstraint("bulletin_id", "number", "account_id"),
        Index("ix_bulletin_reading_account_id", "account_id", "bulletin_id"),
    )

    bulletin_id: Mapped[UUID] = mapped_column(ForeignKey(Bulletin.id))
    number: Mapped[int]  # of the edition
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    read_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
