"""Tables: delivery_plan, its halts and consents, risks, conditions, goods, people, log, steps.

Only the people of a plan and supervisors ever learn that it exists.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.deliveries.data import (
    Consent,
    ConsentState,
    EntrySort,
    Result,
    Substitution,
)
from portal.deliveries.rules.life import Status
from portal.leads.data import Marking
from portal.leads.models import Lead
from portal.submissions.models import Submission


class AppendOnlyError(RuntimeError):
    """Somebody tried to change what is only ever added to."""


class DeliveryPlan(Base):
    """How goods are let through under the eyes of every country on their way."""

    __tablename__ = "delivery_plan"

    reference: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    changed_at: Mapped[datetime]  # by any deed but the log: the version rises with it
    status: Mapped[Status] = mapped_column(default=Status.DRAFTED)
    title: Mapped[str]
    purpose: Mapped[str] = mapped_column(Text)
    marking: Mapped[Marking]
    lead_id: Mapped[UUID | None] = mapped_column(ForeignKey(Lead.id), index=True)
    submission_id: Mapped[UUID | None] = mapped_column(ForeignKey(Submission.id), index=True)
    in_charge_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    in_charge_phone: Mapped[str] = mapped_column(default="")
    deputy_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    deputy_phone: Mapped[str] = mapped_column(default="")
    substitution: Mapped[Substitution] = mapped_column(default=Substitution.NONE)
    substituted_with: Mapped[str] = mapped_column(Text, default="")
    substituted_by: Mapped[str] = mapped_column(Text, default="")
    substituted_where: Mapped[str] = mapped_column(Text, default="")
    watching: Mapped[str] = mapped_column(Text, default="")
    communication: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(Text, default="")
    payer: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    created_at: Mapped[datetime] = mapped_column(index=True)
    approver_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    approved_at: Mapped[datetime | None]
    approved_sha256: Mapped[str | None]  # of what the plan said then
    remark: Mapped[str] = mapped_column(Text, default="")  # of who sent it back
    started_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    result: Mapped[Result | None]
    result_text: Mapped[str] = mapped_column(Text, default="")

    __mapper_args__: Any = {"version_id_col": version}

    lead: Mapped[Lead | None] = relationship(lazy="raise_on_sql")
    submission: Mapped[Submission | None] = relationship(lazy="raise_on_sql")
    author: Mapped[Account] = relationship(foreign_keys=author_id, lazy="raise_on_sql")
    approver: Mapped[Account | None] = relationship(foreign_keys=approver_id, lazy="raise_on_sql")
    in_charge: Mapped[Account | None] = relationship(foreign_keys=in_charge_id, lazy="raise_on_sql")
    deputy: Mapped[Account | None] = relationship(foreign_keys=deputy_id, lazy="raise_on_sql")
    all_halts: Mapped[list["DeliveryHalt"]] = relationship(
        order_by="DeliveryHalt.number", lazy="selectin"
    )
    risks: Mapped[list["DeliveryRisk"]] = relationship(
        order_by="DeliveryRisk.number", cascade="all, delete-orphan", lazy="selectin"
    )
    conditions: Mapped[list["DeliveryCondition"]] = relationship(
        order_by="DeliveryCondition.number", cascade="all, delete-orphan", lazy="selectin"
    )
    goods: Mapped[list["DeliveryGoods"]] = relationship(
        order_by="DeliveryGoods.number", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def halts(self) -> list["DeliveryHalt"]:
        """Return the countries on the route as it is now, in their order."""
        return [halt for halt in self.all_halts if halt.removed_at is None]

    @property
    def references(self) -> list[str]:
        """Return the references of the submissions concerned."""
        return [one.reference for one in self.goods if one.reference]

    @property
    def containers(self) -> list[str]:
        """Return the containers concerned."""
        return [one.container for one in self.goods if one.container]


class DeliveryHalt(Base):
    """A country on the route. It is taken off the route, never deleted: its consents stay."""

    __tablename__ = "delivery_halt"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(DeliveryPlan.id), index=True)
    number: Mapped[int]  # in the order of the way, from 1
    country: Mapped[str]
    place: Mapped[str]
    locode: Mapped[str] = mapped_column(default="")
    planned_at: Mapped[datetime]
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    authority: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    day_phone: Mapped[str] = mapped_column(default="")
    night_phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[datetime | None]

    consents: Mapped[list["DeliveryConsent"]] = relationship(
        order_by="DeliveryConsent.number", lazy="selectin", back_populates="halt"
    )

    @property
    def consent(self) -> Consent:
        """Return what the country said last."""
        if not self.consents:
            return Consent()
        last = self.consents[-1]
        return Consent(last.state, last.valid_from, last.valid_until)


class DeliveryConsent(Base):
    """What was asked of a country, what it said, or why it must be asked again; never changed."""

    __tablename__ = "delivery_consent"
    __table_args__ = (UniqueConstraint("halt_id", "number"),)

    halt_id: Mapped[UUID] = mapped_column(ForeignKey(DeliveryHalt.id))
    number: Mapped[int]
    state: Mapped[ConsentState]
    said_on: Mapped[date]
    by_whom: Mapped[str]
    reference: Mapped[str] = mapped_column(default="")
    conditions: Mapped[str] = mapped_column(Text, default="")
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    document: Mapped[str] = mapped_column(default="")  # name of a file
    media_type: Mapped[str] = mapped_column(default="")
    stored_as: Mapped[str | None]
    sha256: Mapped[str] = mapped_column(default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))

    halt: Mapped[DeliveryHalt] = relationship(lazy="raise_on_sql", back_populates="consents")
    recorded_by: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class DeliveryRisk(Base):
    """What may go wrong, and what is done against it."""

    __tablename__ = "delivery_risk"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(DeliveryPlan.id), index=True)
    number: Mapped[int]
    risk: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text, default="")


class DeliveryCondition(Base):
    """When it is stopped; met as soon as somebody says so."""

    __tablename__ = "delivery_condition"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(DeliveryPlan.id), index=True)
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    met_at: Mapped[datetime | None]
    met_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))


class DeliveryGoods(Base):
    """A consignment concerned: the reference of a submission, or a container."""

    __tablename__ = "delivery_goods"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(DeliveryPlan.id), index=True)
    number: Mapped[int]
    reference: Mapped[str] = mapped_column(default="")
    container: Mapped[str] = mapped_column(default="")


class DeliveryPerson(Base):
    """Somebody who needs to know of a plan."""

    __tablename__ = "delivery_person"
    __table_args__ = (
        UniqueConstraint("plan_id", "account_id"),
        Index("ix_delivery_person_account_id", "account_id", "plan_id"),
    )

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(DeliveryPlan.id))
    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    added_at: Mapped[datetime]

    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class DeliveryEntry(Base):
    """An entry of the log of the hours; a mistake is put right by a new entry."""

    __tablename__ = "delivery_entry"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(DeliveryPlan.id))
    number: Mapped[int]
    sort: Mapped[EntrySort]
    at: Mapped[datetime]  # when it was
    halt_id: Mapped[UUID | None] = mapped_column(ForeignKey(DeliveryHalt.id))
    place: Mapped[str]
    who: Mapped[str]
    text: Mapped[str] = mapped_column(Text)
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("delivery_entry.id"))
    written_at: Mapped[datetime]
    written_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))

    written_by: Mapped[Account] = relationship(lazy="raise_on_sql")
    halt: Mapped[DeliveryHalt | None] = relationship(lazy="raise_on_sql")


class DeliveryStep(Base):
    """What was done with a plan, by whom, in their words; never changed."""

    __tablename__ = "delivery_step"

    plan_id: Mapped[UUID] = mapped_column(ForeignKey(DeliveryPlan.id), index=True)
    at: Mapped[datetime]
    by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    deed: Mapped[str]
    text: Mapped[str] = mapped_column(Text, default="")
    wrote: Mapped[bool]  # changed what the plan says: who did so never approves it

    by: Mapped[Account] = relationship(lazy="raise_on_sql")


def refuse_change(_mapper: object, _connection: object, row: Base) -> None:
    """Let no code change or delete what is only ever added to.

    Raises:
        AppendOnlyError: always.
    """
    raise AppendOnlyError(type(row).__name__)


for table in (DeliveryEntry, DeliveryConsent, DeliveryStep):
    event.listen(table, "before_update", refuse_change)
    event.listen(table, "before_delete", refuse_change)
