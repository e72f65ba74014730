"""Sending a notice on, noting the reply, releasing or stopping; dispatch and arrival."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import audit, jobs, outbox, signing
from portal.core.access import PARTNER_ROLES, Actor
from portal.core.errors import DomainError
from portal.core.references import new_code
from portal.reference import queries as reference
from portal.reference.data import Duty
from portal.reference.rules.working_days import due
from portal.shipments import packages, queries
from portal.shipments.data import Carried, Reply
from portal.shipments.models import Consultation, Release
from portal.shipments.rules import amounts, between, differences
from portal.submissions import services as submissions
from portal.submissions.models import Submission
from portal.submissions.queries import events_of
from portal.submissions.rules import Outer, Step
from portal.triage import deeds, marks
from portal.triage import services as triage
from portal.triage.life import Action, possible
from portal.triage.models import TriageCase

DAY = timedelta(days=1)
MAIL = (
    "A notice of a shipment waits for your answer in the portal of {authority}.\n\n"
    "Sign in to read it: {link}\n\n"
    "This message says nothing of its content on purpose.\n"
)


class RepliedError(DomainError):
    """The other country has answered already."""


def send_on(
    session: Session,
    case: TriageCase,
    country: str,
    partner_id: UUID | None,
    actor: Actor,
    now: datetime,
) -> Consultation:
    """Send a checked notice to another country's authority.

    Args:
        session: inside a transaction.
        case: of the notice; it must be checked.
        country: ISO 3166-1 alpha-2, of the authority that is asked.
        partner_id: the authority's organisation, if it has accounts here; None when the officer
            carries the signed papers there by another way.
        actor: the officer.
        now: the moment, UTC. The time to answer counts from here.
    """
    for one in queries.consultations_of(session, case.id):
        if one.country == country:
            return one
    deeds.act(session, case, Action.SEND, actor, now)
    submission = session.get_one(Submission, case.id)
    reply_by = last_day(session, submission, now)
    content = packages.notice_json(submission, country, reply_by, now)
    sent = Consultation(
        submission_id=case.id,
        country=country,
        carried=Carried.ACCOUNT if partner_id else Carried.ELSEWHERE,
        partner_id=partner_id,
        sent_at=now,
        sent_by_id=actor.id,
        reply_by=reply_by,
        content=content,
        content_sha256=hashlib.sha256(content.encode()).hexdigest(),
        signature=json.dumps(asdict(signing.sign_bytes(content.encode()))),
    )
    session.add(sent)
    session.flush()
    if reply_by:
        marks.run_clock(case, reply_by, marks.ANSWER)
    jobs.enqueue(session, "notice-paper", {"consultation": str(sent.id)}, now)
    if reply_by:
        jobs.enqueue(session, "silence", {"consultation": str(sent.id)}, now, after(reply_by))
    if partner_id:
        write_to(session, partner_id, now)
    audit.record(session, actor, "notice.sent", case.id, now, country=country)
    return sent


def last_day(session: Session, submission: Submission, now: datetime) -> date | None:
    """Return the last day on which the other country may object; None where no law sets one."""
    answer = reference.deadlines(session, submission.jurisdiction).get(Duty.PEN_ANSWER)
    return due(now.date(), answer, current_app.config["COUNTRY"]) if answer else None


def after(day: date) -> datetime:
    """Return the moment at which a day is over at the authority."""
    return datetime.combine(day + DAY, time(), ZoneInfo(current_app.config["TIME_ZONE"]))


def write_to(session: Session, partner_id: UUID, now: datetime) -> None:
    """Write to the officers of another authority that there is something new, and no more."""
    active = select(Account).where(
        Account.organisation_id == partner_id,
        Account.role.in_(PARTNER_ROLES),
        Account.active,
    )
    link = outbox.link_to("/notices/")
    for one in session.scalars(active):
        outbox.post(session, one.email, outbox.NEWS, MAIL, now, one.language, link=link)


def note_reply(
    session: Session, sent: Consultation, reply: Reply, text: str, actor: Actor, now: datetime
) -> None:
    """Keep the other country's reply, given by its officer here or noted by one of ours.

    Raises:
        RepliedError: there is one already.
    """
    if sent.reply is not None:
        raise RepliedError("The other country has answered already. Open the page again.")
    sent.reply, sent.reply_text, sent.replied_at, sent.replied_by_id = reply, text, now, actor.id
    case = session.get_one(TriageCase, sent.submission_id)
    action = Action.OBJECTED if reply is Reply.OBJECTION else Action.NOT_OBJECTED
    if possible(case.kind, case.status, action):
        deeds.follow(session, case, action, actor, now)
        wait_for_us(session, case)
    audit.record(session, actor, "notice.answered", sent.submission_id, now, reply=reply.name)


@jobs.job("silence")
def note_silence(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Note that the time to answer is over without a reply."""
    sent = session.get_one(Consultation, UUID(payload["consultation"]))
    case = session.get_one(TriageCase, sent.submission_id)
    if sent.reply is None and possible(case.kind, case.status, Action.UNANSWERED):
        deeds.follow(session, case, Action.UNANSWERED, None, now)
        wait_for_us(session, case)


