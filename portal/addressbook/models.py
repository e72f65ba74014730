"""Tables: address_entry."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.addressbook.data import EntrySort
from portal.core.db import Base
from portal.organisations.models import Organisation


class AddressEntry(Base):
    """Somebody or something that a company names again; nothing says where it was first named."""

    __tablename__ = "address_entry"
    __table_args__ = (UniqueConstraint("organisation_id", "sort", "key"),)

    version: Mapped[int] = mapped_column()
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    sort: Mapped[EntrySort]
    label: Mapped[str]
    key: Mapped[str]  # the label as compared: the same one twice is one entry
    search: Mapped[str] = mapped_column(Text)
    typed: Mapped[dict[str, Any]] = mapped_column(JSON)  # as the page of a draft sends it
    used: Mapped[int] = mapped_column(default=0)  # times; in notices and the like alone
    used_at: Mapped[datetime | None]

    __mapper_args__: Any = {"version_id_col": version}
