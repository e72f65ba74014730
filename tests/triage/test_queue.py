"""The queue: facets, pages, saved views, news, the case beside it; at a cost that stays."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.kinds.suspicious_order.data import YesNoUnknown
from portal.organisations.models import Organisation
from portal.triage import deeds, marks, queries
from portal.triage.desk import queries as desk
from portal.triage.desk import queue, services
from portal.triage.desk.data import DAY, Clock, Order, Wanted, Whose, Within
from portal.triage.desk.models import SavedView
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


@pytest.fixture
def officer(session):
    return make_account(session, Role.TRIAGE_OFFICER)


@pytest.fixture
def boss(session):
    return make_account(session, Role.SUPERVISOR)


@pytest.fixture
def many(session):
    """120 cases of 3 priorities, received an hour apart, of one company."""
    firm = make_organisation(session, name="Many B.V.")
    author = make_account(session, organisation=firm)
    now = utc_now()
    made = []
    for number in range(120):
        data = order(lines=(line("acetone" if number % 2 else "toluene"),))
        made.append(make_submission(session, data, author=author, now=now - number * DAY / 24))
    for number, one in enumerate(made):
        queries.get(session, one.id).priority = (10, 40, 70)[number % 3]
    session.flush()
    return [queries.get(session, one.id) for one in made]


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


def test_a_view_is_saved_shared_begun_with_and_deleted(session, sign_in, officer):
    browser = sign_in(officer)
    page = browser.get("/triage/?status=flagged&substance=acetone")
    saved = page.submit("Save the view", name="Смесь 混合 flagged", shared="y")
    assert "The view is kept." in saved.text
    view = session.scalars(select(SavedView)).one()
    assert view.wanted == {"status": "flagged", "substance": "acetone"}
    colleague = sign_in(Role.ANALYST)
    shown = colleague.get("/triage/").click("Смесь 混合 flagged")
    assert shown.soup.select_one("#status option[selected]")["value"] == "flagged"
    done = colleague.get("/triage/views").submit("Begin with it")
    assert "The queue begins with it" in done.text
    begun = colleague.get("/triage/")
    assert begun.soup.select_one("#substance option[selected]")["value"] == "acetone"
    assert not colleague.get("/triage/views").has_button("Delete")
    assert "Done" in browser.get("/triage/views").submit("Delete").text
    assert "No views yet" in colleague.get("/triage/views").text
    assert colleague.get("/triage/").status == 200


def test_a_view_of_ones_own_is_seen_by_0_others(session, sign_in, officer):
    browser = sign_in(officer)
    browser.get("/triage/?kind=").submit("Save the view", name="Mine only")
    view = session.scalars(select(SavedView)).one()
    colleague = sign_in(Role.SUPERVISOR)
    assert "Mine only" not in colleague.get("/triage/").text
    page = colleague.get("/triage/views")
    token = page.soup.select_one("[name=csrf_token]")["value"]
    for change in ("default", "delete", "up"):
        answer = colleague.post(f"/triage/views/{view.id}/{change}", {"csrf_token": token})
        assert answer.status in {404, 409}


def test_views_are_put_in_another_order_and_20_are_enough(session, sign_in, officer):
    browser = sign_in(officer)
    for number in range(20):
        services.save_view(session, f"View {number:02}", Wanted(), officer, NOON, shared=False)
    session.commit()
    refused = browser.get("/triage/?kind=").submit("Save the view", name="One more")
    assert (refused.status, "You have 20 views" in refused.text) == (409, True)
    second = session.scalars(select(SavedView).where(SavedView.name == "View 01")).one()
    page = browser.get("/triage/views")
    token = page.soup.select_one("[name=csrf_token]")["value"]
    browser.post(f"/triage/views/{second.id}/up", {"csrf_token": token})
    session.expire_all()
    assert [v.name for v in desk.own_views(session, officer)][:3] == [
        "View 01",
        "View 00",
        "View 02",
    ]


def test_everything_open_leads_out_of_a_filter_and_is_marked_without_1(session, sign_in, officer):
    browser = sign_in(officer)
    for address, marked in (("/triage/", True), ("/triage/?kind=suspicious-order", False)):
        link = browser.get(address).soup.find("a", string="Everything open")
        assert link.has_attr("aria-current") is marked
        assert link["href"] == "/triage/?order=worst+first"


def test_a_view_without_a_name_is_refused_and_keeps_its_filter(sign_in, officer):
    page = sign_in(officer).get("/triage/?status=flagged").submit("Save the view", name=" ")
    assert (page.status, page.errors) == (422, ["Enter a name"])
    again = page.submit("Save the view", name="Better")
    assert again.soup.select_one("#status option[selected]")["value"] == "flagged"


def test_single_keys_are_switched_off_and_on(sign_in, officer):
    browser = sign_in(officer)
    assert browser.get("/triage/").soup.select_one("#desk")["data-keys"] == "on"
    page = browser.get("/triage/views")
    token = page.soup.select_one("[name=csrf_token]")["value"]
    browser.post("/triage/keys", {"csrf_token": token})
    assert browser.get("/triage/").soup.select_one("#desk")["data-keys"] == "off"
    browser.get("/triage/views").submit("Keep this", keys="y")
    assert browser.get("/triage/").soup.select_one("#desk")["data-keys"] == "on"


# --- news ---


def test_the_news_say_how_many_came_in_since_the_page_was_opened(session, sign_in, officer):
    browser = sign_in(officer)
    page = browser.get("/triage/?substance=toluene")
    address = page.soup.select_one("#desk")["data-live"]
    later = utc_now() + timedelta(seconds=1)
    for substance in ("toluene", "toluene", "acetone"):
        make_submission(session, order(lines=(line(substance),)), now=later)
    session.commit()
    answer = browser.ask(browser.client.get, address)
    assert answer.json["new"] == "2"
    assert answer.json["counts"]["received"] == answer.json["open"] == 3
    assert answer.headers["Cache-Control"] == "no-store"


def test_news_beyond_50_are_told_as_50_plus(session, sign_in, officer, many):
    browser = sign_in(officer)
    answer = browser.ask(browser.client.get, "/triage/live?since=2020-01-01T00:00:00%2B00:00")
    assert answer.json["new"] == "50+"


# --- the case beside the queue ---


def readings(session, case):
    query = select(AuditEvent.deed).where(AuditEvent.subject_id == case.id)
    return session.scalars(query.where(AuditEvent.deed == "case.read")).all()


def test_the_panel_shows_findings_sum_and_the_same_people_and_is_1_reading(
    session, sign_in, officer
):
    phone = customer("Иван Петров", phones=("+31612345678",))
    earlier = queries.get(session, make_submission(session, order(parties=(phone,))).id)
    deeds.take(session, earlier, officer, NOON)
    deeds.flag(session, earlier, "x", officer, NOON)
    later = make_submission(session, order(parties=(phone,)), now=NOON + DAY)
    case = queries.get(session, later.id)
    browser = sign_in(officer)
    page = browser.get("/triage/").click(f"Beside {case.reference}")
    panel = " ".join(page.soup.select_one("#beside").get_text(" ", strip=True).split())
    assert "Priority:" in panel
    assert f"= {case.priority}" in panel or case.priority == 0
    assert all(one.title in panel for one in queries.findings_of(session, case.id))
    assert "flagged" in panel
    assert "+31612345678" in panel
    assert len(readings(session, case)) == 1


def test_the_panel_of_anothers_case_shows_nothing_and_is_0_readings(session, sign_in, officer):
    case = queries.get(session, make_submission(session).id)
    deeds.take(session, case, officer, NOON)
    session.commit()
    page = sign_in(Role.ANALYST).get(f"/triage/?open={case.id}")
    panel = page.soup.select_one("#beside").get_text()
    assert "Another officer has this case" in panel
    assert "Priority" not in panel
    assert readings(session, case) == []


def test_of_anothers_case_the_queue_shows_0_of_what_is_in_it(session, sign_in, officer, boss):
    phone = customer("Иван Петров", phones=("+31612345678",))
    make_submission(session, order(parties=(phone,)))
    later = make_submission(session, order(parties=(phone,)), now=NOON + DAY)
    case = queries.get(session, later.id)
    deeds.take(session, case, officer, NOON)
    deeds.propose_question(session, case, "Who collected it?", officer, NOON)
    deeds.assign(session, case, boss.id, officer, NOON)
    session.commit()
    said = (case.summary, case.reason, case.organisation_name)
    for path in ("/triage/", f"/triage/?open={case.id}", "/triage/waiting"):
        page = sign_in(Role.ANALYST).get(path)
        rows = page.soup.select(f"[data-row='{case.id}'], #beside, .items__item")
        text = " ".join(row.get_text() for row in rows)
        assert case.reference in text, path
        assert not any(one in text for one in said), path
        own = sign_in(boss).get(path).soup.select(f"[data-row='{case.id}'], #beside, .items__item")
        assert case.summary in " ".join(row.get_text() for row in own), path


@pytest.mark.parametrize("facet", ["substance", "country", "company"])
def test_a_facet_that_tells_what_is_in_a_case_finds_0_of_anothers(session, officer, facet):
    fits, _, now = facet_cases(session, officer)
    fits.assignee_id = officer.id
    other = make_account(session, Role.ANALYST)
    asked: dict[str, Any] = {facet: FACETS.get(facet, fits.organisation_id)}
    wanted = Wanted(**asked)
    assert fits in queue.page(session, wanted, officer, now).cases
    assert fits not in queue.page(session, wanted, other, now).cases
    assert fits in queue.page(session, Wanted(officer=officer.id), other, now).cases


def test_an_id_of_nothing_opens_nothing(sign_in, officer):
    for wrong in (uuid4(), "x"):
        page = sign_in(officer).get(f"/triage/?open={wrong}")
        assert page.soup.select_one("#beside").has_attr("hidden")


def test_a_case_is_found_by_its_reference(session, sign_in, officer):
    submission = make_submission(session)
    page = sign_in(officer).get("/triage/")
    form = page.soup.select_one("form[action$='/find']")
    assert form is not None
    found = sign_in(officer).get(f"/triage/find?reference={submission.reference.lower()}")
    assert found.path == f"/triage/{submission.id}"
    told = sign_in(officer).get("/triage/find?reference=nothing")
    assert told.path == "/triage/"
    assert "No submission has the reference “nothing”" in told.text


def test_long_names_and_other_scripts_are_shown_whole(session, sign_in, officer):
    firm = make_organisation(session, name="شركة " + "W" * 240)
    make_submission(session, author=make_account(session, organisation=firm))
    page = sign_in(officer).get("/triage/")
    assert session.get_one(Organisation, firm.id).name in page.soup.get_text()
