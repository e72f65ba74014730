"""Texts that match, within what an officer may see.

What an officer may not read is left out before anything is counted, ordered or paged, so that a
page is what it would be if those cases did not exist. Two things are told beyond that, on purpose:

- A search that is nothing but one number, one reference or one whole name, with no filter, also
  lists others' cases in which it stands: their reference and status, by reference, ten at most,
  and no content. An officer who has such a name in hand must learn whom to talk to; and whoever
  goes through a case word by word learns nothing, since no other search lists it.
- MOST_LOOKED matches are looked at, the best and of these the newest. When there are more, the page
  says so: it tells that words are common, and nothing of any one case.

A page takes as many SELECTs for no result as for a full page, and whatever else is stored.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import ColumnElement, Row, Select, and_, not_, or_, select
from sqlalchemy.orm import Session

from portal.core.access import Actor, Permission, may
from portal.leads.models import Lead
from portal.search.data import (
    WHATS,
    Asked,
    FoundCase,
    FoundLead,
    FoundText,
    Order,
    Sort,
    Synonym,
    Tier,
    Wanted,
)
from portal.search.rules.reading import tiers, whole
from portal.texts import queries as index
from portal.texts.data import Either, Every, Expression, What, token
from portal.texts.models import SearchText
from portal.texts.rules.words import facet
from portal.triage.knowing import readable
from portal.triage.life import Status
from portal.triage.models import TriageCase

PAGE = 20
MOST_LOOKED = 2_000  # matches, until the page is full
MOST_NAMED = 400  # records that hold a number, reference or name: looked at for others' cases
MOST_OTHERS = 10
MOST_MONTHS = 24  # of a span of days asked by months; longer ones are asked by years
MONTHS_A_YEAR = 12
TEXT = tuple(getattr(SearchText, one.name) for one in fields(FoundText))
CASE = tuple(getattr(TriageCase, one.name) for one in fields(FoundCase))
LEAD = tuple(getattr(Lead, one.name) for one in fields(FoundLead))


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that matched, and what it belongs to."""

    tier: int
    row: FoundText
    case: FoundCase | None
    lead: FoundLead | None

    @property
    def cursor(self) -> str:
        """Return where a page ends that ends with this."""
        return f"{self.tier}~{self.row.what}~{self.row.thing_id}"


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results."""

    hits: Sequence[Hit] = ()
    more: str = ""  # where the next page begins
    cut: bool = False  # there are more matches than were looked at


def find(
    session: Session,
    asked: Asked,
    synonyms: Sequence[Synonym],
    wanted: Wanted,
    actor: Actor,
    now: datetime,
) -> Found:
    """Return a page of the texts that match, the best or the newest first."""
    steps = tiers(asked, synonyms)
    if wanted.order is Order.NEWEST:
        apart = steps[0].without
        steps = (Tier(Either(tuple(one.asked for one in steps)), apart),)
    first, below = start_of(session, wanted, len(steps))
    places = looked_at(session, steps[first:], wanted, below)
    ids = [place for _, place in places]
    seen = set(session.scalars(visible(wanted, actor, now, ids, SearchText.id)))
    shown = {place: first + step for step, place in places if place in seen}
    page = list(islice(shown, PAGE + 1))
    rows = session.execute(visible(wanted, actor, now, page, *TEXT, *CASE, *LEAD))
    found = {row[0]: hit_of(shown[row[0]], tuple(row)) for row in rows}
    hits = [found[place] for place in page if place in found]
    if len(hits) > PAGE:
        return Found(hits[:PAGE], hits[PAGE - 1].cursor)
    return Found(hits, cut=len(places) == MOST_LOOKED)


def looked_at(
    session: Session, steps: Sequence[Tier], wanted: Wanted, below: int
) -> list[index.Place]:
    """Return which texts match, the best first; below a place where the page begins with one."""
    narrow = tuple(filters(wanted))
    asked = [Every((one.asked, *narrow), one.without) for one in steps]
    end = index.end(session)
    return index.newest(session, asked, below or end, end, MOST_LOOKED)


def hit_of(tier: int, row: tuple[Any, ...]) -> Hit:
    """Return a hit of what was read of it."""
    case, lead = row[len(TEXT) : len(TEXT) + len(CASE)], row[len(TEXT) + len(CASE) :]
    return Hit(
        tier,
        FoundText(*row[: len(TEXT)]),
        FoundCase(*case) if case[0] else None,
        FoundLead(*lead) if lead[0] else None,
    )


def visible(
    wanted: Wanted, actor: Actor, now: datetime, places: Sequence[int], *columns: Any
) -> Select[Any]:
    """Select something of texts, their cases or leads, as far as an officer may see them."""
    of_case = and_(SearchText.owner_id.is_not(None), readable(actor, now))
    allowed: list[ColumnElement[bool]] = [of_case]
    if may(actor, Permission.LEAD_READ):
        allowed.append(SearchText.what == What.LEAD)
    return (
        select(*columns)
        .select_from(SearchText)
        .outerjoin(TriageCase, TriageCase.id == SearchText.owner_id)
        .outerjoin(Lead, and_(SearchText.what == What.LEAD, Lead.id == SearchText.thing_id))
        .where(SearchText.id.in_(places), or_(*allowed), *exact_filters(wanted))
    )


def exact_filters(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    """Yield the filters that the index cannot answer: status, and days."""
    zone = ZoneInfo(current_app.config["TIME_ZONE"])
    if wanted.status is not None:
        yield TriageCase.status == wanted.status
    if wanted.begin:
        yield SearchText.received_at >= datetime.combine(wanted.begin, time(), zone)
    if wanted.end:
        after = wanted.end + timedelta(days=1)
        yield SearchText.received_at < datetime.combine(after, time(), zone)


def filters(wanted: Wanted) -> Iterator[Expression]:
    """Yield the filters that the index answers."""
    whats = WHATS.get(wanted.sort)
    if whats:
        yield one_of(f"w_{what}" for what in whats)
    for sort, value in (("t", wanted.kind), ("s", wanted.substance), ("c", wanted.country)):
        if value:
            yield token(facet(sort, value))
    if wanted.companies:
        yield one_of(facet("o", one.hex) for one in wanted.companies)
    if spans := months(wanted):
        yield one_of(spans)


def one_of(tokens: Iterator[str] | Sequence[str]) -> Expression:
    """Return what finds one of some tokens."""
    return Either(tuple(token(one) for one in tokens))


def months(wanted: Wanted) -> list[str]:
    """Return the months, or years, in which a text must have been received; a day to spare."""
    if not (wanted.begin and wanted.end) or wanted.end < wanted.begin:
        return []
    first, last = wanted.begin - timedelta(days=1), wanted.end + timedelta(days=1)
    begin, end = month_number(first), month_number(last)
    if end - begin > MOST_MONTHS:
        return [f"y_{year}" for year in range(first.year, last.year + 1)]
    numbers = (divmod(number, MONTHS_A_YEAR) for number in range(begin, end + 1))
    return [f"m_{year:04d}{month + 1:02d}" for year, month in numbers]


def month_number(day: date) -> int:
    """Return the number of a month, counted through."""
    return day.year * MONTHS_A_YEAR + day.month - 1


def start_of(session: Session, wanted: Wanted, steps: int) -> tuple[int, int]:
    """Return tier and place at which a page begins; 0 for the newest."""
    try:
        tier, what, thing = wanted.after.split("~")
        known = SearchText.what == What(what), SearchText.thing_id == UUID(thing)
        place = session.scalar(select(SearchText.id).where(*known))
        number = int(tier)
    except ValueError:
        return 0, 0
    return (number, place) if place and number in range(steps) else (0, 0)


def others(
    session: Session, asked: Asked, wanted: Wanted, actor: Actor, now: datetime
) -> Sequence[Row[UUID, str, Status]]:
    """Return others' cases that hold the number, reference or name asked for, by reference."""
    expression = whole(asked)
    if expression is None or wanted.narrow or wanted.sort not in {Sort.ALL, Sort.SUBMISSIONS}:
        return ()
    records = Every((expression, token(f"w_{What.RECORD}")))
    end = index.end(session)
    places = [place for _, place in index.newest(session, [records], end, end, MOST_NAMED)]
    query = (
        select(TriageCase.id, TriageCase.reference, TriageCase.status)
        .join(SearchText, SearchText.owner_id == TriageCase.id)
        .where(SearchText.id.in_(places), not_(readable(actor, now)))
    )
    return session.execute(query.order_by(TriageCase.reference).limit(MOST_OTHERS)).all()
