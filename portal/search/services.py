"""Noting searches, and indexing what was stored before there was an index."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from portal.accounts import throttle
from portal.accounts.models import Attempt
from portal.core import audit, jobs, signing
from portal.core.access import Actor
from portal.core.db import transaction
from portal.core.errors import TooManyError
from portal.leads import services as leads
from portal.leads.models import Lead
from portal.search.data import Wanted
from portal.submissions.models import Submission
from portal.submissions.services import record_of
from portal.texts import services as texts
from portal.texts.data import What
from portal.texts.models import SearchText
from portal.triage.deeds import index_note
from portal.triage.models import Note

MOST_AN_HOUR = 120  # searches of one officer
HOUR = timedelta(hours=1)
BUCKET = "search"
SLICE = 100  # things indexed in one transaction
Thing = Submission | Note | Lead
STEPS: tuple[type[Thing], ...] = (Submission, Note, Lead)  # a note needs its record's filters
DIGEST = 32  # characters of the keyed hash of what was typed


def refuse_if_many(session: Session, actor: Actor, now: datetime) -> None:
    """Refuse a search of an officer who searched very often.

    Raises:
        TooManyError: the hour's searches are used up.
    """
    name = throttle.bucket(BUCKET, str(actor.id))
    if throttle.count(session, name, now - HOUR) >= MOST_AN_HOUR:
        raise TooManyError(
            "You searched %(most)s times within an hour. Wait a while, then search again.",
            most=MOST_AN_HOUR,
        )


def note_search(
    session: Session, typed: str, wanted: Wanted, shown: Sequence[UUID], actor: Actor, now: datetime
) -> None:
    """Count a search and record it: a keyed hash and the length, never the words.

    Args:
        session: inside a transaction.
        typed: what was typed; it may name people.
        wanted: the filters; that they were used is recorded, and which page.
        shown: the cases of which the page shows words.
        actor: who searched.
        now: the moment, UTC.
    """
    session.add(Attempt(bucket=throttle.bucket(BUCKET, str(actor.id)), at=now))
    audit.record(
        session,
        actor,
        "search.made",
        None,
        now,
        query=signing.mac("search", typed.casefold().encode())[:DIGEST],
        length=len(typed),
        filters=" ".join(used(wanted)),
        results=len(shown),
        cases=" ".join(map(str, shown)),
    )


def used(wanted: Wanted) -> Iterator[str]:
    """Yield the names of the filters that were used."""
    yield wanted.sort.value
    for name in ("kind", "status", "substance", "country", "companies", "begin", "end", "after"):
        if getattr(wanted, name):
            yield name


@dataclass(frozen=True, slots=True)
class Place:
    """How far indexing has come."""

    step: int = 0
    last: str = ""  # the id of the newest that was looked at

    @property
    def done(self) -> bool:
        """Tell whether everything was looked at."""
        return self.step >= len(STEPS)


def index_some(session: Session, place: Place, most: int = SLICE) -> tuple[Place, int]:
    """Index the next things that are not indexed yet; return how far it came and how many.

    Safe to repeat, and beside a running portal: what is indexed already is left alone.
    """
    table = STEPS[place.step]
    query = select(table).order_by(table.id).limit(most)
    if place.last:
        query = query.where(table.id > UUID(place.last))
    if table is Lead:
        query = query.options(selectinload(Lead.texts))
    rows: Sequence[Thing] = session.scalars(query).all()  # type: ignore[assignment]
    if not rows:
        return Place(place.step + 1), 0
    known = indexed_ids(session, [row.id for row in rows])
    fresh = [row for row in rows if row.id not in known]
    for row in fresh:
        index_one(session, row)
    return Place(place.step, str(rows[-1].id)), len(fresh)


def indexed_ids(session: Session, ids: Sequence[UUID]) -> set[UUID]:
    """Return which of some things have their text in the index."""
    own = (What.RECORD, What.NOTE, What.FLAG, What.LEAD)
    query = select(SearchText.thing_id).where(SearchText.thing_id.in_(ids))
    return set(session.scalars(query.where(SearchText.what.in_(own))))


def index_one(session: Session, row: Thing) -> None:
    """Index one thing."""
    if isinstance(row, Submission):
        texts.write_record(session, row, record_of(row))
        texts.write_later(session, row, row.received_at)
    elif isinstance(row, Note):
        index_note(session, row)
    else:
        leads.index(session, row)


def index_all() -> Iterator[int]:
    """Index everything, a slice a transaction; yield how many were added so far."""
    place, added = Place(), 0
    while not place.done:
        with transaction() as session:
            place, number = index_some(session, place)
        added += number
        yield added


@jobs.job("reindex")
def index_slice(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Index a slice, and write the job for the next one down."""
    place, _ = index_some(session, Place(payload.get("step", 0), payload.get("last", "")))
    if not place.done:
        jobs.enqueue(session, "reindex", {"step": place.step, "last": place.last}, now)
