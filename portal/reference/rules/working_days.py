"""Working days by the calendar of a country, and the day from which goods may leave."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

from portal.reference.data import Confidence, DayCount, Deadline, Departure

WEEKEND = frozenset({5, 6})  # Saturday and Sunday, where no calendar is known
DAY = timedelta(days=1)


@lru_cache(maxsize=512)
def calendar(country: str, year: int) -> tuple[frozenset[date], frozenset[int]]:
    """Return a country's public holidays of a year and the numbers of its weekend days.

    Monday is 0. Feasts by the moon are forecasts: the country may announce another day.
    """
    if not knows_holidays(country):
        return frozenset(), WEEKEND
    known = holidays.country_holidays(country, years=year)
    return frozenset(known), frozenset(known.weekend)


@lru_cache(maxsize=1)
def covered() -> frozenset[str]:
    """Return the ISO codes of the countries whose holidays are known."""
    return frozenset(holidays.list_supported_countries())


def knows_holidays(country: str) -> bool:
    """Tell whether public holidays of the country are known; if not, only weekends count."""
    return country in covered()


def is_working_day(day: date, country: str) -> bool:
    """Tell whether offices of the country are open on a day."""
    feasts, weekend = calendar(country, day.year)
    return day.weekday() not in weekend and day not in feasts


def add_working_days(start: date, days: int, country: str) -> date:
    """Return the n-th working day after `start`; the day itself is not counted.

    Raises:
        ValueError: the number of days is negative.
    """
    if days < 0:
        raise ValueError(f"not a number of days: {days}")
    day, left = start, days
    while left:
        day += DAY
        left -= is_working_day(day, country)
    return day


def working_days_between(start: date, end: date, country: str) -> int:
    """Return how many working days follow `start` up to and including `end`; 0 if none."""
    span = range(1, max((end - start).days, 0) + 1)
    return sum(is_working_day(start + timedelta(days=n), country) for n in span)


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
    counted = [deadline for deadline in (lead, answer) if deadline is not None]
    for deadline in counted:
        last = due(received, deadline, country)
        if last is None:
            continue
        days.append(last + DAY if deadline is answer else last)
        working.append(
            f"{deadline.days} {deadline.count} after {written(received)} end on {written(last)}"
            f" ({deadline.duty}: {deadline.legal_basis})"
        )
    sure = all(deadline.confidence is Confidence.CONFIRMED for deadline in counted)
    if any(d.count is DayCount.WORKING_DAYS for d in counted) and not knows_holidays(country):
        working.append(f"No public holidays are known for {country}: only weekends are left out.")
        sure = False
    return Departure(max(days, default=None), bool(days) and sure, tuple(working))


def written(day: date) -> str:
    """Write a day as `5 March 2026`."""
    return f"{day.day} {day:%B %Y}"
