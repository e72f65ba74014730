"""Each kind from its first page to its paper, as a person does it with a browser."""

import pytest

from tests.e2e.filing import acknowledgement, file
from tests.kinds.answers import BY_KIND

pytestmark = pytest.mark.browser


MAIN_PAGES = (
    *("/overview", "/submissions/", "/report", "/company", "/company/people", "/uploads/"),
    *("/address-book/", "/company/machines", "/substances?q=acetic", "/account"),
)
WHO = {  # somebody else for each, since a code works once
    "suspicious-order": "k.yilmaz@rijnland.example",
    "loss": "s.degraaf@rijnland.example",
    "export-notice": "m.vandenberg@noordzee.example",
    "import-notice": "j.dekker@noordzee.example",
    "transit-notice": "l.hendriks@havenlijn.example",
    "return": "a.vos@delta-solvents.example",
    "end-user-declaration": "h.kuipers@maasmerwede.example",
}


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Hold the names of the pages that were looked at."""
    return set()


@pytest.mark.parametrize("slug", BY_KIND)
def test_1_submission_of_each_kind_becomes_1_signed_paper(person, seen, slug):
    reporter = person()
    reporter.page.set_default_timeout(60_000)
    reporter.sign_in(WHO[slug])
    reference = file(reporter, slug, BY_KIND[slug], seen)
    text = "\n".join(page.extract_text() for page in acknowledgement(reporter).pages)
    assert reference in text
    assert "Acknowledgement of receipt" in text
    assert reporter.faults == []


def test_1_report_is_filed_in_arabic_on_a_telephone(person, seen):
    reporter = person(viewport={"width": 375, "height": 800})
    reporter.page.set_default_timeout(60_000)
    reporter.sign_in("n.bakker@maasmerwede.example")
    speak(reporter, "ar")
    reporter.open("/report")
    assert reporter.page.locator("html").get_attribute("dir") == "rtl"
    assert reporter.page.locator("html").get_attribute("lang") == "ar"
    reference = file(reporter, "suspicious-order", BY_KIND["suspicious-order"], set())
    paper = acknowledgement(reporter)
    text = "\n".join(page.extract_text() for page in paper.pages)
    assert reference in text
    assert sum("\u0600" <= letter <= "\u06ff" for letter in text) > 200
    assert str(paper.root_object["/Lang"]).startswith("ar")
    for address in ("/overview", "/submissions/", "/uploads/", "/guidance/suspicious"):
        reporter.open(address)
        reporter.look(f"arabic{address.replace('/', '-')}")
    speak(reporter, "en")
    assert reporter.faults == []


def speak(someone, language: str) -> None:
    """Choose the language of an account at the foot of a page."""
    someone.page.locator(f"button[name='language'][value='{language}']").click()
    someone.page.wait_for_load_state()


def test_layout_holds_in_the_2_longest_languages(person):
    """French is a fifth longer than English; Russian has the longest words."""
    admin = person()
    admin.page.set_default_timeout(60_000)
    admin.sign_in("p.oosterhuis@delta-solvents.example")
    for language in ("fr", "ru"):
        speak(admin, language)
        for address in MAIN_PAGES:
            admin.open(address)
            assert admin.page.locator("html").get_attribute("lang") == language
            admin.look(f"{language}{address.split('?')[0].replace('/', '-')}")
    speak(admin, "en")
    assert admin.faults == []
