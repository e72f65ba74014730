"""The desk by keyboard, with a second officer, and without a script."""

import pytest

pytestmark = pytest.mark.browser

OFFICER, ANALYST = "triage@authority.example", "analyst@authority.example"


def at(page):
    """Return the case that the keys are about."""
    return page.locator(".row--at").get_attribute("data-row")


def listed(page):
    """Return the cases of the queue as it stands: the worker may have put them in another order."""
    page.locator("[data-row]").first.wait_for()
    return [row.get_attribute("data-row") for row in page.locator("[data-row]").all()]


def test_an_officer_reads_takes_and_flags_by_keyboard(person):
    officer = person()
    officer.sign_in(OFFICER)
    officer.open("/triage/?kind=suspicious-order")
    page = officer.page
    rows = listed(page)
    page.keyboard.press("j")
    assert at(page) == rows[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert at(page) == rows[1]
    assert page.evaluate("document.activeElement.matches('[data-desk=open]')")
    page.keyboard.press("x")
    assert page.locator("#ticked").inner_text() == "(1)"
    page.keyboard.press("a")
    assert page.locator("#ticked").inner_text() == f"({len(rows)})"
    page.get_by_role("button", name="All on this page").click()
    assert page.locator("#ticked").inner_text() == ""
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("p")
    page.locator("#beside h2").wait_for()
    officer.look("beside")
    page.keyboard.press("?")
    assert page.locator("#keys-help").is_visible()
    page.keyboard.press("j")  # nothing, while the help is open
    page.keyboard.press("Escape")
    assert at(page) == rows[1]
    page.keyboard.press("/")
    page.keyboard.type("jkt")
    assert page.locator("#desk-find").input_value() == "jkt"
    assert at(page) == rows[1]
    page.locator(f"[data-row='{rows[1]}'] [data-desk=open]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/triage/{rows[1]}")
    page.go_back()
    rows = listed(page)
    page.keyboard.press("j")
    page.keyboard.press("t")
    page.wait_for_url(f"**/triage/{rows[0]}")
    page.get_by_text("The case is yours.").wait_for()
    page.keyboard.press("f")
    page.keyboard.type("The plate is known. jkx")
    assert page.locator("#flag-text").input_value() == "The plate is known. jkx"
    officer.press("Flag")
    page.get_by_text("The case is flagged.").wait_for()
    page.keyboard.press("n")
    page.wait_for_url(f"**/triage/{rows[1]}")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**kind=suspicious-order**")
    page.locator("[data-row]").first.wait_for()
    assert officer.faults == []


def test_single_keys_do_nothing_once_they_are_off(person):
    officer = person()
    officer.sign_in(ANALYST)
    officer.open("/triage/views")
    officer.page.get_by_label("Single keys").uncheck()
    officer.press("Keep this")
    officer.open("/triage/")
    officer.page.keyboard.press("j")
    assert officer.page.locator(".row--at").count() == 0
    officer.open("/triage/views")
    officer.page.get_by_label("Single keys").check()
    officer.press("Keep this")
    assert officer.faults == []


def test_a_second_officer_and_news_are_told_without_reloading(person):
    """News are counted from 2020 on, so that everything in the practice data is one."""
    first, second = person(), person()
    first.sign_in(OFFICER)
    first.open("/triage/?whose=nobody's")
    first.page.locator("[data-desk=open]").last.click()
    first.page.wait_for_load_state()
    address = first.page.url
    second.sign_in(ANALYST)
    second.page.goto(address)
    assert "Also open at: " in second.page.locator("#others").inner_text()
    second.look("open-elsewhere")
    page = second.page
    page.clock.install()
    second.page.goto(address)
    first.press("Take it")
    page.clock.fast_forward(31_000)
    page.get_by_text("This case changed since you opened it").wait_for()
    second.faults.clear()  # a browser counts among its errors that the case is another's now
    second.open("/triage/?order=worst first")
    rows = [row.get_attribute("data-row") for row in page.locator("[data-row]").all()]
    assert page.locator("#news").is_hidden()
    page.evaluate(
        "desk.dataset.live = desk.dataset.live.replace(/since=[^&]*/, 'since=2020-01-01T00:00:00Z')"
    )
    page.clock.fast_forward(20_000)
    page.locator("#news").wait_for()
    assert page.locator("#news").inner_text().endswith("new – show")
    assert rows == [row.get_attribute("data-row") for row in page.locator("[data-row]").all()]
    assert second.faults == []


def test_without_a_script_a_case_is_read_beside_the_queue_and_taken(person):
    officer = person(java_script_enabled=False)
    officer.sign_in(OFFICER)
    officer.open("/triage/")
    officer.page.get_by_role("link", name="Beside").first.click()
    officer.page.locator("#beside h2").wait_for()
    assert "Priority:" in officer.page.locator("#beside").inner_text()
    officer.open("/triage/")
    officer.page.locator("[name=cases]").first.check()
    officer.page.locator("#bulk summary").click()
    officer.press("Do it")
    assert "Done: 1" in officer.page.locator("main").inner_text()


def test_the_pages_of_the_desk_hold_to_wcag_and_both_widths(person):
    boss = person()
    boss.sign_in("supervisor@authority.example")
    for path in ("", "views", "workload", "shifts"):
        boss.open(f"/triage/{path}")
        boss.look(f"desk-{path or 'queue'}")
    boss.open("/triage/")
    boss.page.locator("[data-desk=open]").first.click()
    boss.page.get_by_role("link", name="Side by side").first.click()
    boss.page.locator(".compared").first.wait_for()
    boss.look("desk-compare")
    assert boss.faults == []
