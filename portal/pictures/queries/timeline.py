"""Everything that happened around some submissions, in the order of its days."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.pictures.data import Lane, Moment
from portal.shipments.models import Consultation, Release
from portal.submissions.data import Facts, SubmissionData
from portal.submissions.kind import registered
from portal.submissions.models import Question, Submission, SubmissionEvent
from portal.submissions.rules import Step
from portal.triage.models import FindingRow, Note

MOST = 300  # moments of a picture, the newest
STEPS: Mapping[Step, str] = {
    Step.CORRECT: "Corrected by a newer version",
    Step.WITHDRAW: "Withdrawn by the company",
    Step.CANCEL: "Cancelled by the company",
    Step.RELEASE: "The company is told that it may leave",
    Step.STOP: "The company is told that it may not leave",
    Step.DISPATCH: "The company reports the dispatch",
    Step.ARRIVE: "The company reports the arrival",
}


def moments(session: Session, ids: Collection[UUID], own: UUID | None = None) -> list[Moment]:
    """Return what happened around some submissions; `own` is named by the word `this`."""
    query = select(Submission).where(Submission.id.in_(ids))
    found = {row.id: row for row in session.scalars(query)}
    names = {key: "this" if key == own else row.reference for key, row in found.items()}
    links = {key: url_for("triage.review", submission_id=key) for key in found}
    told = [
        Moment(day_of(when), lane, words, names[key], links[key], hour_of(when))
        for key, when, lane, words in events(session, found)
    ]
    told.sort(key=lambda one: (one.day, one.at.isoformat() if one.at else "", one.words))
    return told[-MOST:]


Day = tuple[date | datetime, Lane, str]
Told = tuple[UUID, date | datetime, Lane, str]


def events(session: Session, found: Mapping[UUID, Submission]) -> Iterator[Told]:
    """Yield everything that is known of some submissions; one SELECT a table."""
    for key, row in found.items():
        yield from filed(key, row)
    if not found:
        return
    for step in session.scalars(
        select(SubmissionEvent).where(SubmissionEvent.submission_id.in_(found))
    ):
        yield from stepped(step)
    for asked in session.scalars(select(Question).where(Question.submission_id.in_(found))):
        yield asked.submission_id, asked.asked_at, Lane.ASKED, "Question to the company"
        if asked.answered_at:
            yield asked.submission_id, asked.answered_at, Lane.ASKED, "Answered by the company"
    yield from judged(session, found)
    yield from consulted(session, found)


def filed(key: UUID, row: Submission) -> Iterator[Told]:
    """Yield when a submission was filed, and the days that it names."""
    kind = registered()[row.kind]
    yield key, row.received_at, Lane.FILED, f"{kind.title}: {row.summary}"
    data: SubmissionData = kind.load(row.content)
    for day, lane, words in days_of(data.facts()):
        yield key, day, lane, words


def days_of(facts: Facts) -> Iterator[Day]:
    """Yield the days that a record names."""
    told = (
        (facts.happened_on, Lane.TRADE, "It happened, as the company says"),
        (facts.can_stop_until, Lane.TRADE, "Can be stopped until then"),
        (facts.may_leave_on, Lane.TRADE, "Not to leave before"),
        (facts.dispatch_on, Lane.MOVED, "Expected to leave"),
    )
    for when, lane, words in told:
        if when:
            yield when, lane, words
    yield from days_of_papers(facts)
    yield from days_of_legs(facts)


def days_of_papers(facts: Facts) -> Iterator[Day]:
    """Yield when the papers were issued and when they end."""
    for paper in facts.documents:
        if paper.issued_on:
            yield paper.issued_on, Lane.TRADE, f"Issued: {paper.sort} {paper.number}"
        if paper.expires_on:
            yield paper.expires_on, Lane.TRADE, f"Ends: {paper.sort} {paper.number}"


def days_of_legs(facts: Facts) -> Iterator[Day]:
    """Yield when the goods are to leave and to arrive on each leg."""
    for leg in facts.legs:
        if leg.departs_on:
            yield leg.departs_on, Lane.MOVED, f"Planned: leaves {leg.origin} ({leg.mode})"
        if leg.arrives_on:
            yield leg.arrives_on, Lane.MOVED, f"Planned: arrives at {leg.destination}"


def stepped(step: SubmissionEvent) -> Iterator[Told]:
    """Yield a step of the life that the company sees, on the day that it is about."""
    if step.step not in STEPS:
        return  # questions and answers have a table of their own
    moving = step.step in {Step.DISPATCH, Step.ARRIVE}
    lane = Lane.MOVED if moving or step.step in {Step.RELEASE, Step.STOP} else Lane.FILED
    yield step.submission_id, step.at, lane, STEPS[step.step]
    for name, words in (("left_on", "Left"), ("came_on", "Arrived")):
        if step.details.get(name):
            yield step.submission_id, date.fromisoformat(step.details[name]), Lane.MOVED, words


def judged(session: Session, found: Collection[UUID]) -> Iterator[Told]:
    """Yield findings and flags."""
    together: dict[tuple[UUID, datetime], list[str]] = {}
    rows = select(FindingRow).where(FindingRow.case_id.in_(found), ~FindingRow.failed)
    for row in session.scalars(rows.order_by(FindingRow.weight.desc(), FindingRow.rule)):
        together.setdefault((row.case_id, row.raised_at), []).append(row.title)
    for (key, when), titles in together.items():
        yield key, when, Lane.JUDGED, f"{len(titles)} found: {'; '.join(titles)}"
    flags = select(Note).where(Note.case_id.in_(found), Note.is_flag)
    for note in session.scalars(flags):
        yield note.case_id, note.written_at, Lane.JUDGED, "Flagged by an officer"


def consulted(session: Session, found: Collection[UUID]) -> Iterator[Told]:
    """Yield what was sent to other countries and what they said."""
    sent = select(Consultation).where(Consultation.submission_id.in_(found))
    for row in session.scalars(sent):
        yield row.submission_id, row.sent_at, Lane.ASKED, f"Sent to the authority of {row.country}"
        if row.replied_at and row.reply:
            yield row.submission_id, row.replied_at, Lane.ASKED, f"{row.country}: {row.reply}"
    for one in session.scalars(select(Release).where(Release.submission_id.in_(found))):
        yield one.submission_id, one.released_at, Lane.MOVED, "Released by an officer"


def hour_of(when: date | datetime) -> datetime | None:
    """Return the moment, if more than the day is known."""
    return when if isinstance(when, datetime) else None


def day_of(when: date | datetime) -> date:
    """Return the day, in UTC."""
    return when.date() if isinstance(when, datetime) else when
