"""Which rows of a sheet make one submission, where each row is one item of its list."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import case, select, update
from sqlalchemy.orm import Session

from portal.core.languages import gettext
from portal.uploads.checking import Checker, Judged
from portal.uploads.data import Complaint, as_json, chunks
from portal.uploads.models import Upload, upload_row

READ_AT_ONCE = 5_000  # rows
row = upload_row.c
Unit = tuple[list[int], dict[str, Any]]  # the rows of a submission, and its pages
Units = dict[str, Unit]


def put(found: Units, number: int, one: Judged, gathers: str) -> int:
    """Put a good row to the rows that it belongs to; return the number of the first of them."""
    if one.shared not in found:
        found[one.shared] = ([], {**one.parts, gathers: []})
    numbers, parts = found[one.shared]
    numbers.append(number)
    parts[gathers].extend(one.items)
    return numbers[0]


def units(session: Session, upload: Upload, checker: Checker) -> Units:
    """Return the good rows of each submission that are stored, with its pages put together."""
    found: Units = {}
    for some in chunks(good_rows(session, upload), READ_AT_ONCE):
        judged = checker.judge_all([cells for _, cells in some])
        for (number, _), one in zip(some, judged, strict=True):
            put(found, number, one, checker.kind.gathers)
    return found


def hold_together(session: Session, upload: Upload, checker: Checker, found: Units) -> None:
    """Mark the rows of each submission that is not good as a whole."""
    for numbers, parts in found.values():
        wrong = checker.contradictions(parts)
        if wrong:
            why = gettext("What it belongs to is not good: row %(number)s", number=numbers[0])
            rest = Complaint("", "", why)
            words = case((row.number == numbers[0], as_json(wrong)), else_=as_json((rest,)))
            marked = session.execute(
                update(upload_row)
                .where(row.upload_id == upload.id, row.unit == numbers[0], ~row.bad)
                .where(row.number.between(numbers[0], numbers[-1]), row.known_as.is_(None))
                .values(bad=True, complaints=words)
                .execution_options(synchronize_session=False)
            )
            upload.bad += int(marked.rowcount)  # type: ignore[attr-defined]  # an update has it


def good_rows(session: Session, upload: Upload, after: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that may be filed, in their order."""
    query = select(row.number, row.cells).where(
        row.upload_id == upload.id, ~row.bad, row.known_as.is_(None), row.number > after
    )
    for found in session.execute(query.order_by(row.number)).yield_per(1000):
        yield found.number, json.loads(found.cells)
