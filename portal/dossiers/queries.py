"""What a page of an entity shows, and to whom: content by need, the rest by reference and date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from portal.core.access import Actor, Permission, may
from portal.entities import queries as entities
from portal.entities.data import Profile
from portal.entities.deeds import traces_in
from portal.entities.models import Entity, EntityDecision, EntityMention, EntityPair
from portal.entities.rules.profiles import merged
from portal.organisations.models import Organisation
from portal.submissions.models import Submission
from portal.triage.knowing import readable
from portal.triage.models import TriageCase


@dataclass(frozen=True, slots=True)
class Line:
    """One mention on a page: with its content for who needs to know the case."""

    mention: EntityMention
    case: TriageCase | None
    company: str
    readable: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything known of an entity."""

    entity: Entity
    name: str
    parts: Sequence[Entity]
    profile: Profile
    lines: Sequence[Line]
    more: str | None
    linked: Sequence[tuple[Entity, int]]
    pairs: Sequence[EntityPair]
    decisions: Sequence[EntityDecision]

    @property
    def mentions(self) -> int:
        """Return how often it is named."""
        return sum(part.mentions for part in self.parts)

    @property
    def companies(self) -> list[str]:
        """Return which companies named it, of what this page lists and its reader may know."""
        return sorted({line.company for line in self.lines if line.readable})


def dossier(
    session: Session, entity: Entity, actor: Actor, now: datetime, after: str = ""
) -> Dossier:
    """Return everything known of an entity; the cost is bounded, however often it is named.

    Who resolves entities sees what identifies them. Others see what the listed cases tell that
    they may read: nothing of another officer's case but its reference and date.
    """
    parts = entities.parts(session, entity)
    ids = [part.id for part in parts]
    mentions = entities.mentions_of(session, ids, after)
    lines = lines_of(session, mentions, actor, now)
    resolves = may(actor, Permission.ENTITY_DECIDE)
    profile = known(parts) if resolves else told(session, entity, lines)
    pairs = entities.pairs_with(session, ids) if resolves else ()
    named = profile.names or tuple(one.mention.shown for one in lines if one.readable)
    return Dossier(
        entity=entity,
        name=entity.name if resolves else next(iter(named), entity.sort.value.capitalize()),
        parts=parts,
        profile=profile,
        lines=lines,
        more=entities.cursor(mentions[-1]) if len(mentions) == entities.PAGE else None,
        linked=entities.linked(
            session, ids, {one.mention.submission_id for one in lines if one.readable}
        ),
        pairs=pairs,
        decisions=entities.decisions_of(session, [pair.id for pair in pairs]),
    )


def told(session: Session, entity: Entity, lines: Iterable[Line]) -> Profile:
    """Return what the listed cases tell that their reader needs to know, and nothing else."""
    places = {
        (one.mention.submission_id, one.mention.path): one.mention.sort
        for one in lines
        if one.readable
    }
    query = select(Submission).where(Submission.id.in_({one for one, _ in places}))
    profile = Profile(sort=entity.sort)
    for submission in session.scalars(query.order_by(Submission.received_at)):
        for trace in traces_in(submission):
            if trace.profile and places.get((submission.id, trace.path)) is trace.sort:
                profile = merged(profile, trace.profile)
    return profile


def known(parts: Sequence[Entity]) -> Profile:
    """Return what is known of the parts together."""
    profile = parts[0].profile
    for part in parts[1:]:
        profile = merged(profile, part.profile)
    return profile


def lines_of(
    session: Session, mentions: Sequence[EntityMention], actor: Actor, now: datetime
) -> list[Line]:
    """Return mentions with their cases and companies, and whether the actor may read each."""
    ids = {mention.submission_id for mention in mentions}
    query = select(TriageCase, readable(actor, now)).where(TriageCase.id.in_(ids))
    found = session.execute(query.options(joinedload(TriageCase.assignee)))
    cases = {case.id: (case, bool(may_read)) for case, may_read in found}
    firms = {mention.organisation_id for mention in mentions}
    names = select(Organisation.id, Organisation.name).where(Organisation.id.in_(firms))
    companies = {row.id: row.name for row in session.execute(names)}
    lines = []
    for mention in mentions:
        case, may_read = cases.get(mention.submission_id, (None, False))
        lines.append(Line(mention, case, companies[mention.organisation_id], may_read))
    return lines


@dataclass(frozen=True, slots=True)
class Side:
    """One of two entities that are compared."""

    entity: Entity
    parts: Sequence[Entity]
    profile: Profile
    lines: Sequence[Line]


def side(session: Session, entity: Entity, actor: Actor, now: datetime) -> Side:
    """Return one of two entities with its newest mentions."""
    mentions = entities.mentions_of(session, [entity.id])[:5]
    return Side(entity, [entity], entity.profile, lines_of(session, mentions, actor, now))
