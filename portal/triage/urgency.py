"""Time that runs out: each day, what can still be stopped counts by the time that is left."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.core import jobs
from portal.core.daily import daily
from portal.triage import priority
from portal.triage.data import Addend
from portal.triage.models import TriageCase
from portal.triage.services import headline

DAY = timedelta(days=1)
SOON = max(most for most, _ in priority.URGENT) + DAY  # later than that, a day changes nothing
LOOKED_BACK = timedelta(days=30)  # for days on which no worker ran
HEADLINES = {f"{label}." for label in priority.STOP_LABELS}
CHUNK = 500  # cases that are counted at a time


@daily("renew-urgency")
def renew(session: Session, payload: Mapping[str, Any], now: datetime) -> None:
    """Count the open cases anew whose time runs out, or ran out; go on with those after them."""
    query = (
        select(TriageCase)
        .where(TriageCase.open, TriageCase.stop_until > now - LOOKED_BACK)
        .where(TriageCase.stop_until <= now + SOON)
        .order_by(TriageCase.stop_until, TriageCase.id)
        .limit(CHUNK)
    )
    if payload:
        moment = datetime.fromisoformat(payload["until"])
        query = query.where(
            TriageCase.stop_until >= moment,
            or_(TriageCase.stop_until > moment, TriageCase.id > UUID(payload["id"])),
        )
    cases = session.scalars(query).all()
    for case in cases:
        count(case, now)
    if len(cases) == CHUNK and (until := cases[-1].stop_until):
        after = {"until": until.isoformat(), "id": str(cases[-1].id)}
        jobs.enqueue(session, "renew-urgency", after, now)


def count(case: TriageCase, now: datetime) -> None:
    """Give a case the points of the time that is left; one that has them already stays as it is."""
    before = [Addend(**part) for part in case.addends]
    points = priority.urgency(case.stop_until, now)
    if sum(part.points for part in before if part.label in priority.STOP_LABELS) == points:
        return
    rest = [part for part in before if part.label not in priority.STOP_LABELS]
    parts = (*rest, *priority.shown(Addend(priority.STOP_LABEL, points)))
    case.addends, case.priority = [asdict(part) for part in parts], priority.total(parts)
    if case.reason in HEADLINES:
        case.reason = headline((), parts)
