"""What officers do with a bulletin: write, submit, send back, approve, withdraw, write anew."""

from collections.abc import Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy.orm import Session

from portal.bulletins import naming, queries
from portal.bulletins.data import Said, Told
from portal.bulletins.life import Deed, MoveRefusedError, NamesError, OwnWorkError, State, move
from portal.bulletins.models import Bulletin, BulletinEdition, BulletinText
from portal.core import audit, jobs
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.core.references import new_reference


def begin(session: Session, told: Told, said: Said, actor: Actor, now: datetime) -> Bulletin:
    """Begin a bulletin with its first edition."""
    row = Bulletin(reference=new_reference("BU"), created_at=now)
    session.add(row)
    session.flush()
    edition = BulletinEdition(
        bulletin_id=row.id, number=1, author_id=actor.id, written_at=now, **columns(told)
    )
    edition.writers = [str(actor.id)]
    edition.texts = [text_of(said)]
    session.add(edition)
    session.flush()
    audit.record(session, actor, "bulletin.begun", row.id, now)
    return row


def columns(told: Told) -> dict[str, object]:
    """Return what is said of a bulletin, by column."""
    return {
        "sort": told.sort,
        "valid_from": told.valid_from,
        "valid_until": told.valid_until,
        "activities": list(told.aim.activities),
        "substances": list(told.aim.substances),
        "licensed": told.aim.licensed,
        "signs": told.signs.to_json(),
    }


def text_of(said: Said) -> BulletinText:
    """Return a text as a row."""
    return BulletinText(language=said.language, title=said.title, body=said.body)


def writable(session: Session, bulletin: Bulletin, actor: Actor, now: datetime) -> BulletinEdition:
    """Return the edition that may be changed; what was decided on is kept, and a copy begun.

    Raises:
        MoveRefusedError: the newest waits for approval, or the bulletin is withdrawn.
    """
    last = queries.editions_of(session, bulletin.id)[0]
    if bulletin.withdrawn_at is not None:
        raise MoveRefusedError("You cannot change a bulletin that is withdrawn.")
    if last.state is State.SUBMITTED:
        raise MoveRefusedError("You cannot change a bulletin that is submitted.")
    if last.state is State.DRAFTED:
        return last
    copy = BulletinEdition(
        bulletin_id=bulletin.id,
        number=last.number + 1,
        author_id=actor.id,
        written_at=now,
        writers=list(last.writers) if last.state is State.SENT_BACK else [],
        answers=dict(last.answers),
        **columns(told_of(last)),
    )
    copy.texts = [text_of(one) for one in last.said]
    session.add(copy)
    session.flush()
    return copy


def told_of(edition: BulletinEdition) -> Told:
    """Return what an edition says beside its texts."""
    return Told(
        sort=edition.sort,
        aim=edition.aim,
        signs=edition.shown_when,
        valid_from=edition.valid_from,
        valid_until=edition.valid_until,
    )


def change(
    session: Session, bulletin: Bulletin, told: Told, said: Said, actor: Actor, now: datetime
) -> BulletinEdition:
    """Change whom a bulletin addresses, when it is shown, and one of its texts."""
    edition = writable(session, bulletin, actor, now)
    for name, value in columns(told).items():
        setattr(edition, name, value)
    put(session, edition, said)
    written(session, edition, actor, now)
    return edition


def put(session: Session, edition: BulletinEdition, said: Said) -> None:
    """Put a text in the place of that in its language."""
    for one in edition.texts:
        if one.language == said.language:
            one.title, one.body = said.title, said.body
            return
    edition.texts.append(text_of(said))
    session.flush()


def written(session: Session, edition: BulletinEdition, actor: Actor, now: datetime) -> None:
    """Write down who changed an edition: none of them approves it."""
    edition.writers = sorted({*edition.writers, str(actor.id)})
    edition.written_at = now
    session.flush()
    audit.record(
        session, actor, "bulletin.changed", edition.bulletin_id, now, number=edition.number
    )


def write(
    session: Session, bulletin: Bulletin, said: Said, actor: Actor, now: datetime
) -> BulletinEdition:
    """Write a bulletin in one more language, or anew in one of its languages."""
    edition = writable(session, bulletin, actor, now)
    put(session, edition, said)
    written(session, edition, actor, now)
    return edition


