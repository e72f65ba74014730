"""Taking a sheet, checking and filing it in small transactions; safe to stop at any moment."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.core import audit, files, jobs
from portal.core.access import Actor
from portal.core.db import transaction
from portal.core.errors import DomainError
from portal.core.files import Incoming
from portal.submissions.kind import Kind, registered
from portal.uploads import queries
from portal.uploads.checking import Checker, Judged
from portal.uploads.columns import read_header
from portal.uploads.data import MOVES, Choice, Complaint, SheetError, State
from portal.uploads.models import Upload, upload_row
from portal.uploads.reading import rows_of

SLICE_SECONDS = 20  # of work before the job makes room for another
LEASE = timedelta(minutes=2)
CHECKED_AT_ONCE = 2_000  # rows in one transaction
row = upload_row.c
written = json.JSONEncoder(ensure_ascii=False).encode
T = TypeVar("T")


class WrongMomentError(DomainError):
    """The upload is not in a state for this."""


def take(
    session: Session,
    kind: Kind[Any],
    incoming: Incoming,
    declared_by: str,
    actor: Actor,
    now: datetime,
) -> tuple[Upload, bool]:
    """Take a sheet to be checked; the same file again leads to the first upload.

    Returns:
        The upload, and whether it is new.
    """
    upload = Upload(
        organisation_id=actor.organisation_id,
        author_id=actor.id,
        kind=kind.slug,
        name=incoming.name,
        sha256=incoming.sha256,
        stored_as=incoming.stored_as,
        declared_by=declared_by,
        uploaded_at=now,
    )
    try:
        with session.begin_nested():
            session.add(upload)
    except IntegrityError:
        files.remove(incoming.stored_as)
        owner = actor.organisation_id
        earlier = queries.same_file(session, owner, kind.slug, incoming.sha256)
        if earlier is None:
            raise
        return earlier, False
    jobs.enqueue(session, "check-upload", {"upload": str(upload.id)}, now)
    audit.record(session, actor, "upload.taken", upload.id, now, sha256=incoming.sha256)
    return upload, True


def change(upload: Upload, state: State) -> None:
    """Give an upload another state.

    Raises:
        WrongMomentError: it cannot have it now.
    """
    if not MOVES.get((upload.state, state)):
        raise WrongMomentError(f"This is not possible now: the upload is {upload.state}.")
    upload.state = state


def choose(session: Session, upload: Upload, choice: Choice, actor: Actor, now: datetime) -> None:
    """File all rows, or the good ones."""
    if choice is Choice.ALL and upload.bad:
        raise WrongMomentError("Some rows are not good. Mend them, or file the good rows only.")
    change(upload, State.FILING)
    upload.choice = choice
    jobs.enqueue(session, "file-upload", {"upload": str(upload.id)}, now)
    audit.record(session, actor, "upload.chosen", upload.id, now, choice=choice.name)


def discard(session: Session, upload: Upload, actor: Actor, now: datetime) -> None:
    """Put a sheet away; nothing of it was filed, and the same file may come again."""
    change(upload, State.DISCARDED)
    upload.sha256 = f"{upload.sha256} {upload.id}"
    audit.record(session, actor, "upload.discarded", upload.id, now)


def checker_of(upload: Upload) -> Checker:
    """Return what judges the rows of an upload."""
    kind = registered()[upload.kind]
    return Checker(kind, read_header(kind, upload.header), upload.declared_by)


def check(session: Session, payload: Mapping[str, Any], _job: UUID) -> dict[str, Any]:
    """Check rows for a while, from where the last slice ended."""
    upload = session.get_one(Upload, UUID(payload["upload"]))
    if upload.state is not State.CHECKING:
        return {"done": True}
    until = time.monotonic() + SLICE_SECONDS
    try:
        rows = rows_of(files.place(upload.stored_as), upload.name)
        header = next(rows)
        begin(upload.id, registered()[upload.kind], header)
        session.refresh(upload)
        checker = checker_of(upload)
        start = upload.checked
        for chunk in chunks(islice(rows, start, None), CHECKED_AT_ONCE):
            keep_checked(upload.id, start, [checker.judge(cells) for cells in chunk], checker)
            start += len(chunk)
            if time.monotonic() > until:
                return {"done": False}
    except SheetError as error:
        return {"done": True, "trouble": str(error)}
    return {"done": True}


def chunks(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    """Yield lists of so many, the last one perhaps shorter."""
    while chunk := list(islice(rows, size)):
        yield chunk


def begin(upload_id: UUID, kind: Kind[Any], header: list[str]) -> None:
    """Read the header, once."""
    columns = [column.name for column in read_header(kind, header)]
    with transaction() as session:
        session.get_one(Upload, upload_id).header = columns


def keep_checked(upload_id: UUID, start: int, judged: list[Judged], checker: Checker) -> None:
    """Write down what a chunk of rows came to, and how far the upload is."""
    with transaction() as session:
        upload = session.get_one(Upload, upload_id)
        if upload.checked != start:
            return  # another worker has been here
        marks = [one.mark for one in judged]
        known = queries.references(session, upload.organisation_id, marks)
        found = list(enumerate(judged, start=start + 1))
        complaints = {number: told(checker, one) for number, one in found}
        values = [
            {
                "upload_id": upload_id,
                "number": number,
                "unit": number,
                "cells": written(one.cells),
                "mark": one.mark,
                "bad": bool(complaints[number]),
                "complaints": as_json(complaints[number]),
                "known_as": known.get(one.mark),
            }
            for number, one in found
        ]
        session.execute(insert(upload_row), values)
        upload.checked += len(judged)
        upload.bad += sum(bool(said) for said in complaints.values())
        upload.known += sum(one.mark in known for one in judged)


def told(checker: Checker, one: Judged) -> tuple[Complaint, ...]:
    """Return everything that is wrong with a row, contradictions between its pages too."""
    if one.complaints or checker.kind.gathers:
        return one.complaints
    return checker.contradictions(one.parts)


def as_json(complaints: tuple[Complaint, ...]) -> str | None:
    """Return complaints as they are stored."""
    if not complaints:
        return None
    return json.dumps([astuple(one) for one in complaints], ensure_ascii=False)


@jobs.job("check-upload", outside=check, lease=LEASE)
def go_on_checking(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Go on with the next slice, or end the checking."""
    upload = session.get_one(Upload, UUID(payload["upload"]))
    if upload.state is not State.CHECKING:
        return
    if not payload["done"]:
        jobs.enqueue(session, "check-upload", {"upload": str(upload.id)}, now)
    elif trouble := payload.get("trouble"):
        upload.trouble = trouble
        change(upload, State.UNREADABLE)
    else:
        if checker_of(upload).kind.gathers:
            gather(session, upload)
        change(upload, State.CHECKED)


