"""The buttons of a case."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest

from portal.core.access import Actor, Permission, current_actor, requires
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import DomainError
from portal.triage import deeds, knowing, queries
from portal.triage.desk import services as desk
from portal.triage.forms import (
    ActionForm,
    AssignForm,
    ButtonForm,
    CloseForm,
    FlagForm,
    NoteForm,
    QuestionForm,
    VersionForm,
)
from portal.triage.life import BY_BUTTON, Action
from portal.triage.models import TriageCase
from portal.triage.views.pages import bp, officer_choices, show

Deed = Callable[[Session, TriageCase, Actor, datetime], object]
SIMULTANEOUS = "Somebody changed this case at the same moment."


def do(
    submission_id: UUID, deed: Deed, said: str, form: VersionForm | None = None, name: str = ""
) -> ResponseReturnValue:
    """Do one deed on a case that the officer may read, and show it again.

    What was typed is kept where the case changed meanwhile: `form` is shown again under `name`.

    Raises:
        DomainError: the officer does not need to know the case.
    """
    actor, now = current_actor(), utc_now()
    try:
        with transaction() as session:
            case = desk.for_one(session, submission_id, actor, now)
            deeds.hold_to(case, form.seen() if form else None)
            deed(session, case, actor, now)
    except StaleDataError:
        return conflict(submission_id, deeds.ChangedError(SIMULTANEOUS), form, name)
    except DomainError as error:
        return conflict(submission_id, error, form, name)
    flash(said)
    return redirect(url_for(".review", submission_id=submission_id))


def conflict(
    submission_id: UUID, error: DomainError, form: VersionForm | None, name: str
) -> ResponseReturnValue:
    """Show the case as it is now, with what was typed, and why nothing was done.

    Raises:
        DomainError: the officer may not see the case, or it is no conflict.
    """
    session = get_session()
    case = queries.get(session, submission_id)
    if error.status != HTTPStatus.CONFLICT or not knowing.may_read(
        session, case, current_actor(), utc_now()
    ):
        raise error
    if form is None or not name:
        return show(case, HTTPStatus.CONFLICT, str(error))
    form.version.data = str(case.version)
    return show(case, HTTPStatus.CONFLICT, str(error), **{name: form})


def refused(submission_id: UUID, **wrong: Any) -> ResponseReturnValue:
    """Show the case again with the form that was refused.

    Raises:
        DomainError: the officer does not need to know the case.
    """
    case = desk.for_one(get_session(), submission_id, current_actor(), utc_now())
    return show(case, 422, **wrong)


@bp.post("/<uuid:submission_id>/take")
@requires(Permission.CASE_WORK)
def take(submission_id: UUID) -> ResponseReturnValue:
    """Take a case that nobody has."""
    ButtonForm().validate()
    return do(submission_id, deeds.take, "The case is yours.")


@bp.post("/<uuid:submission_id>/give-back")
@requires(Permission.CASE_WORK)
def give_back(submission_id: UUID) -> ResponseReturnValue:
    """Give a case back to the queue."""
    return do(submission_id, deeds.give_back, "The case is back in the queue.")


@bp.post("/<uuid:submission_id>/assign")
@requires(Permission.CASE_WORK)
def assign(submission_id: UUID) -> ResponseReturnValue:
    """Give a case to an officer."""
    form = AssignForm(prefix="assign-")
    form.officer.choices = officer_choices(get_session())
    if not form.validate_on_submit():
        return refused(submission_id, assign=form)
    officer = form.officer_id()
    return do(
        submission_id,
        lambda session, case, actor, now: deeds.assign(session, case, officer, actor, now),
        "The case is assigned.",
        form,
        "assign",
    )


@bp.post("/<uuid:submission_id>/act")
@requires(Permission.CASE_WORK)
def act(submission_id: UUID) -> ResponseReturnValue:
    """Move a case along by a button."""
    form = ActionForm()
    action = form.chosen() if form.validate_on_submit() else None
    if action is None or (action not in BY_BUTTON and action is not Action.REOPEN):
        raise BadRequest
    return do(
        submission_id,
        lambda session, case, actor, now: deeds.act(session, case, action, actor, now),
        "Done.",
        form,
    )


@bp.post("/<uuid:submission_id>/note")
@requires(Permission.CASE_WORK)
def note(submission_id: UUID) -> ResponseReturnValue:
    """Write a note."""
    form = NoteForm(prefix="note-")
    if not form.validate_on_submit():
        return refused(submission_id, note=form)
    text = form.text.data or ""
    return do(
        submission_id,
        lambda session, case, actor, now: deeds.write_note(session, case, text, actor, now),
        "The note is kept.",
    )


@bp.post("/<uuid:submission_id>/flag")
@requires(Permission.CASE_WORK)
def flag(submission_id: UUID) -> ResponseReturnValue:
    """Flag a case."""
    form = FlagForm(prefix="flag-")
    if not form.validate_on_submit():
        return refused(submission_id, flag=form)
    text = form.text.data or ""
    return do(
        submission_id,
        lambda session, case, actor, now: deeds.flag(session, case, text, actor, now),
        "The case is flagged.",
        form,
        "flag",
    )


@bp.post("/<uuid:submission_id>/ask")
@requires(Permission.CASE_WORK)
def ask(submission_id: UUID) -> ResponseReturnValue:
    """Propose a question to the company."""
    form = QuestionForm(prefix="question-")
    if not form.validate_on_submit():
        return refused(submission_id, question=form)
    text = form.text.data or ""
    return do(
        submission_id,
        lambda session, case, actor, now: deeds.propose_question(session, case, text, actor, now),
        "Another officer must agree before the question is sent.",
        form,
        "question",
    )


@bp.post("/<uuid:submission_id>/close")
@requires(Permission.CASE_WORK)
def close(submission_id: UUID) -> ResponseReturnValue:
    """Close a case; of high priority, propose to."""
    form = CloseForm(prefix="close-")
    if not form.validate_on_submit():
        return refused(submission_id, close=form)
    outcome, text = form.outcome.data, form.text.data or ""
    return do(
        submission_id,
        lambda session, case, actor, now: deeds.propose_closure(
            session, case, outcome, text, actor, now
        ),
        "Kept. A case of high priority is closed once a supervisor agrees.",
        form,
        "close",
    )


@bp.post("/<uuid:submission_id>/proposals/<uuid:proposal_id>/<string:answer>")
@requires(Permission.CASE_WORK)
def decide(submission_id: UUID, proposal_id: UUID, answer: str) -> ResponseReturnValue:
    """Agree to what another officer proposed, or refuse it."""
    if answer not in {"agree", "refuse"}:
        raise BadRequest
    agreed = answer == "agree"

    def deed(session: Session, case: TriageCase, actor: Actor, now: datetime) -> None:
        waiting = queries.proposal(session, case.id, proposal_id)
        deeds.decide(session, case, waiting, actor, now, agreed=agreed)

    return do(submission_id, deed, "Done." if agreed else "Refused; nothing was done.")
