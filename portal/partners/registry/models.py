"""Tables: what the register holds of a partner beside its organisation and profile."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.leads.data import Category, Marking
from portal.organisations.models import Organisation
from portal.partners.registry.data import Bond, ChangeSort, Hours, PostSort
from portal.partners.sealing.data import KeySort


class PartnerPost(Base):
    """A place at which a partner stands."""

    __tablename__ = "partner_post"

    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    locode: Mapped[str] = mapped_column(index=True)  # UN/LOCODE
    sort: Mapped[PostSort]
    name: Mapped[str] = mapped_column(default="")  # empty: as the list of places says
    faces: Mapped[str] = mapped_column(default="")  # country beyond a border point
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PartnerAgreement(Base):
    """What a partner may receive, on which paper, from when until when."""

    __tablename__ = "partner_agreement"

    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    name: Mapped[str]
    marking_max: Mapped[Marking]
    categories: Mapped[list[str]] = mapped_column(JSON, default=list)  # empty: every category
    accepts_conditions: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    file_name: Mapped[str | None]  # the paper itself
    media_type: Mapped[str | None]
    stored_as: Mapped[str | None]
    sha256: Mapped[str | None]
    scan: Mapped[str | None]
    added_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]  # none: waits for a second person and allows nothing
    ended_at: Mapped[datetime | None]

    @property
    def bond(self) -> Bond:
        """Return what it allows, as rules see it."""
        return Bond(
            name=self.name,
            marking_max=self.marking_max,
            categories=tuple(Category(one) for one in self.categories),
            accepts_conditions=self.accepts_conditions,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )


class AgreementWarning(Base):
    """That the registrars were warned of the end of an agreement, once at each number of days."""

    __tablename__ = "partner_agreement_warning"
    __table_args__ = (UniqueConstraint("agreement_id", "days"),)

    agreement_id: Mapped[UUID] = mapped_column(ForeignKey(PartnerAgreement.id))
    days: Mapped[int]
    warned_at: Mapped[datetime]


class PartnerContact(Base):
    """Whom to call, and when."""

    __tablename__ = "partner_contact"

    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    name: Mapped[str]
    function: Mapped[str] = mapped_column(default="")
    hours: Mapped[Hours]
    phone: Mapped[str] = mapped_column(default="")  # E.164
    email: Mapped[str] = mapped_column(default="")
    languages: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PartnerKey(Base):
    """A public key to which packages for the partner are sealed."""

    __tablename__ = "partner_key"

    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    sort: Mapped[KeySort]
    text: Mapped[str] = mapped_column(Text)
    fingerprint: Mapped[str]
    added_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]  # none: waits for a second person
    ended_at: Mapped[datetime | None]


class PartnerOfficer(Base):
    """That somebody was vetted and admitted to a partner's account, and if it still holds."""

    __tablename__ = "partner_officer"

    account_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    position: Mapped[str]
    grounds: Mapped[str] = mapped_column(Text)  # who vetted the person, when, on which paper
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))  # none: before
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")

    account: Mapped[Account] = relationship(foreign_keys=account_id, lazy="raise_on_sql")
    decided_by: Mapped[Account | None] = relationship(
        foreign_keys=decided_by_id, lazy="raise_on_sql"
    )


class PartnerChange(Base):
    """One entry of the register's history; one that needs two people waits for the second."""

    __tablename__ = "partner_change"

    partner_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    sort: Mapped[ChangeSort]
    part_id: Mapped[UUID | None]  # the row that it is about
    said: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # new facts, until agreed to
    words: Mapped[str] = mapped_column(Text, default="")  # what it was, for people
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id))
    decided_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    agreed: Mapped[bool | None]

    proposed_by: Mapped[Account] = relationship(foreign_keys=proposed_by_id, lazy="raise_on_sql")
    decided_by: Mapped[Account | None] = relationship(
        foreign_keys=decided_by_id, lazy="raise_on_sql"
    )
    partner: Mapped[Organisation] = relationship(lazy="raise_on_sql")
