"""Reading the queue at a cost that does not grow with what is stored.

Every facet is a part of an index. With one facet that an index holds in the order wanted, a page is
a look-up in it. With more, each is counted up to `LOOKED` first. Where one holds at most so many
cases, all of them are looked at; otherwise the next `LOOKED` cases of the order are, and the page
says where to go on.
"""

import base64
import json
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, literal, select, true, tuple_
from sqlalchemy.orm import Session, joinedload

from portal.core import signing
from portal.core.access import Actor
from portal.triage import marks
from portal.triage.desk.data import AHEAD, LASTS, PAGE, Order, Wanted, Whose
from portal.triage.knowing import readable, readable_among
from portal.triage.life import OPEN, Status
from portal.triage.models import CaseMark, TriageCase

LOOKED = 2_000  # cases that a page looks at, at most
CURSOR = "place in the queue"
CASE, MARK = TriageCase, CaseMark
RANGES = frozenset({"within", "clock", "stoppable"})


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that is wanted: the beginning of an index, and the same said of a case."""

    name: str
    table: Any  # TriageCase or CaseMark
    where: tuple[ColumnElement[bool], ...]
    says: ColumnElement[bool]

    @property
    def key(self) -> ColumnElement[UUID]:
        """Return the column with the id of the case."""
        found = MARK.case_id if self.table is MARK else CASE.id
        return found.expression


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the queue, and the ways on and back."""

    cases: Sequence[TriageCase]
    after: str = ""  # of the next page; empty where there is none
    before: str = ""  # of the page before
    go_on: str = ""  # where the look ended, when it ended before the page was full
    readable: Set[UUID] = frozenset()  # of the cases; of others nothing is shown


def is_open(table: Any, wanted: Wanted) -> ColumnElement[bool]:
    """Return the half of an index that is wanted: open cases, or the others."""
    found: ColumnElement[bool] = table.open if wanted.open else ~table.open
    return found


def facets(wanted: Wanted, actor: Actor, now: datetime) -> list[Facet]:
    """Return what is wanted beyond being open or not."""
    found: dict[str, ColumnElement[bool]] = {}
    status = Status.FLAGGED if wanted.flagged else wanted.status
    if status is not None:
        mixed = wanted.flagged and wanted.status not in {None, Status.FLAGGED}
        found["status"] = false() if mixed else CASE.status == status
    if wanted.kind:
        found["kind"] = CASE.kind == wanted.kind
    if wanted.officer or wanted.whose is not Whose.ANYBODY:
        found["whose"] = owner(wanted, actor)
    if wanted.company:
        found["company"] = CASE.organisation_id == wanted.company
    if wanted.within:
        found["within"] = CASE.received_at >= now - LASTS[wanted.within]
    if wanted.clock:
        found["clock"] = CASE.due_on <= marks.today(now) + AHEAD[wanted.clock]
    if wanted.stoppable:
        found["stoppable"] = CASE.stop_until > now
    half = is_open(CASE, wanted)
    own = [
        Facet(name, CASE, (said,) if name == "status" else (said, half), said)
        for name, said in found.items()
    ]
    return own + marked(wanted)


def owner(wanted: Wanted, actor: Actor) -> ColumnElement[bool]:
    """Return whose cases are wanted."""
    if wanted.officer:
        return CASE.assignee_id == wanted.officer
    return CASE.assignee_id == (actor.id if wanted.whose is Whose.MINE else None)


def marked(wanted: Wanted) -> list[Facet]:
    """Return the facets that stand in the marks."""
    asked = ((marks.SUBSTANCE, wanted.substance), (marks.COUNTRY, wanted.country))
    found = []
    for sort, value in asked:
        if value:
            where = MARK.sort == sort, MARK.value == value, is_open(MARK, wanted)
            has = exists().where(MARK.case_id == CASE.id, MARK.sort == sort, MARK.value == value)
            found.append(Facet(sort, MARK, where, has))
    return found


def places(order: Order, table: Any) -> tuple[Any, ...]:
    """Return the columns by which a table is ordered."""
    key = table.case_id if table is MARK else table.id
    if order is Order.WORST:
        return table.priority, table.received_at, key
    return (table.due_on, key) if order is Order.DUE else (table.received_at, key)


def falls(wanted: Wanted) -> bool:
    """Tell whether the rows are read from the greatest value down."""
    return (wanted.order in {Order.WORST, Order.NEWEST}) is not bool(wanted.before)


