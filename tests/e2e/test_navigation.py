"""An officer finds every page: wide at a glance, narrow behind one word, also without script."""

import pytest

pytestmark = pytest.mark.browser

SUPERVISOR = "supervisor@authority.example"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 800}
PAGES = 20  # that a supervisor has at least
MOST_HIGH = {1280: 220, 375: 60}  # pixels that the navigation takes of each page


def height(page):
    """Return how many pixels the navigation takes."""
    return page.evaluate("document.querySelector('.main-nav').getBoundingClientRect().height")


def shown(page):
    """Return the links of the navigation that can be seen."""
    return [one for one in page.locator(".main-nav a").all() if one.is_visible()]


@pytest.mark.parametrize("script", [True, False])
def test_20_pages_of_a_supervisor_stand_under_headings(person, script):
    one = person(java_script_enabled=script, viewport=WIDE)
    one.sign_in(SUPERVISOR)
    page = one.page
    one.open("/triage/shifts")
    assert len(shown(page)) >= PAGES
    assert height(page) <= MOST_HIGH[1280]
    assert not page.get_by_text("Menu", exact=True).is_visible()
    for part in page.locator(".main-nav a").all():
        box = part.bounding_box()
        assert box["height"] >= 24, part.inner_text()
    page.set_viewport_size(NARROW)
    assert shown(page) == []
    assert height(page) <= MOST_HIGH[375]
    page.get_by_text("Menu", exact=True).focus()
    page.keyboard.press("Enter")
    assert len(shown(page)) >= PAGES
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Queue"
    page.keyboard.press("Enter")
    page.wait_for_url("**/triage/")
    if script:
        one.open("/triage/shifts")
        one.look("navigation")
        page.set_viewport_size(NARROW)
        page.get_by_text("Menu", exact=True).click()
        one.look("navigation-open")
        names = page.get_by_role("navigation", name="Main").get_by_role("list")
        assert [part.get_attribute("aria-labelledby") for part in names.all()] == [
            f"pages-{number}" for number in (1, 2, 3, 4)
        ]
    assert one.faults == []
