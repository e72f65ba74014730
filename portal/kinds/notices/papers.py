"""The papers that a notice names: whether they still hold, and how much of them is used up.

A company's own end-user declarations and earlier notices are compared by the number of the paper.
Nothing here knows what the authority thinks, and reports of suspicion are never looked at.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.core.languages import day, decimal, gettext, translated
from portal.core.text import compact_key
from portal.kinds.end_user_declaration.data import EndUserDeclarationData
from portal.kinds.notices.data import Authorisation, NoticeData
from portal.submissions.data import SubmissionData
from portal.submissions.models import Submission, SubmissionLine, SubmissionMention
from portal.submissions.rules import VOID
from portal.submissions.services import record_of

YEAR = timedelta(days=365)
MOST_USES = 500  # notices of one paper that are added up
MOST_NAMED = 3  # references that a warning names


def warnings(
    session: Session, data: SubmissionData, actor: Actor, corrects_id: UUID | None = None
) -> Sequence[str]:
    """Return what is wrong with the papers of a notice; nothing for other kinds.

    Args:
        session: for reading.
        data: the answers, with their masses.
        actor: who reports; papers of their organisation alone are known.
        corrects_id: the version that this one replaces; it is no use of its own.
    """
    if not isinstance(data, NoticeData):
        return ()
    found: list[str] = []
    for paper in data.authorisations:
        found.extend(ended(paper, data.moves_on))
        named = [one for one in naming(session, paper, actor) if one.id != corrects_id]
        uses = [one for one in named if one.kind.endswith("-notice")]
        declared = [one for one in named if one.kind == "end-user-declaration"]
        if declared:
            found.extend(of_declaration(session, data, declared[-1], uses))
        elif uses:
            words = gettext(
                "%(sort)s %(number)s was used before, in %(uses)s. Is it not used up?",
                sort=translated(paper.sort).capitalize(),
                number=paper.number,
                uses=references(uses),
            )
            found.append(words)
    return tuple(dict.fromkeys(found))


def naming(session: Session, paper: Authorisation, actor: Actor) -> Sequence[Submission]:
    """Return what the organisation filed with the number of a paper, oldest first."""
    query = (
        select(Submission)
        .join(SubmissionMention, SubmissionMention.submission_id == Submission.id)
        .where(
            SubmissionMention.sort == "authorisation",
            SubmissionMention.value == compact_key(paper.number),
            Submission.organisation_id == actor.organisation_id,
            Submission.state.not_in(VOID),
            ~Submission.restricted,
        )
        .distinct()
        .order_by(Submission.received_at, Submission.id)
    )
    return session.scalars(query.limit(MOST_USES)).all()


def ended(paper: Authorisation, moves_on: date) -> Iterator[str]:
    """Yield that a paper ends before the goods move."""
    if paper.expires_on and paper.expires_on < moves_on:
        yield gettext(
            "%(sort)s %(number)s ends on %(end)s, before the goods move on %(moves)s.",
            sort=translated(paper.sort).capitalize(),
            number=paper.number,
            end=day(paper.expires_on),
            moves=day(moves_on),
        )


def of_declaration(
    session: Session, data: NoticeData, filed: Submission, uses: Sequence[Submission]
) -> Iterator[str]:
    """Yield what a notice asks more of an end-user declaration than it holds."""
    declared = record_of(filed)
    if not isinstance(declared, EndUserDeclarationData):
        return
    number = declared.number
    if declared.valid_until < data.moves_on:
        yield gettext(
            "End-user declaration %(number)s was valid until %(end)s."
            " Ask the customer for a new one.",
            number=number,
            end=day(declared.valid_until),
        )
    if declared.single and uses:
        yield gettext(
            "End-user declaration %(number)s is for one delivery, and was used in %(uses)s.",
            number=number,
            uses=references(uses),
        )
    taken = kilograms_of(
        session, [one.id for one in uses if one.received_at.date() > data.moves_on - YEAR]
    )
    allowed = {line.name: line.base_kg for line in declared.lines}
    for line in data.lines:
        if line.name not in allowed:
            yield gettext(
                "End-user declaration %(number)s does not name %(substance)s.",
                number=number,
                substance=line.name,
            )
            continue
        limit, whole = allowed[line.name], taken.get(line.name, Decimal(0)) + (line.base_kg or 0)
        if limit is not None and whole > limit:
            yield gettext(
                "End-user declaration %(number)s covers %(limit)s kg of %(substance)s a year; with"
                " this notice it would be %(whole)s kg.",
                number=number,
                limit=decimal(limit),
                substance=line.name,
                whole=decimal(whole),
            )


def kilograms_of(session: Session, ids: Sequence[UUID]) -> dict[str, Decimal]:
    """Return what submissions add up to, by name of the substance."""
    query = select(SubmissionLine.name, SubmissionLine.base_kg)
    query = query.where(SubmissionLine.submission_id.in_(ids))
    sums: dict[str, Decimal] = {}
    for name, kilograms in session.execute(query):
        sums[name] = sums.get(name, Decimal(0)) + (kilograms or 0)
    return sums


def references(uses: Sequence[Submission]) -> str:
    """Return the newest references of a list, in words."""
    newest = [one.reference for one in reversed(uses)]
    more = ["…"] if len(newest) > MOST_NAMED else []
    return ", ".join([*newest[:MOST_NAMED], *more])
