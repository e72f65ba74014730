"""Taking a sheet, checking and filing it in small transactions; safe to stop at any moment."""

import json
import time
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.bulletins.data import Met
from portal.core import audit, files, jobs, languages
from portal.core.access import Actor
from portal.core.clock import utc_now
from portal.core.db import insert_rows, transaction
from portal.core.errors import DomainError
from portal.core.files import Incoming
from portal.submissions.kind import Kind, registered
from portal.uploads import queries
from portal.uploads.advice import Looking, looking
from portal.uploads.checking import Checker, Judged
from portal.uploads.columns import read_header
from portal.uploads.data import (
    MOVES,
    Choice,
    Complaint,
    SheetError,
    State,
    as_json,
    chunks,
)
from portal.uploads.gathering import Units, hold_together, put, units
from portal.uploads.models import Upload, upload_row
from portal.uploads.reading import rows_of

SLICE_SECONDS = 20  # of work before the job makes room for another
LEASE = timedelta(minutes=2)
CHECKED_AT_ONCE = 10_000  # rows in one transaction
written = json.JSONEncoder(ensure_ascii=False).encode


class WrongMomentError(DomainError):
    """The upload is not in a state for this."""


class OvertakenError(RuntimeError):
    """Another worker does the same; this one leaves it."""


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
        raise WrongMomentError(
            "This is not possible now: the upload is %(state)s.", state=upload.state
        )
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
    """Check rows for a while, from where the last slice ended, in the sender's language."""
    upload = session.get_one(Upload, UUID(payload["upload"]))
    if upload.state is not State.CHECKING:
        return {"done": True}
    author = session.get_one(Account, upload.author_id)
    look = looking(session, upload, author, utc_now())
    with languages.in_language(author.language):
        return check_some(session, upload, look)


def check_some(session: Session, upload: Upload, look: Looking) -> dict[str, Any]:
    """Check rows until the slice is over."""
    until = time.monotonic() + SLICE_SECONDS
    try:
        rows = rows_of(files.place(upload.stored_as), upload.name)
        header = next(rows)
        begin(upload.id, registered()[upload.kind], header)
        session.refresh(upload)
        checker = checker_of(upload)
        start, gathers = upload.checked, bool(checker.kind.gathers)
        found = units(session, upload, checker) if gathers and start else {}
        for chunk in chunks(islice(rows, start, None), CHECKED_AT_ONCE):
            judged = checker.judge_all(chunk)
            keep_checked(upload.id, start, judged, checker, found, look.at(judged))
            start += len(chunk)
            if time.monotonic() > until:
                return {"done": False}
    except SheetError as error:
        return {"done": True, "trouble": str(error)}
    with transaction() as writing:
        hold_together(writing, writing.get_one(Upload, upload.id), checker, found)
    return {"done": True}


def begin(upload_id: UUID, kind: Kind[Any], header: list[str]) -> None:
    """Read the header, once."""
    columns = [column.name for column in read_header(kind, header)]
    with transaction() as session:
        session.get_one(Upload, upload_id).header = columns


def keep_checked(
    upload_id: UUID,
    start: int,
    judged: list[Judged],
    checker: Checker,
    found: Units,
    met: Sequence[Met],
) -> None:
    """Write down what a chunk of rows came to, which bulletins it met, and how far the upload is.

    Raises:
        OvertakenError: another worker has been here.
    """
    with transaction() as session:
        upload = session.get_one(Upload, upload_id)
        if upload.checked != start:
            raise OvertakenError
        marks = [one.mark for one in judged]
        known = queries.references(session, upload.organisation_id, marks)
        usual: list[dict[str, Any]] = []
        rare: list[dict[str, Any]] = []
        for number, one in enumerate(judged, start=start + 1):
            said = told(checker, one)
            as_before = known.get(one.mark)
            belongs = one.shared and not as_before
            value = {
                "upload_id": upload_id,
                "number": number,
                "unit": put(found, number, one, checker.kind.gathers) if belongs else number,
                "cells": written(one.cells),
                "mark": one.mark,
                "bad": bool(said),
            }
            if said or as_before:
                rare.append({**value, "complaints": as_json(said), "known_as": as_before})
            else:
                usual.append(value)
        insert_rows(session, upload_row, usual)
        insert_rows(session, upload_row, rare)
        upload.met = [*upload.met, *(one.to_json() for one in met)]
        upload.checked += len(judged)
        upload.bad += sum(value["bad"] for value in rare)
        upload.known += sum(one.mark in known for one in judged)


def told(checker: Checker, one: Judged) -> tuple[Complaint, ...]:
    """Return everything that is wrong with a row, contradictions between its pages too."""
    if one.complaints or checker.kind.gathers:
        return one.complaints
    return checker.contradictions(one.parts)


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
        change(upload, State.CHECKED)
