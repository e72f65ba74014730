"""The list as a table to take away, and what it adds up to, month by month."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from uuid import UUID

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.core.sheets import Cell
from portal.core.text import search_key
from portal.organisations.models import Organisation
from portal.submissions.models import Submission, SubmissionLine, SubmissionMention
from portal.submissions.queries import NEWEST_FIRST, Wanted, chosen, visible_to
from portal.submissions.rules import VOID

MOST_ROWS = 10_000  # of a table to take away
CHUNK = 2_000  # submissions whose lines are read at once
MONTHS = 24
SUBSTANCES = 6
PARTIES = 10
HEADER = (
    *("Reference", "Kind", "Received (UTC)", "State", "Your own reference", "Summary"),
    *("Substance", "Quantity (kg)"),
)


def table(
    session: Session, actor: Actor, wanted: Wanted, titles: Mapping[str, str]
) -> list[Sequence[Cell]]:
    """Return the list, newest first, with one row for each substance of each submission."""
    return list(islice(rows(session, actor, wanted, titles), MOST_ROWS))


def rows(
    session: Session, actor: Actor, wanted: Wanted, titles: Mapping[str, str]
) -> Iterator[Sequence[Cell]]:
    """Yield the rows of the table, reading the substances of many submissions at once."""
    query = chosen(actor, wanted).with_only_columns(
        *(Submission.id, Submission.reference, Submission.kind, Submission.received_at),
        *(Submission.state, Submission.summary, Submission.content),
    )
    found = session.execute(query.order_by(*NEWEST_FIRST).limit(MOST_ROWS))
    for some in found.partitions(CHUNK):
        lines = lines_of(session, [one.id for one in some])
        for one in some:
            facts = (
                one.reference,
                titles.get(one.kind, one.kind),
                f"{one.received_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
                one.state.value,
                json.loads(one.content).get("own_reference"),
                one.summary,
            )
            for name, kilograms in lines.get(one.id, [("", None)]):
                yield (*facts, name, plain(kilograms))


def lines_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, list[tuple[str, Decimal | None]]]:
    """Return name and kilograms of each substance of several submissions."""
    query = select(SubmissionLine.submission_id, SubmissionLine.name, SubmissionLine.base_kg)
    query = query.where(SubmissionLine.submission_id.in_(ids)).order_by(SubmissionLine.position)
    found: dict[UUID, list[tuple[str, Decimal | None]]] = {}
    for submission_id, name, kilograms in session.execute(query):
        found.setdefault(submission_id, []).append((name, kilograms))
    return found


def plain(kilograms: Decimal | None) -> Decimal | None:
    """Return a quantity without the zeros that the database adds."""
    return kilograms.normalize() + 0 if kilograms is not None else None


@dataclass(frozen=True, slots=True)
class Movements:
    """Kilograms by month and substance."""

    months: tuple[date, ...]  # first days, oldest first
    substances: tuple[str, ...]  # the greatest first
    kilograms: Mapping[tuple[int, str], Decimal]  # by place of the month, and substance

    def at(self, month: int, substance: str) -> Decimal:
        """Return the kilograms of a substance in a month."""
        return self.kilograms.get((month, substance), Decimal(0))

    def of(self, substance: str) -> Decimal:
        """Return the kilograms of a substance in all months."""
        return sum((self.at(n, substance) for n in range(len(self.months))), Decimal(0))

    def most(self) -> Decimal:
        """Return the kilograms of the month with the most."""
        sums = (
            sum((self.at(n, one) for one in self.substances), Decimal(0))
            for n in range(len(self.months))
        )
        return max(sums, default=Decimal(0))


def months_until(today: date) -> tuple[date, ...]:
    """Return the first days of the last months, the present one included, oldest first."""
    last = today.year * 12 + today.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1))


def counted(actor: Actor, since: datetime) -> Select[UUID]:
    """Select the notices and orders this actor may know of that still hold."""
    query = visible_to(actor).with_only_columns(Submission.id)
    sort = or_(Submission.kind.like("%-notice"), Submission.kind.like("%-order"))
    return query.where(sort, Submission.state.not_in(VOID), Submission.received_at >= since)


def movements(session: Session, actor: Actor, now: datetime) -> Movements:
    """Add up the kilograms of the substances that were notified and reported most."""
    months = months_until(now.astimezone(UTC).date())
    begins = [datetime(one.year, one.month, 1, tzinfo=UTC) for one in months]
    key = func.coalesce(SubmissionLine.substance, SubmissionLine.name)
    kilograms = func.sum(SubmissionLine.base_kg)
    held = (
        SubmissionLine.submission_id.in_(counted(actor, begins[0])),
        SubmissionLine.base_kg.is_not(None),
    )
    named = select(key, func.min(SubmissionLine.name)).where(*held).group_by(key)
    top = session.execute(named.order_by(kilograms.desc(), key).limit(SUBSTANCES)).all()
    words = {row[0]: row[1] for row in top}
    month = case(
        *((SubmissionLine.received_at < end, n) for n, end in enumerate(begins[1:])),
        else_=MONTHS - 1,
    ).label("month")
    query = select(month, key, kilograms).where(*held, key.in_(list(words))).group_by(month, key)
    sums = {(n, words[one]): amount for n, one, amount in session.execute(query)}
    return Movements(months, tuple(words.values()), sums)


def counterparties(session: Session, actor: Actor, now: datetime) -> Sequence[tuple[str, int]]:
    """Return who is named in most notices and orders, beside the organisation itself."""
    first = months_until(now.astimezone(UTC).date())[0]
    since = datetime(first.year, first.month, 1, tzinfo=UTC)
    own = session.get_one(Organisation, actor.organisation_id).name
    many = func.count(SubmissionMention.submission_id.distinct())
    query = select(func.min(SubmissionMention.shown), many).where(
        SubmissionMention.submission_id.in_(counted(actor, since)),
        SubmissionMention.sort == "name",
        SubmissionMention.path.like("parties.%.name"),
        SubmissionMention.value != search_key(own),
    )
    query = query.group_by(SubmissionMention.value).order_by(many.desc(), SubmissionMention.value)
    return [(name, count) for name, count in session.execute(query.limit(PARTIES))]
