"""A border post in a real browser: with a line and without, with a camera, without a script."""

import re
import time
from collections import Counter

import pytest
from playwright.sync_api import Error

from tests.e2e.filing import acknowledgement, file
from tests.kinds.answers import OF_PARTNERS

pytestmark = pytest.mark.browser

KARACHI = "pcu.karachi@partner.example"
GOES, NOBODYS, OTHER = "MSCU6639870", "BMOU2188305", "HLXU4561233"
PHONE = {"width": 375, "height": 800}
CAMERA = """
window.BarcodeDetector = class { async detect() { return [{ rawValue: '%s' }]; } };
navigator.mediaDevices.getUserMedia = async () => document.createElement('canvas').captureStream();
"""


@pytest.fixture(scope="module")
def signed_in(portal, chromium):
    """Hold who signed in once: a code works once, and there is 1 officer of the post."""
    return {}


@pytest.fixture
def post(person, signed_in):
    """Return the officer at a telephone, signed in."""

    def make(**options):
        someone = person(viewport=PHONE, **options)
        someone.page.set_default_timeout(60_000)
        if "cookies" in signed_in:
            someone.context.add_cookies(signed_in["cookies"])
        else:
            someone.sign_in(KARACHI)
            signed_in["cookies"] = someone.context.cookies()
        someone.open("/border/")
        return someone

    return make


def type_in(someone, text):
    someone.page.locator("#typed").fill(text)
    someone.page.get_by_role("button", name="Check", exact=True).click()


def words(someone):
    return someone.page.locator("#border-result .border-answer__words").first.inner_text()


def stored(someone):
    return someone.page.evaluate("localStorage.getItem('border-unsent')")


def test_an_officer_has_the_answer_within_10_seconds(post):
    officer = post()
    officer.look("border-empty")
    officer.page.set_viewport_size(PHONE)
    begun = time.monotonic()
    type_in(officer, GOES.lower())
    officer.page.locator(".border-answer--go").wait_for()
    assert time.monotonic() - begun < 10
    assert "May leave" in words(officer)
    assert officer.page.evaluate("document.activeElement.id") == "border-result"
    assert officer.page.locator("#typed").input_value() == ""
    officer.look("border-go")
    officer.page.set_viewport_size(PHONE)
    type_in(officer, "CSQU3054384")
    officer.page.get_by_text("after CSQU305438 comes 3").wait_for()
    officer.look("border-misread")
    assert stored(officer) is None
    assert officer.faults == []


def test_checks_without_a_line_are_said_to_be_unchecked_and_sent_once(post):
    officer = post()
    known = sum(NOBODYS in one for one in officer.page.locator("#border-last li").all_inner_texts())
    officer.context.set_offline(True)
    for number, typed in enumerate((GOES, NOBODYS), start=1):
        type_in(officer, typed)
        officer.page.locator(f"#border-unsent li:nth-child({number})").wait_for()
        assert "No answer yet: not checked" in words(officer)
    assert officer.page.locator("#border-unsent").inner_text().count("not checked") == 2
    kept = stored(officer)
    assert GOES in kept
    for part in ("Toluene", "leave", "Pakistan", "csrf"):
        assert part not in kept
    officer.look("border-no-line")
    officer.page.set_viewport_size(PHONE)
    officer.faults.clear()  # that there was no line
    officer.context.set_offline(False)
    late = officer.page.locator("#border-late")
    late.get_by_text("Not known").first.wait_for()
    late.get_by_text("May leave").first.wait_for()
    assert officer.page.locator("#border-waiting").is_hidden()
    assert "not checked" not in officer.page.locator("main").inner_text()
    assert stored(officer) is None
    officer.look("border-late")
    officer.open("/border/")
    lines = officer.page.locator("#border-last li").all_inner_texts()
    assert sum(NOBODYS in one for one in lines) == known + 1
    officer.faults[:] = [one for one in officer.faults if "ERR_INTERNET_DISCONNECTED" not in one]
    assert officer.faults == []


def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_and_is_1_check(post):
    officer = post()
    before = officer.page.locator("#border-last li").all_inner_texts()
    lost: list[object] = []

    def drop(route):
        if not lost and route.request.method == "POST":
            lost.append(route.fetch())  # the portal answers; the post never hears it
            route.abort()
        else:
            route.continue_()

    officer.page.route("**/border/*", drop)
    type_in(officer, OTHER)
    officer.page.locator("#border-late .border-answer").wait_for()
    officer.open("/border/")
    today = officer.page.locator("#border-last li").all_inner_texts()
    made = Counter(today) - Counter(before)  # another check of this minute reads the same
    assert sum(number for one, number in made.items() if OTHER in one) == 1
    assert len(lost) == 1


