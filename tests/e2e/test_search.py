"""Finding anything, and watching for somebody, by keyboard and at both widths."""

import pytest

pytestmark = pytest.mark.browser

ANALYST = "analyst@authority.example"


def test_an_analyst_finds_a_case_by_keyboard_and_watches_a_number(person):
    one = person()
    one.sign_in(ANALYST)
    page = one.page
    one.open("/triage/")
    page.locator("[data-desk=open]").first.click()
    page.wait_for_load_state()
    page.keyboard.press("/")
    page.keyboard.type("acetone")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    assert "Acetone" in page.locator("main").inner_text()
    one.look("search")
    one.open("/search/?q=nobodyhasthisname")
    one.look("search-nothing")

    one.open("/watch-lists/")
    one.press("Begin a list")
    one.press("Begin it")
    assert "Enter a name" in page.locator("main").inner_text()
    one.look("watch-list-errors")
    one.faults.clear()  # a browser counts the refused form among its errors
    page.get_by_label("Name", exact=True).fill("Numbers of the week")
    page.get_by_label("Why is this watched?").fill("Named by two liaison officers")
    page.get_by_role("group", name="Watch until").get_by_label("Day").fill("1")
    page.get_by_role("group", name="Watch until").get_by_label("Month").fill("2")
    year = page.evaluate("new Date().getFullYear() + 1")
    page.get_by_role("group", name="Watch until").get_by_label("Year").fill(str(year))
    one.press("Begin it")
    one.look("watch-list-empty")
    one.press("Add one")
    one.look("watch-list-add")
    one.open("/watch-lists/")
    assert "Numbers of the week" in page.locator("main").inner_text()
    one.look("watch-lists")
    assert one.faults == []
