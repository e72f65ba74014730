"""What companies are shown, that they read it, and the mail that tells them to look.

Nothing here knows of cases or leads: what somebody sees follows from the bulletin, the register
and what they typed themselves.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.bulletins import queries
from portal.bulletins.data import Ground, Met, Shown, Typed
from portal.bulletins.models import Bulletin, BulletinEdition, BulletinReading
from portal.bulletins.rules import grounds, in_order
from portal.core import audit, jobs, languages, outbox
from portal.core.access import Actor
from portal.submissions.services import NOTICE  # the same words for whatever is new

MOST_EARLIER = 50
MOST_BESIDE = 5  # on a page of a draft, beside a sheet, in an answer to a machine
ACCOUNTS_A_JOB = 500


def shown(
    bulletin: Bulletin,
    edition: BulletinEdition,
    read: Mapping[UUID, int],
    day: date,
    why: Sequence[Ground] = (),
) -> Shown:
    """Return a bulletin as a company sees it, in the reader's language first."""
    first, *others = in_order(edition.said, languages.current())
    return Shown(
        id=bulletin.id,
        number=edition.number,
        sort=edition.sort,
        said=first,
        others=tuple(others),
        published_at=edition.decided_at or edition.written_at,
        until=edition.valid_until,
        unread=read.get(bulletin.id, 0) < edition.number,
        over=queries.ended(bulletin, edition, day),
        withdrawn=bulletin.withdrawn_at is not None,
        grounds=tuple(why),
    )


def listed(
    session: Session, actor: Actor, now: datetime
) -> tuple[Sequence[Shown], Sequence[Shown]]:
    """Return what is in force for an actor's company, and what was."""
    day, read = queries.today(now), queries.read_by(session, actor)
    found = [
        shown(bulletin, edition, read, day)
        for bulletin, edition in queries.for_company(session, actor, day)
    ]
    earlier = [one for one in found if one.over]
    return [one for one in found if not one.over], earlier[:MOST_EARLIER]


def opened(session: Session, bulletin_id: UUID, actor: Actor, now: datetime) -> Shown:
    """Return a bulletin to somebody who opens it, and remember that they did.

    Raises:
        NotFoundError: there is none for this company.
    """
    day = queries.today(now)
    bulletin, edition = queries.one_for_company(session, bulletin_id, actor, day)
    read = queries.read_by(session, actor)
    if read.get(bulletin.id, 0) < edition.number:
        session.add(
            BulletinReading(
                bulletin_id=bulletin.id,
                number=edition.number,
                account_id=actor.id,
                organisation_id=actor.organisation_id,
                read_at=now,
            )
        )
        session.flush()
        audit.record(session, actor, "bulletin.read", bulletin.id, now, number=edition.number)
    return shown(bulletin, edition, {bulletin.id: edition.number}, day)


def with_signs(session: Session, actor: Actor, now: datetime) -> Sequence[Any]:
    """Return the bulletins in force for a company that look at drafts at all."""
    day = queries.today(now)
    return [
        (bulletin, edition)
        for bulletin, edition in queries.for_company(session, actor, day)
        if not queries.ended(bulletin, edition, day) and looks_at_drafts(edition)
    ]


def looks_at_drafts(edition: BulletinEdition) -> bool:
    """Tell whether an edition names any sign."""
    return any(value for name, value in edition.signs.items() if name != "together")


def beside(
    session: Session,
    candidates: Sequence[tuple[Bulletin, BulletinEdition]],
    typed: Typed,
    actor: Actor,
    now: datetime,
) -> Sequence[Shown]:
    """Return the bulletins that what was typed is about, the newest first."""
    found = [
        (bulletin, edition, why)
        for bulletin, edition in candidates
        if (why := grounds(edition.shown_when, typed))
    ][:MOST_BESIDE]
    if not found:
        return ()
    day, read = queries.today(now), queries.read_by(session, actor)
    return [shown(bulletin, edition, read, day, why) for bulletin, edition, why in found]


def still_shown(
    session: Session, met: Sequence[Met], actor: Actor, now: datetime
) -> Sequence[Shown]:
    """Return what was met before, as far as the same edition still addresses an actor's company."""
    if not met:
        return ()
    day, read = queries.today(now), queries.read_by(session, actor)
    kept = {(one.bulletin_id, one.number): one.grounds for one in met}
    return [
        shown(bulletin, edition, read, day, kept[bulletin.id, edition.number])
        for bulletin, edition in queries.for_company(session, actor, day)
        if (bulletin.id, edition.number) in kept and not queries.ended(bulletin, edition, day)
    ][:MOST_BESIDE]


# --- mail -----------------------------------------------------------------------------------------


@jobs.job("bulletin-mail")
def mail_addressed(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Mail a slice of the people addressed that there is something to read, and not what."""
    edition = session.get_one(BulletinEdition, UUID(payload["edition"]))
    bulletin = session.get_one(Bulletin, edition.bulletin_id)
    day = queries.today(now)
    if bulletin.published != edition.number or queries.ended(bulletin, edition, day):
        return
    last = payload.get("after", "")
    ids = sorted(
        str(one) for firm in queries.addressees(session, edition, day) for one in firm.people
    )
    left = [one for one in ids if one > last]
    some = [UUID(one) for one in left[:ACCOUNTS_A_JOB]]
    query = select(Account).where(Account.id.in_(some)).order_by(Account.id)
    for account in session.scalars(query):
        link = outbox.link_to("/overview")
        outbox.post(session, account.email, outbox.NEWS, NOTICE, now, account.language, link=link)
    if len(left) > ACCOUNTS_A_JOB:
        more = {"edition": payload["edition"], "after": left[ACCOUNTS_A_JOB - 1]}
        jobs.enqueue(session, "bulletin-mail", more, now)
