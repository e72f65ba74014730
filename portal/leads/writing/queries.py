"""Reading drafts, and what the sources of a lead offer to be quoted."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.core.languages import day
from portal.leads.data import Provenance, TakenFrom
from portal.leads.knowing import Sight
from portal.leads.models import Lead, LeadDraft, LeadPageState
from portal.leads.writing.data import OpenSource, Quotable, QuotableGroup
from portal.submissions.kind import registered
from portal.submissions.models import Question, Submission
from portal.submissions.present import sections
from portal.triage.models import FindingRow, Note, TriageCase

MOST_ANSWERS = 150  # of one record, beside the page
PLAIN = (
    *("title", "summary", "asked", "category", "priority", "confidence", "proposal"),
    *("crime_group", "marking", "court", "ask_originator", "conditions", "expires_on"),
)


def text_values(lead: Lead) -> dict[str, Any]:
    """Return what a lead says, as the page of texts takes it."""
    texts = [
        {
            "row": str(text.id),
            "text": text.text,
            "taken": text.provenance.token,
            "source": text.source,
            "information": text.information,
            "handling": text.handling,
            "released": text.released,
        }
        for text in lead.texts
    ]
    said = {name: getattr(lead, name) for name in PLAIN}
    return said | {"texts": texts, "need_to_know": "\n".join(lead.need_to_know)}


def draft(session: Session, lead_id: UUID, page: str, actor: Actor) -> LeadDraft | None:
    """Return what somebody typed on a page and did not save."""
    query = select(LeadDraft).where(
        LeadDraft.lead_id == lead_id, LeadDraft.account_id == actor.id, LeadDraft.page == page
    )
    return session.scalar(query)


def before(session: Session, lead_id: UUID, page: str, state: str) -> LeadPageState | None:
    """Return how a page was in a state that somebody has saved over."""
    query = select(LeadPageState).where(
        LeadPageState.lead_id == lead_id, LeadPageState.page == page, LeadPageState.state == state
    )
    return session.scalar(query)


def open_case(sight: Sight, submission_id: UUID | None) -> TriageCase | None:
    """Return which source is open beside a page: the first readable one when none is named."""
    named = (one for one in sight.open if submission_id in {one.id, None})
    return next(named, None)


def opened(session: Session, sight: Sight, submission_id: UUID | None) -> OpenSource | None:
    """Return the source that is open, with all that can be quoted."""
    case = open_case(sight, submission_id)
    if case is None:
        return None
    groups = [
        *notes_of(session, case),
        *findings_of(session, case),
        *answers_of(session, case),
    ]
    return OpenSource(case.id, case.reference, case.summary, tuple(groups))


def answers_of(session: Session, case: TriageCase) -> Iterator[QuotableGroup]:
    """Yield the answers of a record, and what the company said when it was asked."""
    submission = session.get_one(Submission, case.id)
    kind = registered()[submission.kind]
    left = MOST_ANSWERS
    for section in sections(kind.load(submission.content), kind.title):
        items = tuple(
            Quotable(row.label, row.value, answer(case, row.path, f"{section.title}, {row.label}"))
            for row in section.rows[:left]
        )
        left -= len(items)
        if items:
            yield QuotableGroup(section.title, items)
    query = select(Question).where(Question.submission_id == case.id, Question.answer.is_not(None))
    said = session.scalars(query.order_by(Question.asked_at)).all()
    if said:
        items = tuple(
            Quotable(one.text, one.answer or "", answer(case, f"question.{one.id}", one.text))
            for one in said
        )
        yield QuotableGroup("Questions and answers", items)


def answer(case: TriageCase, path: str, words: str) -> Provenance:
    """Return an answer as a provenance."""
    return Provenance(TakenFrom.ANSWER, case.id, path, f"{case.reference}: {words}")


def notes_of(session: Session, case: TriageCase) -> Iterator[QuotableGroup]:
    """Yield what officers noted."""
    query = select(Note).where(Note.case_id == case.id).order_by(Note.written_at, Note.id)
    items = tuple(
        Quotable(said, one.text, Provenance(TakenFrom.NOTE, case.id, str(one.id), words))
        for one in session.scalars(query)
        for said in (f"{one.author.name or one.author.email}, {day(one.written_at.date())}",)
        for words in (f"{case.reference}: note of {said}",)
    )
    if items:
        yield QuotableGroup("Notes of officers", items)


def findings_of(session: Session, case: TriageCase) -> Iterator[QuotableGroup]:
    """Yield what the portal found."""
    query = select(FindingRow).where(FindingRow.case_id == case.id, ~FindingRow.failed)
    items = tuple(
        Quotable(
            one.title,
            one.reason,
            Provenance(
                TakenFrom.FINDING, case.id, str(one.id), f"{case.reference}: finding, {one.title}"
            ),
        )
        for one in session.scalars(query.order_by(FindingRow.weight.desc(), FindingRow.rule))
    )
    if items:
        yield QuotableGroup("Findings of the portal", items)


def offered(sight: Sight, source: OpenSource | None) -> dict[str, str]:
    """Return what a text can be said to come from, by token: each source, and parts of the open."""
    choices = {"": "Own words of this authority"}
    for case in sight.open:
        choices[whole(case).token] = whole(case).words
        if source is not None and source.submission_id == case.id:
            items = (one for group in source.groups for one in group.items)
            choices |= {one.token: one.provenance.words for one in items}
    return choices


def whole(case: TriageCase) -> Provenance:
    """Return a report as a whole as a provenance."""
    return Provenance(TakenFrom.REPORT, case.id, "", f"{case.reference}: the report as a whole")


def resolved(session: Session, sight: Sight, tokens: Collection[str]) -> Mapping[str, Provenance]:
    """Return what some tokens stand for, as far as the officer may read it.

    One source after another is read: as many as the texts of one page come from.
    """
    wanted = {token for token in tokens if token}
    found: dict[str, Provenance] = {}
    for case in sight.open:
        if not any(f":{case.id}:" in token for token in wanted):
            continue
        source = opened(session, sight, case.id)
        items = [one for group in (source.groups if source else ()) for one in group.items]
        told = (whole(case), *(one.provenance for one in items))
        found |= {one.token: one for one in told if one.token in wanted}
    return found
