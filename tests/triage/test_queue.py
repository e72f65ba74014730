"""The queue: its facets and pages, at a cost that stays."""

import re
from dataclasses import replace
from itertools import combinations
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.core.clock import utc_now
from portal.kinds.suspicious_order.data import YesNoUnknown
from portal.triage import deeds, marks, queries
from portal.triage.desk import queue
from portal.triage.desk.data import DAY, Clock, Order, Wanted, Whose, Within
from portal.triage.life import Outcome, Status
from portal.triage.models import CaseMark
from tests.factories import (
    NOON,
    customer,
    line,
    make_account,
    make_organisation,
    make_submission,
    notice,
    order,
)


def everything(session, wanted, actor, now):
    """Return what all pages hold, read forwards, and read backwards."""
    forwards: list[UUID] = []
    pages = []
    while True:
        page = queue.page(session, wanted, actor, now)
        pages.append(page)
        forwards.extend(case.id for case in page.cases)
        on = page.after or page.go_on
        if not on:
            break
        wanted = replace(wanted, after=on, before="")
    backwards = [[case.id for case in pages[-1].cases]]
    before = pages[-1].before
    while before:
        page = queue.page(session, replace(wanted, after="", before=before), actor, now)
        backwards.insert(0, [case.id for case in page.cases])
        before = page.before
    return forwards, [one for page in backwards for one in page]


@pytest.mark.parametrize("order", [Order.WORST, Order.OLDEST, Order.NEWEST])
def test_120_cases_are_read_in_3_pages_once_each_there_and_back(session, many, officer, order):
    wanted = Wanted(order=order, substance="acetone" if order is Order.WORST else "")
    keys = {
        Order.WORST: lambda case: (-case.priority, -case.received_at.timestamp()),
        Order.OLDEST: lambda case: case.received_at,
        Order.NEWEST: lambda case: -case.received_at.timestamp(),
    }
    ours = {case.id for case in many}
    there, back = everything(session, wanted, officer, utc_now())
    expected = [
        case.id
        for case in sorted(many, key=keys[order])
        if not wanted.substance or many.index(case) % 2
    ]
    assert [one for one in there if one in ours] == expected
    assert back == there


def test_a_cursor_that_was_changed_or_is_of_another_order_shows_the_first_page(
    session, many, officer
):
    first = queue.page(session, Wanted(), officer, NOON)
    for spoiled in (first.after[:-1], first.after.replace(".", ""), "x.y", "é"):
        again = queue.page(session, Wanted(after=spoiled), officer, NOON)
        assert [c.id for c in again.cases] == [c.id for c in first.cases], spoiled
    other = queue.page(session, Wanted(order=Order.OLDEST, after=first.after), officer, NOON)
    assert other.cases[0].received_at == min(case.received_at for case in many)


def facet_cases(session, officer):
    """Make 2 cases; each facet fits the first and not the second."""
    now = utc_now()
    firm = make_organisation(session, name="Facet B.V.")
    author = make_account(session, organisation=firm)
    data = order(
        lines=(line("piperonal"),),
        parties=(customer("A", country="MX"),),
        can_stop=YesNoUnknown.YES,
        stop_until=now + 2 * DAY,
    )
    fits = queries.get(session, make_submission(session, data, author=author, now=now).id)
    other = queries.get(session, make_submission(session, notice(), now=now - 40 * DAY).id)
    deeds.take(session, fits, officer, now)
    deeds.flag(session, fits, "x", officer, now)
    other.due_on = (now + 90 * DAY).date()
    session.flush()
    return fits, other, now


FACETS = {
    "status": Status.FLAGGED,
    "kind": "suspicious-order",
    "whose": Whose.MINE,
    "substance": "piperonal",
    "country": "MX",
    "within": Within.WEEK,
    "clock": Clock.WEEK,
    "stoppable": True,
    "flagged": True,
}


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize("facet", [*FACETS, "company", "officer", "all"])
def test_each_facet_finds_1_of_2_cases_in_each_order(session, officer, facet, order):
    fits, other, now = facet_cases(session, officer)
    known = FACETS | {"company": fits.organisation_id, "officer": officer.id}
    asked = known if facet == "all" else {facet: known[facet]}
    page = queue.page(session, Wanted(order=order, **asked), officer, now)
    found = [case.id for case in page.cases]
    assert fits.id in found
    assert other.id not in found


def test_a_status_and_flagged_that_exclude_each_other_find_0_cases(session, officer):
    facet_cases(session, officer)
    wanted = Wanted(status=Status.RECEIVED, flagged=True)
    assert queue.page(session, wanted, officer, utc_now()).cases == []


