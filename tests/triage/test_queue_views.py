"""Saved views of the queue, its news, and the case beside it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.organisations.models import Organisation
from portal.triage import deeds, queries
from portal.triage.desk import queries as desk
from portal.triage.desk import queue, services
from portal.triage.desk.data import DAY, Wanted
from portal.triage.desk.models import SavedView
from tests.factories import (
    NOON,
    customer,
    line,
    make_account,
    make_organisation,
    make_submission,
    order,
)
from tests.triage.test_queue import FACETS, facet_cases


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


def test_a_view_that_is_saved_under_its_name_again_is_replaced(session, sign_in, officer):
    browser = sign_in(officer)
    browser.get("/triage/?status=flagged").submit("Save the view", name="Solvents", shared="y")
    view = session.scalars(select(SavedView)).one()
    page = browser.get(f"/triage/?view={view.id}&status=flagged&substance=acetone")
    assert page.soup.select_one("#name")["value"] == "Solvents"
    assert page.soup.select_one("#shared").has_attr("checked")
    page.submit("Save the view", name="SOLVENTS")
    session.refresh(view)
    assert session.scalars(select(SavedView.id)).all() == [view.id]
    assert view.wanted == {"status": "flagged", "substance": "acetone"}
    assert view.name == "SOLVENTS"


def test_anothers_view_is_not_replaced_but_kept_beside_it(session, sign_in, officer):
    sign_in(officer).get("/triage/").submit("Save the view", name="Solvents", shared="y")
    view = session.scalars(select(SavedView)).one()
    colleague = sign_in(Role.ANALYST)
    page = colleague.get(f"/triage/?view={view.id}&kind=loss")
    assert not page.soup.select_one("#name").get("value")
    page.submit("Save the view", name="Solvents")
    assert len(session.scalars(select(SavedView)).all()) == 2
    session.refresh(view)
    assert view.wanted == {}


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
