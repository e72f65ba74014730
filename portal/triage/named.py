"""Which names of open cases stand in a text that goes to people outside.

Look-ups in indexes, as many as the text has runs of words: what is stored does not matter.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from portal.bulletins.rules import compact, grams
from portal.entities.data import EntitySort, Profile
from portal.entities.models import ENTITY_KEY, Entity, EntityMention
from portal.entities.rules.blocking import name_key
from portal.entities.rules.names import person_words, written_words
from portal.submissions.models import SubmissionMention
from portal.triage.models import TriageCase

AT_ONCE = 400  # values in one statement
AS_WORDS = ("name", "address", "email", "website")  # the sorts of traces that are compared so
AS_NUMBERS = (
    *("phone", "account", "plate", "container", "identity", "registration"),
    *("authorisation", "seal", "waybill", "vessel"),
)
NAMES = {EntitySort.ORGANISATION: written_words, EntitySort.PERSON: person_words}


def in_open_cases(session: Session, text: str) -> Sequence[str]:
    """Return what stands in a text and is named in a case that is open."""
    is_open = select(TriageCase.id).where(TriageCase.open)
    return named(
        session,
        text,
        SubmissionMention.submission_id.in_(is_open),
        EntityMention.submission_id.in_(is_open),
    )


def named(
    session: Session, text: str, traces: ColumnElement[bool], mentions: ColumnElement[bool]
) -> Sequence[str]:
    """Return what stands in a text and in some submissions.

    Args:
        session: for reading.
        text: what goes out.
        traces: which rows of submission_mention count.
        mentions: which rows of entity_mention count.
    """
    runs = grams(text)
    found = [*as_traced(session, runs, traces), *as_known(session, runs, mentions)]
    return tuple(dict.fromkeys(found))


def as_traced(session: Session, runs: Sequence[str], which: ColumnElement[bool]) -> Iterator[str]:
    """Yield names, addresses and numbers that stand there as they were filed."""
    for sorts, values in ((AS_WORDS, runs), (AS_NUMBERS, [compact(run) for run in runs])):
        for start in range(0, len(values), AT_ONCE):
            query = select(SubmissionMention.value, SubmissionMention.shown).where(
                SubmissionMention.sort.in_(sorts),
                SubmissionMention.value.in_(values[start : start + AT_ONCE]),
                which,
            )
            rows = session.execute(query.distinct()).all()
            yield from {row.value: row.shown for row in rows}.values()


def as_known(session: Session, runs: Sequence[str], which: ColumnElement[bool]) -> Iterator[str]:
    """Yield people and organisations by their names without legal form, in any script."""
    keys: dict[int, set[tuple[str, ...]]] = {}
    for sort, words in NAMES.items():
        for run in runs:
            key = name_key(Profile(sort=sort, names=(run,)))
            keys.setdefault(key, set()).add(tuple(sorted(words(run))))
    wanted = list(keys)
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        query = (
            select(ENTITY_KEY.c.key, Entity.id, Entity.name, Entity.sort)
            .join(Entity, Entity.id == ENTITY_KEY.c.entity_id)
            .where(ENTITY_KEY.c.key.in_(some))
        )
        for key, entity_id, name, sort in session.execute(query).all():
            same = tuple(sorted(NAMES[sort](name))) in keys[key]
            if same and counts(session, entity_id, which):
                yield name


def counts(session: Session, entity_id: UUID, which: ColumnElement[bool]) -> bool:
    """Tell whether an entity stands in one of the submissions that count."""
    query = select(EntityMention.id).where(EntityMention.entity_id == entity_id, which)
    return session.scalars(query.limit(1)).first() is not None
