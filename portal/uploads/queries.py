"""Reading uploads. A person sees the uploads of their own."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.core.languages import gettext, translated
from portal.submissions.models import Submission
from portal.uploads.data import Complaint
from portal.uploads.models import Upload, upload_row

PAGE = 100
row = upload_row.c


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a page shows it."""

    number: int
    cells: Sequence[str]
    complaints: Sequence[Complaint]
    known_as: str | None
    submission_id: UUID | None


def own(session: Session, actor: Actor) -> Sequence[Upload]:
    """Return the actor's uploads, newest first."""
    query = select(Upload).where(Upload.author_id == actor.id)
    return session.scalars(query.order_by(Upload.uploaded_at.desc()).limit(50)).all()


def get(session: Session, upload_id: UUID, actor: Actor) -> Upload:
    """Return an upload of the actor's own.

    Raises:
        NotFoundError: it does not exist, or is somebody else's.
    """
    query = select(Upload).where(Upload.id == upload_id, Upload.author_id == actor.id)
    found = session.scalar(query.options(joinedload(Upload.organisation)))
    if found is None:
        raise NotFoundError
    return found


def same_file(session: Session, organisation_id: UUID, kind: str, sha256: str) -> Upload | None:
    """Return the earlier upload of the same file."""
    return session.scalar(
        select(Upload).where(
            Upload.organisation_id == organisation_id,
            Upload.kind == kind,
            Upload.sha256 == sha256,
        )
    )


def paper_of(session: Session, said: str) -> Upload | None:
    """Return the upload whose paper carries a check code or a reference; for checks of papers."""
    carries = or_(Upload.check_code == said, Upload.reference == said)
    return session.scalar(select(Upload).where(carries).options(joinedload(Upload.organisation)))


def bad_rows(session: Session, upload_id: UUID, after: int = 0) -> list[Line]:
    """Return the rows that are not good, in their order, a page at a time."""
    query = (
        select(upload_row)
        .where(row.upload_id == upload_id, row.bad, row.number > after)
        .order_by(row.number)
        .limit(PAGE)
    )
    return [line(found) for found in session.execute(query)]


def line(found: Any) -> Line:
    """Return a row of the table as a value."""
    said = json.loads(found.complaints) if found.complaints else ()
    return Line(
        number=found.number,
        cells=json.loads(found.cells),
        complaints=[Complaint(*one) for one in said],
        known_as=found.known_as,
        submission_id=found.submission_id,
    )


def filed_rows(
    session: Session, upload_id: UUID, after: int, limit: int
) -> Sequence[tuple[int, Submission]]:
    """Return what was filed from an upload, by the first row of each, a page at a time."""
    query = (
        select(upload_row.c.number, Submission)
        .join(Submission, Submission.id == row.submission_id)
        .where(row.upload_id == upload_id, row.number == row.unit, row.number > after)
        .order_by(row.number)
        .limit(limit)
    )
    return [(found[0], found[1]) for found in session.execute(query)]


def references(session: Session, organisation_id: UUID, marks: Iterable[str]) -> Mapping[str, str]:
    """Return under which reference rows were filed before by the same organisation."""
    before = select(Upload.id).where(Upload.organisation_id == organisation_id, Upload.filed > 0)
    if session.scalar(before.limit(1)) is None:
        return {}
    query = (
        select(row.mark, Submission.reference)
        .join(Submission, Submission.id == row.submission_id)
        .where(row.mark.in_(list(marks)), Submission.organisation_id == organisation_id)
    )
    return {found.mark: found.reference for found in session.execute(query)}


def reasons(session: Session, upload_id: UUID) -> Mapping[int, str]:
    """Return what is said of each row that will not be filed, for the file that is handed back."""
    query = select(row.number, row.complaints, row.known_as).where(
        row.upload_id == upload_id, row.bad | row.known_as.is_not(None)
    )
    return {
        found.number: gettext("filed before as %(reference)s", reference=found.known_as)
        if found.known_as
        else words(found)
        for found in session.execute(query)
    }


def words(found: Any) -> str:
    """Return the complaints of a row in one cell."""
    return "; ".join(
        f"{one[0]}: {translated(one[2])}" for one in json.loads(found.complaints or "[]")
    )