def ordered(query: Select[Any], wanted: Wanted, table: Any) -> Select[Any]:
    """Order a query, and begin where the page before ended."""
    columns, down = places(wanted.order, table), falls(wanted)
    query = query.order_by(*(column.desc() if down else column.asc() for column in columns))
    place = read_cursor(wanted.before or wanted.after, wanted.order)
    if place is None:
        return query
    row: Any = tuple_(*columns)
    return query.where(row < place if down else row > place)


def page(session: Session, wanted: Wanted, actor: Actor, now: datetime) -> Page:
    """Return a page of the queue."""
    asked = facets(wanted, actor, now)
    plan = planned(session, wanted, asked)
    people = joinedload(TriageCase.assignee)
    query = plan.query.where(readable(actor, now)) if tells(wanted) else plan.query
    cases = list(session.scalars(query.options(people).limit(PAGE + 1)))
    early = plan.end is not None and len(cases) <= PAGE
    go_on = cursor_of(wanted.order, plan.end or ()) if early else ""
    found = turned(wanted, cases, go_on)
    return replace(found, readable=readable_among(session, found.cases, actor, now))


def tells(wanted: Wanted) -> bool:
    """Tell whether a facet says what is in a case: then only those that one may read are found.

    That a case has a status, a clock or an officer is known to all.
    """
    return bool(wanted.substance or wanted.country or wanted.company)


