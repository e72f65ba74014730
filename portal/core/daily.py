"""Work of every day: written down once a day, however many workers there are."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.core import jobs
from portal.core.db import get_session, transaction

NAMES: list[str] = []


def daily(name: str) -> Callable[[jobs.Handler], jobs.Handler]:
    """Register what does the work of this name, once on each day of the authority's calendar.

    It is a job like any other: it may run twice after a crash, and on no day when no worker ran.
    """

    def register(handler: jobs.Handler) -> jobs.Handler:
        NAMES.append(name)
        return jobs.job(name)(handler)

    return register


def begin(now: datetime) -> None:
    """Write down today's work, if nobody did."""
    day = now.astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()
    wanted = {f"{name} {day}": name for name in NAMES}
    known = get_session().scalars(select(jobs.Job.once).where(jobs.Job.once.in_(wanted))).all()
    for once, name in wanted.items():
        if once not in known:
            try:
                with transaction() as session:
                    jobs.enqueue(session, name, {}, now).once = once
            except IntegrityError:
                continue  # another worker was quicker


jobs.EACH_MINUTE.append(begin)
