"""What the rules of one case need: earlier submissions about the same people, reference data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select, union_all
from sqlalchemy.orm import Session

from portal.reference import queries as reference
from portal.submissions.data import Facts, Filed, Mention, SubmissionData
from portal.submissions.kind import registered
from portal.submissions.models import Submission, SubmissionEvent, SubmissionMention
from portal.submissions.present import mentions
from portal.submissions.queries import events_of
from portal.submissions.rules import Outer, Step
from portal.triage.data import Book, Case, Past, PlaceFacts, SubstanceFacts
from portal.triage.life import SUSPECTED
from portal.triage.models import TriageCase

MOST_TRACES = 40  # of one submission that are looked up
MOST_EACH = 15  # earlier submissions for one trace, the newest
MOST_PAST = 60  # earlier submissions in all
COMMON_ROLES = ("exporter", "carrier", "freight forwarder")  # named in many, and say little
HS6 = 6


def filed_of(submission: Submission, facts: Facts) -> Filed:
    """Return a submission as rules see it."""
    return Filed(
        id=submission.id,
        reference=submission.reference,
        kind=submission.kind,
        organisation_id=submission.organisation_id,
        received_at=submission.received_at,
        facts=facts,
    )


def case_of(session: Session, submission: Submission, data: SubmissionData) -> Case:
    """Return a submission with its history and the reference data; the cost is bounded."""
    own = tuple(one for one in mentions(data) if telling(one, data))[:MOST_TRACES]
    filed = filed_of(submission, with_events(data.facts(), events_of(session, submission.id)))
    history = past_of(session, submission, own)
    records = [filed, *(past.filed for past in history)]
    book = book_of(session, submission.jurisdiction, records)
    return Case(filed=filed, mentions=own, history=history, book=book)


def with_events(facts: Facts, events: Sequence[SubmissionEvent]) -> Facts:
    """Add what the company reported after it had filed: dispatch, arrival, what differs."""
    for event in events:
        told = event.details
        facts = replace(facts, differences=(*facts.differences, *told.get("differences", ())))
        if event.step is Step.DISPATCH:
            released = told.get("released_on")
            facts = replace(
                facts,
                dispatched_on=date.fromisoformat(told["left_on"]),
                released_on=date.fromisoformat(released) if released else None,
            )
    return facts


def telling(mention: Mention, data: SubmissionData) -> bool:
    """Tell whether a trace says something: not those of the exporter or a carrier."""
    head, _, rest = mention.path.partition(".")
    if head != "parties":
        return mention.sort != "name" or head == "driver"
    return data.parties[int(rest.split(".")[0])].role.value not in COMMON_ROLES


def past_of(session: Session, submission: Submission, own: Sequence[Mention]) -> tuple[Past, ...]:
    """Return the newest earlier submissions that share a trace, oldest first."""
    shared: dict[UUID, list[Mention]] = {}
    for row in session.execute(shared_traces(submission, own)) if own else ():
        mention = Mention(row.sort, row.value, row.shown, row.path)
        shared.setdefault(row.submission_id, []).append(mention)
    rows = session.execute(
        select(Submission, TriageCase.status)
        .outerjoin(TriageCase, TriageCase.id == Submission.id)
        .where(Submission.id.in_(shared), Submission.state != Outer.CORRECTED)
        .order_by(Submission.received_at.desc())
        .limit(MOST_PAST)
    ).all()
    return tuple(
        Past(
            filed=filed_of(earlier, facts_of(earlier)),
            shared=tuple(shared[earlier.id]),
            suspected=status in SUSPECTED,
        )
        for earlier, status in reversed(rows)
    )


def shared_traces(
    submission: Submission, own: Sequence[Mention]
) -> Select[UUID, str, str, str, str]:
    """Select the newest earlier mentions of each trace: an index look-up each, bounded."""
    table = SubmissionMention
    columns = (table.submission_id, table.sort, table.value, table.shown, table.path)
    wanted = {(one.sort, one.value) for one in own}
    parts = [
        select(
            select(*columns)
            .where(
                table.sort == sort,
                table.value == value,
                table.received_at <= submission.received_at,
                table.submission_id != submission.id,
            )
            .order_by(table.received_at.desc())
            .limit(MOST_EACH)
            .subquery()
        )
        for sort, value in sorted(wanted)
    ]
    found = union_all(*parts).subquery()
    return select(found.c.submission_id, found.c.sort, found.c.value, found.c.shown, found.c.path)


def facts_of(submission: Submission) -> Facts:
    """Return what rules may know of a stored submission."""
    data: SubmissionData = registered()[submission.kind].load(submission.content)
    return data.facts()


def book_of(session: Session, jurisdiction: str, records: Iterable[Filed]) -> Book:
    """Return the reference data on the substances, codes and places of some submissions."""
    found = list(records)
    keys = {line.substance for one in found for line in one.facts.lines if line.substance}
    own = found[0].facts
    codes = {line.hs_code[:HS6] for line in own.lines if line.hs_code}
    rows = reference.substances(session, keys)
    known = {code: row for code in codes if (row := reference.hs(session, code))}
    return Book(
        jurisdiction=jurisdiction,
        substances={
            key: SubstanceFacts(
                name=row.name,
                drugs=tuple(row.precursor_of),
                un_table=row.un_1988_table or "none",
                eu_category=row.eu_category or "none",
                listed_since=row.un_table_since,
            )
            for key, row in rows.items()
        },
        limits={
            line.substance: tuple(
                limit.as_limit() for limit in reference.thresholds_of(session, line.substance)
            )
            for line in own.lines
            if line.substance
        },
        places=places_of(session, own),
        hs={code: tuple(row.substance_keys) for code, row in known.items()},
    )


def places_of(session: Session, facts: Facts) -> Mapping[str, PlaceFacts]:
    """Return the known places of a route."""
    stops = {
        stop
        for leg in facts.legs
        for stop in (leg.origin, leg.destination, leg.free_zone or leg.destination)
    }
    found: dict[str, PlaceFacts] = {}
    for stop in sorted(stops):
        rows = reference.places_at(session, stop)
        if rows:
            first, kinds = rows[0], tuple(row.kind.value for row in rows)
            where = float(first.latitude), float(first.longitude)
            found[stop] = PlaceFacts(first.name, kinds, *where)
    return found
