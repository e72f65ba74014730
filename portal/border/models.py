"""Tables: border_check, and the messages about a partner's request."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.border.data import Result, Sought
from portal.core.db import Base
from portal.organisations.models import Organisation
from portal.partners.models import HandOver
from portal.submissions.models import Submission


class BorderCheck(Base):
    """One check by a partner's officer: what was typed, and what was answered."""

    __tablename__ = "border_check"
    __table_args__ = (
        UniqueConstraint("account_id", "key"),
        Index("ix_border_check_own", "account_id", "arrived_at", "id"),
        Index("ix_border_check_newest", "arrived_at", "id"),
        Index("ix_border_check_value", "partner_id", "value", "arrived_at"),
    )

    key: Mapped[str]  # made where it was typed: sent twice, it is one check
    reference: Mapped[str] = mapped_column(unique=True)  # to name on the telephone
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    post: Mapped[str] = mapped_column(default="")  # UN/LOCODE of the partner, then
    place: Mapped[str] = mapped_column(default="")  # where the officer says to be
    typed: Mapped[str] = mapped_column(Text)
    sought: Mapped[Sought]
    value: Mapped[str]  # what was looked for
    result: Mapped[Result]
    answers: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # as they were shown
    made_at: Mapped[datetime]  # when it was typed
    arrived_at: Mapped[datetime]  # when it reached the portal
    sighting_id: Mapped[UUID | None] = mapped_column(ForeignKey(Submission.id))

    account: Mapped[Account] = relationship(lazy="raise_on_sql")
    partner: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class CheckedCase(Base):
    """That a check met a consignment; partners are never shown which."""

    __tablename__ = "border_checked"
    __table_args__ = (UniqueConstraint("check_id", "submission_id"),)

    check_id: Mapped[UUID] = mapped_column(ForeignKey(BorderCheck.id))
    submission_id: Mapped[UUID] = mapped_column(ForeignKey(Submission.id), index=True)
    path: Mapped[str]  # of the answer by which it was found
    result: Mapped[Result]  # by its state, whether or not the officer was told
    on_route: Mapped[bool]  # the officer's countries or post lie on its way


class RequestMessage(Base):
    """A message about a partner's request: the partner's, or an answer that two officers agreed."""

    __tablename__ = "request_message"
    __table_args__ = (Index("ix_request_message_thread", "submission_id", "written_at"),)

    submission_id: Mapped[UUID] = mapped_column(ForeignKey(Submission.id))
    from_partner: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    hand_over_id: Mapped[UUID | None] = mapped_column(ForeignKey(HandOver.id))
    author_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    written_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    agreed: Mapped[bool | None]  # none: waits for a second officer
    remark: Mapped[str] = mapped_column(Text, default="")  # why it was not agreed to
    kept: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)  # marks that stay, why

    author: Mapped[Account] = relationship(foreign_keys=author_id, lazy="raise_on_sql")
    hand_over: Mapped[HandOver | None] = relationship(lazy="raise_on_sql")
