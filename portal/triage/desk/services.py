"""Saving views, being at a case, handing over to the next shift; one deed on one of many cases."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor, Role
from portal.core.errors import DomainError
from portal.triage import deeds, knowing, queries
from portal.triage.desk import queries as desk
from portal.triage.desk import queue
from portal.triage.desk.data import Wanted
from portal.triage.desk.models import (
    DeskSetting,
    Presence,
    SavedView,
    Shift,
    ShiftCase,
    ShiftNote,
    ShiftReading,
)
from portal.triage.models import TriageCase

MOST_OWN = 20  # views of one officer


class NotYoursError(DomainError):
    """Somebody else's view, case or note."""


def save_view(
    session: Session, name: str, wanted: Wanted, actor: Actor, now: datetime, *, shared: bool
) -> SavedView:
    """Keep a filter under a name: anew after the officer's others, or in the place of its namesake.

    Raises:
        DomainError: the officer has as many as one may have.
    """
    own = desk.own_views(session, actor)
    row = next((one for one in own if one.name.casefold() == name.casefold()), None)
    if row is None:
        if len(own) >= MOST_OWN:
            raise DomainError("You have 20 views. Delete one first.")
        row = SavedView(owner_id=actor.id, position=len(own), made_at=now)
        session.add(row)
    row.name, row.shared, row.wanted = name, shared, wanted.first().address()
    session.flush()
    audit.record(session, actor, "view.saved", row.id, now, shared=shared)
    return row


def owned(session: Session, view_id: UUID, actor: Actor) -> SavedView:
    """Return a view that the officer may change: an own one, or for supervisors a shared one.

    Raises:
        NotYoursError: it is another officer's.
    """
    row = desk.view(session, view_id, actor)
    if row.owner_id != actor.id and actor.role is not Role.SUPERVISOR:
        raise NotYoursError("Only who made a shared view, or a supervisor, changes it.")
    return row


def delete_view(session: Session, view_id: UUID, actor: Actor, now: datetime) -> None:
    """Delete a view; whoever began with it begins with the whole queue again."""
    row = owned(session, view_id, actor)
    session.execute(
        update(DeskSetting)
        .where(DeskSetting.default_view_id == row.id)
        .values(default_view_id=None)
        .execution_options(synchronize_session=False)
    )
    session.delete(row)
    audit.record(session, actor, "view.deleted", row.id, now)


def move_view(session: Session, view_id: UUID, by: int, actor: Actor) -> None:
    """Move an own view up (-1) or down (1) among the officer's own."""
    own = desk.own_views(session, actor)
    places = [row.id for row in own]
    if view_id not in places:
        raise NotYoursError("You order your own views.")
    place = places.index(view_id)
    other = place + by
    if 0 <= other < len(own):
        own[place], own[other] = own[other], own[place]
    for position, row in enumerate(own):
        row.position = position


def make_default(session: Session, view_id: UUID | None, actor: Actor) -> None:
    """Let the queue begin with a view, or with everything open again."""
    if view_id is not None:
        desk.view(session, view_id, actor)
    own_setting(session, actor).default_view_id = view_id


def set_keys(session: Session, actor: Actor, *, keys: bool) -> None:
    """Switch the single keys on or off."""
    own_setting(session, actor).keys = keys


def own_setting(session: Session, actor: Actor) -> DeskSetting:
    """Return an officer's setting as a row that is kept."""
    row = desk.setting(session, actor)
    session.add(row)
    return row


def be_at(session: Session, case_id: UUID, actor: Actor, now: datetime) -> None:
    """Note that an officer has a case open; forget where the officer was before."""
    session.execute(
        delete(Presence)
        .where(Presence.account_id == actor.id, Presence.seen_at < now - desk.HERE)
        .execution_options(synchronize_session=False)
    )
    query = select(Presence).where(Presence.case_id == case_id, Presence.account_id == actor.id)
    row = session.scalar(query)
    if row is None:
        session.add(Presence(case_id=case_id, account_id=actor.id, seen_at=now))
    else:
        row.seen_at = now


def take_next(session: Session, actor: Actor, now: datetime) -> TriageCase | None:
    """Give the officer the worst case that nobody has."""
    case = queue.worst_of_nobody(session)
    if case is not None:
        deeds.take(session, case, actor, now)
    return case


def for_one(session: Session, case_id: UUID, actor: Actor, now: datetime) -> TriageCase:
    """Return one of many cases, if the officer may work on it.

    Raises:
        NotYoursError: the officer does not need to know the case.
    """
    case = queries.get(session, case_id)
    if not knowing.may_read(session, case, actor, now):
        raise NotYoursError("Another officer has this case.")
    return case


def hand_over(
    session: Session,
    shift: Shift,
    text: str,
    case_ids: Iterable[UUID],
    actor: Actor,
    now: datetime,
) -> ShiftNote:
    """Tell the next shift what it must know; the cases go back to the queue for it.

    Raises:
        TakenError: one of the cases is not the officer's.
    """
    note = ShiftNote(author_id=actor.id, written_at=now, shift=shift, text=text)
    session.add(note)
    session.flush()
    for case_id in dict.fromkeys(case_ids):
        case = queries.get(session, case_id)
        if case.assignee_id != actor.id:
            raise deeds.TakenError("You hand over only cases that are yours.")
        deeds.give_back(session, case, actor, now)
        session.add(ShiftCase(note_id=note.id, case_id=case_id))
    session.flush()
    audit.record(session, actor, "shift.handed_over", note.id, now)
    return note


def acknowledge(session: Session, note: ShiftNote, actor: Actor, now: datetime) -> None:
    """Say that a note of another shift was read.

    Raises:
        NotYoursError: the officer wrote it.
    """
    if note.author_id == actor.id:
        raise NotYoursError("You wrote this note. The next shift reads it.")
    known = select(ShiftReading.id).where(
        ShiftReading.note_id == note.id, ShiftReading.account_id == actor.id
    )
    if session.scalar(known) is None:
        session.add(ShiftReading(note_id=note.id, account_id=actor.id, at=now))
        audit.record(session, actor, "shift.note_read", note.id, now)
