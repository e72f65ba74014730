"""What the same people were supplied with, or asked for, by whatever company."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.organisations.models import Organisation
from portal.pictures.data import Delivery, Quantities
from portal.pictures.queries import knowing, subjects
from portal.pictures.rules.sums import lines_of, quantities_of
from portal.reference import queries as reference
from portal.submissions.models import Submission, SubmissionLine
from portal.submissions.rules import VOID
from portal.triage.knowing import readable_among

MOST = 200  # submissions of each subject that are added up, the newest
ADDED = ("suspicious-order", "export-notice", "import-notice", "transit-notice")


@dataclass(frozen=True, slots=True)
class Around:
    """The submissions about the same people that an officer may know of."""

    ids: tuple[UUID, ...]
    left_out: int
    full: bool


def around(
    session: Session,
    people: Sequence[UUID],
    actor: Actor,
    now: datetime,
    until: datetime,
    days: int,
) -> Around:
    """Return what names any of some people within a period."""
    since = until - timedelta(days=days)
    found = subjects.naming(session, people, MOST + 1, since=since, until=until)
    each: dict[str, int] = {}
    for one in found:
        each[one.subject.key] = each.get(one.subject.key, 0) + 1
    ids = {one.submission_id for one in found}
    cases = knowing.cases(session, ids)
    known = readable_among(session, cases.values(), actor, now)
    return Around(
        tuple(sorted(known)), len(ids) - len(known), any(number > MOST for number in each.values())
    )


def end_of(received_at: datetime, now: datetime, days: int) -> datetime:
    """Return when a period ends: now, or with an older submission, so that it is within."""
    return now if now - received_at < timedelta(days=days) else received_at


def substances(session: Session, ids: Sequence[UUID]) -> dict[str, str]:
    """Return the listed substances of some submissions: key and name, by name."""
    if not ids:
        return {}
    query = select(SubmissionLine.substance).where(
        SubmissionLine.submission_id.in_(ids), SubmissionLine.substance.is_not(None)
    )
    keys = {key for key in session.scalars(query.distinct()) if key}
    names = {key: row.name for key, row in reference.substances(session, keys).items()}
    return dict(sorted(((key, names.get(key, key)) for key in keys), key=lambda pair: pair[1]))


def first_substance(session: Session, submission_id: UUID) -> str:
    """Return the first listed substance of a submission; nothing for none."""
    query = select(SubmissionLine.substance).where(
        SubmissionLine.submission_id == submission_id, SubmissionLine.substance.is_not(None)
    )
    return session.scalar(query.order_by(SubmissionLine.position).limit(1)) or ""


def quantities(
    session: Session, found: Around, substance: str, until: datetime, days: int, jurisdiction: str
) -> Quantities:
    """Add up one substance over some submissions; what was withdrawn or corrected is left out."""
    mass = func.sum(SubmissionLine.base_kg)
    query = (
        select(Submission.id, Submission.reference, Organisation.name, Submission.received_at, mass)
        .join(SubmissionLine, SubmissionLine.submission_id == Submission.id)
        .join(Organisation, Organisation.id == Submission.organisation_id)
        .where(
            Submission.id.in_(found.ids),
            Submission.kind.in_(ADDED),
            Submission.state.not_in(VOID),
            SubmissionLine.substance == substance,
        )
        .group_by(Submission.id, Submission.reference, Organisation.name, Submission.received_at)
        .order_by(Submission.received_at, Submission.reference)
    )
    rows = session.execute(query).all() if found.ids else []
    known = [
        Delivery(key, reference_, supplier, received_at, Decimal(kilograms))
        for key, reference_, supplier, received_at, kilograms in rows
        if kilograms
    ]
    limits = reference.limits_of(session, reference.get_substance(session, substance))
    begins = (until - timedelta(days=days)).date()
    summed = quantities_of(known, lines_of(limits, jurisdiction), begins, until.date())
    return replace(
        summed, uncounted=len(rows) - len(known), left_out=found.left_out, full=found.full
    )
