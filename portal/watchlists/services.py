"""Holding a submission against the lists as it arrives, looking back, and telling readers."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.accounts.models import Account
from portal.core import audit, jobs, outbox
from portal.core.access import Actor
from portal.core.errors import DomainError
from portal.submissions.data import SubmissionData
from portal.submissions.kind import registered
from portal.submissions.models import Submission
from portal.watchlists import matching
from portal.watchlists.data import HitState, Match
from portal.watchlists.models import (
    WatchEntry,
    WatchFailure,
    WatchHit,
    WatchList,
    WatchNotice,
    WatchReader,
)
from portal.watchlists.queries import OFFICERS, today
from portal.watchlists.rules import best

MAIL = "There is something new for you in the portal of {authority}. Sign in to see it:\n\n{link}\n"
ENTRIES_A_JOB = 100  # that one job looks back for
LATE = timedelta(minutes=10)  # in which a receipt that did not see a new entry is surely stored
Find = Callable[
    [Session, Submission, SubmissionData, datetime],
    Mapping[UUID, tuple[WatchEntry, tuple[Match, ...]]],
]
log = structlog.get_logger("portal.watchlists")


class MatchingFailsError(RuntimeError):
    """A submission cannot be held against the lists."""


def match(
    session: Session,
    submission: Submission,
    data: SubmissionData,
    now: datetime,
    find: Find = matching.matches,
) -> bool:
    """Hold a new submission against every list, and tell whether that worked.

    A failure never loses the submission: it is noted, and tried again.
    """
    if tell(session, attempt(session, submission, data, now, find), now):
        return True
    session.add(WatchFailure(submission_id=submission.id, at=now))
    jobs.enqueue(session, "watch-again", {"submission": str(submission.id)}, now)
    return False


def attempt(
    session: Session, submission: Submission, data: SubmissionData, now: datetime, find: Find
) -> set[UUID] | None:
    """Return the lists with new hits, or nothing when it fails; then nothing of it stays."""
    session.flush()
    try:
        with session.connection().begin_nested():  # so that a failing statement spoils nothing
            found = find(session, submission, data, now)
            rows = [
                matching.hit_of(entry, submission.id, why, now, arrival=True)
                for entry, why in found.values()
            ]
            return matching.keep(session, rows)
    except Exception:
        log.exception("matching failed", submission=str(submission.id))
        return None


@jobs.job("watch-again")
def match_again(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Try again to hold a submission against the lists.

    Raises:
        MatchingFailsError: it fails again; the job waits longer each time, then for a person.
    """
    submission = session.get_one(Submission, UUID(payload["submission"]))
    data = registered()[submission.kind].load(submission.content)
    if not tell(session, attempt(session, submission, data, now, matching.matches), now):
        raise MatchingFailsError
    session.execute(delete(WatchFailure).where(WatchFailure.submission_id == submission.id))


# --- looking back ---------------------------------------------------------------------------------


def look_back(
    session: Session, entry_ids: Sequence[UUID], now: datetime, since: datetime | None = None
) -> None:
    """Look for entries in what is stored: afterwards, in slices, each pair found once.

    Args:
        session: inside a transaction.
        entry_ids: what to look for.
        now: when.
        since: only what was received since then; none: everything.
    """
    for start in range(0, len(entry_ids), ENTRIES_A_JOB):
        some = [str(one) for one in entry_ids[start : start + ENTRIES_A_JOB]]
        until = since.isoformat() if since else None
        jobs.enqueue(session, "watch-back", {"entries": some, "since": until}, now)
        # on PostgreSQL a receipt may be under way that does not see the new entries
        late = {"entries": some, "since": (now - LATE).isoformat()}
        jobs.enqueue(session, "watch-back", late, now, now + LATE)


