"""What is summarised, what is counted live, and that both together are what arrived."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal.core import jobs
from portal.core.access import Role
from portal.leads.rules import Status
from portal.partners.inbox.data import Result
from portal.statistics import counting, queries, services
from portal.statistics.data import Grain, Wanted
from portal.statistics.models import Count, Counted
from portal.triage.models import TriageCase
from tests.factories import customer, line, make_account, make_submission, notice, order

NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
MARCH, MAY, JUNE = date(2026, 3, 1), date(2026, 5, 1), date(2026, 6, 1)
ALL = Wanted(first=MARCH, last=JUNE)


def at(month, day=5, hour=9):
    return datetime(2026, month, day, hour, tzinfo=UTC)


@pytest.fixture
def arrived(session):
    """File eleven submissions over four months, today's two the last."""
    author = make_account(session)
    for month, number in ((3, 3), (5, 4), (6, 2)):
        for place in range(number):
            data = order(
                lines=(line("acetone"), line("toluene")) if place else (line("acetone"),),
                parties=(customer(country="TH" if place else "NL"),),
            )
            make_submission(session, data, author=author, now=at(month, 2 + place))
    make_submission(session, notice(), author=author, now=NOW - timedelta(hours=1))
    make_submission(session, order(), author=author, now=NOW - timedelta(minutes=1))
    return author


def count_all(session, work):
    jobs.enqueue(session, "count-next", {}, NOW)
    work(NOW)


def seen(session, by, wanted=ALL):
    live, _ = services.live_of(session, wanted, NOW)
    return {key: one[0] for key, one in queries.received(session, wanted, by, live).items()}


def test_months_that_are_over_and_days_of_this_one_are_summarised(session, arrived, work):
    count_all(session, work)
    assert counting.counted(session, Grain.MONTH) == {MARCH, date(2026, 4, 1), MAY}
    days = counting.counted(session, Grain.DAY)
    assert days == {date(2026, 6, number) for number in range(1, 10)}
    assert counting.missing(session, NOW) is None
    assert seen(session, "month") == {"2026-03-01": 3, "2026-05-01": 4, "2026-06-01": 4}


def test_the_days_of_a_month_are_forgotten_once_it_is_counted(session, arrived, work):
    count_all(session, work)
    jobs.enqueue(session, "count-next", {}, NOW + timedelta(days=30))
    work(NOW + timedelta(days=30))
    days = select(Counted.starts_on).where(Counted.grain == Grain.DAY)
    assert min(session.scalars(days)) == date(2026, 7, 1)
    rows = select(Count).where(Count.grain == Grain.DAY, Count.starts_on < date(2026, 7, 1))
    assert session.scalars(rows).all() == []
    july = Wanted(first=MARCH, last=date(2026, 7, 1))
    assert sum(one[0] for one in queries.received(session, july, "month", ()).values()) == 11


def test_counting_again_changes_nothing(session, arrived, work):
    count_all(session, work)
    before = sorted((one.parts, one.kind, one.number) for one in session.scalars(select(Count)))
    counting.keep(session, Grain.MONTH, MAY, counting.tally(session, MAY, JUNE), NOW)
    after = sorted((one.parts, one.kind, one.number) for one in session.scalars(select(Count)))
    assert after == before


@pytest.mark.parametrize(
    ("by", "wanted", "found"),
    [
        ("kind", ALL, {"suspicious-order": 10, "export-notice": 1}),
        ("kind", Wanted(first=JUNE, last=JUNE), {"suspicious-order": 3, "export-notice": 1}),
        ("substance", ALL, {"acetone": 10, "toluene": 7}),
        ("country", ALL, {"NL": 5, "TH": 7}),
        ("substance", Wanted(first=MARCH, last=JUNE, country="TH"), {"acetone": 6, "toluene": 7}),
        (
            "substance",
            Wanted(first=MARCH, last=JUNE, kind="suspicious-order"),
            {"acetone": 10, "toluene": 6},
        ),
        ("country", Wanted(first=MARCH, last=MAY, substance="toluene"), {"TH": 5}),
        ("month", Wanted(first=MARCH, last=JUNE, substance="acetone", country="TH"),
         {"2026-03-01": 2, "2026-05-01": 3, "2026-06-01": 1}),
    ],
)  # fmt: skip
def test_counts_are_what_arrived_however_they_are_filtered(
    session, arrived, work, by, wanted, found
):
    count_all(session, work)
    assert seen(session, by, wanted) == found


def test_rules_are_counted_once_a_submission(session, arrived, work):
    count_all(session, work)
    by_rule = seen(session, "rule")
    assert by_rule
    assert max(by_rule.values()) <= 11


