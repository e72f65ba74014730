"""What people at browsers do again and again: sign in, fill, tick."""

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
