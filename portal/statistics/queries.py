"""Reading counts: of what arrived from the summaries, of work from bounded look-ups."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, func, select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core.access import GRANTS, Permission
from portal.leads.models import Lead, LeadSource
from portal.organisations.models import PartnerProfile
from portal.partners.inbox.models import Outcome, Seizure
from portal.partners.models import HandOver
from portal.pictures.queries.desk import AGES
from portal.reference import queries as reference
from portal.reference.models import Substance
from portal.statistics.counting import begins
from portal.statistics.data import Cell, Key, Wanted
from portal.statistics.models import Count, Export
from portal.statistics.rules import month_of, next_month
from portal.submissions.models import Submission
from portal.triage.marks import COUNTRY, SUBSTANCE
from portal.triage.models import CaseMark, TriageCase
from portal.triage.rules import RULES

MOST = 10_000  # at which a count of open cases stops
MOST_LEADS = 5_000  # whose times are looked at, the newest
NOBODY = "nobody yet"
OFFICERS = tuple(role for role in GRANTS if Permission.CASE_WORK in GRANTS[role])
LETTERS = {"substance": "s", "country": "c", "rule": "r"}
Live = Iterable[tuple[date, Key, int, int]]
Sums = Mapping[str, tuple[int, int]]  # count and companies by what it is of


@dataclass(slots=True)
class Sum:
    """A count that grows."""

    number: int = 0
    firms: int = 0

    def take(self, number: int, firms: int) -> None:
        """Add a count; of companies there are at least as many as in any part."""
        self.number += number
        self.firms = max(self.firms, firms)


# --- what arrived ---------------------------------------------------------------------------------


def parts_of(wanted: Wanted, by: str) -> str:
    """Return which properties the rows have that answer a question."""
    asked = {"substance": wanted.substance, "country": wanted.country, "rule": ""}
    return "".join(letter for name, letter in LETTERS.items() if asked[name] or by == name)


def received(session: Session, wanted: Wanted, by: str, live: Live) -> Sums:
    """Count what arrived, by kind, substance, country, rule or month; live: what no row holds."""
    column = {"month": Count.starts_on}.get(by) or getattr(Count, by)
    query = (
        select(column, func.sum(Count.number), func.max(Count.firms))
        .where(*conditions(wanted, by))
        .group_by(column)
    )
    found: dict[str, Sum] = {}
    for value, number, firms in session.execute(query).all():
        found.setdefault(label_of(value, by), Sum()).take(number, firms)
    for day, key, number, firms in live:
        if key.parts == parts_of(wanted, by) and belongs(day, key, wanted):
            value = day if by == "month" else getattr(key, by)
            found.setdefault(label_of(value, by), Sum()).take(number, firms)
    return {value: (one.number, one.firms) for value, one in found.items()}


def conditions(wanted: Wanted, by: str) -> list[ColumnElement[bool]]:
    """Return which rows answer a question."""
    found: list[ColumnElement[bool]] = [
        Count.parts == parts_of(wanted, by),
        Count.starts_on >= wanted.first,
        Count.starts_on < next_month(wanted.last),
    ]
    found.extend(
        getattr(Count, name) == getattr(wanted, name)
        for name in ("substance", "country")
        if getattr(wanted, name) or by != name
    )
    if wanted.kind:
        found.append(Count.kind == wanted.kind)
    return found


def belongs(day: date, key: Key, wanted: Wanted) -> bool:
    """Tell whether a live count answers a question, its properties being the right ones."""
    return (
        wanted.first <= day < next_month(wanted.last)
        and wanted.kind in {"", key.kind}
        and wanted.substance in {"", key.substance}
        and wanted.country in {"", key.country}
    )


def label_of(value: Any, by: str) -> str:
    """Return what a row is of: months by their first day."""
    return month_of(value).isoformat() if by == "month" else str(value)


# --- what waits -----------------------------------------------------------------------------------


def open_cases(wanted: Wanted) -> Select[UUID, UUID]:
    """Select the open cases of a kind, substance and country, with their companies."""
    query = select(TriageCase.id, TriageCase.organisation_id).where(TriageCase.open)
    if wanted.kind:
        query = query.where(TriageCase.kind == wanted.kind)
    for sort, value in ((SUBSTANCE, wanted.substance), (COUNTRY, wanted.country)):
        if value:
            have = (CaseMark.sort == sort, CaseMark.value == value, CaseMark.open)
            query = query.where(TriageCase.id.in_(select(CaseMark.case_id).where(*have)))
    return query


def marked(case_id: Any, sort: str, value: str) -> ColumnElement[bool]:
    """Tell of a case whether it has a substance or country."""
    return exists().where(
        CaseMark.case_id == case_id, CaseMark.sort == sort, CaseMark.value == value
    )


def bounded(session: Session, label: str, query: Select[UUID, UUID]) -> Cell:
    """Count up to MOST."""
    some: Subquery = query.limit(MOST + 1).subquery()
    number, firms = session.execute(
        select(func.count(), func.count(some.c.organisation_id.distinct())).select_from(some)
    ).one()
    return Cell(label, min(number, MOST), firms, more=number > MOST)


def ages(session: Session, wanted: Wanted, now: datetime) -> tuple[Cell, ...]:
    """Return how many open cases are how old."""
    found, younger = [], now
    for words, days in AGES:
        query = open_cases(wanted).where(TriageCase.received_at <= younger)
        if days is not None:
            older = now - timedelta(days=days)
            query, younger = query.where(TriageCase.received_at > older), older
        found.append(bounded(session, words, query))
    return tuple(found)


def offices(session: Session, wanted: Wanted) -> tuple[Cell, ...]:
    """Return how many open cases each group of officers has taken, and how many nobody has."""
    found = []
    for role in OFFICERS:
        theirs = select(Account.id).where(Account.role == role)
        query = open_cases(wanted).where(TriageCase.assignee_id.in_(theirs))
        found.append(bounded(session, str(role.value), query))
    query = open_cases(wanted).where(TriageCase.assignee_id.is_(None))
    return (*found, bounded(session, NOBODY, query))


# --- leads, hand-overs, outcomes ------------------------------------------------------------------


def span(wanted: Wanted) -> tuple[datetime, datetime]:
    """Return when the months that are asked for begin and end."""
    return begins(wanted.first), begins(next_month(wanted.last))


def narrowed(lead_id: Any, wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what holds of leads one of whose sources is of a kind, substance and country."""
    asked = [
        marked(TriageCase.id, sort, value)
        for sort, value in ((SUBSTANCE, wanted.substance), (COUNTRY, wanted.country))
        if value
    ]
    if wanted.kind:
        asked.append(TriageCase.kind == wanted.kind)
    if not asked:
        return []
    source = and_(LeadSource.lead_id == lead_id, TriageCase.id == LeadSource.submission_id, *asked)
    return [exists().where(source)]


