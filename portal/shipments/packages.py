"""The papers and files of a notice: for the other country's authority, and for customs."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask import current_app
from sqlalchemy.orm import Session, joinedload

from portal.core import files, jobs, pdf, signing
from portal.core.languages import country_name, gettext, translated
from portal.shipments.data import SCHEMA_ID
from portal.shipments.models import Consultation, Release
from portal.submissions import services as submissions
from portal.submissions.data import in_short
from portal.submissions.models import Submission
from portal.submissions.present import in_passing, sections

NOT_SENT = {  # the reporter's own, and what was reckoned for it
    *("declared_by", "declared_position", "own_reference", "site", "files"),
    *("may_leave_on", "may_leave_working", "may_leave_confirmed", "late"),
}
GOODS = ("name", "cas_number", "quantity", "unit", "quantity_kg", "base_kg", "hs_code")
FACTS = ("end_use", "dispatch_on", "arrival_on", "exit_point", "entry_point")


def notice_json(submission: Submission, country: str, reply_by: date | None, now: datetime) -> str:
    """Return what the other country receives, as JSON with the schema of data.SCHEMA."""
    data = submissions.record_of(submission)
    content = {
        "schema": SCHEMA_ID,
        "reference": submission.reference,
        "authority": current_app.config["AUTHORITY_NAME"],
        "to_country": country,
        "sent_at": now.isoformat(),
        "reply_by": reply_by,
        "kind": submissions.kind_of(submission).title,
        **{name: getattr(data, name) for name in FACTS},
        "goods": [{name: getattr(line, name) for name in GOODS} for line in data.lines],
        "parties": [given(asdict(one)) for one in data.parties],
        "route": [given(asdict(one)) for one in data.legs],
        "authorisations": [given(asdict(one)) for one in data.authorisations],
        "containers": [given(asdict(one)) for one in data.containers],
    }
    return json.dumps(content, ensure_ascii=False, indent=2, default=str)


def given(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that were given."""
    return {name: value for name, value in answers.items() if value not in (None, "", ())}


def print_notice(session: Session, payload: Mapping[str, Any], _job: UUID) -> dict[str, Any]:
    """Render, sign and store the notice as the other country receives it: in English."""
    sent = session.get_one(Consultation, UUID(payload["consultation"]))
    submission = session.get_one(Submission, sent.submission_id)
    kind = submissions.kind_of(submission)
    shown = sections(submissions.record_of(submission), kind.title)
    paper = pdf.render_pdf(
        "papers/notice.html",
        attachments=(pdf.Attachment("notice.json", sent.content.encode()),),
        title=kind.title,
        now=sent.sent_at,
        reference=submission.reference,
        to_country=country_name(sent.country),
        reply_by=sent.reply_by,
        sections=[
            (one.title, [(row.label, row.value) for row in one.rows if row.path not in NOT_SENT])
            for one in shown
        ],
        sha256=sent.content_sha256,
    )
    return {"stored_as": keep(paper, "Notice of a shipment", sent.sent_at)}


@jobs.job("notice-paper", outside=print_notice)
def keep_notice(session: Session, payload: Mapping[str, Any], _now: datetime) -> None:
    """Note where the paper lies; the first one stays."""
    sent = session.get_one(Consultation, UUID(payload["consultation"]))
    sent.stored_as = sent.stored_as or payload["stored_as"]


def print_release(session: Session, payload: Mapping[str, Any], _job: UUID) -> dict[str, Any]:
    """Render, sign and store the paper for customs."""
    given_ = session.get_one(Release, UUID(payload["release"]))
    owner = joinedload(Submission.organisation)
    submission = session.get_one(Submission, given_.submission_id, options=[owner])
    data = submissions.record_of(submission)
    base = current_app.config["BASE_URL"]
    paper = pdf.render_pdf(
        "papers/release.html",
        title=translated("May leave"),
        now=given_.released_at,
        reference=submission.reference,
        kind=submissions.kind_of(submission).title,
        organisation=submission.organisation.name,
        valid_from=given_.valid_from,
        check_code=given_.check_code,
        check_url=f"{base}/check",
        qr=pdf.qr_code(f"{base}/check?code={given_.check_code}"),
        facts=facts_of(data),
    )
    return {"stored_as": keep(paper, "May leave", given_.released_at)}


@jobs.job("release-paper", outside=print_release)
def keep_release(session: Session, payload: Mapping[str, Any], _now: datetime) -> None:
    """Note where the paper lies."""
    session.get_one(Release, UUID(payload["release"])).stored_as = payload["stored_as"]


def facts_of(data: Any) -> list[tuple[str, str]]:
    """Return what customs need to see: goods, people, way, papers."""
    goods = [in_short(line, in_passing) for line in data.lines]
    people = [
        f"{one.name}, {country_name(one.country)} ({translated(one.role)})" for one in data.parties
    ]
    return [
        *((gettext("The goods"), one) for one in goods),
        *((gettext("Who"), one) for one in people),
        (gettext("Point of exit"), data.exit_point),
        (gettext("Point of entry"), data.entry_point),
        *(
            (gettext("Container"), f"{box.number} {' '.join(box.seals)}".strip())
            for box in data.containers
        ),
        *((gettext("Authorisation"), in_short(paper, in_passing)) for paper in data.authorisations),
    ]


def keep(paper: bytes, reason: str, at: datetime) -> str:
    """Sign a paper and put it into the store; return where it lies."""
    return files.keep_bytes(signing.sign_pdf(paper, reason, at))
