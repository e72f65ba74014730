"""Reading what a company has to do. Everything starts from `visible_to`; every list has an end.

Only what the company did itself or was told decides what stands here: states of the outer life,
questions that were put to it, its own drafts and licences. Nothing of the inner life is read.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, load_only

from portal.core.access import Actor, Permission, may
from portal.intake.models import Draft
from portal.organisations.models import CompanyThanks, Licence
from portal.organisations.rules import WARN_DAYS
from portal.submissions.kind import offered_to
from portal.submissions.models import Question, Submission
from portal.submissions.queries import visible_to
from portal.submissions.rules import VOID, WAITING, Outer, is_notice

MOST = 10  # rows of a list; one more is read to know that there are more
LOOKED_BACK = timedelta(days=366)  # what waits longer is found in the list of everything
MOST_DECLARATIONS = 500  # that are looked through, the newest first
MOST_THANKS = 3  # that are shown, the newest
ENDED_DAYS = 30  # for which a licence that ended is still named
TO_REPORT = (Outer.MAY_LEAVE, Outer.REPORT_SHIPMENT)
CLOCKED = tuple(state for state in WAITING if state is not Outer.QUESTION)


def questions(session: Session, actor: Actor) -> Sequence[tuple[Submission, datetime]]:
    """Return what the authority asked and nobody answered yet, the longest waiting first."""
    query = (
        visible_to(actor)
        .where(Submission.state == Outer.QUESTION, Submission.kind.in_(list(offered_to(actor))))
        .join(Question, Question.submission_id == Submission.id)
        .where(Question.answer.is_(None))
        .add_columns(Question.asked_at)
    )
    rows = session.execute(query.order_by(Question.asked_at, Question.id).limit(MOST + 1))
    return [(row[0], row[1]) for row in rows]


def notices(
    session: Session, actor: Actor, states: Sequence[Outer], now: datetime
) -> Sequence[Submission]:
    """Return notices of the last year in some states, the longest waiting first."""
    query = visible_to(actor).where(
        Submission.kind.in_([slug for slug in offered_to(actor) if is_notice(slug)]),
        Submission.state.in_(states),
        Submission.received_at >= now - LOOKED_BACK,
    )
    order = (Submission.received_at, Submission.id)
    return session.scalars(query.order_by(*order).limit(MOST + 1)).all()


def drafts(session: Session, actor: Actor) -> Sequence[Draft]:
    """Return the person's own drafts, the last touched first; without what was typed."""
    if not may(actor, Permission.SUBMISSION_CREATE):
        return ()
    query = select(Draft).where(Draft.author_id == actor.id)
    brief = load_only(Draft.kind, Draft.saved_at)
    order = (Draft.saved_at.desc(), Draft.id)
    return session.scalars(query.options(brief).order_by(*order).limit(MOST + 1)).all()


def licences(session: Session, actor: Actor, today: date) -> Sequence[Licence]:
    """Return licences that end soon or ended lately, the most pressing first."""
    query = select(Licence).where(
        Licence.organisation_id == actor.organisation_id,
        Licence.valid_until <= today + timedelta(days=max(WARN_DAYS)),
        Licence.valid_until >= today - timedelta(days=ENDED_DAYS),
    )
    return session.scalars(query.order_by(Licence.valid_until, Licence.id).limit(MOST + 1)).all()


def declarations(session: Session, actor: Actor, today: date) -> Sequence[tuple[Submission, date]]:
    """Return end-user declarations that end soon or ended lately, the most pressing first."""
    query = visible_to(actor).where(
        Submission.organisation_id == actor.organisation_id,
        Submission.kind == "end-user-declaration",
        Submission.state.not_in(VOID),
    )
    newest_first = query.order_by(Submission.received_at.desc()).limit(MOST_DECLARATIONS)
    dated = [
        (one, date.fromisoformat(json.loads(one.content)["valid_until"]))
        for one in session.scalars(newest_first)
    ]
    first, last = today - timedelta(days=ENDED_DAYS), today + timedelta(days=max(WARN_DAYS))
    named = [(one, until) for one, until in dated if first <= until <= last]
    return sorted(named, key=lambda pair: pair[1])[: MOST + 1]


def thanks(session: Session, actor: Actor, now: datetime) -> Sequence[CompanyThanks]:
    """Return the words of thanks that the authority gave the company in the last year."""
    query = select(CompanyThanks).where(
        CompanyThanks.organisation_id == actor.organisation_id,
        CompanyThanks.given_at >= now - LOOKED_BACK,
    )
    return session.scalars(query.order_by(CompanyThanks.given_at.desc()).limit(MOST_THANKS)).all()


def newest(session: Session, actor: Actor) -> Sequence[Submission]:
    """Return what was filed last."""
    order = (Submission.received_at.desc(), Submission.id.desc())
    return session.scalars(visible_to(actor).order_by(*order).limit(MOST)).all()
