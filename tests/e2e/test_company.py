"""A company keeps its file and its address book, in a real browser."""

import pytest

pytestmark = pytest.mark.browser


def test_a_licence_is_added_and_a_certificate_made(person, portal):
    admin = person()
    admin.sign_in("p.oosterhuis@delta-solvents.example")
    admin.open("/company")
    admin.look("company")
    admin.follow("Add a licence")
    page = admin.page
    admin.press("Keep")
    assert "Enter the number of the licence" in page.locator(".govuk-error-summary").inner_text()
    admin.look("licence-wrong")
    admin.faults.clear()  # a browser counts the refused form among its errors
    page.get_by_label("Number", exact=False).first.fill("L-2026-1")
    page.get_by_label("Substances it covers").fill("acetone")
    file = {"name": "licence.txt", "mimeType": "text/plain", "buffer": b"a licence"}
    page.get_by_label("Document").set_input_files(file)
    admin.press("Keep")
    assert "Not confirmed by the authority" in page.locator("main").inner_text()
    admin.look("company-licence")
    admin.press("Get a certificate of today")
    for _ in range(240):  # the worker may be busy with the papers of the practice data
        page.goto(f"{portal.url}/company")
        href = page.get_by_role("link", name="(PDF)").first.get_attribute("href")
        answer = admin.context.request.get(portal.url + str(href))
        if answer.headers["content-type"] == "application/pdf":
            break
        page.wait_for_timeout(500)
    assert answer.body().startswith(b"%PDF")
    admin.open("/company/people")
    admin.look("colleagues")
    assert admin.faults == []


def test_an_entry_is_kept_filled_in_and_suggested_and_the_return_key_saves(person):
    reporter = person()
    reporter.sign_in("k.yilmaz@rijnland.example")
    page = reporter.page
    reporter.open("/address-book/")
    reporter.look("address-book-empty")
    reporter.follow("Add a customer")
    page.locator("#name").fill("Chimex SARL")
    page.locator("#country").select_option("FR")
    reporter.look("address-book-entry")
    reporter.press("Keep")
    reporter.look("address-book")
    reporter.open("/report")
    reporter.press("Start pre-export notification")
    reporter.follow("Exporter, importer and others")
    reporter.press("Add a person or organisation")
    reporter.look("draft-with-address-book")
    page.get_by_label("Take from your address book").select_option("Chimex SARL, FR")
    reporter.press("Fill in")
    assert page.locator("#name").input_value() == "Chimex SARL"
    assert page.locator("#country").input_value() == "FR"
    page.locator("#name").fill("")
    page.locator("#name").press_sequentially("chim", delay=20)
    page.locator("[role=listbox] [role=option]").first.wait_for()
    page.locator("#name").press("ArrowDown")
    page.locator("#name").press("Enter")
    assert page.locator("#name").input_value() == "Chimex SARL"
    page.locator("#city").press("Enter")
    page.locator(".govuk-error-summary").wait_for()
    assert "Choose the role" in page.locator(".govuk-error-summary").inner_text()