def test_the_camera_reads_the_code_of_a_paper(post, portal):
    officer = post(permissions=["camera"])
    address = f"{portal.url}/check?code=7KQ2-M9XC-22WP-HJ4R"
    officer.page.add_init_script(CAMERA % address)
    officer.open("/border/")
    officer.page.get_by_role("button", name="Scan with the camera").click()
    officer.page.locator(".border-answer--stop").wait_for()
    assert "7KQ2-M9XC-22WP-HJ4R" in officer.page.locator("#border-result").inner_text()
    assert officer.page.locator("video").count() == 0
    assert officer.faults == []


def test_a_browser_without_scripts_checks_too(post):
    officer = post(java_script_enabled=False)
    assert officer.page.get_by_role("button", name="Scan with the camera").is_hidden()
    type_in(officer, GOES)
    assert "May leave" in words(officer)


def test_a_session_that_ended_keeps_the_checks_for_the_same_officer(post):
    officer = post()
    cookies = officer.context.cookies()
    officer.context.clear_cookies()
    type_in(officer, NOBODYS)
    officer.page.get_by_text("You are signed out.").wait_for()
    assert NOBODYS in stored(officer)
    officer.faults.clear()
    officer.context.add_cookies(cookies)
    officer.open("/border/")
    officer.page.locator("#border-late .border-answer").wait_for()
    assert stored(officer) is None


def test_another_persons_unsent_checks_are_not_sent_but_deleted(post):
    officer = post()
    officer.page.evaluate(
        "localStorage.setItem('border-unsent', JSON.stringify({who: 'x', checks: ["
        "{key: '0123456789', typed: 'TRLU7720416', place: '', made_at: '2026-01-01T00:00:00Z'}]}))"
    )
    officer.open("/border/")
    officer.page.wait_for_timeout(500)
    assert stored(officer) is None
    assert "TRLU7720416" not in officer.page.locator("main").inner_text()


