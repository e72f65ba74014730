"""What a device keeps of the border page: an empty shell, the same for everybody, by version."""

import json
import re

import pytest

from portal.core.access import Role
from tests.border.making import BOX, officer, released


def kept_by(browser):
    """Return what the worker's script says it keeps."""
    answer = browser.ask(browser.client.get, "/border/worker.js")
    found = re.search(r"const KEPT = (\{.*\});", answer.text)
    assert found is not None
    return json.loads(found[1])


@pytest.fixture
def browser(session, sign_in):
    return sign_in(officer(session, name="PCU Bangkok"))


def test_the_shell_is_the_same_for_2_officers_and_holds_0_words_of_either(session, sign_in):
    released(session)
    first, second = officer(session, name="PCU Bangkok"), officer(session, name="PCU Laem Chabang")
    second.language = "ar"
    session.commit()
    one, other = sign_in(first), sign_in(second)
    one.get("/border/").submit("Check", typed=BOX)
    shells = [who.ask(who.client.get, "/border/shell") for who in (one, other)]
    assert shells[0].data == shells[1].data
    text = shells[0].text
    for account in (first, second):
        for secret in (str(account.id), account.id.hex, account.email, account.name, "PCU"):
            assert not secret or secret not in text
    for secret in ("csrf", BOX, "Toluene", "/sign-out", 'data-who="', "data-border-officer"):
        assert secret not in text


def test_every_file_that_the_shell_names_is_kept_and_nothing_else(browser):
    kept = kept_by(browser)
    shell = browser.ask(browser.client.get, kept["shell"])
    named = set(re.findall(r'(?:href|src)="(/static[^"]+)"', shell.text.replace("&amp;", "&")))
    fonts = {one for one in kept["files"] if one.endswith(".woff2")}
    assert set(kept["files"]) - fonts == named
    assert len(fonts) == 2
    style = browser.ask(browser.client.get, "/static/vendor/app.css")
    for one in fonts:
        assert one.removeprefix("/static/vendor/") in style.text
    style.close()
    for address in kept["files"]:
        answer = browser.ask(browser.client.get, address)
        assert answer.status_code == 200
        answer.close()
    assert kept["page"] == "/border/"


def test_another_content_of_the_shell_is_another_version(app, browser, monkeypatch):
    before = kept_by(browser)["version"]
    assert kept_by(browser)["version"] == before
    monkeypatch.setitem(app.config, "AUTHORITY_PHONE", "+00 1234")  # as an operator would change it
    assert kept_by(browser)["version"] != before


def test_the_worker_keeps_to_the_pages_of_the_border_and_is_not_stored_itself(browser):
    answer = browser.ask(browser.client.get, "/border/worker.js")
    assert answer.content_type == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Service-Worker-Allowed" not in answer.headers


@pytest.mark.parametrize("path", ["/border/", "/border/shell"])
def test_2_pages_may_start_a_worker_and_stay_out_of_other_caches(browser, path):
    headers = browser.ask(browser.client.get, path).headers
    assert "worker-src 'self'" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Permissions-Policy"].startswith("camera=(self)")
    assert headers["Cache-Control"] == "no-store"


def test_every_other_page_may_start_0_workers(browser):
    for path in ("/account", "/inbox/", "/check"):
        policy = browser.get(path).response.headers["Content-Security-Policy"]
        assert "worker-src 'none'" in policy


def test_pages_name_the_officer_of_a_border_and_nobody_else(session, sign_in):
    who = officer(session)
    assert sign_in(who).get("/account").soup.body["data-border-officer"] == str(who.id)
    for other in (Role.REPORTER, Role.SUPERVISOR, None):
        assert sign_in(other).get("/check").soup.body["data-border-officer"] == ""
