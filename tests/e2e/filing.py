"""How a person fills the pages of a draft, one after another, whatever its kind and language."""

from io import BytesIO
from typing import Any

from playwright.sync_api import Locator
from pypdf import PdfReader

from tests.e2e.conftest import Person

SAVE = "form[data-autosave-url] .govuk-button-group button"
ONWARD = "main a.govuk-button"


def answer(someone: Person, name: str, values: list[str]) -> None:
    """Answer one question by its label."""
    page = someone.page
    day = page.locator(f"#{name}-day")
    if day.count():
        for part, value in zip(("day", "month", "year"), values, strict=True):
            labelled(someone, page.locator(f"#{name}-{part}")).fill(value)
        return
    control = page.locator(f"main [name='{name}']").first
    kind = control.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
    if kind == "select":
        labelled(someone, control).select_option(values[0])
    elif kind in {"radio", "checkbox"}:
        for value in values:
            box = page.locator(f"main [name='{name}'][value='{value}']")
            page.locator(f"label[for='{box.get_attribute('id')}']").click()
            assert box.is_checked(), name
    else:
        labelled(someone, control).fill("\n".join(values))


def labelled(someone: Person, control: Locator) -> Locator:
    """Return a control as somebody finds it: by the words of its label."""
    label = someone.page.locator(f"label[for='{control.get_attribute('id')}']")
    assert label.inner_text().strip()
    return someone.page.get_by_label(label.inner_text(), exact=True).and_(control)


def fill(someone: Person, typed: dict[str, list[str]]) -> None:
    """Answer the questions of a page and save it."""
    for name, values in typed.items():
        answer(someone, name, values)
    press(someone, SAVE)


def press(someone: Person, what: str) -> None:
    """Press the first button of a sort."""
    someone.page.locator(what).first.click()
    someone.page.wait_for_load_state()
    wrong = someone.page.locator(".govuk-error-summary")
    assert not wrong.count(), wrong.inner_text()


def file(someone: Person, slug: str, answers: dict[str, Any], seen: set[str]) -> str:
    """File a submission of a kind from its first page to its reference, and return that.

    Pages that the kinds share are looked at once: `seen` holds their names.
    """
    someone.open("/report")
    press(someone, f"main form[action$='/report/{slug}'] button")
    draft = someone.page.url
    look(someone, f"{slug}-draft", seen)
    for step, typed in answers.items():
        someone.page.goto(f"{draft}/{step}")
        if isinstance(typed, dict):
            look(someone, f"{step}-{len(typed)}", seen)
            fill(someone, typed)
            continue
        for item in typed:
            press(someone, "main form[action$='/add'] button")
            look(someone, f"{step}-item-{len(item['typed'])}", seen)
            fill(someone, item["typed"])
        look(someone, f"{step}-list", seen)
    someone.page.goto(f"{draft}/check")
    look(someone, f"{slug}-check", seen)
    sure = someone.page.locator("#sure")
    if sure.count():
        someone.page.locator("label[for='sure']").click()
    press(someone, "main form[method='post'] button.govuk-button")
    look(someone, f"{slug}-sent", seen)
    return someone.page.locator(".govuk-panel .reference").inner_text()


def look(someone: Person, name: str, seen: set[str]) -> None:
    """Hold a page to the rules, once."""
    if name not in seen:
        seen.add(name)
        someone.look(name)


def acknowledgement(someone: Person) -> PdfReader:
    """Fetch the acknowledgement of the submission that is open, once it is made."""
    link = someone.page.locator("a[href$='/acknowledgement.pdf']").first
    address = someone.portal.url + str(link.get_attribute("href"))
    for _ in range(120):
        got = someone.context.request.get(address)
        if "pdf" in got.headers["content-type"]:
            return PdfReader(BytesIO(got.body()))
        someone.page.wait_for_timeout(500)
    raise AssertionError(f"no paper at {address}")
