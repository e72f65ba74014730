"""Reading views, settings, presence, workload, notes between shifts, and counts of facets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.accounts.models import Account
from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.organisations.models import Organisation, Sort
from portal.reference.models import Substance
from portal.submissions.models import Submission
from portal.triage.desk import queue
from portal.triage.desk.data import DAY, Clock, Wanted, Whose, read_id
from portal.triage.desk.models import (
    DeskSetting,
    Presence,
    SavedView,
    ShiftCase,
    ShiftNote,
    ShiftReading,
)
from portal.triage.life import Status
from portal.triage.models import TriageCase

SHOWN = 50  # cases of a facet that are counted; beyond, "50+" says enough
MOST_VIEWS = 60
MOST_ASSIGNED = 20_000  # open cases of officers that the workload counts
HERE = timedelta(minutes=2)  # for which an officer counts as being at a case
NOTES = 20
NEWS = 3 * DAY  # for which a note between shifts is put before the next


def counted(session: Session, kinds: Iterable[str], actor: Actor, now: datetime) -> dict[str, str]:
    """Return how many open cases the small facets hold, as words: no more than "50+" is said."""
    asked = {f"kind {slug}": Wanted(kind=slug) for slug in kinds}
    asked |= {f"whose {one}": Wanted(whose=one) for one in (Whose.MINE, Whose.NOBODY)}
    asked |= {f"clock {one}": Wanted(clock=one) for one in Clock}
    asked |= {"stoppable": Wanted(stoppable=True), "flagged": Wanted(flagged=True)}
    columns = [queue.capped(queue.facets(w, actor, now)[0], SHOWN) for w in asked.values()]
    row = session.execute(select(*columns)).one()
    return {name: in_words(number) for name, number in zip(asked, row, strict=True)}


def in_words(number: int) -> str:
    """Return a count that was stopped beyond what is shown."""
    return f"{SHOWN}+" if number > SHOWN else str(number)


def substance_names(session: Session) -> dict[str, str]:
    """Return the listed substances by key, in the order of their names."""
    query = select(Substance.key, Substance.name).where(Substance.valid_until.is_(None))
    return {row.key: row.name for row in session.execute(query.order_by(Substance.name))}


def companies(session: Session, text: str, most: int) -> Sequence[Organisation]:
    """Return the companies that a text means: one by its id or reference, else by their names.

    A whole name leaves out those that only hold it. There may be thousands of companies, so no
    page lists them all.
    """
    company = select(Organisation).where(Organisation.sort == Sort.COMPANY)
    if (known := read_id(text)) is not None:
        return session.scalars(company.where(Organisation.id == known)).all()
    code = text.upper()
    whole = or_(func.lower(Organisation.name) == text.lower(), Organisation.reference == code)
    part = Organisation.name.icontains(text, autoescape=True)
    query = company.where(or_(whole, part)).order_by(case((whole, 0), else_=1), Organisation.name)
    found = session.scalars(query.limit(most)).all()
    exact = [c for c in found if c.reference == code or c.name.lower() == text.lower()]
    return exact or found


def views(session: Session, actor: Actor) -> Sequence[SavedView]:
    """Return an officer's own views in their order, then those the others share."""
    query = select(SavedView).where(or_(SavedView.owner_id == actor.id, SavedView.shared))
    others = case((SavedView.owner_id == actor.id, 0), else_=1)
    order = (others, SavedView.position, SavedView.name, SavedView.id)
    return session.scalars(query.order_by(*order).limit(MOST_VIEWS)).all()


def own_views(session: Session, actor: Actor) -> list[SavedView]:
    """Return an officer's own views in their order."""
    query = select(SavedView).where(SavedView.owner_id == actor.id)
    return list(session.scalars(query.order_by(SavedView.position, SavedView.id)))


def view(session: Session, view_id: UUID, actor: Actor) -> SavedView:
    """Return a view that the officer may use.

    Raises:
        NotFoundError: there is none, or it is another's own.
    """
    query = select(SavedView).where(SavedView.id == view_id)
    mine = or_(SavedView.owner_id == actor.id, SavedView.shared)
    found = session.scalar(query.where(mine))
    if found is None:
        raise NotFoundError
    return found


