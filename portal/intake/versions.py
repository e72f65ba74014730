"""Beginning from what was filed: a similar one, a correction; and withdrawing it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.intake import queries, reopening
from portal.intake.models import Draft
from portal.intake.services import start
from portal.submissions import services as life
from portal.submissions.models import Submission, SubmissionFile
from portal.submissions.queries import files_of
from portal.submissions.rules import Step, is_notice, move
from portal.triage import services as triage


def start_similar(session: Session, submission: Submission, actor: Actor, now: datetime) -> Draft:
    """Begin a draft with the answers of what was filed, save those of that filing alone."""
    kind = queries.kind_of(submission.kind)
    draft = start(session, kind, actor, now)
    draft.answers = queries.copied(kind, reopening.typed_of(kind, submission))
    session.flush()
    audit.record(session, actor, "submission.copied", submission.id, now, draft=str(draft.id))
    return draft


def start_correction(
    session: Session, submission: Submission, actor: Actor, now: datetime
) -> Draft:
    """Begin, or go on with, a newer version of what was filed, attachments too.

    Raises:
        StepRefusedError: it cannot be corrected any more.
    """
    move(submission.kind, submission.state, Step.CORRECT)
    begun = select(Draft).where(Draft.corrects_id == submission.id, Draft.author_id == actor.id)
    if known := session.scalar(begun):
        return known
    kind = queries.kind_of(submission.kind)
    draft = start(session, kind, actor, now)
    draft.answers = reopening.typed_of(kind, submission)
    draft.corrects_id = submission.id
    copied = (column.key for column in SubmissionFile.__table__.columns)
    names = [name for name in copied if name not in {"id", "owner_id"}]
    session.add_all(
        SubmissionFile(owner_id=draft.id, **{name: getattr(file, name) for name in names})
        for file in files_of(session, submission.id)
    )
    session.flush()
    return draft


def withdraw(
    session: Session, submission: Submission, reason: str, actor: Actor, now: datetime
) -> None:
    """Withdraw a report or cancel a notice: a wish; the record stays with the authority.

    Raises:
        StepRefusedError: it is too late.
    """
    step = Step.CANCEL if is_notice(submission.kind) else Step.WITHDRAW
    life.advance(session, submission, step, actor, now, reason)
    triage.withdrawn(session, submission.id)