SHELL = "#border-no-line"
CACHED = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys())
      found.push([request.url, await (await caches.match(request)).text()]);
  return found;
}"""
SESSION_ENDED = """() => {
  const owner = JSON.parse(localStorage.getItem('border-owner'));
  localStorage.setItem('border-owner', JSON.stringify({ ...owner, until: Date.now() - 1000 }));
}"""


def open_without_a_line(someone):
    """Close the line and open the page anew: the shell that the device kept."""
    if someone.page.locator("#border-form").count():  # there its worker gets ready
        someone.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    someone.context.set_offline(True)
    someone.open("/border/")
    someone.page.locator(SHELL).wait_for(state="attached")


def test_the_page_opens_without_a_line_and_sends_what_was_typed_once_it_is_back(post):
    officer = post()
    token = officer.page.locator("[name=csrf_token]").first.input_value()
    open_without_a_line(officer)
    officer.page.reload()
    officer.page.locator(SHELL).wait_for()
    for number, typed in enumerate((GOES, NOBODYS), start=1):
        type_in(officer, typed)
        officer.page.locator(f"#border-unsent li:nth-child({number})").wait_for()
        assert "No answer yet: not checked" in words(officer)
    officer.page.reload()
    assert officer.page.locator("#border-unsent li").count() == 2
    officer.look("border-shell")
    kept = " ".join(address + text for address, text in officer.page.evaluate(CACHED))
    me = officer.page.evaluate("JSON.parse(localStorage.getItem('border-owner')).who")
    for part in (GOES, NOBODYS, "Toluene", token, me, KARACHI, "sign-out"):
        assert part not in kept
    officer.context.set_offline(False)
    late = officer.page.locator("#border-late")
    late.get_by_text("Not known").first.wait_for()
    late.get_by_text("May leave").first.wait_for()
    assert officer.page.locator(SHELL).count() == 0
    assert stored(officer) is None
    assert [one for one in officer.faults if "ERR_INTERNET_DISCONNECTED" not in one] == []


def test_no_other_page_opens_without_a_line(post):
    officer = post()
    open_without_a_line(officer)
    for path in ("/inbox/", "/border/shell", "/account"):
        with pytest.raises(Error):
            officer.open(path)


def test_a_device_on_which_nobody_is_signed_in_keeps_and_shows_0_checks(post):
    officer = post()
    cookies = officer.context.cookies()
    open_without_a_line(officer)
    type_in(officer, NOBODYS)
    officer.page.locator("#border-unsent li").wait_for()
    officer.context.clear_cookies()
    officer.context.set_offline(False)
    officer.page.wait_for_url(re.compile("/sign-in"))  # the portal says: nobody is signed in
    open_without_a_line(officer)
    officer.page.locator("#border-nobody").wait_for()
    assert officer.page.locator("#typed").is_hidden()
    assert NOBODYS not in officer.page.locator("body").inner_text()
    officer.look("border-shell-nobody")
    officer.context.add_cookies(cookies)
    officer.context.set_offline(False)
    officer.page.locator("#border-late .border-answer").wait_for()


def test_what_is_typed_after_the_session_ended_is_asked_about_before_it_is_sent(post):
    officer = post()
    open_without_a_line(officer)
    type_in(officer, GOES)
    officer.page.locator("#border-unsent li").wait_for()
    officer.page.evaluate(SESSION_ENDED)
    officer.page.reload()
    officer.page.locator("#border-former").get_by_text("not shown: 1").wait_for()
    assert GOES not in officer.page.locator("main").inner_text()
    type_in(officer, OTHER)
    officer.page.locator("#border-unsent li").wait_for()
    officer.look("border-shell-ended")
    officer.context.set_offline(False)
    officer.page.locator("#border-late").get_by_text("May leave").wait_for()
    assert officer.page.locator("#border-unsent li").all_inner_texts()[0].startswith(OTHER)
    assert officer.page.locator("#border-line").is_hidden()
    officer.look("border-asked")
    officer.press("I typed them: send them")
    officer.page.locator("#border-unsent li").wait_for(state="detached")
    officer.page.locator("#border-late .border-asked").nth(1).wait_for()
    assert stored(officer) is None


def test_what_another_may_have_typed_can_be_deleted(post):
    officer = post()
    officer.page.evaluate(SESSION_ENDED)
    open_without_a_line(officer)
    type_in(officer, OTHER)
    officer.page.locator("#border-unsent li").wait_for()
    officer.context.set_offline(False)
    officer.press("Delete them")
    officer.page.locator("#border-unsent li").wait_for(state="detached")
    assert stored(officer) is None
    assert officer.page.locator("#border-late .border-answer").count() == 0


def test_signing_out_deletes_what_was_not_sent(post, signed_in):
    officer = post()
    officer.context.set_offline(True)
    type_in(officer, NOBODYS)
    officer.page.locator("#border-unsent li").wait_for()
    officer.page.route("**/border/later", lambda route: route.abort())
    officer.context.set_offline(False)
    officer.page.get_by_role("button", name="Sign out").click()
    officer.page.wait_for_url(re.compile("/$"))
    assert stored(officer) is None
    assert officer.page.evaluate("localStorage.getItem('border-owner')") is None
    assert officer.page.evaluate(CACHED) == []
    signed_in.clear()


FILERS = {"sighting": "blo.mekong@partner.example", "information-request": "jpc@partner.example"}


@pytest.mark.parametrize("slug", OF_PARTNERS)
def test_1_submission_of_each_kind_of_partners_becomes_1_signed_paper(person, slug):
    officer = person()
    officer.page.set_default_timeout(60_000)
    officer.sign_in(FILERS[slug])
    officer.open("/report")
    officer.look("partner-report")
    reference = file(officer, slug, OF_PARTNERS[slug], set())
    text = "\n".join(page.extract_text() for page in acknowledgement(officer).pages)
    assert reference in text
    assert officer.faults == []


def test_a_request_is_answered_by_2_officers_and_read_by_its_partner(person):
    words = "The consignee is known here. Nothing is under way that we know of."
    analyst, supervisor, partner = person(), person(), person()
    for who, name in ((analyst, "analyst"), (supervisor, "supervisor")):
        who.page.set_default_timeout(60_000)
        who.sign_in(f"{name}@authority.example")
    analyst.open("/border/desk")
    analyst.look("border-desk")
    analyst.page.locator("tr", has_text="CSQU3054383").get_by_role("link").first.click()
    analyst.follow("Checks at borders")
    analyst.look("border-case")
    analyst.open("/triage/?kind=information-request")
    analyst.page.locator("[data-row] [data-desk=open]").last.click()
    analyst.page.wait_for_load_state()
    analyst.press("Answer the partner")
    reference = analyst.page.locator("h1").inner_text().removeprefix("Answer ")
    told = analyst.page.get_by_label("What the partner is told")
    told.fill("The notice speaks of 2500 kg.")
    analyst.press("Propose it")
    analyst.page.locator("main mark", has_text="2500 kg").first.wait_for()
    assert told.input_value() == "The notice speaks of 2500 kg."
    analyst.look("border-answer-marked")
    analyst.faults.clear()  # a browser counts a refused form among its errors
    told.fill(words)
    analyst.press("Propose it")
    analyst.look("border-answer-proposed")
    supervisor.page.goto(analyst.page.url)
    supervisor.look("border-answer-to-agree")
    supervisor.press("Agree and send")
    supervisor.page.get_by_text("Sent to the partner.").wait_for()
    partner.page.set_default_timeout(60_000)
    partner.sign_in("jpc@partner.example")
    partner.open("/submissions/")
    partner.look("partner-submissions")
    partner.page.get_by_role("link", name=reference).click()
    partner.look("partner-request")
    partner.follow("Answers and messages")
    assert words in partner.page.locator("main").inner_text()
    partner.look("partner-answer")
    for who in (analyst, supervisor, partner):
        assert who.faults == []