def setting(session: Session, actor: Actor) -> DeskSetting:
    """Return how an officer likes the desk; what everybody has, where nothing was set."""
    query = select(DeskSetting).where(DeskSetting.account_id == actor.id)
    return session.scalar(query) or DeskSetting(account_id=actor.id, keys=True)


def others_at(
    session: Session, case_ids: Iterable[UUID], actor: Actor, now: datetime
) -> dict[UUID, list[Account]]:
    """Return which other officers have which of these cases open."""
    query = (
        select(Presence)
        .where(
            Presence.case_id.in_(list(case_ids)),
            Presence.account_id != actor.id,
            Presence.seen_at > now - HERE,
        )
        .options(joinedload(Presence.account))
        .order_by(Presence.seen_at.desc())
    )
    found: dict[UUID, list[Account]] = {}
    for one in session.scalars(query):
        found.setdefault(one.case_id, []).append(one.account)
    return found


def by_reference(session: Session, reference: str) -> UUID:
    """Return the case of a submission by its reference.

    Raises:
        NotFoundError: no submission has it.
    """
    query = select(Submission.id).where(Submission.reference == reference.strip().upper())
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


@dataclass
class Load:
    """How much one officer has."""

    officer: Account
    by_status: dict[Status, int] = field(default_factory=dict)
    by_age: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    @property
    def cases(self) -> int:
        """Return how many open cases the officer has."""
        return sum(self.by_status.values())


AGES = (1, 3, 7)  # days, up to which a case counts as of this age


def workload(session: Session, officers: Sequence[Account], now: datetime) -> list[Load]:
    """Return how many open cases each officer has, by status and by age."""
    loads = {one.id: Load(one) for one in officers}
    table = TriageCase
    held = (
        select(table.assignee_id, table.status, table.received_at)
        .where(table.assignee_id.in_(list(loads)), table.open)
        .limit(MOST_ASSIGNED)
        .subquery()
    )
    age = age_of(held.c.received_at, now).label("age")
    query = select(held.c.assignee_id, held.c.status, age, func.count())
    for who, status, group, number in session.execute(
        query.group_by(held.c.assignee_id, held.c.status, age)
    ):
        load = loads[who]
        load.by_status[status] = load.by_status.get(status, 0) + number
        load.by_age[group] += number
    return list(loads.values())


def age_of(received: ColumnElement[datetime], now: datetime) -> ColumnElement[int]:
    """Return the place of a case among the ages."""
    steps = [(received > now - days * DAY, place) for place, days in enumerate(AGES)]
    return case(*steps, else_=len(AGES))


def held_by(session: Session, officer_id: UUID, most: int) -> Sequence[TriageCase]:
    """Return the open cases of an officer, the worst first."""
    query = select(TriageCase).where(TriageCase.assignee_id == officer_id, TriageCase.open)
    return session.scalars(queue.ordered(query, Wanted(), TriageCase).limit(most)).all()


def notes(session: Session) -> Sequence[ShiftNote]:
    """Return the newest notes between shifts, with their cases and who read them."""
    query = select(ShiftNote).order_by(ShiftNote.written_at.desc(), ShiftNote.id).limit(NOTES)
    handed = selectinload(ShiftNote.cases).joinedload(ShiftCase.case)
    read = selectinload(ShiftNote.readings).joinedload(ShiftReading.account)
    owner = handed.joinedload(TriageCase.assignee)
    return session.scalars(query.options(owner, read)).all()


def note(session: Session, note_id: UUID) -> ShiftNote:
    """Return one note between shifts.

    Raises:
        NotFoundError: there is none.
    """
    found = session.get(ShiftNote, note_id)
    if found is None:
        raise NotFoundError
    return found


def unread_note(session: Session, actor: Actor, now: datetime) -> ShiftNote | None:
    """Return the newest note of another shift that the officer has not read, if one is fresh."""
    read = select(ShiftReading.id).where(
        ShiftReading.note_id == ShiftNote.id, ShiftReading.account_id == actor.id
    )
    query = select(ShiftNote).where(
        ShiftNote.written_at > now - NEWS, ShiftNote.author_id != actor.id, ~read.exists()
    )
    return session.scalar(query.order_by(ShiftNote.written_at.desc()).limit(1))
