"""Questions and answers, and the acknowledgement."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Account
from portal.core import audit, files, jobs, languages, outbox, pdf, signing
from portal.core.access import Actor
from portal.core.db import get_session
from portal.core.errors import DomainError
from portal.reference import queries as reference
from portal.reference.rules.working_days import working_days_between
from portal.submissions.kind import Kind, registered
from portal.submissions.models import Acknowledgement, Question, Submission, SubmissionEvent
from portal.submissions.present import Section, sections
from portal.submissions.rules import Step, move

NOTICE = (
    "There is something new for you in the portal of {authority}.\n\n"
    "Sign in to read it: {link}\n\n"
    "This message says nothing of its content on purpose.\n"
)


Listener = Callable[[Session, Submission, datetime], None]
LISTENERS: list[Listener] = []  # who is told, in the same transaction, when a state changes


def announce(session: Session, submission: Submission, now: datetime) -> None:
    """Tell whoever listens that the state, as the company sees it, is new."""
    for listener in LISTENERS:
        listener(session, submission, now)


def kind_of(submission: Submission) -> Kind[Any]:
    """Return the kind of a submission."""
    return registered()[submission.kind]


def record_of(submission: Submission) -> Any:
    """Return the record as it was filed."""
    return kind_of(submission).load(submission.content)


def shown(submission: Submission) -> tuple[Section, ...]:
    """Return the record as people read it."""
    kind = kind_of(submission)
    names = reference.names_beside(get_session())
    return sections(kind.load(submission.content), kind.title, names)


def ask(session: Session, submission: Submission, text: str, now: datetime) -> Question:
    """Put a question, which two officers agreed to ask, to the company."""
    submission.state = move(submission.kind, submission.state, Step.ASK)
    question = Question(submission_id=submission.id, text=text, asked_at=now)
    session.add(question)
    session.flush()
    tell(session, submission, now)
    announce(session, submission, now)
    return question


def tell(session: Session, submission: Submission, now: datetime) -> None:
    """Write to the author that there is something new, and no more."""
    author = session.get_one(Account, submission.author_id)
    if author.active:
        link = outbox.link_to("/submissions/")
        outbox.post(session, author.email, outbox.NEWS, NOTICE, now, author.language, link=link)


def advance(
    session: Session,
    submission: Submission,
    step: Step,
    actor: Actor | None,
    now: datetime,
    text: str = "",
    details: Mapping[str, Any] | None = None,
) -> SubmissionEvent:
    """Take a step in the life that the company sees.

    Args:
        session: inside a transaction.
        submission: whose life.
        step: what happens.
        actor: the company's person; None when the authority gives its word.
        now: the moment, UTC.
        text: what the company says of it, or is told.
        details: facts for machines, such as the day of a dispatch.

    Raises:
        StepRefusedError: the step is not possible now.
    """
    submission.state = move(submission.kind, submission.state, step)
    event = SubmissionEvent(
        submission_id=submission.id,
        step=step,
        at=now,
        account_id=actor.id if actor else None,
        text=text,
        details=dict(details or {}),
    )
    session.add(event)
    session.flush()
    announce(session, submission, now)
    if actor is None:
        tell(session, submission, now)
    else:
        audit.record(session, actor, f"submission.{step.name.lower()}", submission.id, now)
    return event


def answer(
    session: Session,
    submission: Submission,
    question: Question,
    text: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep the company's answer to an open question.

    Raises:
        DomainError: the question has its answer already.
    """
    if question.answer is not None:
        raise DomainError("This question has been answered. Open the page again to see it.")
    question.answer, question.answered_at, question.answered_by_id = text, now, actor.id
    submission.state = move(submission.kind, submission.state, Step.ANSWER)
    announce(session, submission, now)
    audit.record(session, actor, "question.answered", submission.id, now)


def acknowledgement_of(session: Session, submission_id: UUID) -> Acknowledgement | None:
    """Return the paper of a submission, once it is made."""
    query = select(Acknowledgement).where(Acknowledgement.submission_id == submission_id)
    return session.scalar(query)


