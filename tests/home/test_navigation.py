"""What stands in the navigation, under which headings."""

import pytest

from portal.core.access import GRANTS, Role
from portal.home.navigation import FEW, GROUPS
from portal.leads.tasks import services as tasks
from tests.browser import Browser
from tests.factories import NOON, make_account, make_lead, make_partner

HEADINGS = ["Work", "Intelligence", "Partners", "Administration"]
AT_PARTNERS = {Role.PARTNER_OFFICER, Role.PARTNER_ADMIN}
OFFICERS = [Role.TRIAGE_OFFICER, Role.ANALYST, Role.SUPERVISOR]
OTHERS = [role for role in Role if role not in {*OFFICERS, *AT_PARTNERS}]


def menu(browser, path="/account"):
    """Return the navigation of a page."""
    return browser.get(path).soup.select_one("nav[aria-label=Main]")


def links(part):
    """Return the words of the links in a part of a page."""
    return [" ".join(one.get_text(" ", strip=True).split()) for one in part.select("a")]


def lists(part):
    """Return the heading of each list, and its links."""
    heads = {one["id"]: one.get_text(strip=True) for one in part.select("p[id]")}
    return {heads[str(one.get("aria-labelledby"))]: links(one) for one in part.select("ul")}


@pytest.mark.parametrize("role", OFFICERS)
def test_officers_find_their_pages_under_4_headings(sign_in, role):
    found = lists(menu(sign_in(role)))
    assert list(found) == HEADINGS
    assert found["Work"][:3] == ["Queue", "Search", "My tasks"]
    assert found["Intelligence"][0] == "Leads"
    assert found["Partners"][:2] == ["From partners", "Checks at borders"]
    assert found["Administration"][-2:] == ["Substance list", "Places"]


@pytest.mark.parametrize("role", OFFICERS)
def test_no_heading_has_more_than_8_pages(sign_in, role):
    assert max(map(len, lists(menu(sign_in(role))).values())) <= 8


@pytest.mark.parametrize("role", OTHERS)
def test_whoever_has_few_pages_has_1_list_without_headings(sign_in, role):
    found = menu(sign_in(role))
    assert len(found.select("ul")) == 1
    assert not found.select("p, details")


def test_a_partner_has_1_list_without_headings(session, sign_in):
    partner = make_partner(session)
    officer = make_account(session, Role.PARTNER_OFFICER, organisation=partner)
    found = menu(sign_in(officer), "/inbox/")
    assert len(found.select("ul")) == 1
    assert "Inbox" in links(found)


@pytest.mark.parametrize("role", OFFICERS)
def test_the_page_that_is_open_is_marked_once(sign_in, role):
    found = menu(sign_in(role), "/triage/")
    assert [one.get_text(strip=True) for one in found.select("[aria-current=page]")] == ["Queue"]


@pytest.mark.parametrize("role", [role for role in Role if role not in AT_PARTNERS])
def test_0_pages_of_a_role_are_left_out(sign_in, role):
    wanted = [text for _, items in GROUPS for _, text, needs in items if needs in GRANTS[role]]
    assert sorted(links(menu(sign_in(role)))) == sorted(wanted)


def test_no_page_stands_under_2_headings():
    endpoints = [endpoint for _, items in GROUPS for endpoint, _, _ in items]
    assert len(endpoints) == len(set(endpoints))
    assert FEW < 10


def test_what_waits_is_counted_on_the_entry_and_on_the_menu(session, sign_in):
    officer = make_account(session, Role.ANALYST)
    lead = make_lead(session, author=officer, approved=False)
    for what in ("Ring the harbour", "Read the waybill"):
        tasks.give(session, lead, what, officer.id, NOON.date(), officer, NOON)
    found = menu(sign_in(officer))
    assert "My tasks (2)" in links(found)
    assert found.summary.get_text(strip=True) == "Menu (2)"


def test_visitors_have_no_navigation(app, session):
    assert menu(Browser(app, session), "/sign-in") is None
