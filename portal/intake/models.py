"""Tables: draft."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from portal.accounts.models import Account
from portal.core.db import Base
from portal.organisations.models import Organisation
from portal.submissions.models import Submission


class Draft(Base):
    """A submission that is still being written; its id becomes the submission's.

    `answers` holds what was typed, right or wrong, as a browser sends it: for a step its fields,
    for a repeated step a list of items, each with an id of its own.
    """

    __tablename__ = "draft"

    kind: Mapped[str]
    version: Mapped[int] = mapped_column()
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey(Organisation.id), index=True)
    author_id: Mapped[UUID] = mapped_column(ForeignKey(Account.id), index=True)
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey(Submission.id))
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    __mapper_args__: Any = {"version_id_col": version}