def unwrite(
    session: Session, bulletin: Bulletin, language: str, actor: Actor, now: datetime
) -> None:
    """Take a language off a bulletin; one stays.

    Raises:
        DomainError: it is the only one.
    """
    edition = writable(session, bulletin, actor, now)
    kept = [one for one in edition.texts if one.language != language]
    if not kept:
        raise DomainError("A bulletin is written in one language at least.")
    edition.texts = kept
    written(session, edition, actor, now)


def submit(
    session: Session,
    edition: BulletinEdition,
    answers: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Ask a supervisor to approve an edition.

    Raises:
        MoveRefusedError: it cannot be submitted in its state.
        NamesError: it names somebody, and no reason was given why it may.
    """
    after = move(edition.state, Deed.SUBMIT)
    edition.answers = {**edition.answers, **{key: why for key, why in answers.items() if why}}
    refuse_names(session, edition, now)
    edition.state, edition.author_id = after, actor.id
    written(session, edition, actor, now)
    audit.record(session, actor, "bulletin.submitted", edition.bulletin_id, now)


def refuse_names(session: Session, edition: BulletinEdition, now: datetime) -> None:
    """Refuse an edition that names somebody without a reason.

    Raises:
        NamesError: it does.
    """
    found = naming.clashes(session, edition, queries.today(now))
    left = naming.unanswered(found, edition)
    if left:
        words = ", ".join(one.words for one in left)
        raise NamesError(
            f"The bulletin names: {words}. Say of each why it may stand, or write it without."
        )


def send_back(
    session: Session, edition: BulletinEdition, remark: str, actor: Actor, now: datetime
) -> None:
    """Give an edition back to who wrote it, with a remark."""
    refuse_own(edition, actor)
    edition.state = move(edition.state, Deed.SEND_BACK)
    edition.remark, edition.approver_id, edition.decided_at = remark, actor.id, now
    session.flush()
    audit.record(session, actor, "bulletin.sent_back", edition.bulletin_id, now)


def refuse_own(edition: BulletinEdition, actor: Actor) -> None:
    """Refuse who wrote an edition, or any part of it.

    Raises:
        OwnWorkError: they did.
    """
    if str(actor.id) in {*edition.writers, str(edition.author_id)}:
        raise OwnWorkError("You wrote this, or a part of it. Somebody else must decide.")


def approve(
    session: Session, bulletin: Bulletin, edition: BulletinEdition, actor: Actor, now: datetime
) -> None:
    """Let companies read an edition, in place of the one before, and tell those addressed.

    Raises:
        MoveRefusedError: it does not wait for approval, or the bulletin is withdrawn.
        OwnWorkError: who approves wrote it.
        NamesError: meanwhile it names somebody of whom nothing was said.
    """
    refuse_own(edition, actor)
    if bulletin.withdrawn_at is not None:
        raise MoveRefusedError("You cannot approve a bulletin that is withdrawn.")
    after = move(edition.state, Deed.APPROVE)
    if bulletin.published and first_moment(edition, now):
        raise DomainError(
            "What companies read now would vanish until the first day. Send it back:"
            " a newer edition holds from its approval."
        )
    refuse_names(session, edition, now)
    edition.state, edition.approver_id, edition.decided_at = after, actor.id, now
    bulletin.published, bulletin.published_at = edition.number, now
    session.flush()
    audit.record(session, actor, "bulletin.approved", bulletin.id, now, number=edition.number)
    starts = first_moment(edition, now)
    jobs.enqueue(session, "bulletin-mail", {"edition": str(edition.id)}, now, starts)


def first_moment(edition: BulletinEdition, now: datetime) -> datetime | None:
    """Return when an edition begins to hold, if that is still to come."""
    if edition.valid_from is None or edition.valid_from <= queries.today(now):
        return None
    zone = ZoneInfo(current_app.config["TIME_ZONE"])
    return datetime.combine(edition.valid_from, time(7), zone)


def withdraw(
    session: Session, bulletin: Bulletin, reason: str, actor: Actor, now: datetime
) -> None:
    """Take a bulletin back at once; companies see that it no longer holds, and not why.

    Raises:
        MoveRefusedError: it was never published, or is withdrawn already.
    """
    if bulletin.published_at is None or bulletin.withdrawn_at is not None:
        raise MoveRefusedError("Only a bulletin that is published can be withdrawn.")
    bulletin.withdrawn_at, bulletin.withdrawn_by_id = now, actor.id
    bulletin.withdrawn_reason = reason
    session.flush()
    audit.record(session, actor, "bulletin.withdrawn", bulletin.id, now)