def left_until(due: date, today: date) -> int:
    """Return how many working days are left until a day; 0 when it has come."""
    return working_days_between(today, due, current_app.config["COUNTRY"])


def duties_of(submission: Submission, today: date | None = None) -> list[dict[str, Any]]:
    """Return what comes next for the company, as plain values; with a clock, if today is told."""
    kind = kind_of(submission)
    data = kind.load(submission.content)
    return [
        {
            "text": one.text,
            "due": one.due,
            "left": left_until(one.due, today) if one.due and today else None,
            "basis": one.basis,
            "confirmed": one.confirmed,
        }
        for one in kind.duties(data, submission.received_at, submission.jurisdiction)
    ]


def print_acknowledgement(
    session: Session, payload: Mapping[str, Any], _job_id: UUID
) -> dict[str, Any] | None:
    """Render, sign and store the acknowledgement of a submission."""
    submission_id = UUID(payload["submission"])
    if acknowledgement_of(session, submission_id) is not None:
        return None
    query = select(Submission).where(Submission.id == submission_id)
    people = joinedload(Submission.organisation), joinedload(Submission.author)
    submission = session.scalars(query.options(*people)).one()
    paper = render_acknowledgement(submission)
    signed = signing.sign_pdf(paper, "Acknowledgement of receipt", submission.received_at)
    return {
        "stored_as": files.keep_bytes(signed),
        "sha256": hashlib.sha256(signed).hexdigest(),
        "size": len(signed),
    }


@jobs.job("acknowledgement", outside=print_acknowledgement)
def keep_acknowledgement(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Note where the acknowledgement lies; the first one stays."""
    submission_id = UUID(payload["submission"])
    if "stored_as" not in payload or acknowledgement_of(session, submission_id) is not None:
        return
    session.add(
        Acknowledgement(
            submission_id=submission_id,
            stored_as=payload["stored_as"],
            sha256=payload["sha256"],
            size=payload["size"],
            rendered_at=now,
        )
    )


def render_acknowledgement(submission: Submission) -> bytes:
    """Return the unsigned paper: what was received, when, by whom, and what comes next.

    It depends on the record alone, never on what the authority thinks of it, and is in the
    language in which the record was filed.
    """
    with languages.in_language(submission.language):
        return acknowledgement(submission)


def acknowledgement(submission: Submission) -> bytes:
    """Return the paper in the language spoken now."""
    kind = kind_of(submission)
    data = kind.load(submission.content)
    link = f"{current_app.config['BASE_URL']}/check?code={submission.check_code}"
    zone = ZoneInfo(current_app.config["TIME_ZONE"])
    receipt = {
        "reference": submission.reference,
        "kind": submission.kind,
        "received_at": submission.received_at.isoformat(),
        "organisation": submission.organisation.name,
        "content_sha256": submission.content_sha256,
        "check_code": submission.check_code,
    }
    return pdf.render_pdf(
        "papers/acknowledgement.html",
        title=languages.gettext("Acknowledgement of receipt"),
        now=submission.received_at,
        attachments=(
            pdf.Attachment("submission.json", submission.content.encode(), description="As filed"),
            pdf.Attachment(
                "receipt.json",
                json.dumps(receipt, ensure_ascii=False, indent=2).encode(),
                description="The receipt",
            ),
        ),
        reference=submission.reference,
        kind=kind.title,
        received_utc=languages.moment(submission.received_at, UTC, seconds=True),
        received_local=languages.moment(submission.received_at, zone, seconds=True),
        organisation=submission.organisation.name,
        filed_by=submission.author.name or submission.author.email,
        check_code=submission.check_code,
        check_url=f"{current_app.config['BASE_URL']}/check",
        qr=pdf.qr_code(link),
        sections=shown(submission),
        files=[(file.name, in_bytes(file.size), file.sha256) for file in data.files],
        sha256=submission.content_sha256,
        duties=duties_of(submission),
    )


def in_bytes(size: int) -> str:
    """Return a size in words."""
    return languages.gettext("%(size)s bytes", size=languages.count(size))
