"""Writing the index, in the transaction of the deed; one text at a time, whatever is stored."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from portal.core.languages import in_language
from portal.submissions import services as submissions
from portal.submissions.data import SubmissionData
from portal.submissions.kind import registered
from portal.submissions.models import Question, Submission, SubmissionEvent
from portal.submissions.queries import events_of, questions_of
from portal.submissions.rules import Outer
from portal.texts.data import Part, What
from portal.texts.models import SearchText
from portal.texts.present import extras_of, facets_of, parts_of, tokens_of, traces_of
from portal.texts.queries import bucket
from portal.texts.rules.asking import vector
from portal.texts.rules.words import number_token, reference_token

INTO_FTS5 = text("INSERT INTO search_index (rowid, words) VALUES (:place, :words)")
INTO_GIN = text("INSERT INTO search_index (place, words) VALUES (:place, CAST(:words AS tsvector))")
OUT_OF_FTS5 = text("DELETE FROM search_index WHERE rowid = :place")
OUT_OF_GIN = text("DELETE FROM search_index WHERE place = :place")
LANGUAGE = "en"  # of labels and choices in the index: the officers'


def write(
    session: Session,
    what: What,
    thing_id: UUID,
    owner_id: UUID | None,
    parts: Sequence[Part],
    now: datetime,
    *,
    extras: Iterable[str] = (),
    facets: Iterable[str] = (),
) -> None:
    """Index a text; one that is indexed already is replaced.

    Args:
        session: inside a transaction.
        what: what the text is.
        thing_id: the submission, note or lead.
        owner_id: the submission whose case it belongs to; none for a lead.
        parts: the text as shown.
        now: when it was received or written.
        extras: tokens beside those of the parts.
        facets: tokens of the filters; without, those of the owner's record.
    """
    remove(session, what, thing_id)
    kept = list(facets) or facets_of_case(session, owner_id)
    row = SearchText(
        what=what,
        thing_id=thing_id,
        owner_id=owner_id,
        received_at=now,
        parts=[part.to_json() for part in parts],
        facets=kept,
    )
    session.add(row)
    session.flush()
    more = dict.fromkeys([*extras_of(parts), *extras, *kept, f"w_{what}", *days(now)])
    more.pop("", None)
    tokens = tokens_of(parts)
    if session.get_bind().dialect.name == "sqlite":
        session.execute(INTO_FTS5, {"place": row.id, "words": " ".join([*tokens, *more])})
    else:
        found = vector(tokens, [*more, bucket(row.id)])
        session.execute(INTO_GIN, {"place": row.id, "words": found})
    session.expunge(row)


def days(now: datetime) -> tuple[str, str]:
    """Return the tokens of month and year."""
    return f"m_{now:%Y%m}", f"y_{now:%Y}"


def facets_of_case(session: Session, owner_id: UUID | None) -> list[str]:
    """Return the filters' tokens of the record to which a text belongs."""
    if owner_id is None:
        return []
    query = select(SearchText.facets).where(
        SearchText.owner_id == owner_id, SearchText.what == What.RECORD
    )
    return session.scalar(query) or []


def remove(session: Session, what: What, thing_id: UUID) -> None:
    """Take a text out of the index, if it is there."""
    query = select(SearchText.id).where(SearchText.what == what, SearchText.thing_id == thing_id)
    place = session.scalar(query)
    if place is None:
        return
    sqlite = session.get_bind().dialect.name == "sqlite"
    session.execute(OUT_OF_FTS5 if sqlite else OUT_OF_GIN, {"place": place})
    session.execute(delete(SearchText).where(SearchText.id == place))


def write_record(session: Session, submission: Submission, data: SubmissionData) -> None:
    """Index everything that a submission says."""
    kind = registered()[submission.kind]
    with in_language(LANGUAGE):
        parts = (Part("Reference", submission.reference), *parts_of(data, kind.title))
    write(
        session,
        What.RECORD,
        submission.id,
        submission.id,
        parts,
        submission.received_at,
        extras=[
            reference_token(submission.reference),
            number_token(submission.reference),
            *traces_of(data),
        ],
        facets=facets_of(data, submission.kind, submission.organisation_id),
    )


def write_later(session: Session, submission: Submission, now: datetime) -> None:
    """Index questions, answers and what a company reported afterwards, as one text."""
    if submission.state is Outer.RECEIVED:
        return
    parts = [
        *(part for one in questions_of(session, submission.id) for part in of_question(one)),
        *(Part("Reported afterwards", one.text) for one in told(session, submission.id)),
    ]
    if parts:
        write(session, What.LATER, submission.id, submission.id, parts, now)


def of_question(one: Question) -> tuple[Part, ...]:
    """Return a question and its answer."""
    asked = Part("Question", one.text)
    return (asked, Part("Answer", one.answer)) if one.answer else (asked,)


def told(session: Session, submission_id: UUID) -> list[SubmissionEvent]:
    """Return the later steps about which the company said something."""
    return [one for one in events_of(session, submission_id) if one.text]


submissions.LISTENERS.append(write_later)
