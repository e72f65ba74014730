"""Tables: upload, and upload_row with a row for each line of its sheet."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Base
from portal.organisations.models import Organisation
from portal.submissions.models import Submission
from portal.uploads.data import Choice, State


class Upload(Base):
    """A sheet that was sent, how far it is, and what was chosen."""

    __tablename__ = "upload"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "sha256"),)

    version: Mapped[int] = mapped_column()
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id))
    author_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    kind: Mapped[str]
    name: Mapped[str]  # of the file, as the sender called it
    sha256: Mapped[str]
    stored_as: Mapped[str]
    declared_by: Mapped[str]
    uploaded_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.CHECKING)
    trouble: Mapped[str] = mapped_column(Text, default="")  # why it cannot be read
    choice: Mapped[Choice | None]
    header: Mapped[list[str]] = mapped_column(JSON, default=list)
    checked: Mapped[int] = mapped_column(default=0)  # rows looked at so far
    expected: Mapped[int] = mapped_column(default=0)  # rows in the file, once known
    bad: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)  # rows that were filed before
    filed: Mapped[int] = mapped_column(default=0)  # submissions made
    last_filed: Mapped[int] = mapped_column(default=0)  # number of the row that is done
    met: Mapped[list[Any]] = mapped_column(JSON, default=list)  # bulletins its rows are about
    finished_at: Mapped[datetime | None]
    reference: Mapped[str | None] = mapped_column(unique=True)  # of the paper, once all is filed
    check_code: Mapped[str | None] = mapped_column(unique=True)
    paper_stored_as: Mapped[str | None]

    __mapper_args__: Any = {"version_id_col": version}

    author: Mapped[Account] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


upload_row = Table(
    "upload_row",
    Base.metadata,
    Column("upload_id", Uuid, ForeignKey(Upload.id), primary_key=True),
    Column("number", Integer, primary_key=True),  # from 1, the header not counted
    Column("unit", Integer, nullable=False),  # number of the first row of its submission
    Column("cells", Text, nullable=False),  # JSON list, in the order of the header
    Column("mark", String, nullable=False),  # of the content: the same mark, the same row
    Column("bad", Boolean, nullable=False),
    Column("complaints", Text),  # JSON
    Column("known_as", String),  # reference under which the same was filed before
    Column("submission_id", Uuid, ForeignKey(Submission.id)),
    Index("ix_upload_row_bad", "upload_id", "bad", "number"),
    Index("ix_upload_row_mark", "mark"),
    sqlite_with_rowid=False,
)
