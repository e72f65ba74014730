"""The inbox of a partner: what is unread, read, acknowledged, about to expire; pages of it."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.leads.data import Category, Priority
from portal.leads.rules import Status
from portal.partners.inbox import queries, services
from portal.partners.inbox.data import View
from portal.partners.inbox.queries import Wanted
from tests.factories import NOON, make_account
from tests.inbox.story import hand_over, make_lead, make_partner

DAY = timedelta(days=1)


def titles(session, officer, now=NOON, **wanted):
    return [one.lead["title"] for one in queries.inbox(session, officer, Wanted(**wanted), now)]


@pytest.fixture
def five(session, officer):
    """Return leads in five states, by name, the newest first."""
    today = NOON.date()
    states = {
        "unread": {},
        "read": {"read_at": NOON},
        "done": {"read_at": NOON, "acknowledged_at": NOON},
        "soon": {"read_at": NOON, "acknowledged_at": NOON},
        "over": {"read_at": NOON, "acknowledged_at": NOON},
    }
    ends = {"soon": today + 14 * DAY, "over": today - DAY, "done": today + 15 * DAY}
    for hours, (name, state) in enumerate(states.items()):
        lead = make_lead(session, title=name, expires_on=ends.get(name))
        hand_over(session, lead, officer, NOON - timedelta(hours=hours), **state)
    return states


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        (View.ALL, ["unread", "read", "done", "soon", "over"]),
        (View.UNREAD, ["unread"]),
        (View.READ, ["read"]),
        (View.ACKNOWLEDGED, ["done", "soon", "over"]),
        (View.SOON, ["soon"]),
        (View.NO_OUTCOME, ["done", "soon", "over"]),
        (View.ANSWERED, []),
    ],
)
def test_a_view_shows_what_it_says(session, officer, five, view, shown):
    assert titles(session, officer, view=view) == shown


def test_an_answer_that_was_not_read_is_1_of_the_views(session, officer, given):
    assert titles(session, officer, view=View.ANSWERED) == []
    analyst = make_account(session, Role.ANALYST)
    services.answer(session, given, "Yes, two drums.", analyst, NOON)
    assert len(titles(session, officer, view=View.ANSWERED)) == 1
    assert queries.new_for(session, officer, NOON) == 1
    services.note_seen(session, given, NOON)
    given.read_at = NOON
    session.flush()
    assert titles(session, officer, view=View.ANSWERED) == []
    assert queries.new_for(session, officer, NOON) == 0


def test_priority_and_category_narrow_it(session, officer):
    for title, priority, category in (
        ("a", Priority.URGENT, Category.THEFT),
        ("b", Priority.URGENT, Category.ROUTE),
        ("c", Priority.ROUTINE, Category.ROUTE),
    ):
        lead = make_lead(session, title=title, priority=priority, category=category)
        hand_over(session, lead, officer)
    assert sorted(titles(session, officer, priority=Priority.URGENT)) == ["a", "b"]
    assert sorted(titles(session, officer, category=Category.ROUTE)) == ["b", "c"]


def test_0_hand_overs_of_another_partner_are_listed(session, given):
    stranger = make_partner(session, "BLO Elsewhere")
    assert titles(session, stranger) == []
    assert queries.new_for(session, stranger, NOON) == 0


def test_the_next_page_begins_after_the_last_line(session, officer, sign_in, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for hours in range(3):
        lead = make_lead(session, title=f"Lead number {hours}")
        hand_over(session, lead, officer, NOON - timedelta(hours=hours))
    page = sign_in(officer).get("/inbox/", {"view": "all"})
    assert "Lead number 0" in page.text
    assert "Lead number 2" not in page.text
    page = page.click("Older")
    assert "Lead number 2" in page.text
    assert "Lead number 0" not in page.text


def test_a_page_of_20_asks_as_often_as_one_of_2(session, officer, statements):
    counts = []
    for number in (2, 18):
        for _ in range(number):
            hand_over(session, make_lead(session), officer)
        statements.clear()
        queries.inbox(session, officer, Wanted(), NOON)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_reading_is_marked_and_recorded(session, officer, given, sign_in):
    browser = sign_in(officer)
    page = browser.get("/inbox/")
    assert "Unread" in page.text
    assert page.soup.select_one("nav a[href='/inbox/']").get_text(" ", strip=True) == "Inbox (1)"
    page = page.click("Drums on the way")
    assert "Open the container" in page.text
    assert "TLP:AMBER" in page.text
    session.refresh(given)
    assert given.read_at is not None
    assert "Not acknowledged" in browser.get("/inbox/").text
    read = select(AuditEvent).where(AuditEvent.deed == "hand_over.read")
    assert len(session.scalars(read).all()) == 1


def test_acknowledging_takes_1_click(session, officer, given, lead, sign_in):
    page = sign_in(officer).get(f"/inbox/{given.id}").submit("Acknowledge")
    assert "Acknowledged" in page.text
    assert not page.has_button("Acknowledge")
    session.expire_all()
    assert given.acknowledged_at is not None
    assert given.answer == ""
    assert lead.status is Status.ACKNOWLEDGED


def test_a_message_may_go_with_the_acknowledgement(session, officer, given, sign_in):
    page = sign_in(officer).get(f"/inbox/{given.id}")
    page.submit("Acknowledge", answer="Sgt Prem deals with it.")
    session.expire_all()
    assert given.answer == "Sgt Prem deals with it."


def test_the_clock_stands_on_list_and_page(session, officer, sign_in):
    until = queries.today(utc_now()) + 3 * DAY
    given = hand_over(session, make_lead(session, expires_on=until), officer)
    browser = sign_in(officer)
    assert "3 days left" in browser.get("/inbox/").text
    assert "3 days left" in browser.get(f"/inbox/{given.id}").text


def test_everything_released_is_shown(session, officer, given, sign_in):
    content = json.loads(given.content) | {
        "subjects": [
            {
                "number": 1,
                "sort": "vessel",
                "name": "MV Example",
                "other_names": ["MV Former"],
                "country": "PA",
                "part": "carries it",
                "identifiers": [{"sort": "imo", "value": "9319466"}],
                "remark": "Renamed lately",
            },
            {
                "number": 2,
                "sort": "organisation",
                "name": "Front Ltd",
                "other_names": [],
                "country": "",
                "part": "",
                "identifiers": [],
                "remark": "",
            },
        ],
        "relations": [{"left": 2, "right": 1, "words": "charters"}],
        "amounts": [
            {
                "substance": "acetone",
                "name": "Acetone",
                "cas": "67-64-1",
                "least_kg": "100",
                "most_kg": "500",
                "drug": "cocaine",
                "drug_least_kg": "5",
                "drug_most_kg": "20",
                "confidence": "general knowledge",
            }
        ],
        "stops": [{"part": "entry", "name": "Bangkok", "country": "TH", "locode": "THBKK"}],
        "events": [{"when": "2026-Q2", "words": "It left port"}],
        "need_to_know": ["Container unit"],
        "court": "Not in court",
        "ask_originator": False,
    }
    given.content = json.dumps(content)
    page = sign_in(officer).get(f"/inbox/{given.id}")
    for words in (
        *("MV Example", "MV Former", "9319466", "carries it", "Renamed lately"),
        *("Front Ltd – charters – MV Example", "100 to 500 kg", "5 to 20 kg of cocaine"),
        *("Bangkok (THBKK)", "It left port", "Container unit", "Not in court"),
        "As the marking allows",
    ):
        assert words in page.text


def test_a_filter_that_cannot_be_read_shows_all(officer, given, sign_in):
    page = sign_in(officer).get("/inbox/", {"view": "nonsense", "before": "x"})
    assert page.status == 200
    assert "Drums on the way" in page.text


@pytest.fixture
def over(session, officer):
    """Return what was handed over and could be used until yesterday, with its secret words."""
    until = queries.today(utc_now()) - DAY
    lead = make_lead(session, title="Words of long ago", asked="Look at it", expires_on=until)
    return hand_over(session, lead, officer, read_at=NOON)


def test_of_what_has_expired_only_the_reference_is_shown(session, officer, over, sign_in):
    browser = sign_in(officer)
    listed = browser.get("/inbox/")
    reference = json.loads(over.content)["reference"]
    assert "Words of long ago" not in listed.text
    over.read_at = None
    assert queries.new_for(session, officer, utc_now()) == 0
    assert queries.new_for(session, officer, utc_now() - 2 * DAY) == 1
    page = listed.click(reference)
    assert page.title == reference
    assert "may no longer be read" in page.text
    for words in ("Words of long ago", "Look at it", "A shipment arrives", "TLP:AMBER"):
        assert words not in page.response.text
    asked = select(AuditEvent).where(AuditEvent.deed == "hand_over.closed_asked")
    assert len(session.scalars(asked).all()) == 1


def test_an_outcome_can_be_reported_of_what_has_expired(session, officer, over, sign_in):
    page = sign_in(officer).get(f"/inbox/{over.id}").click("Report what came of it")
    assert "Words of long ago" not in page.response.text
    page = page.submit("Send the report", result="no action")
    assert "no action" in page.text
    page = page.click("Correct this").submit("Send the correction", result="still open")
    assert "version 2" in page.text
    session.expire_all()
    assert over.acknowledged_at is None


@pytest.mark.parametrize("deed", ["acknowledge", "ask", "more", "interest"])
def test_nothing_else_is_done_with_what_has_expired(session, officer, over, sign_in, deed):
    browser = sign_in(officer)
    token = browser.get("/account").soup.select_one("[name=csrf_token]")["value"]
    for answers in ({"text": "x"}, {}):
        page = browser.post(f"/inbox/{over.id}/{deed}", {"csrf_token": token} | answers)
        assert "Words of long ago" not in page.response.text
        if page.status == 200:
            assert page.title == json.loads(over.content)["reference"]
        else:
            assert page.status == 409
    session.expire_all()
    assert over.acknowledged_at is None
    assert queries.thread(session, over.id) == []
    assert queries.requests(session, over.id) == []
    assert queries.interest(session, over.id) is None
