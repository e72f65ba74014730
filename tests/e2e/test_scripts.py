"""With a script pages are nicer; without one they work."""

import pytest

pytestmark = pytest.mark.browser


def test_a_substance_is_offered_as_one_types_and_chosen_by_keyboard(person):
    reporter = person()
    reporter.sign_in("k.yilmaz@rijnland.example")
    reporter.open("/report")
    reporter.press("Start suspicious order")
    reporter.follow("Substances")
    reporter.press("Add a substance")
    box = reporter.page.get_by_label("Which substance?")
    box.press_sequentially("acetic anh", delay=20)
    reporter.page.get_by_role("option").first.wait_for()
    reporter.look("suggestions")
    box.press("ArrowDown")
    box.press("Enter")
    assert box.input_value() == "Acetic anhydride"
    reporter.page.get_by_text("Saved at").wait_for()
    reporter.page.reload()
    assert reporter.page.get_by_label("Which substance?").input_value() == "Acetic anhydride"
    assert reporter.faults == []


def test_without_script_a_page_is_filled_and_kept(person):
    reporter = person(java_script_enabled=False)
    reporter.sign_in("a.vos@delta-solvents.example")
    reporter.open("/report")
    reporter.press("Start suspicious order")
    reporter.follow("What happened")
    page = reporter.page
    page.get_by_label("Enquiry", exact=True).check()
    for part, value in (("day", "20"), ("month", "11"), ("year", "2026")):
        page.locator(f"#happened_on-{part}").fill(value)
    page.get_by_label("Refused", exact=True).check()
    page.locator("#can_stop-1").check()
    reporter.press("Save and continue")
    assert page.locator("h1").inner_text() == "Substances"
    reporter.press("Add a substance")
    page.get_by_label("Which substance?").fill("PMK")
    page.get_by_label("Quantity", exact=False).first.fill("1")
    reporter.press("Save and continue")
    assert "Choose the unit" in page.locator(".govuk-error-summary").inner_text()
    assert page.get_by_label("Which substance?").input_value() == "PMK"
