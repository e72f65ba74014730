"""Filing what was checked, some submissions at a time, and the one paper that lists them."""

import csv
import io
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import update
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Account
from portal.core import files, jobs, languages, pdf, signing
from portal.core.clock import utc_now
from portal.core.db import transaction
from portal.core.references import new_code, new_reference
from portal.intake.services import receive
from portal.submissions.kind import Law, registered
from portal.uploads import queries
from portal.uploads.checking import Checker
from portal.uploads.data import PREFIX, State, chunks
from portal.uploads.gathering import good_rows, units
from portal.uploads.models import Upload, upload_row
from portal.uploads.services import LEASE, SLICE_SECONDS, change, checker_of

AT_ONCE = 25  # submissions in one transaction
LISTED = 500  # on the paper itself; the file inside it lists all
row = upload_row.c
Unit = tuple[list[int], Mapping[str, Any]]


def file_some(session: Session, payload: Mapping[str, Any], _job: UUID) -> dict[str, Any]:
    """File submissions for a while, from where the last slice ended."""
    upload = session.get_one(Upload, UUID(payload["upload"]))
    if upload.state is not State.FILING:
        return {"done": True}
    until = time.monotonic() + SLICE_SECONDS
    checker, last = checker_of(upload), upload.last_filed
    for chunk in chunks(waiting(session, upload, checker), AT_ONCE):
        keep_filed(upload.id, last, chunk, checker)
        last = chunk[-1][0][0]
        if time.monotonic() > until:
            return {"done": False}
    return {"done": True}


def waiting(session: Session, upload: Upload, checker: Checker) -> Iterator[Unit]:
    """Yield what is still to be filed: the rows and pages of each submission."""
    if checker.kind.gathers:
        found = units(session, upload, checker).values()
        yield from (one for one in found if one[0][0] > upload.last_filed)
        return
    for number, cells in good_rows(session, upload, upload.last_filed):
        yield [number], checker.judge(cells).parts


def keep_filed(upload_id: UUID, last: int, chunk: list[Unit], checker: Checker) -> None:
    """Receive some submissions; each has an id of its own rows, so that none is made twice."""
    now = utc_now()
    law = Law(current_app.config["JURISDICTION"], current_app.config["COUNTRY"], now.date())
    with transaction() as session:
        upload = session.get_one(Upload, upload_id)
        if upload.last_filed != last:
            return  # another worker has been here
        author = session.get_one(Account, upload.author_id)
        kind = registered()[upload.kind]
        for numbers, parts in chunk:
            made = receive(
                session,
                kind,
                checker.record(parts),
                author,
                law,
                now,
                origin=(uuid5(upload_id, str(numbers[0])), upload_id),
            )
            session.execute(
                update(upload_row)
                .where(row.upload_id == upload_id, row.unit == numbers[0], ~row.bad)
                .where(row.number.between(numbers[0], numbers[-1]))
                .values(submission_id=made.id)
            )
            upload.last_filed = numbers[0]
        upload.filed += len(chunk)


@jobs.job("file-upload", outside=file_some, lease=LEASE)
def go_on_filing(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Go on with the next slice, or end the filing and print the list."""
    upload = session.get_one(Upload, UUID(payload["upload"]))
    if upload.state is not State.FILING:
        return
    if not payload["done"]:
        jobs.enqueue(session, "file-upload", {"upload": str(upload.id)}, now)
        return
    change(upload, State.FILED)
    upload.finished_at = now
    upload.reference, upload.check_code = new_reference(PREFIX), new_code()
    jobs.enqueue(session, "upload-paper", {"upload": str(upload.id)}, now)


def print_list(session: Session, payload: Mapping[str, Any], _job: UUID) -> dict[str, Any]:
    """Render, sign and store the acknowledgement with the list of everything filed."""
    people = joinedload(Upload.author), joinedload(Upload.organisation)
    upload = session.get_one(Upload, UUID(payload["upload"]), options=people)
    with languages.in_language(upload.author.language):
        paper = list_paper(session, upload)
    at = upload.finished_at or upload.uploaded_at
    signed = signing.sign_pdf(paper, "Acknowledgement of receipt", at)
    return {"stored_as": files.keep_bytes(signed)}


def list_paper(session: Session, upload: Upload) -> bytes:
    """Return the unsigned acknowledgement in the language spoken now."""
    table, first = listed(session, upload)
    address = f"{current_app.config['BASE_URL']}/check"
    link = f"{address}?code={upload.check_code}"
    zone = ZoneInfo(current_app.config["TIME_ZONE"])
    at = upload.finished_at or upload.uploaded_at
    return pdf.render_pdf(
        "papers/upload.html",
        title=languages.gettext("Acknowledgement of receipt"),
        now=at,
        attachments=(pdf.Attachment("list.csv", table, "text/csv", "Everything that was filed"),),
        reference=upload.reference or (first[0][1] if first else ""),
        check_code=upload.check_code,
        check_url=address,
        qr=pdf.qr_code(link),
        kind=registered()[upload.kind].title,
        received_utc=languages.moment(at, UTC, seconds=True),
        received_local=languages.moment(at, zone, seconds=True),
        organisation=upload.organisation.name,
        filed_by=upload.author.name or upload.author.email,
        file_name=upload.name,
        file_sha256=upload.sha256,
        filed=upload.filed,
        rows=first,
    )


def listed(session: Session, upload: Upload) -> tuple[bytes, list[tuple[str, ...]]]:
    """Return the whole list as CSV, and its beginning for the paper."""
    out, after = io.StringIO(), 0
    first: list[tuple[str, ...]] = []
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("row", "reference", "check code", "SHA-256 of the record"))
    while found := queries.filed_rows(session, upload.id, after, 1000):
        for number, one in found:
            said = (str(number), one.reference, one.check_code, one.content_sha256)
            table.writerow(said)
            if len(first) < LISTED:
                first.append(said)
        after = found[-1][0]
    return out.getvalue().encode(), first


@jobs.job("upload-paper", outside=print_list)
def keep_list(session: Session, payload: Mapping[str, Any], _now: datetime) -> None:
    """Note where the paper lies; the first one stays."""
    upload = session.get_one(Upload, UUID(payload["upload"]))
    upload.paper_stored_as = upload.paper_stored_as or payload["stored_as"]
