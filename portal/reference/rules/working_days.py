"""Working days by the calendar of a country, and the day from which goods may leave."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

from portal.reference.data import Confidence, DayCount, Deadline, Departure, written

WEEKEND = frozenset({5, 6})  # Saturday and Sunday, where no calendar is known; Monday is 0
FORECAST = "estimated"  # how the calendar marks a feast by the moon that is not yet announced
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Year:
    """The days of a year on which offices of a country are closed."""

    feasts: frozenset[date]
    forecasts: frozenset[date]  # those of the feasts that may yet fall on another day
    weekend: frozenset[int]  # Monday is 0


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """Return the ISO codes of the countries whose public holidays are known."""
    return frozenset(holidays.list_supported_countries())


def knows_holidays(country: str) -> bool:
    """Tell whether public holidays of the country are known; if not, only weekends count."""
    return country in covered()


@lru_cache(maxsize=512)
def calendar(country: str, year: int) -> Year:
    """Return when offices of a country are closed in a year."""
    if not knows_holidays(country):
        return Year(frozenset(), frozenset(), WEEKEND)
    known = holidays.country_holidays(country, years=year, language="en_US")
    forecasts = frozenset(day for day, name in known.items() if FORECAST in name)
    return Year(frozenset(known), forecasts, frozenset(known.weekend))


def is_working_day(day: date, country: str) -> bool:
    """Tell whether offices of the country are open on a day."""
    year = calendar(country, day.year)
    return day.weekday() not in year.weekend and day not in year.feasts


def add_working_days(start: date, days: int, country: str) -> date:
    """Return the n-th working day after `start`; the day itself is not counted.

    Raises:
        ValueError: the number of days is negative.
    """
    if days < 0:
        raise ValueError(f"not a number of days: {days}")
    day, counted = start, 0
    while counted < days:
        day += DAY
        if is_working_day(day, country):
            counted += 1
    return day


def working_days_between(start: date, end: date, country: str) -> int:
    """Return how many working days follow `start` up to and including `end`; 0 if none do."""
    return sum(is_working_day(day, country) for day in days_after(start, end))


def days_after(start: date, end: date) -> list[date]:
    """Return the days after `start` up to and including `end`."""
    return [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]


def due(start: date, deadline: Deadline, country: str) -> date | None:
    """Return the last day of a deadline begun on `start`; None if it is no number of days."""
    if deadline.days is None:
        return None
    if deadline.count is DayCount.WORKING_DAYS:
        return add_working_days(start, deadline.days, country)
    return start + timedelta(days=deadline.days)


def earliest_departure(
    received: date, lead: Deadline | None, answer: Deadline | None, country: str
) -> Departure:
    """Return the day from which announced goods may leave if nobody objects.

    `country` is the one whose calendar counts. Goods may leave on the last day of the lead
    time, but only on the day after the last day that the importing country has to answer:
    a period ends with the end of its last day (Regulation (EEC, Euratom) 1182/71, Article 3).
    """
    days: list[date] = []
    working: list[str] = []
    doubts: list[str] = []
    for deadline in (lead, answer):
        last = due(received, deadline, country) if deadline else None
        if deadline is None or last is None:
            continue
        days.append(last + DAY if deadline is answer else last)
        working.append(
            f"{deadline.days} {deadline.count} after {written(received)} end on {written(last)}"
            f" ({deadline.duty}: {deadline.legal_basis})"
        )
        doubts += doubts_of(deadline, received, last, country)
    doubts = list(dict.fromkeys(doubts))
    return Departure(max(days, default=None), bool(days) and not doubts, (*working, *doubts))


def doubts_of(deadline: Deadline, start: date, last: date, country: str) -> list[str]:
    """Say why a person should check the end of a deadline."""
    doubts = []
    if deadline.confidence is not Confidence.CONFIRMED:
        doubts.append("The deadline is general knowledge, not confirmed.")
    if deadline.count is DayCount.WORKING_DAYS:
        if not knows_holidays(country):
            doubts.append(f"No public holidays are known for {country}: only weekends left out.")
        if any(day in calendar(country, day.year).forecasts for day in days_after(start, last)):
            doubts.append("A feast by the moon falls in these days; its date is a forecast.")
    return doubts