def wait_for_us(session: Session, case: TriageCase) -> None:
    """Let the clock of the departure run again: the decision is ours now."""
    data = submissions.record_of(session.get_one(Submission, case.id))
    marks.run_clock(case, data.may_leave_on, marks.LEAVE)


def release(session: Session, case: TriageCase, actor: Actor, now: datetime) -> Release:
    """Let a shipment leave, and make the paper for customs."""
    deeds.act(session, case, Action.RELEASE, actor, now)
    submission = session.get_one(Submission, case.id)
    submissions.advance(session, submission, Step.RELEASE, None, now)
    found = queries.release_of(session, case.id)
    if found is None:
        data = submissions.record_of(submission)
        found = Release(
            submission_id=case.id,
            check_code=new_code(),
            released_at=now,
            released_by_id=actor.id,
            valid_from=max(now.date(), data.may_leave_on or now.date()),
        )
        session.add(found)
        session.flush()
    jobs.enqueue(session, "release-paper", {"release": str(found.id)}, now)
    audit.record(session, actor, "notice.released", case.id, now)
    return found


def stop(session: Session, case: TriageCase, reason: str, actor: Actor, now: datetime) -> None:
    """Forbid a shipment; the company learns that it may not leave, and not why."""
    deeds.act(session, case, Action.STOP, actor, now)
    submission = session.get_one(Submission, case.id)
    submissions.advance(session, submission, Step.STOP, None, now)
    deeds.write_note(session, case, reason, actor, now)


def still_valid(submission: Submission) -> bool:
    """Tell whether the paper for customs holds at this moment."""
    return submission.state in {Outer.MAY_LEAVE, Outer.REPORT_SHIPMENT, Outer.COMPLETE}


def dispatch(
    session: Session,
    submission: Submission,
    left_on: date,
    quantities: Sequence[Decimal],
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what the company says of the dispatch: the day, and each line's quantity.

    A dispatch before the release is taken too, and raises a finding for officers.
    """
    released = submission.state is Outer.MAY_LEAVE
    lines = submissions.record_of(submission).lines
    given = queries.release_of(session, submission.id)
    details = {
        "left_on": left_on.isoformat(),
        "quantities": [f"{one:f}" for one in quantities],
        "differences": list(differences(lines, quantities, "shipped")),
        "released_on": given.valid_from.isoformat() if given and released else None,
    }
    submissions.advance(session, submission, Step.DISPATCH, actor, now, reason, details)
    case = session.get_one(TriageCase, submission.id)
    if possible(case.kind, case.status, Action.SHIP):
        deeds.follow(session, case, Action.SHIP, None, now)
    triage.screen_again(session, case, now)


def arrive(
    session: Session,
    submission: Submission,
    came_on: date,
    quantities: Sequence[Decimal],
    reason: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what the company says of the arrival; the inner life is reconciled or differs."""
    lines = submissions.record_of(submission).lines
    shipped = amounts(dispatched(session, submission.id), lines)
    found = between(lines, shipped, quantities)
    details = {
        "came_on": came_on.isoformat(),
        "quantities": [f"{one:f}" for one in quantities],
        "differences": list(found),
    }
    submissions.advance(session, submission, Step.ARRIVE, actor, now, reason, details)
    case = session.get_one(TriageCase, submission.id)
    action = Action.DIFFER if found else Action.RECONCILE
    if possible(case.kind, case.status, action):
        deeds.follow(session, case, action, None, now)
    triage.screen_again(session, case, now)


def dispatched(session: Session, submission_id: UUID) -> Mapping[str, Any]:
    """Return what was said of the dispatch."""
    for event in events_of(session, submission_id):
        if event.step is Step.DISPATCH:
            return event.details
    return {}