def turned(wanted: Wanted, cases: list[TriageCase], go_on: str) -> Page:
    """Return the cases in the order of reading, with the ways on and back."""
    more, cases = len(cases) > PAGE, cases[:PAGE]
    begun = read_cursor(wanted.before or wanted.after, wanted.order) is not None
    if wanted.before:
        cases.reverse()
    ends = (cursor(wanted.order, cases[0]), cursor(wanted.order, cases[-1])) if cases else ("", "")
    if wanted.before:
        return Page(cases, after=ends[1], before=ends[0] if more else "", go_on=go_on)
    return Page(cases, after=ends[1] if more else "", before=ends[0] if begun else "", go_on=go_on)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a page is read."""

    query: Select[TriageCase]
    window: Select[Any] | None = None  # what it looks through, where that may end early
    end: tuple[Any, ...] | None = None  # the place where that ends


def planned(session: Session, wanted: Wanted, asked: list[Facet]) -> Plan:
    """Return how a page is read: the counting is one SELECT, whatever it finds."""
    leading = leader(wanted, asked)
    rest = [facet.says for facet in asked if facet is not leading]
    if not rest:
        return Plan(straight(wanted, leading))
    window = narrowed(wanted, leading)
    sizes, end = counted(session, asked, window)
    small = min(asked, key=lambda facet: sizes[facet.name])
    if sizes[small.name] <= LOOKED:
        inner = select(small.key.label("id")).where(*small.where).limit(LOOKED).subquery()
        query = select(CASE).join(inner, inner.c.id == CASE.id)
        others = (facet.says for facet in asked if facet is not small)
        return Plan(ordered(query.where(*others, *has_clock(wanted, CASE)), wanted, CASE))
    found = window.limit(LOOKED).subquery()
    query = select(CASE).join(found, list(found.c)[-1] == CASE.id).where(*rest)
    return Plan(ordered(query, wanted, CASE), window, end)


def leader(wanted: Wanted, asked: Iterable[Facet]) -> Facet | None:
    """Return the facet whose index holds the cases in the order wanted; none: all open ones."""
    if wanted.order is Order.WORST:
        fitting = [facet for facet in asked if facet.name not in RANGES]
        return fitting[-1] if fitting else None
    by = "clock" if wanted.order is Order.DUE else "within"
    return next((facet for facet in asked if facet.name == by), None)


def narrowed(wanted: Wanted, leading: Facet | None) -> Select[Any]:
    """Select the places of the cases that an index holds in the order wanted."""
    table = leading.table if leading else CASE
    where = leading.where if leading else (is_open(CASE, wanted),)
    query = select(*places(wanted.order, table)).where(*where, *has_clock(wanted, table))
    return ordered(query, wanted, table)


def straight(wanted: Wanted, leading: Facet | None) -> Select[TriageCase]:
    """Select the cases that an index holds in the order wanted."""
    if leading is None or leading.table is CASE:
        where = leading.where if leading else (is_open(CASE, wanted),)
        return ordered(select(CASE).where(*where, *has_clock(wanted, CASE)), wanted, CASE)
    found = narrowed(wanted, leading).limit(PAGE + 1).subquery()
    return ordered(select(CASE).join(found, found.c.case_id == CASE.id), wanted, CASE)


def has_clock(wanted: Wanted, table: Any) -> tuple[ColumnElement[bool], ...]:
    """Leave out cases without a clock where the queue is ordered by clocks."""
    return (table.due_on.is_not(None),) if wanted.order is Order.DUE else ()


def counted(
    session: Session, asked: Sequence[Facet], window: Select[Any]
) -> tuple[dict[str, int], tuple[Any, ...] | None]:
    """Return how many cases each facet holds, counted no further than one beyond `LOOKED`.

    And the place where a look through a window ends; none where it reaches the end.
    """
    last = window.offset(max(LOOKED - 1, 0)).limit(1).subquery()
    one = select(literal(1).label("one")).subquery()
    columns = [capped(facet, LOOKED) for facet in asked]
    query = select(*columns, *last.c).select_from(one.outerjoin(last, true()))
    row = tuple(session.execute(query).one())
    sizes = {facet.name: row[place] for place, facet in enumerate(asked)}
    end = row[len(asked) :]
    return sizes, end if end[-1] is not None else None


def capped(facet: Facet, most: int) -> ColumnElement[int]:
    """Return the count of one facet, up to one beyond the most."""
    inner = select(literal(1).label("one")).select_from(facet.table).where(*facet.where)
    found = inner.limit(most + 1).subquery()
    counting: ColumnElement[int] = select(func.count()).select_from(found).scalar_subquery()
    return counting


def newer(session: Session, wanted: Wanted, since: datetime, actor: Actor, now: datetime) -> int:
    """Return how many cases of a filter came in since a moment, counted to one beyond a page."""
    fresh = select(CASE.id).where(CASE.received_at > since, is_open(CASE, wanted))
    window = fresh.order_by(CASE.received_at, CASE.id).limit(LOOKED).subquery()
    said = [facet.says for facet in facets(wanted, actor, now)]
    found = select(CASE.id).join(window, window.c.id == CASE.id).where(*said).limit(PAGE + 1)
    return session.scalar(select(func.count()).select_from(found.subquery())) or 0


def worst_of_nobody(session: Session) -> TriageCase | None:
    """Return the worst open case that nobody has and nobody is just taking."""
    query = select(CASE).where(CASE.assignee_id.is_(None), CASE.open)
    query = ordered(query, Wanted(), CASE).limit(1)
    return session.scalar(query.with_for_update(skip_locked=True))


def following(session: Session, case: TriageCase, actor: Actor) -> UUID | None:
    """Return the next worst case after one that is the officer's own or nobody's."""
    place = case.priority, case.received_at, case.id
    columns: Any = tuple_(CASE.priority, CASE.received_at, CASE.id)
    best: list[TriageCase] = []
    for who in (actor.id, None):
        query = select(CASE).where(CASE.assignee_id == who, CASE.open, columns < place)
        best.extend(session.scalars(ordered(query, Wanted(), CASE).limit(1)))
    worst = max(best, key=lambda one: (one.priority, one.received_at, one.id), default=None)
    return worst.id if worst else None


# --- cursors --------------------------------------------------------------------------------------


def cursor(order: Order, case: TriageCase) -> str:
    """Return the place of a case."""
    return cursor_of(order, tuple(getattr(case, column.key) for column in places(order, CASE)))


def cursor_of(order: Order, place: tuple[Any, ...]) -> str:
    """Return a place as a signed text, which nobody makes up."""
    told = [order, *(value if isinstance(value, int) else str(value) for value in place)]
    payload = json.dumps(told, separators=(",", ":")).encode()
    return f"{base64.urlsafe_b64encode(payload).decode()}.{signing.mac(CURSOR, payload)}"


def read_cursor(text: str, order: Order) -> tuple[Any, ...] | None:
    """Return the place that a cursor names; none for one that is spoiled or of another order."""
    body, _, mark = text.partition(".")
    try:
        payload = base64.urlsafe_b64decode(body)
    except ValueError:
        return None
    if not mark or not signing.verify_mac(CURSOR, payload, mark):
        return None
    kept, *values = json.loads(payload)
    if kept != order:
        return None
    last = UUID(values[-1])
    if order is Order.DUE:
        return date.fromisoformat(values[0]), last
    return *values[:-2], datetime.fromisoformat(values[-2]), last


def open_count(found: dict[Status, int]) -> int:
    """Return how many cases are open."""
    return sum(number for status, number in found.items() if status in OPEN)