def leads(session: Session, wanted: Wanted) -> tuple[Cell, ...]:
    """Return where the leads stand that were begun in the time."""
    first, end = span(wanted)
    query = select(Lead.status, func.count()).where(
        Lead.created_at >= first, Lead.created_at < end, *narrowed(Lead.id, wanted)
    )
    rows = session.execute(query.group_by(Lead.status)).all()
    return tuple(Cell(status.value, number) for status, number in rows)


def hand_overs(session: Session, wanted: Wanted) -> tuple[Cell, ...]:
    """Return to which networks leads were handed over in the time."""
    first, end = span(wanted)
    network = func.coalesce(PartnerProfile.network, "no network on file")
    query = (
        select(network, func.count())
        .select_from(HandOver)
        .outerjoin(PartnerProfile, PartnerProfile.organisation_id == HandOver.partner_id)
        .where(
            HandOver.handed_over_at >= first,
            HandOver.handed_over_at < end,
            *narrowed(HandOver.lead_id, wanted),
        )
        .group_by(network)
        .order_by(func.count().desc())
    )
    return tuple(Cell(words, number) for words, number in session.execute(query).all())


def outcomes(session: Session, wanted: Wanted) -> tuple[Cell, ...]:
    """Return what partners reported in the time; only the newest version of a report counts."""
    query = select(Outcome.result, func.count()).where(*reported(wanted))
    rows = session.execute(query.group_by(Outcome.result).order_by(func.count().desc())).all()
    return tuple(Cell(result.value, number) for result, number in rows)


