"""Looking up many traces in one statement, each by the index and bounded.

A statement is prepared once for each number of look-ups, and only its values differ after that:
to build it anew takes longer than to run it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, select, union_all
from sqlalchemy.orm import Session

from portal.submissions.data import Mention
from portal.submissions.models import Submission, SubmissionMention
from portal.triage.names import beginning

MOST_EACH = 15  # other submissions for one trace, the newest before or the first after
KEPT = 200  # prepared statements

Shared = dict[UUID, list[Mention]]
Found = Select[UUID, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A prepared statement with its values."""

    query: Found
    values: Mapping[str, Any]


def shared_traces(
    submission: Submission, wanted: Collection[tuple[str, str]], *, later: bool = False
) -> Lookup | None:
    """Look up the nearest other mentions of each trace, before or after; bounded."""
    if not wanted:
        return None
    values: dict[str, Any] = {"own": submission.id, "moment": submission.received_at}
    for n, (sort, value) in enumerate(sorted(wanted)):
        values |= {f"sort{n}": sort, f"value{n}": value}
    return Lookup(traces_query(len(wanted), later=later), values)


@lru_cache(maxsize=KEPT)
def traces_query(number: int, *, later: bool) -> Found:
    """Prepare the look-up of some traces."""
    table = SubmissionMention
    moment = bindparam("moment", type_=table.received_at.type)
    when = table.received_at > moment if later else table.received_at <= moment
    nearest = table.received_at.asc() if later else table.received_at.desc()
    return together(
        mention_columns()
        .where(
            table.sort == bindparam(f"sort{n}"),
            table.value == bindparam(f"value{n}"),
            when,
            table.submission_id != bindparam("own"),
        )
        .order_by(nearest)
        .limit(MOST_EACH)
        for n in range(number)
    )


def names_alike(submission: Submission, names: Sequence[Mention]) -> Lookup | None:
    """Look up names that begin as the given ones do; bounded."""
    begins = sorted({beginning(one.value) for one in names} - {""})
    if not begins:
        return None
    values: dict[str, Any] = {"own": submission.id, "names": [one.value for one in names]}
    for n, begin in enumerate(begins):
        values |= {f"from{n}": begin, f"upto{n}": begin[:-1] + chr(ord(begin[-1]) + 1)}
    return Lookup(names_query(len(begins)), values)


@lru_cache(maxsize=KEPT)
def names_query(number: int) -> Found:
    """Prepare the look-up of some beginnings."""
    table = SubmissionMention
    return together(
        mention_columns()
        .where(
            table.sort == "name",
            table.value >= bindparam(f"from{n}"),
            table.value < bindparam(f"upto{n}"),
            table.value.not_in(bindparam("names", expanding=True)),
            table.submission_id != bindparam("own"),
        )
        .order_by(table.value)
        .limit(MOST_EACH)
        for n in range(number)
    )


def mention_columns() -> Found:
    """Select what is kept of a mention."""
    table = SubmissionMention
    return select(table.submission_id, table.sort, table.value, table.shown, table.path)


def together(parts: Iterable[Found]) -> Found:
    """Select all of several bounded look-ups in one statement."""
    found = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(found.c.submission_id, found.c.sort, found.c.value, found.c.shown, found.c.path)


def found_by(session: Session, wanted: Lookup | None) -> Shared:
    """Return the mentions that a look-up finds, by submission."""
    shared: Shared = {}
    for row in session.execute(wanted.query, wanted.values) if wanted else ():
        mention = Mention(row.sort, row.value, row.shown, row.path)
        shared.setdefault(row.submission_id, []).append(mention)
    return shared
