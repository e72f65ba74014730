"""Opening a case for a picture, and writing down which cases a picture told of."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.triage import deeds, knowing, queries
from portal.triage.models import TriageCase


def open_case(
    session: Session, submission_id: UUID, actor: Actor, now: datetime
) -> TriageCase | None:
    """Return a case whose reading is recorded; none when the officer must give a reason first.

    Raises:
        NotFoundError: there is no such case.
    """
    case = queries.get(session, submission_id)
    if not knowing.may_read(session, case, actor, now):
        return None
    deeds.note_reading(session, case, actor, now)
    return case


def note_shown(
    session: Session,
    picture: str,
    about: UUID,
    cases: Collection[UUID],
    actor: Actor,
    now: datetime,
) -> None:
    """Record which cases a picture tells of, beside the one that was opened."""
    told = " ".join(sorted(str(one) for one in cases))
    audit.record(session, actor, "picture.shown", about, now, picture=picture, cases=told)
