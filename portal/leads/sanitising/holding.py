"""A text that is no part of a lead, such as an answer to a partner, held against the same marks."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from portal.leads.sanitising import queries
from portal.leads.sanitising.data import Answer, Mark, Reply
from portal.leads.sanitising.rules.marking import hits_in, pieces
from portal.leads.sanitising.rules.proposing import said_instead, with_proposals
from portal.leads.sanitising.services import Reader, reader_for
from portal.leads.wording import Place
from portal.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Held:
    """A text with what betrays in it, and why some of that stays."""

    text: str  # with other words where a reply put some
    marks: tuple[Mark, ...]
    kept: Mapping[str, str] = field(default_factory=dict)  # the reason, by Mark.key

    @property
    def open(self) -> tuple[Mark, ...]:
        """Return the marks that nobody answered."""
        return tuple(mark for mark in self.marks if mark.key not in self.kept)

    @property
    def pieces(self) -> tuple[tuple[str, bool], ...]:
        """Return the text in pieces, each with whether it betrays."""
        return pieces(self.text, (span for mark in self.marks for span in mark.spans))


def hold(
    session: Session,
    sources: Sequence[Submission],
    text: str,
    replies: Iterable[Reply] = (),
    told: str = "",
) -> Held:
    """Return a text with its marks answered, as far as they are.

    Args:
        session: to read from.
        sources: the records that the text may betray, with their companies.
        text: as typed.
        replies: how marks of the text are answered.
        told: what the reader wrote; what stands there betrays nothing to that reader, save who
            reported.
    """
    reader = reader_for(session, queries.sources_from(session, sources))
    known = {hit.secret.key for hit in hits_in(told, reader.book)}
    before = {mark.key: mark for mark in marks_in(reader, text, known)}
    given = [(before[one.mark], one) for one in replies if one.mark in before]
    for mark, reply in given:
        if reply.answer is not Answer.KEPT:
            text = said_instead(text, mark, reply.words)
    reasons = {mark.key: one.words for mark, one in given if one.answer is Answer.KEPT}
    marks = marks_in(reader, text, known)
    stays = {mark.key for mark in marks if mark.keepable and reasons.get(mark.key, "").strip()}
    return Held(text, marks, {key: reasons[key] for key in stays})


def marks_in(reader: Reader, text: str, known: Collection[str]) -> tuple[Mark, ...]:
    """Return what betrays in a text, with proposals; not what may stay and is known anyway."""
    found = reader.marks(Place("text", "Text", text))
    return tuple(
        with_proposals(mark, reader.book)
        for mark in found
        if not (mark.keepable and mark.secret.key in known)
    )
