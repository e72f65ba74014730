"""Deadlines against a table made by hand from printed calendars."""

from datetime import date, timedelta

import pytest

from portal.reference.data import Confidence, DayCount, Deadline, Duty
from portal.reference.rules.working_days import (
    add_working_days,
    due,
    earliest_departure,
    is_working_day,
    knows_holidays,
    working_days_between,
)

# Counted day by day on paper; the note names what was left out besides weekends.
BY_HAND = [
    ("NL", "2026-03-02", 15, "2026-03-23", "nothing between"),
    ("NL", "2026-03-20", 15, "2026-04-14", "Good Friday, Easter Monday"),
    ("NL", "2026-12-18", 15, "2027-01-12", "Christmas on a Friday, New Year"),
    ("DE", "2026-04-30", 15, "2026-05-26", "1 May, Ascension, Whit Monday"),
    ("FR", "2026-07-10", 3, "2026-07-16", "14 July"),
    ("US", "2026-11-10", 15, "2026-12-03", "Veterans Day, Thanksgiving"),
    ("AE", "2026-12-01", 3, "2026-12-08", "National Day, two days"),
    ("IR", "2026-12-16", 7, "2026-12-26", "Fridays alone; 23 December"),
    ("SA", "2026-11-04", 5, "2026-11-11", "Fridays and Saturdays"),
    ("NL", "2026-03-07", 1, "2026-03-09", "a start on a Saturday"),
    ("NL", "2026-03-06", 0, "2026-03-06", "no days"),
]
LEAD = Deadline(
    "eu-pen-lead", "EU", Duty.PEN_LEAD, 15, DayCount.WORKING_DAYS, "", "Art. 11",
    Confidence.CONFIRMED,
)  # fmt: skip
ANSWER = Deadline(
    "eu-pen-answer", "EU", Duty.PEN_ANSWER, 15, DayCount.WORKING_DAYS, "", "Art. 11",
    Confidence.CONFIRMED,
)  # fmt: skip
CALENDAR = Deadline(
    "us-pen-lead", "US", Duty.PEN_LEAD, 15, DayCount.CALENDAR_DAYS, "", "21 CFR 1313",
    Confidence.GENERAL_KNOWLEDGE,
)  # fmt: skip
IN_WORDS = Deadline(
    "treaty-pen-lead", "TREATY", Duty.PEN_LEAD, None, None, "before the export", "Art. 12",
    Confidence.CONFIRMED,
)  # fmt: skip
MARCH = date(2026, 3, 2)


@pytest.mark.parametrize(("country", "start", "days", "end", "_left_out"), BY_HAND)
def test_working_days_equal_the_table_of_11_rows(country, start, days, end, _left_out):
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert add_working_days(first, days, country) == last
    assert working_days_between(first, last, country) == days


def test_a_deadline_never_ends_on_a_closed_day_in_365_days():
    for n in range(365):
        end = add_working_days(date(2026, 1, 1) + timedelta(days=n), 15, "NL")
        assert is_working_day(end, "NL")


def test_minus_1_days_are_refused():
    with pytest.raises(ValueError, match="-1"):
        add_working_days(MARCH, -1, "NL")


def test_nothing_lies_between_a_day_and_the_1_before_it():
    assert working_days_between(MARCH, MARCH - timedelta(days=1), "NL") == 0


def test_an_unknown_country_has_2_days_of_weekend_and_no_feasts():
    assert not knows_holidays("XX")
    assert add_working_days(date(2026, 12, 24), 1, "XX") == date(2026, 12, 25)
    assert not is_working_day(date(2026, 12, 26), "XX")


@pytest.mark.parametrize(
    ("deadline", "end"),
    [(LEAD, date(2026, 3, 23)), (CALENDAR, date(2026, 3, 17)), (IN_WORDS, None)],
)
def test_15_days_end_by_working_days_or_by_the_calendar(deadline, end):
    assert due(MARCH, deadline, "NL") == end


def test_goods_may_leave_on_the_day_after_15_working_days_of_silence():
    departure = earliest_departure(MARCH, LEAD, ANSWER, "NL")
    assert departure.not_before == date(2026, 3, 24)
    assert departure.decides
    assert departure.working[1] == (
        "15 working days after 2 March 2026 end on 23 March 2026"
        " (answer of the importing country: Art. 11)"
    )


def test_goods_may_leave_on_the_last_of_15_days_of_notice_where_no_answer_is_awaited():
    departure = earliest_departure(MARCH, CALENDAR, None, "US")
    assert departure.not_before == date(2026, 3, 17)
    assert not departure.decides, "general knowledge decides no duty"


def test_a_treaty_without_a_number_of_days_gives_no_day():
    departure = earliest_departure(MARCH, IN_WORDS, None, "NL")
    assert departure == earliest_departure(MARCH, None, None, "NL")
    assert departure.not_before is None
    assert not departure.decides


def test_1_unknown_calendar_is_said_once_and_decides_nothing():
    departure = earliest_departure(MARCH, LEAD, ANSWER, "XX")
    assert not departure.decides
    assert departure.working[2:] == (
        "No public holidays are known for XX: only weekends left out.",
    )


def test_1_feast_by_the_moon_makes_the_day_a_forecast():
    departure = earliest_departure(date(2027, 3, 1), LEAD, None, "PK")
    assert not departure.decides
    assert (
        departure.working[1] == "A feast by the moon falls in these days; its date is a forecast."
    )
