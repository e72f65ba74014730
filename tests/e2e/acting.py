"""What people at browsers do again and again: sign in, fill, tick, announce."""

import re
from io import BytesIO

import pikepdf
import pyotp

PASSWORD = "seven brown horses under rain"


def pdf_bytes(text: str) -> bytes:
    """Return a small PDF, such as a scan."""
    document = pikepdf.new()
    document.add_blank_page()
    document.docinfo["/Title"] = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def open_account(someone, link: str) -> None:
    """Choose a password by a link, set up the second factor, and keep the recovery codes."""
    someone.page.goto(link)
    someone.page.get_by_label("New password").fill(PASSWORD)
    someone.press("Set the password")


def first_sign_in(someone, email: str) -> str:
    """Sign in for the first time and return the key of the second factor."""
    someone.open("/sign-in")
    someone.page.get_by_label("E-mail address").fill(email)
    someone.page.get_by_label("Password").fill(PASSWORD)
    someone.press("Continue")
    secret = someone.page.locator(".reference").first.inner_text()
    someone.look("set-up-second-factor")
    someone.page.get_by_label("Code that the app shows now").fill(pyotp.TOTP(secret).now())
    someone.press("Continue")
    assert someone.page.locator(".reference").count() == 10
    someone.look("recovery-codes")
    someone.page.get_by_role("button", name="I have kept them").click()
    return str(secret)


def fill(someone, **answers: str) -> None:
    """Type into inputs by their names."""
    for name, value in answers.items():
        control = someone.page.locator(f"main [name='{name}']").first
        if control.evaluate("e => e.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def day(someone, name: str, year: int, month: int, date: int) -> None:
    """Type a day into its three inputs."""
    for part, value in (("day", date), ("month", month), ("year", year)):
        someone.page.locator(f"#{name}-{part}").fill(str(value))


def tick(someone, label: str) -> None:
    """Choose a radio button or tick a box by its label."""
    someone.page.get_by_label(label, exact=True).first.check()


def add_line(someone, substance: str, quantity: str, unit: str, **more: str) -> None:
    """List a substance."""
    someone.page.get_by_role("button", name=re.compile("Add a")).click()
    fill(someone, substance=substance, quantity=quantity, unit=unit, **more)
    someone.press("Save and continue")


def paper(someone) -> bytes:
    """Download the paper of the page, once it is made."""
    address = someone.page.get_by_role("button", name="Acknowledgement (PDF)").get_attribute("href")
    for _ in range(40):
        answer = someone.context.request.get(someone.portal.url + address)
        if "pdf" in answer.headers["content-type"]:
            return bytes(answer.body())
        someone.page.wait_for_timeout(500)
    raise AssertionError("no acknowledgement")


def announce_an_export(forwarder) -> str:
    """Story 3: a forwarder announces two lines over three legs; return the reference."""
    forwarder.open("/report")
    forwarder.page.get_by_role("button", name="Start pre-export notification").click()
    forwarder.follow("Shipment")
    fill(forwarder, end_use="Thinner for coatings", exit_point="NLRTM", entry_point="Karachi")
    day(forwarder, "dispatch_on", 2027, 3, 15)
    forwarder.look("shipment")
    forwarder.press("Save and continue")
    add_line(forwarder, "toluene", "12000", "kg", form="pure", hs_code="290230")
    add_line(forwarder, "acetone", "8000", "kg", form="pure")
    forwarder.page.get_by_role("button", name="Continue").click()
    for role, name, country in (
        ("exporter", "Delta Solvents N.V.", "NL"),
        ("importer", "Indus Leather Works (Pvt) Ltd", "PK"),
    ):
        forwarder.page.get_by_role("button", name=re.compile("^Add ")).click()
        fill(forwarder, role=role, name=name, country=country)
        forwarder.press("Save and continue")
    forwarder.page.get_by_role("button", name="Continue").click()
    for sort, number in (("Export authorisation", "NL-EX-1"), ("Import authorisation", "PK-NOC-9")):
        forwarder.page.get_by_role("button", name=re.compile("^Add ")).click()
        tick(forwarder, sort)
        fill(forwarder, number=number, issuer="The authority")
        forwarder.press("Save and continue")
    forwarder.page.get_by_role("button", name="Continue").click()
    for start, end, countries, zone in (
        ("NLRTM", "AEJEA", ("NL", "AE"), "AEJEA"),
        ("AEJEA", "Karachi", ("AE", "PK"), ""),
        ("PKKHI", "Lahore", ("PK", "PK"), ""),
    ):
        forwarder.page.get_by_role("button", name=re.compile("^Add ")).click()
        fill(forwarder, mode="sea" if zone or start == "AEJEA" else "road", origin=start)
        fill(forwarder, destination=end, origin_country=countries[0])
        fill(forwarder, destination_country=countries[1], free_zone=zone, conveyance="MV Merwede")
        forwarder.press("Save and continue")
    forwarder.look("legs")
    forwarder.page.get_by_role("button", name="Continue").click()
    forwarder.page.get_by_role("button", name=re.compile("^Add ")).click()
    fill(forwarder, number="CSQU3054384", seals="NL998877")
    forwarder.press("Save and continue")
    assert "check digit" in forwarder.page.locator(".govuk-error-summary").inner_text()
    fill(forwarder, number="CSQU3054383")
    forwarder.press("Save and continue")
    forwarder.page.get_by_role("button", name="Continue").click()
    fill(forwarder, bills="MEDU1234567", invoices="2026-0815")
    forwarder.press("Save and continue")
    fill(forwarder, declared_by="Nienke Bakker")
    tick(forwarder, "I declare that this is true and complete as far as I know")
    forwarder.press("Save and continue")
    forwarder.page.get_by_role("button", name="Check and send").click()
    forwarder.look("check-notice")
    forwarder.press("Send to the authority")
    assert "Nothing may leave before this date" in forwarder.page.locator("main").inner_text()
    forwarder.look("filed-notice")
    return str(forwarder.page.locator(".reference").first.inner_text())
