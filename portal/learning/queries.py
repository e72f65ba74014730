"""Reading what outcomes say of cases and entities, and the drafts of thanks."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.core.languages import in_language
from portal.entities import queries as entities
from portal.entities.models import EntityMention
from portal.leads import queries as leads
from portal.leads.models import Lead, LeadSource, LeadSubject
from portal.leads.sanitising.services import who_reported
from portal.learning.data import ThanksState
from portal.learning.models import ThanksDraft
from portal.organisations.models import Organisation
from portal.partners.inbox.data import Result
from portal.partners.inbox.models import Outcome
from portal.partners.inbox.queries import outcomes_of_leads
from portal.reference import queries as reference
from portal.submissions.models import Submission, SubmissionLine
from portal.triage.knowing import readable, readable_among
from portal.triage.models import TriageCase

MOST = 20  # outcomes that a page of an entity shows, the newest
LOOKED_AT = 200  # outcomes among which they are looked for
PAGE = 50


def cases_of(session: Session, lead_id: UUID) -> Sequence[UUID]:
    """Return the cases that a lead was made from."""
    query = select(LeadSource.submission_id).where(LeadSource.lead_id == lead_id)
    return session.scalars(query.order_by(LeadSource.submission_id)).all()


def results_by_case(session: Session, cases: Collection[UUID]) -> Mapping[UUID, list[Result]]:
    """Return what partners reported of all leads that some cases went into."""
    query = (
        select(LeadSource.submission_id, Outcome.result)
        .join(Outcome, Outcome.lead_id == LeadSource.lead_id)
        .where(LeadSource.submission_id.in_(cases), Outcome.current)
    )
    found: dict[UUID, list[Result]] = {case_id: [] for case_id in cases}
    for row in session.execute(query):
        found[row[0]].append(row[1])
    return found


@dataclass(frozen=True, slots=True)
class Led:
    """A lead in which an entity is involved, and what came of it."""

    lead: Lead
    outcomes: Sequence[Outcome]


def led_to(session: Session, entity_id: UUID, actor: Actor, now: datetime) -> Sequence[Led]:
    """Return what came of the leads in which an entity is involved; of cases that one may read."""
    entity = entities.get(session, entity_id)
    ids = [part.id for part in entities.parts(session, entity)]
    query = (
        select(LeadSource.lead_id, LeadSource.submission_id)
        .join(EntityMention, EntityMention.submission_id == LeadSource.submission_id)
        .join(Outcome, Outcome.lead_id == LeadSource.lead_id)
        .where(EntityMention.entity_id.in_(ids), Outcome.current)
        .order_by(Outcome.reported_at.desc())
    )
    named = (  # by hand, perhaps in a lead that rests on nothing that was filed
        select(LeadSubject.lead_id, LeadSubject.submission_id)
        .join(Outcome, Outcome.lead_id == LeadSubject.lead_id)
        .where(LeadSubject.entity_id.in_(ids), Outcome.current)
        .order_by(Outcome.reported_at.desc())
    )
    rows = [*session.execute(query.limit(LOOKED_AT)), *session.execute(named.limit(LOOKED_AT))]
    pairs = {(row[0], row[1]): None for row in rows}
    behind = select(TriageCase.id).where(TriageCase.id.in_({case for _, case in pairs if case}))
    allowed = set(session.scalars(behind.where(readable(actor, now))))
    free = {case for _, case in pairs if case is None or case in allowed}
    wanted = list(dict.fromkeys(lead for lead, case in pairs if case in free))[:MOST]
    reported: dict[UUID, list[Outcome]] = {}
    for one in outcomes_of_leads(session, wanted):
        reported.setdefault(one.lead_id, []).append(one)
    found = {one.id: one for one in session.scalars(select(Lead).where(Lead.id.in_(wanted)))}
    return [Led(found[lead_id], reported[lead_id]) for lead_id in wanted]


# --- thanks ---------------------------------------------------------------------------------------


def has_outcome(session: Session, lead_id: UUID) -> bool:
    """Tell whether a partner reported something of a lead."""
    query = select(Outcome.id).where(Outcome.lead_id == lead_id, Outcome.current)
    return session.scalar(query.limit(1)) is not None


def companies_of(
    session: Session, lead_id: UUID, actor: Actor, now: datetime
) -> Sequence[Organisation]:
    """Return the companies behind a lead, of cases that the actor may read."""
    behind = select(TriageCase).where(TriageCase.id.in_(cases_of(session, lead_id)))
    cases = session.scalars(behind).all()
    allowed = readable_among(session, cases, actor, now)
    firms = {case.organisation_id for case in cases if case.id in allowed}
    query = select(Organisation).where(Organisation.id.in_(firms))
    return session.scalars(query.order_by(Organisation.name)).all()


def company_of(
    session: Session, lead_id: UUID, organisation_id: UUID, actor: Actor, now: datetime
) -> Organisation:
    """Return one company behind a lead.

    Raises:
        NotFoundError: nothing of it went into the lead, or nothing that the actor may read.
    """
    known = companies_of(session, lead_id, actor, now)
    found = [one for one in known if one.id == organisation_id]
    if not found:
        raise NotFoundError
    return found[0]


def drafts_of(session: Session, lead_id: UUID) -> Sequence[ThanksDraft]:
    """Return the thanks proposed for a lead, the newest first."""
    query = select(ThanksDraft).where(ThanksDraft.lead_id == lead_id)
    return session.scalars(query.order_by(ThanksDraft.proposed_at.desc())).all()


def waiting(session: Session) -> Sequence[ThanksDraft]:
    """Return the thanks that wait for a supervisor, the oldest first."""
    query = select(ThanksDraft).where(ThanksDraft.state == ThanksState.PROPOSED)
    shown = query.options(joinedload(ThanksDraft.lead), joinedload(ThanksDraft.organisation))
    ordered = shown.order_by(ThanksDraft.proposed_at, ThanksDraft.id)
    return session.scalars(ordered.limit(PAGE)).all()


def number_waiting(session: Session) -> int:
    """Return how many thanks wait for a supervisor."""
    query = select(func.count()).select_from(ThanksDraft)
    return session.scalar(query.where(ThanksDraft.state == ThanksState.PROPOSED)) or 0


def draft(session: Session, draft_id: UUID) -> ThanksDraft:
    """Return one draft with its lead and company.

    Raises:
        NotFoundError: there is none.
    """
    query = select(ThanksDraft).where(ThanksDraft.id == draft_id)
    found = session.scalar(
        query.options(joinedload(ThanksDraft.lead), joinedload(ThanksDraft.organisation))
    )
    if found is None:
        raise NotFoundError
    return found


def language_of(session: Session, lead_id: UUID, organisation_id: UUID) -> str:
    """Return the language in which a company wrote last of what a lead was made from."""
    query = (
        select(Submission.language)
        .join(LeadSource, LeadSource.submission_id == Submission.id)
        .where(LeadSource.lead_id == lead_id, Submission.organisation_id == organisation_id)
        .order_by(Submission.received_at.desc())
    )
    return session.scalar(query.limit(1)) or ""


def words_of(session: Session, lead_id: UUID, language: str) -> set[str]:
    """Return the words of a matter that a general thanks never holds, also in its language."""
    lead = leads.get(session, lead_id)
    sources = leads.sources_of(session, lead)
    words = {lead.reference, *(word for one in sources for word in who_reported(one))}
    outcomes = outcomes_of_leads(session, [lead_id])
    words |= {one.partner.name for one in outcomes}
    words |= {word for one in outcomes for word in (one.place, one.locode)}
    words |= {word for one in outcomes for line in one.seizures for word in (line.name, line.place)}
    query = select(EntityMention.shown).join(
        LeadSource, LeadSource.submission_id == EntityMention.submission_id
    )
    words |= set(session.scalars(query.where(LeadSource.lead_id == lead_id)))
    words |= set(names_of_substances(session, [one.id for one in sources], outcomes, language))
    return {word for word in words if word}


def names_of_substances(
    session: Session, cases: Collection[UUID], outcomes: Sequence[Outcome], language: str
) -> Iterator[str]:
    """Yield what the substances of a matter are called: on the list, and in a language."""
    query = select(SubmissionLine.substance).where(SubmissionLine.submission_id.in_(cases))
    keys = {key for key in session.scalars(query) if key}
    keys |= {line.substance for one in outcomes for line in one.seizures if line.substance}
    with in_language(language):
        local = reference.local_names(session)
    for key, row in reference.substances(session, keys).items():
        yield row.name
        yield local.get(key, "")
