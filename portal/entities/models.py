"""Tables: entity, entity_mention, entity_key, entity_pair, entity_decision. For officers alone."""

from datetime import datetime
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
from portal.entities.data import EntitySort, Profile, Verdict
from portal.organisations.models import Organisation
from portal.submissions.models import Submission


class Entity(Base):
    """Who or what is behind mentions; or a part of one, when two were joined later."""

    __tablename__ = "entity"
    __table_args__ = (UniqueConstraint("sort", "value"),)

    sort: Mapped[EntitySort]
    name: Mapped[str] = mapped_column(Text)
    value: Mapped[str | None]  # of those that are equal or not; none: they are compared
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    mentions: Mapped[int]  # of this part
    known: Mapped[dict[str, Any]] = mapped_column(JSON)  # the profile, of those compared
    joined_to_id: Mapped[UUID | None] = mapped_column(ForeignKey("entity.id"), index=True)

    @property
    def whole_id(self) -> UUID:
        """Return the id of the entity that this is a part of, or its own."""
        return self.joined_to_id or self.id

    @property
    def profile(self) -> Profile:
        """Return what is known of it."""
        return Profile.from_json(self.sort, self.known)


class EntityMention(Base):
    """One place in a submission where an entity stands, and why it is held to be that one."""

    __tablename__ = "entity_mention"
    __table_args__ = (
        Index("ix_entity_mention_newest", "entity_id", "telling", "received_at", "submission_id"),
        Index("ix_entity_mention_all", "entity_id", "received_at", "id"),
    )

    entity_id: Mapped[UUID] = mapped_column(ForeignKey(Entity.id))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey(Submission.id), index=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))  # who reported it
    path: Mapped[str]
    sort: Mapped[EntitySort]
    role: Mapped[str]
    telling: Mapped[bool]  # not those of who reports, carries or forwards
    shown: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime]
    score: Mapped[float | None]  # none: the first mention, or an equal value
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class EntityPair(Base):
    """Two entities that may be the same, why, and what is held of them."""

    __tablename__ = "entity_pair"
    __table_args__ = (
        UniqueConstraint("left_id", "right_id"),
        Index("ix_entity_pair_waiting", "verdict", "score", "id"),
        Index("ix_entity_pair_decided", "decided_at", "id"),
        Index("ix_entity_pair_right_id", "right_id"),
    )

    left_id: Mapped[UUID] = mapped_column(ForeignKey(Entity.id))  # the lower id of the two
    right_id: Mapped[UUID] = mapped_column(ForeignKey(Entity.id))
    sort: Mapped[EntitySort]
    verdict: Mapped[Verdict]
    score: Mapped[float]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    doubts: Mapped[list[str]] = mapped_column(JSON)
    found_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))

    left: Mapped[Entity] = relationship(foreign_keys=left_id, lazy="raise_on_sql")
    right: Mapped[Entity] = relationship(foreign_keys=right_id, lazy="raise_on_sql")
    decided_by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


class EntityDecision(Base):
    """One thing that was held of a pair, and by whom; rows are never changed or removed."""

    __tablename__ = "entity_decision"

    pair_id: Mapped[UUID] = mapped_column(ForeignKey(EntityPair.id), index=True)
    verdict: Mapped[Verdict]
    at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))  # none: the portal
    note: Mapped[str] = mapped_column(Text, default="")

    by: Mapped[Account | None] = relationship(lazy="raise_on_sql")


ENTITY_KEY = Table(  # under which entities are found again; the rows are the index itself
    "entity_key",
    Base.metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("entity_id", Uuid, ForeignKey(Entity.id), primary_key=True),
    sqlite_with_rowid=False,
)
