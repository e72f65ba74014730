"""The page of the search, as an officer meets it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.leads import services as leads
from portal.search import services
from portal.triage import deeds
from portal.triage.models import TriageCase
from tests.factories import NOON, customer, make_account, make_lead, make_submission, order


def test_the_box_on_every_page_leads_to_explained_results(session, sign_in):
    filed = make_submission(
        session, order(grounds="<b>Drums</b> & acetone", parties=(customer("محمد حسين"),))
    )
    page = sign_in(Role.TRIAGE_OFFICER).get("/triage/")
    box = page.soup.select_one("#officer-search")
    assert box["name"] == "q"
    found = page.browser.get(box.find_parent("form")["action"], {"q": "drums Hussein"})
    assert filed.reference in found.text
    shown = found.soup.select(".found__match dd")
    assert {one.get_text() for one in found.soup.select("mark")} == {"حسين", "Drums"}
    assert "<b>Drums</b> & acetone" in [" ".join(one.get_text().split()) for one in shown]
    assert "same name in another script" in found.text


def test_0_boxes_for_who_reads_no_cases(sign_in):
    for role in (Role.REPORTER, Role.REGISTRAR, Role.AUDITOR):
        assert not sign_in(role).get("/account").soup.select("#officer-search")


def test_anothers_case_is_named_and_nothing_of_it_shown(session, sign_in):
    record = order(grounds="Secret grounds", parties=(customer("Kowalski Handel"),))
    filed = make_submission(session, record)
    case = session.get_one(TriageCase, filed.id)
    deeds.take(session, case, make_account(session, Role.ANALYST), NOON)
    page = sign_in(Role.TRIAGE_OFFICER).get("/search/", {"q": "Kowalski Handel"})
    assert "another officer’s case" in page.text
    assert filed.reference in page.text
    for secret in ("Secret", "Acetone", "Firm", "acetone"):
        assert all(secret not in one.get_text() for one in page.soup.select(".found__item"))
    assert page.soup.select("mark") == []
    none = page.browser.get("/search/", {"q": "Secret grounds"})
    assert filed.reference not in none.text
    assert "Nothing that you may see" in none.text


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"q": ""}, "Enter a word"),
        ({"q": '"""'}, "Enter a word"),
        ({"q": "-x"}, "Enter also what to look for"),
        ({"q": "x" * 10_000}, "Use at most 300 characters; this has 10,000"),
        ({"q": "a\x00b"}, "cannot be stored, at position 2"),
        ({"q": "a " * 30}, "Use at most 20 words"),
        ({"q": "a", "sort": "nonsense"}, "choice"),
        ({"q": "a", "status": "nonsense"}, "choice"),
        ({"q": "a", "begin": ["31", "2", "2026"]}, "There is no day 31"),
        ({"q": "a", "company": "Nobody"}, "No company has this name"),
    ],
)
def test_odd_input_is_said_in_words(sign_in, asked, message):
    page = sign_in(Role.TRIAGE_OFFICER).get("/search/", asked)
    assert page.status == 422
    assert any(message.lower() in one.lower() for one in page.errors), page.errors


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(typed=st.text(max_size=60), after=st.text(max_size=20))
def test_0_inputs_are_a_fault(typed, after, session, sign_in, monkeypatch):
    monkeypatch.setattr(services, "MOST_AN_HOUR", 1_000)
    page = sign_in(Role.TRIAGE_OFFICER).get("/search/", {"q": typed, "after": after})
    assert page.status in {200, 422}


def test_the_121st_search_within_an_hour_is_refused(session, sign_in, monkeypatch):
    monkeypatch.setattr(services, "MOST_AN_HOUR", 2)
    browser = sign_in(Role.TRIAGE_OFFICER)
    statuses = [browser.get("/search/", {"q": "acetone"}).status for _ in range(3)]
    assert statuses == [200, 200, 429]
    assert sign_in(Role.ANALYST).get("/search/", {"q": "acetone"}).status == 200


def test_each_search_is_in_the_audit_trail_with_what_it_showed(session, sign_in):
    filed = make_submission(session, order(grounds="Kowalski"))
    sign_in(Role.TRIAGE_OFFICER).get("/search/", {"q": "Kowalski", "kind": "suspicious-order"})
    entry = session.scalars(select(AuditEvent).where(AuditEvent.deed == "search.made")).one()
    assert str(filed.id) in entry.detail
    assert '"results": 1' in entry.detail
    assert "Kowalski" not in entry.detail


def test_pages_are_turned_with_all_filters(session, sign_in):
    author = make_account(session)
    for _ in range(21):
        make_submission(session, order(grounds="Walrus."), author=author)
    asked = {"q": "walrus", "kind": "suspicious-order", "begin": ["1", "1", "2026"]}
    page = sign_in(Role.TRIAGE_OFFICER).get("/search/", asked)
    assert len(page.soup.select(".found__title")) == 20
    second = page.click("Next page")
    assert len(second.soup.select(".found__title")) == 1
    assert second.soup.select_one("#kind option[selected]")["value"] == "suspicious-order"
    assert second.soup.select_one("#begin-day")["value"] == "1"


@pytest.mark.parametrize(
    ("asked", "most"),
    [
        ({}, 23),
        ({"order": "newest first"}, 23),
        ({"substance": "acetone"}, 15),
        ({"after": "x"}, 15),
    ],
)
def test_a_search_sends_the_same_selects_for_0_1_and_20_results(
    session, sign_in, statements, asked, most
):
    """Of texts, people, substances and others' cases alike; and none of them for each result."""
    author, analyst = make_account(session), make_account(session, Role.ANALYST)
    sign_in(analyst).get("/search/", {"q": "walrus"})  # the index of substances is made once
    record = order(grounds="Walrus.", parties=(customer("Walrus Kowalski"),))
    sent = []
    for shown, more in ((0, 0), (1, 1), (20, 24)):
        filed = [make_submission(session, record, author=author) for _ in range(more)]
        for one in filed[1:]:
            deeds.write_note(session, session.get_one(TriageCase, one.id), "A word.", author, NOON)
        session.commit()
        if shown > 1:
            taken = make_account(session, Role.TRIAGE_OFFICER)
            deeds.take(session, session.get_one(TriageCase, filed[0].id), taken, NOON)
            session.commit()
        browser = sign_in(analyst)  # anew: once a minute its clock is kept, by 2 more
        statements.clear()
        page = browser.get("/search/", {"q": "walrus kowalski"} | asked)
        sent.append(len(statements))
        assert len(page.soup.select(".found__title")) == shown
    assert sent == [most] * 3


def test_a_search_sends_the_same_selects_for_notes_and_leads(session, sign_in, statements):
    author, analyst = make_account(session), make_account(session, Role.ANALYST)
    sign_in(analyst).get("/search/", {"q": "otter"})
    sent = []
    for number in (1, 12):
        for _ in range(number):
            case = session.get_one(TriageCase, make_submission(session, author=author).id)
            deeds.write_note(session, case, "An otter.", author, NOON)
            leads.index(session, make_lead(session, title="The otter network"))
        session.commit()
        browser = sign_in(analyst)
        statements.clear()
        page = browser.get("/search/", {"q": "otter"})
        sent.append(len(statements))
        assert page.soup.select("#notes")
        assert page.soup.select("#leads")
    assert sent[0] == sent[1]
