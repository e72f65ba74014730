"""Texts that match, within what an officer may see.

What an officer may not read is left out before anything is counted, ordered or paged, so that a
page is what it would be if those cases did not exist. Two things are told beyond that, on purpose:

- A search that is nothing but one number, one reference or one whole name, with no filter, also
  lists others' cases in which it stands: their reference and status, by reference, ten at most,
  and no content. An officer who has such a name in hand must learn whom to talk to; and whoever
  goes through a case word by word learns nothing, since no other search lists it.
- MOST_LOOKED matches of each tier are looked at, the newest. When there are more, the page says so:
  it tells that words are common, and nothing of any one case.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import ColumnElement, Select, and_, not_, or_, select
from sqlalchemy.orm import Session, load_only

from portal.core.access import Actor, Permission, may
from portal.leads.models import Lead
from portal.search.data import WHATS, Asked, Order, Sort, Synonym, Tier, Wanted
from portal.search.rules.reading import tiers, whole
from portal.texts import queries as index
from portal.texts.data import Either, Every, Expression, What, token
from portal.texts.models import SearchText
from portal.texts.rules.words import facet
from portal.triage.knowing import readable
from portal.triage.models import TriageCase

PAGE = 20
BATCHES = (100, 400, 1_500)  # matches read at once, until the page is full
MOST_LOOKED = sum(BATCHES)
MOST_OTHERS = 10
MOST_TIERS = 6
MOST_MONTHS = 24  # of a span of days asked by months; longer ones are asked by years
MONTHS_A_YEAR = 12
CASE = (
    TriageCase.id, TriageCase.reference, TriageCase.kind, TriageCase.status, TriageCase.summary,
    TriageCase.organisation_name, TriageCase.received_at,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that matched, and what it belongs to."""

    tier: int
    row: SearchText
    case: TriageCase | None
    lead: Lead | None

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
    first, below = start_of(session, wanted)
    hits: list[Hit] = []
    cut = False
    for number in range(first, len(steps)):
        scan = Scan(session, wanted, actor, now, number)
        top = below if number == first and below else index.end(session)
        hits.extend(scan.through(steps[number], top, PAGE + 1 - len(hits)))
        cut = cut or scan.cut
        if len(hits) > PAGE:
            return Found(hits[:PAGE], hits[PAGE - 1].cursor)
    return Found(hits, cut=cut)


@dataclass(slots=True)
class Scan:
    """Goes through the matches of one tier, the newest first, and keeps what may be seen."""

    session: Session
    wanted: Wanted
    actor: Actor
    now: datetime
    number: int
    cut: bool = False

    def through(self, tier: Tier, below: int, most: int) -> list[Hit]:
        """Return at most so many hits below a place."""
        expression = Every((tier.asked, *filters(self.wanted)), tier.without)
        hits: list[Hit] = []
        for batch in BATCHES:
            places = index.newest(self.session, expression, below, 1, batch)
            hits.extend(self.seen(places))
            if len(places) < batch or len(hits) >= most:
                return hits[:most]
            below = places[-1]
        self.cut = True
        return hits[:most]

    def seen(self, places: Sequence[int]) -> Iterator[Hit]:
        """Yield those of some texts that the officer may see, in the order of their places."""
        if not places:
            return
        rows = self.session.execute(visible(self.wanted, self.actor, self.now, places))
        for row, case, lead in rows:
            yield Hit(self.number, row, case, lead)


def visible(
    wanted: Wanted, actor: Actor, now: datetime, places: Sequence[int]
) -> Select[SearchText, TriageCase | None, Lead | None]:
    """Select texts with their cases or leads, as far as an officer may see them."""
    of_case = and_(SearchText.owner_id.is_not(None), readable(actor, now))
    allowed: list[ColumnElement[bool]] = [of_case]
    if may(actor, Permission.LEAD_READ):
        allowed.append(SearchText.what == What.LEAD)
    query = (
        select(SearchText, TriageCase, Lead)
        .outerjoin(TriageCase, TriageCase.id == SearchText.owner_id)
        .outerjoin(Lead, and_(SearchText.what == What.LEAD, Lead.id == SearchText.thing_id))
        .options(load_only(*CASE), load_only(Lead.reference, Lead.title, Lead.status))
        .where(SearchText.id.in_(places), or_(*allowed), *exact_filters(wanted))
    )
    return query.order_by(SearchText.id.desc())


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


def start_of(session: Session, wanted: Wanted) -> tuple[int, int]:
    """Return tier and place at which a page begins; 0 for the newest."""
    try:
        tier, what, thing = wanted.after.split("~")
        known = SearchText.what == What(what), SearchText.thing_id == UUID(thing)
        place = session.scalar(select(SearchText.id).where(*known))
        number = int(tier)
    except ValueError:
        return 0, 0
    return (number, place) if place and number in range(MOST_TIERS) else (0, 0)


def others(
    session: Session, asked: Asked, wanted: Wanted, actor: Actor, now: datetime
) -> Sequence[TriageCase]:
    """Return others' cases that hold the number, reference or name asked for, by reference."""
    expression = whole(asked)
    if expression is None or wanted.narrow or wanted.sort not in {Sort.ALL, Sort.SUBMISSIONS}:
        return ()
    records = Every((expression, token(f"w_{What.RECORD}")))
    places = index.newest(session, records, index.end(session), 1, BATCHES[1])
    query = (
        select(TriageCase)
        .join(SearchText, SearchText.owner_id == TriageCase.id)
        .options(load_only(TriageCase.id, TriageCase.reference, TriageCase.status))
        .where(SearchText.id.in_(places), not_(readable(actor, now)))
    )
    return session.scalars(query.order_by(TriageCase.reference).limit(MOST_OTHERS)).all()