def reported(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Return what holds of the outcomes that count."""
    first, end = span(wanted)
    return [
        Outcome.current.is_(True),
        Outcome.reported_at >= first,
        Outcome.reported_at < end,
        *narrowed(Outcome.lead_id, wanted),
    ]


def seizures(session: Session, wanted: Wanted) -> tuple[Cell, ...]:
    """Return how often which substance was seized, with the kilograms that are known."""
    total = func.sum(Seizure.quantity_kg)
    query = (
        select(Seizure.name, func.count(), total)
        .join(Outcome, Outcome.id == Seizure.outcome_id)
        .where(*reported(wanted))
        .group_by(Seizure.name)
        .order_by(func.count().desc(), Seizure.name)
        .limit(20)
    )
    return tuple(
        Cell(name, number, detail=f"{kilograms.normalize():f} kg" if kilograms else "")
        for name, number, kilograms in session.execute(query).all()
    )


def durations(session: Session, wanted: Wanted) -> Mapping[str, Sequence[float]]:
    """Return in seconds how long each step took, of the newest leads begun in the time."""
    first, end = span(wanted)
    some = (
        select(Lead.id, Lead.created_at)
        .where(Lead.created_at >= first, Lead.created_at < end, *narrowed(Lead.id, wanted))
        .order_by(Lead.created_at.desc())
        .limit(MOST_LEADS)
    )
    begun = earliest(session, some)
    which = some.with_only_columns(Lead.id).subquery()
    ids = select(which.c.id)
    filed = earliest(
        session,
        select(LeadSource.lead_id, func.min(Submission.received_at))
        .join(Submission, Submission.id == LeadSource.submission_id)
        .where(LeadSource.lead_id.in_(ids))
        .group_by(LeadSource.lead_id),
    )
    handed = earliest(session, first_of(HandOver.lead_id, HandOver.handed_over_at, ids))
    acted = earliest(session, first_of(Outcome.lead_id, Outcome.reported_at, ids))
    return {
        "from report to lead": between(filed, begun),
        "from lead to hand-over": between(begun, handed),
        "from hand-over to action": between(handed, acted),
        "from report to action": between(filed, acted),
    }


def first_of(lead_id: Any, moment: Any, ids: Select[UUID]) -> Select[Any, Any]:
    """Select the first moment of some leads."""
    return select(lead_id, func.min(moment)).where(lead_id.in_(ids)).group_by(lead_id)


def earliest(session: Session, query: Select[Any, Any]) -> dict[UUID, datetime]:
    """Return a moment by lead."""
    return {row[0]: row[1] for row in session.execute(query).all()}


def between(start: Mapping[UUID, datetime], end: Mapping[UUID, datetime]) -> Sequence[float]:
    """Return the seconds between two moments of each lead that has both."""
    return [(end[one] - start[one]).total_seconds() for one in start.keys() & end.keys()]


# --- words ----------------------------------------------------------------------------------------


def rule_titles() -> Mapping[str, str]:
    """Return the titles of the rules in force by their codes."""
    return {rule.code: rule.title for rule in RULES}


def substance_names(session: Session) -> Mapping[str, str]:
    """Return the names of all substances on the list by their keys, in the order of names."""
    rows = reference.rows(session, Substance)
    return dict(sorted(((one.key, one.name) for one in rows), key=lambda pair: pair[1].casefold()))


def exports_since(session: Session, account_id: UUID, since: datetime) -> int:
    """Return how often somebody took counts away since a moment."""
    query = select(func.count()).where(Export.account_id == account_id, Export.made_at > since)
    return session.scalar(query) or 0
