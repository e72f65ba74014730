"""What submissions name, and which submissions name it: the one place that knows where that stands.

A subject is a trace: equal values of one sort. It is asked for by the id of any of its mentions, so
that no address of a page holds what somebody is called.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, union_all
from sqlalchemy.orm import Session

from portal.core.errors import NotFoundError
from portal.pictures.data import Subject
from portal.submissions.data import Mention, SubmissionData
from portal.submissions.kind import registered
from portal.submissions.models import Submission, SubmissionMention
from portal.triage.data import WHO
from portal.triage.history import telling

MOST_NAMED = 40  # subjects of one submission that are looked at
PEOPLE = frozenset(WHO)  # sorts that say who somebody is


@dataclass(frozen=True, slots=True)
class Named:
    """A subject as one submission names it."""

    submission_id: UUID
    subject: Subject
    path: str


def subject_of(row: SubmissionMention) -> Subject:
    """Return the subject of a mention."""
    digest = hashlib.sha256(f"{row.sort}:{row.value}".encode()).hexdigest()
    return Subject(f"subject-{digest[:20]}", row.id, row.sort, row.shown)


def get(session: Session, subject_id: UUID) -> Subject:
    """Return a subject.

    Raises:
        NotFoundError: there is none.
    """
    row = session.get(SubmissionMention, subject_id)
    if row is None:
        raise NotFoundError
    return subject_of(row)


def named_in(session: Session, submission: Submission) -> list[Named]:
    """Return what a submission names and what tells something, each subject once."""
    data: SubmissionData = registered()[submission.kind].load(submission.content)
    query = select(SubmissionMention).where(SubmissionMention.submission_id == submission.id)
    found: dict[str, Named] = {}
    for row in session.scalars(query.order_by(SubmissionMention.path, SubmissionMention.sort)):
        if telling(Mention(row.sort, row.value, row.shown, row.path), data):
            subject = subject_of(row)
            found.setdefault(subject.key, Named(submission.id, subject, row.path))
    return list(found.values())[:MOST_NAMED]


def naming(
    session: Session,
    wanted: Sequence[Subject],
    each: int,
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Named]:
    """Return the newest submissions that name each subject: one look-up in an index each."""
    if not wanted:
        return []
    own = {subject.id: subject for subject in wanted}
    rows = session.scalars(select(SubmissionMention).where(SubmissionMention.id.in_(own)))
    traces = {row.id: (row.sort, row.value) for row in rows}
    table = SubmissionMention
    parts = []
    for sort, value in sorted(set(traces.values())):
        part = select(table.id).where(table.sort == sort, table.value == value)
        part = part if since is None else part.where(table.received_at >= since)
        part = part if until is None else part.where(table.received_at <= until)
        newest = part.order_by(table.received_at.desc()).limit(each).subquery()
        parts.append(select(newest.c.id))
    if not parts:
        return []
    ids = union_all(*parts).subquery()
    query = select(table).join(ids, ids.c.id == table.id)
    by_key = {subject.key: subject for subject in wanted}
    found: dict[tuple[UUID, str], Named] = {}
    for row in session.scalars(query.order_by(table.received_at.desc(), table.id)):
        key = subject_of(row).key
        found.setdefault((row.submission_id, key), Named(row.submission_id, by_key[key], row.path))
    return list(found.values())
