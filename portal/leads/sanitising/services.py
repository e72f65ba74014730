"""Marks of a lead and their answers; counting which values companies share."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from uuid import UUID

from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.core.db import transaction
from portal.core.errors import DomainError, NotFoundError, RefusedInputError
from portal.core.text import search_key
from portal.entities.services import insert_new
from portal.leads.models import Lead, fingerprint
from portal.leads.releasing import released_of, written_of
from portal.leads.rules import EDITABLE
from portal.leads.sanitising import queries, sharing
from portal.leads.sanitising.data import Answer, Mark, Needs, Reply, Secret, Source
from portal.leads.sanitising.data import fingerprint as short
from portal.leads.sanitising.models import MarkAnswer, SharedValue
from portal.leads.sanitising.present import secrets_of, speakable, traits_of
from portal.leads.sanitising.rules.beside import Beside, Kept
from portal.leads.sanitising.rules.folding import occurrences
from portal.leads.sanitising.rules.marking import Book, book_of, hits_in, marks_of
from portal.leads.sanitising.rules.proposing import (
    all_accepted,
    living,
    said_instead,
    with_proposals,
)
from portal.leads.wording import Place, fits, places_of
from portal.submissions import services as submissions
from portal.submissions.models import Submission
from portal.submissions.rules import Outer

LEAST_NAME = 4  # letters; a shorter name stands in other words by chance
MOST_TRAITS = 500  # of one submission that are counted
Live = Callable[[Secret], bool]
Sources = Sequence[tuple[Submission, Source]]


class NotEditableError(DomainError):
    """The lead was submitted: its words are fixed."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to look for secrets in the words of one lead."""

    book: Book
    live: Live

    def marks(self, place: Place) -> tuple[Mark, ...]:
        """Return what betrays in a place."""
        return marks_of(place, living(hits_in(place.text, self.book), self.live))


def reader_of(session: Session, lead: Lead, asked: int | None = None) -> Reader:
    """Gather the secrets of a lead's sources; `asked` is another number than the one in force."""
    return reader_for(session, queries.sources_of(session, lead), asked)


def reader_for(session: Session, found: Sources, asked: int | None = None) -> Reader:
    """Gather the secrets of some sources."""
    companies = {submission.organisation_id for submission, _ in found}
    secrets = (
        replace(one, source=source.reference) for _, source in found for one in secrets_of(source)
    )
    book = book_of(secrets, speakable(source.record for _, source in found))
    least = asked or sharing.current(session)

    @cache
    def counted(trait: str, needs: Needs) -> bool:
        if needs is Needs.FEW:
            return queries.holders(session, trait, least) < least
        own = queries.holds(session, trait, companies)
        return queries.holders(session, trait, len(companies) + 1) <= own

    def live(secret: Secret) -> bool:
        return secret.needs is Needs.NOBODY or counted(secret.trait, secret.needs)

    return Reader(book, live)


def open_marks(session: Session, lead: Lead, asked: int | None = None) -> list[Mark]:
    """Return what betrays a source in the words for partners and is not answered."""
    reader, kept = reader_of(session, lead, asked), queries.kept_of(session, lead.id)
    return [
        mark
        for place in places_of(released_of(lead))
        for mark in reader.marks(place)
        if not is_kept(mark, kept)
    ]


def is_kept(mark: Mark, kept: Mapping[tuple[str, str, str], MarkAnswer]) -> bool:
    """Tell whether somebody keeps a mark, in this very text."""
    return mark.keepable and (mark.place, mark.key, fingerprint(mark.text)) in kept


def side_by_side(session: Session, lead: Lead) -> list[Beside]:
    """Return every place of the lead with what betrays in it and what can be said instead."""
    reader, kept = reader_of(session, lead), queries.kept_of(session, lead.id)
    written = {place.key: place.text for place in places_of(written_of(lead))}
    found = []
    for place in places_of(released_of(lead)):
        marks = reader.marks(place)
        stays = [mark for mark in marks if is_kept(mark, kept)]
        found.append(
            Beside(
                written.get(place.key, ""),
                place,
                tuple(with_proposals(m, reader.book) for m in marks if m not in stays),
                tuple(kept_mark(mark, kept) for mark in stays),
                spans_in(written.get(place.key, ""), place, reader),
            )
        )
    return found


