"""Each kind from its first page to its paper, as a person does it with a browser."""

import pytest

from tests.e2e.filing import acknowledgement, file
from tests.kinds.answers import BY_KIND

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """Hold the names of the pages that were looked at."""
    return set()


@pytest.mark.parametrize("slug", BY_KIND)
def test_1_submission_of_each_kind_becomes_1_signed_paper(person, seen, slug):
    reporter = person()
    reporter.page.set_default_timeout(60_000)
    reporter.sign_in("k.yilmaz@rijnland.example")
    reference = file(reporter, slug, BY_KIND[slug], seen)
    text = "\n".join(page.extract_text() for page in acknowledgement(reporter).pages)
    assert reference in text
    assert "Acknowledgement of receipt" in text
    assert reporter.faults == []


def test_1_report_is_filed_in_arabic_on_a_telephone(person, seen):
    reporter = person(viewport={"width": 375, "height": 800})
    reporter.page.set_default_timeout(60_000)
    reporter.sign_in("n.bakker@maasmerwede.example")
    reporter.page.locator("button[name='language'][value='ar']").click()
    reporter.page.wait_for_load_state()
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
    assert reporter.faults == []


@pytest.mark.parametrize("language", ["fr", "ru"])  # 19 % longer than English; the longest words
def test_layout_holds_in_the_2_longest_languages(person, language):
    admin = person()
    admin.page.set_default_timeout(60_000)
    admin.sign_in("p.oosterhuis@delta-solvents.example")
    admin.page.locator(f"button[name='language'][value='{language}']").click()
    admin.page.wait_for_load_state()
    for address in (
        *("/overview", "/submissions/", "/report", "/company", "/company/people", "/uploads/"),
        *("/address-book/", "/company/machines", "/substances?q=acetic", "/account"),
    ):
        admin.open(address)
        assert admin.page.locator("html").get_attribute("lang") == language
        admin.look(f"{language}{address.split('?')[0].replace('/', '-')}")
    assert admin.faults == []
