"""A body checked by the same pages, and received by the same service, as what people fill in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.api import reading
from portal.api.callers import Caller
from portal.api.data import Fault
from portal.api.problems import RefusedError
from portal.core import audit
from portal.core.access import Actor
from portal.intake import completing
from portal.intake.queries import Book
from portal.submissions import services as submissions
from portal.submissions.data import SubmissionData
from portal.submissions.forms import AnswerForm
from portal.submissions.kind import Kind, Law, Problem
from portal.submissions.models import Question, Submission

NO_TOKEN = {"csrf": False}  # a key is sent on purpose; a cookie would come by itself
WRONG = "Some answers are missing or not right. Nothing was filed."
CONTRADICTS = "Some answers contradict each other. Nothing was filed."
DOUBTFUL = (
    "Some answers are unlikely. Nothing was filed. If they are right, send the same again with"
    f' "{reading.CONFIRM}": true.'
)
DOUBTS = "/api/docs#doubts"  # type of the problem


def checked(
    session: Session, kind: Kind[Any], value: Any, law: Law, actor: Actor
) -> SubmissionData:
    """Return the record that a body makes.

    Raises:
        RefusedError: naming each answer that is not right; or what must be confirmed.
    """
    answers, unread = reading.answers(kind, value)
    book = Book(kind, answers)
    faults = [*unread, *refused(book, {fault.pointer for fault in unread})]
    if faults:
        raise RefusedError(422, WRONG, faults)
    data: SubmissionData = completing.completed(session, kind, book.data(), law)
    if problems := kind.problems(data):
        raise RefusedError(422, CONTRADICTS, [placed(kind, one) for one in problems])
    if value.get(reading.CONFIRM) is not True:
        refuse_doubts(kind.doubted(session, data, actor, law.received_on))
    return data


def refused(book: Book, known: set[str | None]) -> list[Fault]:
    """Return what the pages refuse, save where something was said already."""
    found: list[Fault] = []
    for slug, sheets in book.sheets.items():
        for place, sheet in enumerate(sheets):
            pointer = f"/{slug}/{place}" if sheet.step.many else f"/{slug}"
            if pointer not in known and f"/{slug}" not in known:
                found.extend(reading.form_faults(sheet.form, pointer))
    return [fault for fault in found if fault.pointer not in known]


def placed(kind: Kind[Any], one: Problem) -> Fault:
    """Return a contradiction with its place."""
    step = kind.step(one.step)
    parts = [one.step, *([str(one.item)] if one.item is not None and step and step.many else [])]
    return Fault(one.message, "".join(f"/{part}" for part in [*parts, one.field] if part))


def refuse_doubts(doubts: Sequence[str]) -> None:
    """Ask for a confirmation of what is unlikely.

    Raises:
        RefusedError: there is such.
    """
    if doubts:
        faults = [Fault(doubt, f"/{reading.CONFIRM}") for doubt in doubts]
        raise RefusedError(422, DOUBTFUL, faults, type=DOUBTS)


def note(session: Session, caller: Caller, operation: str, subject: Any, now: Any) -> None:
    """Write down which key did a deed; the deed itself is recorded as everybody's."""
    audit.record(
        session, caller, "key.used", caller.key_id, now, operation=operation, subject=str(subject)
    )


def answer(
    session: Session,
    submission: Submission,
    question: Question,
    value: Any,
    caller: Caller,
    now: datetime,
) -> None:
    """Keep the answer to a question of the authority.

    Raises:
        RefusedError: the body is no answer.
        DomainError: the question has its answer already, or the time for it is over.
    """
    said, faults = reading.page(AnswerForm, value, "")
    if not faults:
        form = AnswerForm(formdata=MultiDict(in_pairs(said or reading.NOTHING)), meta=NO_TOKEN)
        form.validate()
        faults = list(reading.form_faults(form, ""))
    if faults:
        raise RefusedError(422, "The answer is not right. Nothing was sent.", faults)
    submissions.answer(session, submission, question, form.text.data or "", caller, now)
    note(session, caller, "questions.answer", question.id, now)


def in_pairs(said: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return what a browser would send, name by name."""
    return [(name, value) for name, values in said.items() for value in values]
