"""Rules about people of whom little is known, and about ways through many countries."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from portal.submissions.data import Document
from portal.triage.data import RETURN, Book, Seen
from tests.factories import NOON, line
from tests.triage.test_rules import (
    PLACES,
    SHARED_PHONE,
    case,
    check,
    leg,
    limit,
    limits,
    past,
    weighed,
)
from tests.triage.test_rules_across import drugs, own_company

DAY = timedelta(days=1)
REPORT, NOTICE = "suspicious-order", "export-notice"


@pytest.mark.parametrize(
    ("kind", "earlier", "raised"),
    [
        (REPORT, ((40, REPORT),), True),
        (REPORT, ((41, REPORT),), False),
        (REPORT, ((120, REPORT), (40, REPORT)), True),
        (REPORT, ((121, REPORT), (40, REPORT)), False),
        (REPORT, ((40, NOTICE),), False),
        (REPORT, ((100, NOTICE), (40, REPORT)), False),
        (REPORT, ((100, RETURN), (40, REPORT)), True),
        (NOTICE, ((40, REPORT),), False),
        (REPORT, (), False),
    ],
)
def test_people_of_whom_2_companies_report_within_40_days_and_nothing_else_are_raised(
    kind, earlier, raised
):
    history = [past(SHARED_PHONE, days_ago=ago, kind=other) for ago, other in earlier]
    given = case(history, kind=kind)
    assert (check("only-orders", given) is not None) is raised
    assert check("only-orders", own_company(given)) is None


def test_what_came_later_takes_back_that_there_are_orders_alone():
    given = case([past(days_ago=20)])
    found = check("only-orders", given)
    assert found is not None
    assert found.reason == (
        "In 2 suspicious orders since 11 March 2026, of which one at another company within"
        " 40 days, and in nothing else."
    )
    assert check("only-orders", replace(given, later=(past(days_ago=-10, kind=NOTICE),))) is None


@pytest.mark.parametrize(("kind", "raised"), [(REPORT, True), (NOTICE, False)])
def test_orders_that_pass_a_threshold_together_count_more_when_they_are_all_that_is_known(
    kind, raised
):
    history = [past(lines=weighed("20"), days_ago=200, kind=kind)]
    given = case(history, book=limits(limit("30")), lines=weighed("20"))
    assert check("together-pass", given) is not None
    assert (check("orders-pass", given) is not None) is raised
    under = case(history, book=limits(limit("40")), lines=weighed("20"))
    assert check("orders-pass", under) is None


@pytest.mark.parametrize(("days", "raised"), [(300, True), (299, False)])
def test_newcomers_to_a_portal_that_is_300_days_old_are_raised(days, raised):
    book = Book(jurisdiction="EU", since=NOON - (days + 20) * DAY)
    given = case([past(days_ago=20)], book=book)
    assert (check("long-unknown", given) is not None) is raised
    assert check("long-unknown", own_company(given)) is None
    assert check("long-unknown", replace(given, history=())) is None
    earlier = replace(given, history=(), later=(past(days_ago=-20),))
    assert (check("long-unknown", earlier) is not None) is True


@pytest.mark.parametrize(
    ("countries", "raised"),
    [
        ("NL AE OM TR", True),
        ("NL AE TR", False),
        ("NL AE AE TR", False),
        ("NL NL AE TR", False),
        ("NL TR AE TR", False),
        ("NL AE OM AE TR", True),
    ],
)
@pytest.mark.parametrize("kind", [NOTICE, REPORT])
def test_a_way_through_2_other_countries_is_raised(kind, countries, raised):
    stops = countries.split()
    legs = tuple(
        replace(leg(f"{one}AAA", f"{two}AAA"), origin_country=one, destination_country=two)
        for one, two in pairwise(stops)
    )
    found = check("several-transits", case(kind=kind, legs=legs))
    assert (found is not None) is (raised and kind == NOTICE)


@pytest.mark.parametrize(
    ("substance", "since", "earlier", "raised"),
    [
        ("ephedrine", 300, (), True),
        ("ephedrine", 299, (), False),
        ("acetone", 300, (), False),
        ("ephedrine", 361, ((61, "same"),), True),
        ("ephedrine", 360, ((61, "same"),), False),
        ("ephedrine", 362, ((62, "same"),), False),
        ("ephedrine", 361, ((61, "other"),), False),
    ],
)
@pytest.mark.parametrize(
    ("kind", "other", "rule"),
    [(REPORT, NOTICE, "unknown-order"), (NOTICE, REPORT, "unknown-receiver")],
)
def test_who_comes_after_300_days_for_a_precursor_is_raised(
    kind, other, rule, substance, since, earlier, raised
):
    book = replace(drugs(ephedrine="I", acetone="II"), since=NOON - since * DAY)
    history = [past(days_ago=ago, kind=kind if one == "same" else other) for ago, one in earlier]
    given = case(history, book=book, kind=kind, lines=(line("acetone"), line(substance)))
    assert (check(rule, given) is not None) is raised
    assert check(rule, replace(given, filed=replace(given.filed, kind=other))) is None


@pytest.mark.parametrize(("refused", "raised"), [(True, True), (False, False)])
def test_a_newcomer_who_was_refused_what_is_sent_is_raised(refused, raised):
    book = Book(jurisdiction="EU", since=NOON - 150 * DAY)
    given = case([past(days_ago=1, refused=refused)], book=book, kind=NOTICE)
    assert check("reported-newcomer", given) is not None
    assert (check("refused-newcomer", given) is not None) is raised
    assert check("refused-newcomer", replace(given, history=())) is None


PRECURSOR = (line("ephedrine"),)


def known(*earlier, goods=PRECURSOR):
    """Return what was filed before: days ago, and the kind."""
    return [past(days_ago=ago, kind=kind, lines=goods) for ago, kind in earlier]


@pytest.mark.parametrize(
    ("since", "earlier", "goods", "raised"),
    [
        (270, ((120, NOTICE),), PRECURSOR, True),
        (269, ((120, NOTICE),), PRECURSOR, False),
        (271, ((121, NOTICE),), PRECURSOR, False),
        (300, ((120, REPORT),), PRECURSOR, True),
        (300, ((120, RETURN),), PRECURSOR, False),
        (300, ((120, NOTICE),), (line("acetone"),), False),
        (300, (), PRECURSOR, False),
    ],
)
def test_a_newcomer_who_wants_1_precursor_at_2_companies_is_raised(since, earlier, goods, raised):
    book = replace(drugs(ephedrine="I", acetone="II"), since=NOON - since * DAY)
    lines = (line("acetone"), line("ephedrine"))
    given = case(known(*earlier, goods=goods), book=book, lines=lines)
    assert (check("precursor-at-two", given) is not None) is raised
    assert check("precursor-at-two", own_company(given)) is None
    only_acetone = replace(given.filed.facts, lines=(line("acetone"),))
    bulk = replace(given, filed=replace(given.filed, facts=only_acetone))
    assert check("precursor-at-two", bulk) is None
    assert check("precursor-at-two", replace(given, book=replace(book, since=None))) is None


@pytest.mark.parametrize(
    ("rule", "substance", "near", "brief"),
    [
        ("reported-and-sent", "acetone", 30, 60),
        ("precursor-sent", "ephedrine", 45, 120),
    ],
)
@pytest.mark.parametrize(("kind", "other"), [(REPORT, NOTICE), (NOTICE, REPORT)])
def test_what_1_company_reports_and_another_sends_is_raised(
    rule, substance, near, brief, kind, other
):
    book, goods = drugs(ephedrine="I", acetone="II"), (line(substance),)

    def found(*earlier):
        given = case(known(*earlier, goods=goods), book=book, kind=kind, lines=goods)
        assert check(rule, own_company(given)) is None
        return check(rule, given)

    assert found((near, other)) is not None
    assert found((near + 1, other)) is None
    assert found((near, kind)) is None
    assert found((near, other), (brief, other)) is not None
    assert found((near, other), (brief + 1, other)) is None
    history = known((near, other), goods=(line("toluene"),))
    assert check(rule, case(history, book=book, kind=kind, lines=goods)) is None
    assert check(rule, case(history, book=book, kind="end-user-declaration", lines=goods)) is None


def test_a_solvent_counts_as_reported_and_sent_but_as_no_precursor():
    given = case(known((1, NOTICE), goods=(line("acetone"),)), book=drugs(acetone="II"))
    assert check("reported-and-sent", given) is not None
    assert check("precursor-sent", given) is None


@pytest.mark.parametrize(
    ("way", "table", "days", "raised"),
    [
        ("NLRTM>AEJEA>DEHAM", "I", 120, True),
        ("NLRTM>AEJEA>DEHAM", "I", 121, False),
        ("NLRTM>AEJEA>DEHAM", "I", 0, False),  # it is this shipment itself
        ("NLRTM>AEJEA>DEHAM", "II", 20, False),
        ("NLRTM>CNSHA>DEHAM", "I", 20, False),
        ("NL>DE", "I", 20, False),
    ],
)
def test_a_detour_of_a_precursor_that_was_first_taken_120_days_ago_is_raised(
    way, table, days, raised
):
    legs = (leg("NLRTM", "AEJEA"), leg("AEJEA", "DEHAM"))
    seen = {("acetone", way): Seen(NOON - days * DAY, 1)}
    book = replace(PLACES, substances=drugs(acetone=table).substances, seen=seen)
    found = check("detour-again", case(book=book, kind=NOTICE, legs=legs))
    assert (found is not None) is raised
    assert check("detour-again", case(book=book, legs=legs)) is None
    straight = replace(book, seen={("acetone", "NLRTM>CNSHA>DEHAM"): Seen(NOON - 20 * DAY, 1)})
    by = (leg("NLRTM", "CNSHA"), leg("CNSHA", "DEHAM"))
    near = replace(straight, places={**straight.places, "DEHAM": straight.places["CNSHA"]})
    assert check("detour-again", case(book=near, kind=NOTICE, legs=by)) is None


@pytest.mark.parametrize(
    ("listed", "since", "first", "times", "raised"),
    [
        (2024, 200, 180, 5, True),
        (2024, 200, 181, 5, False),
        (2024, 200, 180, 6, False),
        (2024, 200, 0, 1, False),  # it is this order itself
        (2024, 10, 5, 1, True),
        (2023, 10, 5, 1, True),
        (2022, 149, 5, 1, False),
        (2022, 150, 5, 1, True),
        (None, 149, 5, 1, False),
    ],
)
def test_a_rare_precursor_that_is_ordered_again_is_raised(listed, since, first, times, raised):
    ephedrine = replace(drugs(ephedrine="I").substances["ephedrine"], listed_since=listed)
    book = Book(
        jurisdiction="EU",
        substances={"ephedrine": ephedrine},
        seen={("ephedrine", ""): Seen(NOON - first * DAY, times)},
        since=NOON - since * DAY,
    )
    given = case(book=book, lines=(line("acetone"), line("ephedrine")))
    assert (check("rare-again", given) is not None) is raised
    assert check("rare-again", case(book=book, kind=NOTICE, lines=given.filed.facts.lines)) is None
    bulk = {"ephedrine": replace(ephedrine, un_table="II", eu_category="3")}
    weak = replace(book, substances=bulk)
    assert check("rare-again", case(book=weak, lines=given.filed.facts.lines)) is None


def test_kin_of_a_precursor_on_no_list_that_is_ordered_again_is_raised():
    unlisted = replace(line("acetone"), substance=None, name="BMK pentyl glycidate")
    seen = {("name bmk pentyl glycidate", ""): Seen(NOON - DAY, 1)}
    book = Book(jurisdiction="EU", seen=seen, since=NOON - 2 * DAY)
    assert check("rare-again", case(book=book, lines=(unlisted,))) is not None
    assert check("rare-again", case(book=replace(book, seen={}), lines=(unlisted,))) is None
    assert check("rare-again", case(book=replace(book, since=None), lines=(unlisted,))) is None


@pytest.mark.parametrize(
    ("table", "ever", "days", "raised"),
    [
        ("I", 6, 120, True),
        ("I", 7, 120, False),
        ("I", 6, 121, False),
        ("I", 6, 0, False),  # it is this shipment itself
        ("II", 6, 20, False),
    ],
)
def test_a_precursor_over_places_where_6_shipments_went_is_raised(table, ever, days, raised):
    way = "NLRTM>AEJEA>THBKK"
    first = NOON - days * DAY
    seen = {("acetone", way): Seen(first, 1), ("", way): Seen(first, ever)}
    book = replace(drugs(acetone=table), seen=seen)
    legs = (leg("NLRTM", "AEJEA"), leg("AEJEA", "THBKK"))
    assert (check("rare-way", case(book=book, kind=NOTICE, legs=legs)) is not None) is raised
    assert check("rare-way", case(book=book, legs=legs)) is None
    straight = replace(book, seen={("acetone", ""): Seen(first, 1), ("", ""): Seen(first, ever)})
    assert check("rare-way", case(book=straight, kind=NOTICE, legs=(leg(),))) is None
    unknown = replace(book, seen={("acetone", way): Seen(first, 1)})
    assert check("rare-way", case(book=unknown, kind=NOTICE, legs=legs)) is None


@pytest.mark.parametrize(("days", "raised"), [(1, True), (0, False)])
def test_a_declaration_must_hold_on_the_day_on_which_it_is_shown(days, raised):
    until = NOON.date() - days * DAY
    paper = Document(number="1", sort="end-user declaration", expires_on=until, path="number")
    found = check("expired-document", case(kind="end-user-declaration", documents=(paper,)))
    assert (found is not None) is raised
    if found:
        assert found.reason.endswith(f"; it was shown on {NOON:%-d %B %Y}.")
        assert [one.path for one in found.evidence] == ["number"]