@jobs.job("watch-back")
def look_further_back(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Go through a slice of the mentions of what one entry watches; write down what is left."""
    entry = session.get(WatchEntry, UUID(payload["entries"][0]))
    since = datetime.fromisoformat(payload["since"]) if payload["since"] else None
    place = matching.Place(*place_of(payload["place"])) if payload.get("place") else None
    last = None
    if entry is not None and in_force(session, entry, now):
        last = look(session, entry, place, since, now)
    rest = payload["entries"] if last else payload["entries"][1:]
    if rest:
        more = {"entries": rest, "since": payload["since"], "place": last}
        jobs.enqueue(session, "watch-back", more, now)


def place_of(kept: Sequence[str]) -> tuple[datetime, UUID]:
    """Return a place as it was written down."""
    return datetime.fromisoformat(kept[0]), UUID(kept[1])


def in_force(session: Session, entry: WatchEntry, now: datetime) -> bool:
    """Tell whether an entry matches anything today."""
    ends = session.get_one(WatchList, entry.list_id).expires_on
    if entry.expires_on:
        ends = min(ends, entry.expires_on)
    return entry.ended_at is None and ends >= today(now)


def look(
    session: Session,
    entry: WatchEntry,
    place: matching.Place | None,
    since: datetime | None,
    now: datetime,
) -> list[str] | None:
    """Keep the hits of one slice; return where it ended, or nothing after the last."""
    why = matching.entities_watched(session, entry)
    found = matching.slice_of(session, why, place, since) if why else []
    rows: dict[UUID, list[Match]] = {}
    for mention in found:
        first = why[mention.entity_id][0]
        here = Match(mention.path, mention.shown, first.score, first.reasons, first.doubts)
        rows.setdefault(mention.submission_id, []).append(here)
    hits = [
        matching.hit_of(entry, one, best(some), now, arrival=False) for one, some in rows.items()
    ]
    tell(session, matching.keep(session, hits), now)
    if len(found) < matching.SLICE:
        return None
    return [found[-1].received_at.isoformat(), str(found[-1].id)]


# --- telling --------------------------------------------------------------------------------------


def tell(session: Session, lists: Collection[UUID] | None, now: datetime) -> bool:
    """See to it that the readers of lists with new hits are told; pass a failure on."""
    if lists:
        jobs.enqueue(session, "watch-mail", {"lists": sorted(map(str, lists))}, now)
    return lists is not None


@jobs.job("watch-mail")
def mail_readers(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Mail each reader that there is something new, once between two looks at the hits."""
    ids = [UUID(one) for one in payload["lists"]]
    readers = select(WatchReader.account_id).where(WatchReader.list_id.in_(ids))
    query = select(Account).where(
        Account.id.in_(readers), Account.active, Account.role.in_(OFFICERS)
    )
    for account in session.scalars(query.order_by(Account.id)).all():
        notice = notice_of(session, account)
        if notice.mailed_at and (not notice.looked_at or notice.looked_at < notice.mailed_at):
            continue
        notice.mailed_at = now
        link = outbox.link_to("/")
        outbox.post(session, account.email, outbox.NEWS, MAIL, now, account.language, link=link)


def notice_of(session: Session, account: Actor) -> WatchNotice:
    """Return when somebody was told and looked."""
    query = select(WatchNotice).where(WatchNotice.account_id == account.id)
    found = session.scalar(query.with_for_update())
    if found is None:
        found = WatchNotice(account_id=account.id)
        session.add(found)
        session.flush()
    return found


# --- hits -----------------------------------------------------------------------------------------


def note_looking(
    session: Session, hits: Sequence[WatchHit], where: str, actor: Actor, now: datetime
) -> None:
    """Record which hits somebody was shown, and where."""
    for hit in hits:
        audit.record(session, actor, "watch_hit.read", hit.id, now, where=where)


def looked(session: Session, actor: Actor, now: datetime) -> None:
    """Remember that somebody looked at the hits: the next news is worth a mail."""
    notice_of(session, actor).looked_at = now


def decide(
    session: Session, hit: WatchHit, state: HitState, note: str, actor: Actor, now: datetime
) -> None:
    """Say what a hit is: seen, confirmed, or not the same; what was said before stays on record.

    Raises:
        DomainError: nothing is said, or a decision would be made undone by looking.
    """
    if state is HitState.NEW or (state is HitState.SEEN and hit.state is not HitState.NEW):
        raise DomainError("This hit was looked at before.")
    audit.record(
        session, actor, "watch_hit.decided", hit.id, now, before=hit.state.value, after=state.value
    )
    hit.state, hit.note = state, note
    hit.decided_at, hit.decided_by_id = now, actor.id
