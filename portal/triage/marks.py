"""What the queue finds and orders cases by: substances, countries, and the clock that runs."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import Connection, event, inspect, update
from sqlalchemy.orm import Mapper, Session

from portal.core.daily import daily
from portal.reference.rules.working_days import add_working_days
from portal.submissions.data import Facts
from portal.triage.life import Status
from portal.triage.models import CaseMark, TriageCase

SUBSTANCE, COUNTRY = "substance", "country"
LEAVE = "the goods may leave from"
STOP = "the goods can be stopped until"
ANSWER = "the other country answers by"
ASKED = "a partner asks for an answer by"
AGAIN = "opened again: decide by"
DAYS_AGAIN = 5  # working days for a case that is opened again, where nothing else presses
MOST = 40  # marks of a case
STANDING = frozenset({Status.STOPPED, Status.RELEASED, Status.SHIPPED, Status.DISCREPANCY})


def put(session: Session, row: TriageCase, facts: Facts) -> None:
    """Mark a new case, and start its clock."""
    session.add_all(
        CaseMark(
            case_id=row.id,
            sort=sort,
            value=value,
            open=True,
            priority=row.priority,
            received_at=row.received_at,
        )
        for sort, value in sorted(marks_of(facts))[:MOST]
    )
    run_clock(row, *next(iter(clocks_of(facts)), (None, "")))


def clocks_of(facts: Facts) -> list[tuple[date, str]]:
    """Return until when something about a submission presses, and what; the first counts."""
    stop = today(facts.can_stop_until) if facts.can_stop_until else None
    told = ((facts.answer_by, ASKED), (facts.may_leave_on, LEAVE), (stop, STOP))
    return [(day, what) for day, what in told if day]


def restart_clock(row: TriageCase, facts: Facts, now: datetime) -> None:
    """Start the clock of a case that is opened again: what still presses, or a few working days."""
    day = today(now)
    again = add_working_days(day, DAYS_AGAIN, current_app.config["COUNTRY"]), AGAIN
    run_clock(row, *next((one for one in clocks_of(facts) if one[0] >= day), again))


def today(now: datetime) -> date:
    """Return the day that a moment falls on at the authority."""
    return now.astimezone(ZoneInfo(current_app.config["TIME_ZONE"])).date()


def marks_of(facts: Facts) -> set[tuple[str, str]]:
    """Return the listed substances of a submission, and every country that it names."""
    ends = facts.origin_country, facts.destination_country, facts.payer_country
    legs = [end for leg in facts.legs for end in (leg.origin_country, leg.destination_country)]
    countries = {*ends, *legs, *facts.countries, *(party.country for party in facts.parties)}
    substances = {line.substance for line in (*facts.lines, *facts.declared)}
    return {(SUBSTANCE, one) for one in substances if one} | {
        (COUNTRY, one) for one in countries if one
    }


def run_clock(row: TriageCase, day: date | None, what: str) -> None:
    """Let a clock run, in place of the one before."""
    row.due_on, row.due_for = day, what if day else ""


def stop_clock(row: TriageCase) -> None:
    """Stop the clock of goods on which the authority has decided."""
    if row.status in STANDING:
        run_clock(row, None, "")


@daily("end-clocks")
def end_clocks(session: Session, _payload: Mapping[str, Any], now: datetime) -> None:
    """Forget the clocks of goods that nobody can stop any more: nothing is pressing about them."""
    session.execute(
        update(TriageCase)
        .where(TriageCase.open, TriageCase.due_on < today(now), TriageCase.due_for == STOP)
        .values(due_on=None, due_for="")
        .execution_options(synchronize_session=False)
    )


@event.listens_for(TriageCase, "after_update")
def keep_in_step(_mapper: Mapper[Any], connection: Connection, row: TriageCase) -> None:
    """Give the marks of a case its new place in the queue, whatever changed it."""
    state = inspect(row).attrs
    if state.open.history.has_changes() or state.priority.history.has_changes():
        connection.execute(
            update(CaseMark)
            .where(CaseMark.case_id == row.id)
            .values(open=row.open, priority=row.priority)
        )
