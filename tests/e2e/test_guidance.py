"""Guidance, reasons and the overview in a real browser: readable at both widths, clean by axe."""

import pytest

from portal.guidance.data import GUIDES

pytestmark = pytest.mark.browser


def test_5_guides_and_their_index_hold_at_375_pixels(person):
    visitor = person()
    visitor.open("/guidance")
    visitor.look("guidance")
    for guide in GUIDES:
        visitor.open(f"/guidance/{guide.slug}")
        visitor.look(f"guidance-{guide.slug}")
    assert visitor.faults == []


def test_an_overview_with_duties_and_a_reason_that_opens(person):
    reporter = person()
    reporter.sign_in("m.vandenberg@noordzee.example")
    assert reporter.page.locator("h1").inner_text() == "Overview"
    reporter.look("overview")
    reporter.open("/report")
    reporter.look("report-start")
    reporter.page.get_by_role("button", name="Start suspicious order").click()
    reporter.follow("What is suspicious")
    reason = reporter.page.locator(".why").first
    reason.locator("summary").click()
    assert reason.get_by_text("Your own words say more").is_visible()
    reporter.look("reasons")
    assert reporter.faults == []
