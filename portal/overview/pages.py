"""What the first page of a company shows; between the queries and the template."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy.orm import Session

from portal.bulletins import services as bulletins
from portal.bulletins.data import Shown
from portal.core.access import Actor
from portal.organisations.rules import expiry_words
from portal.overview import queries
from portal.overview.data import Pile, Task, pile
from portal.submissions import services
from portal.submissions.kind import offered_to
from portal.submissions.models import Submission
from portal.submissions.rules import Outer

LOOK = "Open the notice"
DEEDS = {Outer.MAY_LEAVE: "Report the dispatch", Outer.REPORT_SHIPMENT: "Report the arrival"}


def start(session: Session, actor: Actor, now: datetime) -> dict[str, Any]:
    """Return everything that the page shows: what is open first, then what was filed last."""
    today = now.astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()
    licences = pile(queries.licences(session, actor, today), queries.MOST)
    return {
        "questions": questions(session, actor),
        "to_report": notices(session, actor, queries.TO_REPORT, now, today),
        "clocks": notices(session, actor, queries.CLOCKED, now, today),
        "drafts": pile(queries.drafts(session, actor), queries.MOST),
        "licences": [(one, expiry_words(one.valid_until, today)) for one in licences.rows],
        "more_licences": licences.more,
        "declarations": [
            (one, until, expiry_words(until, today))
            for one, until in pile(queries.declarations(session, actor, today), queries.MOST).rows
        ],
        "bulletins": unread(session, actor, now),
        "newest": queries.newest(session, actor),
        "thanks": queries.thanks(session, actor, now),
        "titles": {kind.slug: kind.title for kind in offered_to(actor).values()},
    }


def unread(session: Session, actor: Actor, now: datetime) -> Pile[Shown]:
    """Return what the authority published and the reader did not open yet."""
    present, _ = bulletins.listed(session, actor, now)
    return pile([one for one in present if one.unread], queries.MOST)


def questions(session: Session, actor: Actor) -> Pile[Task]:
    """Return the questions that wait for an answer."""
    found = pile(queries.questions(session, actor), queries.MOST)
    tasks = [Task(**common(one), deed="Answer", since=asked) for one, asked in found.rows]
    return Pile(tasks, found.more)


def notices(
    session: Session, actor: Actor, states: tuple[Outer, ...], now: datetime, today: date
) -> Pile[Task]:
    """Return notices in some states, each with its clock, the nearest date first."""
    found = pile(queries.notices(session, actor, states, now), queries.MOST)
    tasks = [clocked(one, today) for one in found.rows]
    return Pile(sorted(tasks, key=lambda task: task.due or date.max), found.more)


def common(submission: Submission) -> dict[str, Any]:
    """Return what every open duty says of its submission."""
    return {
        "about": submission.summary,
        "kind": services.kind_of(submission).title,
        "reference": submission.reference,
        "submission_id": submission.id,
    }


def clocked(submission: Submission, today: date) -> Task:
    """Return a notice with the date that counts now: the first that it waits for, or the last."""
    dated = [one for one in services.duties_of(submission, today) if one["due"]]
    deed = DEEDS.get(submission.state, LOOK)
    if not dated or submission.state is Outer.REPORT_SHIPMENT:
        return Task(**common(submission), deed=deed)
    duty = dated[-1] if submission.state in queries.TO_REPORT else dated[0]
    passed = duty["due"] < today
    return Task(
        **common(submission),
        deed=deed,
        text=duty["text"],
        due=duty["due"],
        left=None if passed else duty["left"],
        today=duty["due"] == today,
        passed=passed,
        confirmed=duty["confirmed"],
    )
