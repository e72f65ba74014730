"""The clock of a case in words: how many working days are left, and how pressing that is."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app

from portal.reference.rules.working_days import working_days_between
from portal.triage.marks import STOP, today
from portal.triage.models import TriageCase

PRESSING = 3  # working days left, up to which a clock is pressing


@dataclass(frozen=True, slots=True)
class Clock:
    """What is left until a day, and what happens then."""

    text: str
    colour: str
    what: str
    day: date


def clock_of(case: TriageCase, now: datetime) -> Clock | None:
    """Return the clock of a case; none where none runs."""
    if case.due_on is None or not case.open:
        return None
    if case.due_for == STOP and case.due_on < today(now):
        return Clock("Too late", "grey", case.due_for, case.due_on)
    text, colour = left(today(now), case.due_on, current_app.config["COUNTRY"])
    return Clock(text, colour, case.due_for, case.due_on)


def left(day: date, end: date, country: str) -> tuple[str, str]:
    """Return how much is left of a clock in words, and the colour of its tag."""
    if end < day:
        return f"{days(working_days_between(end, day, country))} over", "red"
    if end == day:
        return "Ends today", "red"
    number = working_days_between(day, end, country)
    return f"{days(number)} left", "orange" if number <= PRESSING else "grey"


def days(number: int) -> str:
    """Write a number of working days."""
    return f"{number} working day" + ("" if number == 1 else "s")
