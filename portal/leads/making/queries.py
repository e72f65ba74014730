"""What somebody is offered who begins a lead."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.access import Actor
from portal.core.errors import NotFoundError
from portal.entities import queries as entities
from portal.leads.data import Origin
from portal.leads.linking.queries import leads_on
from portal.leads.linking.rules import MOST_SOURCES
from portal.leads.models import Lead
from portal.triage.knowing import readable_among
from portal.triage.models import FindingRow, TriageCase


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a lead may rest on."""

    origin: Origin
    title: str  # offered for the lead; every officer may read it, so never what a source says
    cases: Sequence[TriageCase]
    readable: Collection[UUID]
    leads: Mapping[UUID, Sequence[Lead]]  # that rest on a case already
    finding: FindingRow | None = None
    subject: UUID | None = None
    name: str = ""  # of the subject, as the reader may know it

    @property
    def free(self) -> tuple[TriageCase, ...]:
        """Return the cases on which a new lead may rest."""
        return tuple(
            case for case in self.cases if case.id in self.readable and case.id not in self.leads
        )

    @property
    def taken(self) -> tuple[TriageCase, ...]:
        """Return the cases on which a lead rests already."""
        return tuple(case for case in self.cases if case.id in self.leads)

    @property
    def closed(self) -> tuple[TriageCase, ...]:
        """Return the cases that are another officer's."""
        hidden = (case for case in self.cases if case.id not in self.readable)
        return tuple(case for case in hidden if case.id not in self.leads)


def from_submissions(
    session: Session, ids: Sequence[UUID], actor: Actor, now: datetime
) -> Beginning:
    """Return what is offered to who chose some submissions, or none."""
    cases, readable = told(session, ids, actor, now)
    origin = Origin.SUBMISSIONS if ids else Origin.NOTHING
    return Beginning(origin, "", cases, readable, leads_on(session, ids))


def from_finding(session: Session, finding_id: UUID, actor: Actor, now: datetime) -> Beginning:
    """Return what is offered to who chose a finding: its case, and those that it points at.

    Raises:
        NotFoundError: there is none, or its case is another officer's.
    """
    finding = session.get(FindingRow, finding_id)
    if finding is None:
        raise NotFoundError
    others = [UUID(one["submission"]) for one in finding.evidence if one.get("submission")]
    ids = list(dict.fromkeys([finding.case_id, *others]))
    cases, readable = told(session, ids, actor, now)
    if finding.case_id not in readable:
        raise NotFoundError
    known = leads_on(session, ids)
    return Beginning(Origin.FINDING, finding.title, cases, readable, known, finding)


def from_entity(session: Session, entity_id: UUID, actor: Actor, now: datetime) -> Beginning:
    """Return what is offered to who chose an entity: the newest submissions that name it.

    It is called as the newest submission calls it that the officer may read.

    Raises:
        NotFoundError: there is none, or every submission that names it is another officer's.
    """
    entity = entities.get(session, entity_id)
    whole = entities.get(session, entity.whole_id)
    ids = [part.id for part in entities.parts(session, whole)]
    mentions = entities.mentions_of(session, ids)
    cases, readable = told(session, [one.submission_id for one in mentions], actor, now)
    name = next((one.shown for one in mentions if one.submission_id in readable), "")
    if not name:
        raise NotFoundError
    known = leads_on(session, [case.id for case in cases])
    return Beginning(Origin.ENTITY, "", cases, readable, known, subject=whole.id, name=name)


def told(
    session: Session, ids: Sequence[UUID], actor: Actor, now: datetime
) -> tuple[Sequence[TriageCase], set[UUID]]:
    """Return some cases, oldest first, and which of them may be read."""
    query = select(TriageCase).where(TriageCase.id.in_(list(dict.fromkeys(ids))[:MOST_SOURCES]))
    cases = session.scalars(query.order_by(TriageCase.received_at, TriageCase.id)).all()
    return cases, readable_among(session, cases, actor, now)
