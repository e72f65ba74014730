"""What partners saw at a border of goods that may not leave, as rules know it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.submissions.data import Facts
from portal.triage.models import Presented

MOST = 20  # of one case; the newest


def note(session: Session, case_id: UUID, path: str, words: str, now: datetime) -> None:
    """Keep that goods were presented; the case is judged again by whoever calls this."""
    session.add(Presented(case_id=case_id, at=now, path=path, words=words))
    session.flush()


def of_case(session: Session, case_id: UUID) -> tuple[tuple[str, str], ...]:
    """Return what was presented under a case: the answer by which it was found, and words."""
    query = select(Presented).where(Presented.case_id == case_id)
    newest = query.order_by(Presented.at.desc(), Presented.id).limit(MOST)
    return tuple((one.path, one.words) for one in reversed(session.scalars(newest).all()))


def with_presented(session: Session, facts: Facts, case_id: UUID) -> Facts:
    """Add to the facts of a case what was presented at borders, oldest first."""
    return replace(facts, presented=of_case(session, case_id))