def spans_in(text: str, place: Place, reader: Reader) -> tuple[tuple[int, int], ...]:
    """Return what betrays in what officers wrote at a place."""
    there = Place(place.key, place.label, text, place.shape)
    return tuple(span for mark in reader.marks(there) for span in mark.spans)


def kept_mark(mark: Mark, kept: Mapping[tuple[str, str, str], MarkAnswer]) -> Kept:
    """Return a mark with why and by whom it is kept."""
    row = kept[mark.place, mark.key, fingerprint(mark.text)]
    return Kept(mark, row.reason, row.answered_by.name or row.answered_by.email, row.answered_at)


def kept_marks(session: Session, lead: Lead) -> list[Kept]:
    """Return every mark that stays in the words for partners."""
    return [kept for beside in side_by_side(session, lead) for kept in beside.kept]


def answer(
    session: Session,
    lead: Lead,
    key: str,
    typed: str,
    replies: Sequence[Reply],
    actor: Actor,
    now: datetime,
) -> list[Mark]:
    """Set the words for partners at one place and answer its marks; return what is still open.

    Args:
        session: inside a transaction.
        lead: not yet submitted.
        key: of the place.
        typed: the words for partners as typed.
        replies: how marks of the present words are answered; their words replace the marks.
        actor: who answers, and so never approves.
        now: the moment, UTC.

    Raises:
        NotEditableError: the lead was submitted meanwhile.
        RefusedInputError: the words do not fit the place, or a mark can not be kept.
    """
    refuse_unless_editable(lead)
    reader = reader_of(session, lead)
    place = place_at(lead, key)
    marks = {mark.key: mark for mark in reader.marks(place)}
    text = typed
    for reply in replies:
        mark = marks.get(reply.mark)
        if mark is not None and reply.answer is not Answer.KEPT:
            text = said_instead(text, mark, reply.words)
    say(lead, place, text)
    now_there = Place(place.key, place.label, text, place.shape)
    left = {mark.key: mark for mark in reader.marks(now_there)} if text else {}
    for reply in replies:
        mark = marks.get(reply.mark) or left.get(reply.mark)
        if mark is not None:
            note(session, lead, mark, reply, text, actor, now)
            if reply.answer is Answer.KEPT:
                left.pop(reply.mark, None)
    if text != place.text and not replies:
        session.add(reworded(lead, key, text, actor, now))
    session.flush()
    audit.record(session, actor, "lead.sanitised", lead.id, now, place=key, open=len(left))
    return list(left.values())


def refuse_unless_editable(lead: Lead) -> None:
    """Refuse to change words that somebody else is asked to approve, or has."""
    if lead.status not in EDITABLE:
        raise NotEditableError(f"You cannot change the words of a lead that is {lead.status}.")


def place_at(lead: Lead, key: str) -> Place:
    """Return a place of the words for partners.

    Raises:
        NotFoundError: the lead has none of this name, perhaps since it was changed.
    """
    found = next((one for one in places_of(released_of(lead)) if one.key == key), None)
    if found is None:
        raise NotFoundError
    return found


def say(lead: Lead, place: Place, text: str) -> None:
    """Set the words for partners at a place.

    Raises:
        RefusedInputError: they are empty or of the wrong shape.
    """
    if not text.strip() or not fits(place.shape, text):
        raise RefusedInputError(f"{place.label}: {SHAPES[place.shape]}")
    head, _, number = place.key.partition(".")
    if head == "texts":
        block = [one for one in lead.texts if one.released][int(number)]
        block.say(text)
        return
    original = next(one.text for one in places_of(written_of(lead)) if one.key == place.key)
    others = {key: pair for key, pair in lead.wordings.items() if key != place.key}
    lead.wordings = others if text == original else others | {place.key: [original, text]}


SHAPES = {
    "words": "say something, or take the text out of what partners read.",
    "kilograms": "enter kilograms or a range, such as 400–500.",
    "when": "enter a day, month, quarter or year: 2026-11-25, 2026-11, 2026-Q4, 2026.",
}