def test_the_marks_of_a_case_follow_its_priority_and_its_closing(session, officer):
    case = queries.get(session, make_submission(session).id)
    case.priority = 77
    session.flush()
    deeds.take(session, case, officer, NOON)
    mark = select(CaseMark).where(CaseMark.case_id == case.id, CaseMark.sort == marks.SUBSTANCE)
    kept = session.scalars(mark.execution_options(populate_existing=True)).one()
    assert (kept.value, kept.priority, kept.open) == ("acetone", 77, True)
    deeds.close(session, case, Outcome.NO_CONCERN, "Known.", officer, NOON)
    session.flush()
    assert not session.scalars(mark.execution_options(populate_existing=True)).one().open


def combined():
    """Return every pair of facets, and all of them, in each order, open and closed."""
    known = FACETS | {"company": uuid4(), "officer": uuid4()}
    for chosen in [*combinations(known, 1), *combinations(known, 2), tuple(known), ()]:
        wanted = {name: known[name] for name in chosen}
        yield from (wanted | {"order": order} for order in Order)


@pytest.mark.parametrize("small", [True, False])
def test_0_combinations_of_facets_read_a_whole_table(session, officer, engine, small, monkeypatch):
    """Each step of the plan is a search in an index, whichever way the page is planned."""
    if not small:
        monkeypatch.setattr(queue, "LOOKED", -1)
    for asked in combined():
        wanted = Wanted(**asked)
        found = queue.planned(session, wanted, queue.facets(wanted, officer, NOON))
        for one in (found.query.limit(51), found.window):
            if one is not None:
                steps = plan(session, engine, one)
                assert [s for s in steps if READS_ALL.search(s)] == [], (asked, steps)


READS_ALL = re.compile(r"^SCAN triage|Seq Scan on triage")


def plan(session, engine, query):
    """Return the steps of the database's plan; PostgreSQL's where it would rather not read all."""
    sql, connection = query.compile(engine), session.connection()
    if engine.dialect.name == "sqlite":  # whose plan does not depend on the values
        values = tuple(1 for _ in sql.positiontup)
        return [r[3] for r in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
    known = {k: str(v) if isinstance(v, str) else v for k, v in sql.params.items()}
    return [r[0] for r in connection.exec_driver_sql(f"EXPLAIN {sql}", known)]


def test_a_look_that_ends_early_says_where_to_go_on(session, many, officer, monkeypatch):
    monkeypatch.setattr(queue, "LOOKED", 20)
    wanted = Wanted(company=many[0].organisation_id, substance="acetone")
    there, _ = everything(session, wanted, officer, utc_now())
    assert len(there) == 60
    page = queue.page(session, wanted, officer, utc_now())
    assert len(page.cases) < 50
    assert page.go_on


@pytest.mark.parametrize("number", [2, 50])
def test_the_queue_sends_the_same_selects_for_2_and_50_rows(
    session, sign_in, officer, many, statements, number
):
    for case in many[number:]:
        case.open = False
    for case in many[: number // 2]:
        deeds.take(session, case, officer, NOON)
    session.commit()
    browser = sign_in(officer)
    statements.clear()
    page = browser.get("/triage/")
    assert len(page.soup.select("[data-row]")) == number
    assert len(statements) == 17


@pytest.mark.parametrize(
    "asked", ["substance=acetone", "substance=acetone&stoppable=y", "whose=nobody&flagged=y"]
)
def test_a_filter_sends_the_same_selects_whichever_way_the_page_is_read(
    session, sign_in, officer, many, statements, monkeypatch, asked
):
    """From a small facet, through a window that is full, and through one that ends early."""
    sent = []
    for looked in (2_000, 20, 3, 0):
        monkeypatch.setattr(queue, "LOOKED", looked)
        browser = sign_in(officer)  # anew: once a minute its clock is kept, by 2 more
        statements.clear()
        browser.get(f"/triage/?{asked}")
        sent.append(len(statements))
    assert len(set(sent)) == 1
    assert sent[0] <= 19


def test_the_filter_says_how_many_with_no_more_than_50_plus(sign_in, many, officer):
    page = sign_in(officer).get("/triage/")
    labels = page.soup.select_one("#kind").get_text()
    assert "Suspicious order (50+)" in " ".join(labels.split())
    assert "Mine (0)" in page.soup.select_one("#whose").get_text()


def test_a_page_goes_on_and_back_by_links(sign_in, many, officer):
    first = sign_in(officer).get("/triage/?order=oldest first")
    second = first.click("Next page")
    assert len(second.soup.select("[data-row]")) == 50
    again = second.click("Previous page")
    assert [r["data-row"] for r in again.soup.select("[data-row]")] == [
        r["data-row"] for r in first.soup.select("[data-row]")
    ]


def test_an_empty_queue_says_so(sign_in, officer):
    page = sign_in(officer).get("/triage/?country=AQ")
    assert "Nothing is waiting here" in page.text


# --- saved views ---
