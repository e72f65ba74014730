"""What analysts decide: two entities are the same or not, and a mention belongs elsewhere.

A decision is a row that stays; undoing it is another. The portal never overrules one.
"""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.entities import joining, services
from portal.entities.data import COMPARED, JOINS, Profile, Trace, Verdict
from portal.entities.models import ENTITY_KEY, Entity, EntityDecision, EntityMention, EntityPair
from portal.entities.rules.blocking import keys_of
from portal.entities.rules.compare import compare
from portal.entities.rules.profiles import merged, traces_of
from portal.submissions.kind import registered
from portal.submissions.models import Submission
from portal.submissions.present import mentions

MOST_READ_AGAIN = 200  # mentions from which an entity is known anew
AFTER_UNDOING = {
    Verdict.SAME: Verdict.OFFERED,
    Verdict.DIFFERENT: Verdict.OFFERED,
    Verdict.UNDECIDED: Verdict.OFFERED,
    Verdict.CERTAIN: Verdict.DIFFERENT,  # or the portal would join them again
}


def decide(
    session: Session, pair: EntityPair, verdict: Verdict, note: str, actor: Actor, now: datetime
) -> None:
    """Say of two entities that they are the same, different, or that it cannot be said yet.

    Raises:
        DomainError: somebody decided before; undo that first.
    """
    if pair.verdict not in {Verdict.OFFERED, Verdict.UNDECIDED}:
        raise DomainError("This pair is decided already. Undo that first.")
    settle(session, pair, verdict, note, actor, now)


def undo(session: Session, pair: EntityPair, note: str, actor: Actor, now: datetime) -> None:
    """Take back what was held of a pair; two that the portal joined are different from now on."""
    after = AFTER_UNDOING.get(pair.verdict)
    if after is None:
        raise DomainError("Nothing was decided about this pair.")
    settle(session, pair, after, note, actor, now)


def settle(
    session: Session, pair: EntityPair, verdict: Verdict, note: str, actor: Actor, now: datetime
) -> None:
    """Hold something else of a pair, write down who says so, and join or part accordingly."""
    before, pair.verdict = pair.verdict, verdict
    pair.decided_at = None if verdict is Verdict.OFFERED else now
    pair.decided_by_id = None if verdict is Verdict.OFFERED else actor.id
    session.add(EntityDecision(pair_id=pair.id, verdict=verdict, at=now, by_id=actor.id, note=note))
    if {before, verdict} & JOINS:
        joining.regroup(session, {pair.left_id, pair.right_id})
    audit.record(
        session, actor, "entities.compared", pair.id, now, before=before.value, after=verdict.value
    )


def take_out(session: Session, mention: EntityMention, actor: Actor, now: datetime) -> Entity:
    """Give a mention an entity of its own, different from the one it was held to be.

    Raises:
        DomainError: it is the only mention, or one of a number that is equal or not.
    """
    old = session.get_one(Entity, mention.entity_id)
    if old.sort not in COMPARED:
        raise DomainError("Equal numbers are the same. Only names and addresses are compared.")
    if old.mentions < 2:  # noqa: PLR2004  nothing would be left
        raise DomainError("This is its only mention.")
    told = told_by(session, mention)
    new = Entity(
        id=uuid4(),
        sort=old.sort,
        name=mention.shown,
        value=None,
        first_seen_at=mention.received_at,
        last_seen_at=mention.received_at,
        mentions=1,
        known=told.to_json(),
    )
    session.add(new)
    session.flush()
    comparison = compare(told, old.profile)
    mention.entity_id, mention.score, mention.reasons = new.id, None, []
    session.execute(update(Entity).where(Entity.id == old.id).values(mentions=Entity.mentions - 1))
    session.flush()
    know_anew(session, old)
    services.write_keys(session, new, keys_of(told), services.holders_of(session, keys_of(told)))
    pair = services.pair(session, new, old, comparison, now, join=False)
    settle(session, pair, Verdict.DIFFERENT, "", actor, now)
    audit.record(session, actor, "entity.mention_taken_out", old.id, now, new=str(new.id))
    return new


def told_by(session: Session, mention: EntityMention) -> Profile:
    """Return what a mention tells, read from the record as filed.

    Raises:
        DomainError: the record names nobody there.
    """
    for trace in traces_in(session.get_one(Submission, mention.submission_id)):
        if trace.path == mention.path and trace.sort is mention.sort and trace.profile:
            return trace.profile
    raise DomainError("The record names nobody at this place any more.")


def traces_in(submission: Submission) -> tuple[Trace, ...]:
    """Return every mention of a stored submission."""
    data = registered()[submission.kind].load(submission.content)
    return traces_of(data, mentions(data))


def know_anew(session: Session, entity: Entity) -> None:
    """Reckon from its newest mentions what is known of an entity, and under which keys."""
    before = keys_of(entity.profile)
    query = (
        select(EntityMention.path, Submission)
        .join(Submission, Submission.id == EntityMention.submission_id)
        .where(EntityMention.entity_id == entity.id)
        .order_by(EntityMention.received_at.desc(), EntityMention.id)
        .limit(MOST_READ_AGAIN)
    )
    told = [
        trace.profile
        for path, submission in reversed(session.execute(query).all())
        for trace in traces_in(submission)
        if trace.profile and trace.path == path and trace.sort is entity.sort
    ]
    if not told:
        return
    known = told[0]
    for more in told[1:]:
        known = merged(known, more)
    entity.known, entity.name = known.to_json(), known.names[0]
    session.flush()
    gone = set(before) - {key for one in told for key in keys_of(one)}
    session.execute(
        delete(ENTITY_KEY).where(ENTITY_KEY.c.entity_id == entity.id, ENTITY_KEY.c.key.in_(gone))
    )
