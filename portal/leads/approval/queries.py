"""Reading decisions, who took part in a lead, and what waits for somebody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.core.errors import NotFoundError
from portal.leads.approval.models import LeadDecision, LeadRelease, ReleaseState
from portal.leads.approval.rules import Deed, Step
from portal.leads.models import Lead, LeadVersion
from portal.leads.rules import Status
from portal.leads.sanitising.models import MarkAnswer

PAGE = 100  # leads on the page of what waits
TOOK_PART = {
    Deed.REVIEWED: "reviewed it",
    Deed.RELEASED: "released it at once",
}


def decisions_of(session: Session, lead_id: UUID) -> Sequence[LeadDecision]:
    """Return what was decided on a lead, newest first, with who decided."""
    query = select(LeadDecision).where(LeadDecision.lead_id == lead_id)
    ordered = query.order_by(LeadDecision.at.desc(), LeadDecision.id)
    return session.scalars(ordered.options(joinedload(LeadDecision.by))).all()


def taken(decisions: Iterable[LeadDecision], seal: str) -> dict[Step, LeadDecision]:
    """Return the steps that were taken on these very words since the lead was last sent back.

    Args:
        decisions: newest first.
        seal: of the words for partners as they are now.
    """
    found: dict[Step, LeadDecision] = {}
    for one in decisions:
        if one.deed not in {Deed.REVIEWED, Deed.APPROVED}:
            break
        if one.deed is Deed.REVIEWED and one.seal == seal:
            found.setdefault(Step.REVIEW, one)
    return found


def involved(session: Session, leads: Sequence[Lead]) -> dict[UUID, dict[UUID, str]]:
    """Return by lead who took part in it, and how: they never approve it."""
    ids = [lead.id for lead in leads]
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    writers = select(LeadVersion.lead_id, LeadVersion.written_by_id).distinct()
    for row in session.execute(writers.where(LeadVersion.lead_id.in_(ids))):
        found[row[0]][row[1]] = "wrote a version of it"
    answers = select(MarkAnswer.lead_id, MarkAnswer.answered_by_id).distinct()
    for row in session.execute(answers.where(MarkAnswer.lead_id.in_(ids))):
        found[row[0]][row[1]] = "put it into words for partners"
    for decision in session.scalars(select(LeadDecision).where(LeadDecision.lead_id.in_(ids))):
        if decision.deed in TOOK_PART:
            found[decision.lead_id][decision.by_id] = TOOK_PART[decision.deed]
    for lead in leads:
        found[lead.id][lead.author_id] = "wrote it"
    return found


def submitted(session: Session) -> Sequence[Lead]:
    """Return the leads that wait for a review or an approval, the oldest first."""
    query = select(Lead).where(Lead.status == Status.SUBMITTED).options(joinedload(Lead.author))
    return session.scalars(query.order_by(Lead.created_at, Lead.id).limit(PAGE)).all()


def own(session: Session, author_id: UUID) -> Sequence[Lead]:
    """Return the leads of an author that came back to be changed, the newest first."""
    query = select(Lead).where(Lead.status == Status.SENT_BACK, Lead.author_id == author_id)
    ordered = query.options(joinedload(Lead.author)).order_by(Lead.created_at.desc(), Lead.id)
    return session.scalars(ordered.limit(PAGE)).all()


def reviews(session: Session, leads: Sequence[Lead]) -> dict[UUID, list[LeadDecision]]:
    """Return by lead what was decided on it, newest first."""
    query = select(LeadDecision).where(LeadDecision.lead_id.in_([lead.id for lead in leads]))
    found: dict[UUID, list[LeadDecision]] = defaultdict(list)
    for one in session.scalars(query.order_by(LeadDecision.at.desc(), LeadDecision.id)):
        found[one.lead_id].append(one)
    return found


def written_at(session: Session, leads: Sequence[Lead]) -> dict[UUID, datetime]:
    """Return by lead when it was last written."""
    query = select(LeadVersion.lead_id, func.max(LeadVersion.written_at))
    wanted = query.where(LeadVersion.lead_id.in_([lead.id for lead in leads]))
    rows = session.execute(wanted.group_by(LeadVersion.lead_id)).all()
    return {row[0]: row[1] for row in rows}


def open_releases(session: Session) -> Sequence[LeadRelease]:
    """Return what was released at once and waits to be confirmed, the most urgent first."""
    query = select(LeadRelease).where(LeadRelease.state == ReleaseState.OPEN)
    loaded = query.options(
        joinedload(LeadRelease.lead).joinedload(Lead.author), joinedload(LeadRelease.released_by)
    )
    return session.scalars(loaded.order_by(LeadRelease.confirm_by).limit(PAGE)).all()


def open_release(session: Session, lead_id: UUID) -> LeadRelease | None:
    """Return the release of a lead that waits to be confirmed, if there is one."""
    query = select(LeadRelease).where(
        LeadRelease.lead_id == lead_id, LeadRelease.state == ReleaseState.OPEN
    )
    return session.scalar(query.options(joinedload(LeadRelease.released_by)))


def release_to_decide(session: Session, lead_id: UUID) -> LeadRelease:
    """Return the release that waits to be confirmed.

    Raises:
        NotFoundError: there is none.
    """
    found = open_release(session, lead_id)
    if found is None:
        raise NotFoundError
    return found