def gather(session: Session, upload: Upload) -> None:
    """Find which rows make one submission, and check that as a whole."""
    checker = checker_of(upload)
    one = update(upload_row).where(row.upload_id == upload.id, row.number == bindparam("n"))
    for numbers, parts in units(session, upload, checker).values():
        for first, last in spans(numbers):
            some = row.number.between(first, last), ~row.bad, row.known_as.is_(None)
            session.execute(
                update(upload_row)
                .where(row.upload_id == upload.id, *some)
                .values(unit=numbers[0])
                .execution_options(synchronize_session=False)
            )
        wrong = checker.contradictions(parts)
        if wrong:
            rest = as_json(
                (Complaint("", "", f"What it belongs to is not good: row {numbers[0]}"),)
            )
            session.connection().execute(
                one.values(bad=True, complaints=bindparam("said")),
                [{"n": n, "said": rest} for n in numbers[1:]]
                + [{"n": numbers[0], "said": as_json(wrong)}],
            )
            upload.bad += len(numbers)


def units(
    session: Session, upload: Upload, checker: Checker
) -> dict[str, tuple[list[int], dict[str, Any]]]:
    """Return the good rows of each submission, with its pages put together."""
    found: dict[str, tuple[list[int], dict[str, Any]]] = {}
    for number, cells in good_rows(session, upload):
        key, said = checker.shared(cells), checker.parts(cells)
        if key not in found:
            found[key] = ([], {**said, checker.kind.gathers: []})
        numbers, parts = found[key]
        numbers.append(number)
        parts[checker.kind.gathers].extend(said[checker.kind.gathers])
    return found


def spans(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each run of numbers that follow each other."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield found[0], found[-1]


def good_rows(session: Session, upload: Upload, after: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that may be filed, in their order."""
    query = select(row.number, row.cells).where(
        row.upload_id == upload.id, ~row.bad, row.known_as.is_(None), row.number > after
    )
    for found in session.execute(query.order_by(row.number)).yield_per(1000):
        yield found.number, json.loads(found.cells)
