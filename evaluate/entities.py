"""Which mentions the portal takes for the same person or organisation."""

from collections.abc import Hashable, Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.submissions.models import SubmissionMention

CHUNK = 5_000


def resolved(session: Session) -> Iterator[tuple[UUID, str, Hashable]]:
    """Yield submission, path and entity of each mention of a person or organisation.

    Until entities are resolved this is a baseline: names that are written alike.
    """
    query = select(
        SubmissionMention.submission_id, SubmissionMention.path, SubmissionMention.value
    ).where(SubmissionMention.sort == "name")
    for row in session.execute(query.execution_options(yield_per=CHUNK)):
        yield row.submission_id, row.path, row.value


def place_of(path: str) -> str:
    """Return the path of whoever a path tells of: parties.0.name tells of parties.0."""
    parts = path.split(".")
    return ".".join(parts[:2]) if parts[0] == "parties" else path