def test_companies_are_at_least_as_many_as_in_any_month(session, filed, work):
    filed(order(), at(3), companies=4)
    filed(order(), at(5), companies=2)
    count_all(session, work)
    sums = queries.received(session, ALL, "kind", ())
    assert sums == {"suspicious-order": (6, 4)}


def test_what_is_not_counted_yet_is_said(session, arrived):
    live, uncounted = services.live_of(session, ALL, NOW)
    assert {day for day, *_ in live} <= {date(2026, 6, number) for number in (8, 9, 10)}
    assert uncounted == (31 - 1) + 30 + 31 + 7  # from 2 March to the end of May, and 1 to 7 June
    assert services.live_of(session, Wanted(first=MARCH, last=MAY), NOW) == ((), 0)


def test_nothing_is_counted_where_nothing_was_filed(session, work):
    assert counting.missing(session, NOW) is None
    found = services.live_of(session, ALL, NOW)
    assert found == ([], 9 - 2)


def test_a_day_ends_at_midnight_of_the_authority(app, session, monkeypatch):
    monkeypatch.setitem(app.config, "TIME_ZONE", "Asia/Bangkok")
    make_submission(session, order(), now=datetime(2026, 6, 9, 18, tzinfo=UTC))
    assert counting.tally(session, date(2026, 6, 10), date(2026, 6, 11)).rows()
    assert not counting.tally(session, date(2026, 6, 9), date(2026, 6, 10)).rows()


# --- work -----------------------------------------------------------------------------------------


def test_open_cases_are_counted_by_age_and_by_who_holds_them(session, arrived):
    officer = make_account(session, Role.ANALYST)
    cases = session.scalars(select(TriageCase).order_by(TriageCase.received_at)).all()
    cases[0].assignee_id, cases[1].open = officer.id, False
    session.flush()
    ages = {one.label: one.number for one in queries.ages(session, ALL, NOW)}
    assert ages == {
        "less than a day": 2, "1 to 3 days": 0, "3 to 7 days": 0, "1 to 2 weeks": 2,
        "2 weeks to a month": 0, "1 to 3 months": 4, "older": 2,
    }  # fmt: skip
    held = {one.label: one.number for one in queries.offices(session, ALL)}
    assert held == {"triage officer": 0, "analyst": 1, "supervisor": 0, "nobody yet": 9}
    some = Wanted(first=MARCH, last=JUNE, kind="export-notice", substance="toluene", country="TH")
    assert sum(one.number for one in queries.ages(session, some, NOW)) == 1


def test_a_count_of_open_cases_stops_at_its_limit(session, arrived, monkeypatch):
    monkeypatch.setattr(queries, "MOST", 3)
    (first, *_) = queries.offices(session, ALL)[::-1]
    assert (first.number, first.more) == (3, True)


def test_leads_hand_overs_and_outcomes_are_counted_with_their_times(
    session, filed, lead, hand_over, outcome
):
    (one,) = filed(order(parties=(customer(country="TH"),)), at(5, 1))
    (two,) = filed(order(lines=(line("toluene"),)), at(5, 2))
    first = lead(at(5, 3), one, two, status=Status.OUTCOME_KNOWN)
    lead(at(5, 20), status=Status.DRAFTED)
    given = hand_over(first, at(5, 6))
    outcome(given, at(5, 10), acetic_anhydride="40")
    outcome(given, at(5, 11), Result.ARREST)
    outcome(given, at(5, 9), Result.NO_ACTION, current=False)
    wanted = Wanted(first=MAY, last=MAY)

    def told(cells):
        return {one.label: one.number for one in cells}

    assert told(queries.leads(session, wanted)) == {"outcome known": 1, "drafted": 1}
    assert told(queries.hand_overs(session, wanted)) == {"CARICC": 1}
    assert told(queries.outcomes(session, wanted)) == {"seizure": 1, "arrest": 1}
    assert told(queries.seizures(session, wanted)) == {"Acetic anhydride": 1}
    assert queries.seizures(session, wanted)[0].detail == "40 kg"
    for narrow, number in (("TH", 1), ("VN", 0)):
        only = Wanted(first=MAY, last=MAY, country=narrow)
        assert sum(told(queries.leads(session, only)).values()) == number
        assert sum(told(queries.outcomes(session, only)).values()) == number * 2
    days = {
        label: [round(one / 86_400) for one in seconds]
        for label, seconds in queries.durations(session, wanted).items()
    }
    assert days["from report to lead"] == [2]
    assert days["from lead to hand-over"] == [3]
    assert days["from report to action"] in ([8], [9])
    assert told(queries.leads(session, Wanted(first=JUNE, last=JUNE))) == {}