def note(
    session: Session,
    lead: Lead,
    mark: Mark,
    reply: Reply,
    text: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Write an answer down.

    Raises:
        RefusedInputError: a mark that can not be kept, or without a reason.
    """
    kept = reply.answer is Answer.KEPT
    if kept and not mark.keepable:
        raise RefusedInputError(f"{mark.label}: a {mark.secret.sort} cannot be kept.")
    if kept and not reply.words.strip():
        raise RefusedInputError(f"{mark.label}: say why this may stay.")
    session.add(
        MarkAnswer(
            lead_id=lead.id,
            place=mark.place,
            mark=mark.key,
            sort=mark.secret.sort.value,
            surface=mark.surface,
            answer=reply.answer,
            words="" if kept else reply.words,
            reason=reply.words if kept else "",
            text_sha256=fingerprint(text),
            answered_by_id=actor.id,
            answered_at=now,
        )
    )


def reworded(lead: Lead, key: str, text: str, actor: Actor, now: datetime) -> MarkAnswer:
    """Return the note that somebody set other words where nothing was marked."""
    return MarkAnswer(
        lead_id=lead.id,
        place=key,
        mark="",
        sort="",
        surface="",
        answer=Answer.OWN,
        words=text,
        text_sha256=fingerprint(text),
        answered_by_id=actor.id,
        answered_at=now,
    )


def accept_all(session: Session, lead: Lead, actor: Actor, now: datetime) -> list[Mark]:
    """Take the first proposal for every open mark; return what is still open.

    Raises:
        NotEditableError: the lead was submitted meanwhile.
    """
    refuse_unless_editable(lead)
    reader, kept = reader_of(session, lead), queries.kept_of(session, lead.id)
    for place in places_of(released_of(lead)):
        marks = [mark for mark in reader.marks(place) if not is_kept(mark, kept)]
        if not marks:
            continue
        text = all_accepted(place, reader.book, reader.live)
        say(lead, place, text)
        for mark in marks:
            note(session, lead, mark, Reply(mark.key, Answer.PROPOSAL, text), text, actor, now)
    session.flush()
    left = open_marks(session, lead)
    audit.record(session, actor, "lead.sanitised", lead.id, now, place="all", open=len(left))
    return left


def answerers(session: Session, lead_id: UUID) -> set[UUID]:
    """Return who set words for partners or answered a mark."""
    return {one.answered_by_id for one in queries.answers_of(session, lead_id)}


def count_values(session: Session, submission: Submission, _now: datetime) -> None:
    """Note which values a company filed, so that the next lead knows how many share them."""
    if submission.state is Outer.RECEIVED:
        insert_traits(session, submission)


def insert_traits(session: Session, submission: Submission) -> None:
    """Note the values of a submission, each once for its company."""
    record = submissions.record_of(submission)
    traits = sorted(traits_of(record, submission.received_at.date()))[:MOST_TRAITS]
    rows = [{"trait": short(one), "organisation_id": submission.organisation_id} for one in traits]
    if rows:
        insert_new(session, SharedValue, rows)


def count_all() -> Iterator[int]:
    """Count the values of everything that was filed, a slice a transaction; yield how many so far.

    May be stopped and repeated: what is counted already stays as it is.
    """
    last, done = UUID(int=0), 0
    while True:
        with transaction() as session:
            found = queries.filed_after(session, last)
            for submission in found:
                insert_traits(session, submission)
        if not found:
            return
        last, done = found[-1].id, done + len(found)
        yield done


submissions.LISTENERS.append(count_values)


def who_reported(source: Submission) -> Iterator[str]:
    """Yield the words by which who reported is known, and the report itself."""
    yield from (source.reference, source.organisation.name, source.author.name, source.author.email)
    yield from source.organisation.trade_names.splitlines()


def named_in(text: str, words: Iterable[str]) -> list[str]:
    """Return the words that stand in a text, in any case, script or disguise."""
    told = {word for word in words if len(search_key(word)) >= LEAST_NAME}
    return sorted(word for word in told if any(occurrences(text, word)))
