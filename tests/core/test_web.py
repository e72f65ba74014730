"""Headers, methods, hosts and settings: closed by default. Numbers are those of S9-S65."""

import pytest
from sqlalchemy.orm import Session

from portal.config import SettingsError, read_settings
from portal.core.access import Role
from portal.core.web import HEADERS

SAFE = {
    "PORTAL_SECRET_KEY": "kJ8s-29sdf_fs9+sdfSDF0sdfsdflkjWE",
    "PORTAL_BASE_URL": "https://portal.example.org",
    "PORTAL_DATABASE_URL": "sqlite://",
}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/no/such/page", "/check", "/static/portal.css"])
def test_9_headers_stand_on_every_answer(sign_in, path):
    """S48-S51, S57."""
    browser = sign_in(None)
    answer = browser.ask(browser.client.get, path)
    if path.startswith("/static"):
        assert answer.headers["Content-Type"].startswith("text/css")
        answer.close()
        return
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "Server" not in answer.headers
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_4_other_methods_are_refused(sign_in, method):
    """S59."""
    browser = sign_in(None)
    answer = browser.ask(lambda path, **_: browser.client.open(path, method=method), "/check")
    assert answer.status_code in {400, 405}


@pytest.mark.parametrize("header", ["X-Original-URL", "X-HTTP-Method-Override", "X-User"])
def test_3_headers_have_no_effect(sign_in, header):
    """S9."""
    browser = sign_in(Role.REPORTER)
    plain = browser.get("/account").title
    answer = browser.ask(browser.client.get, "/account", headers={header: "/triage/"})
    assert plain in answer.text


def test_a_foreign_host_is_refused_without_a_fault(sign_in):
    """S61."""
    browser = sign_in(None)
    answer = browser.ask(browser.client.get, "/", headers={"Host": "evil.example"})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"PORTAL_SECRET_KEY": "short"}, "unguessable"),
        ({"PORTAL_SECRET_KEY": "a" * 40}, "repeats"),
        ({"PORTAL_BASE_URL": "http://portal.example.org"}, "https"),
        ({"PORTAL_DEMO": "1"}, "DEMO"),
        ({"PORTAL_DATABASE_URL": "postgresql+psycopg://x/y"}, "sslmode"),
        ({"PORTAL_ENV": "staging"}, "PORTAL_ENV"),
        ({"PORTAL_COMPANY_MFA": "yes"}, "0 or 1"),
    ],
)
def test_7_unsafe_settings_stop_the_start(change, word):
    """S62, S105, S120."""
    assert read_settings(SAFE).production
    with pytest.raises(SettingsError, match=word):
        read_settings(SAFE | change)


def test_a_missing_secret_stops_the_start():
    with pytest.raises(SettingsError, match="PORTAL_SECRET_KEY"):
        read_settings({})


def test_the_cookie_of_production_is_bound_to_its_host():
    """S45."""
    settings = read_settings(SAFE)
    assert settings.SESSION_COOKIE_NAME == "__Host-portal"
    assert settings.SESSION_COOKIE_SECURE
    assert settings.SESSION_COOKIE_HTTPONLY


def test_both_health_pages_answer(sign_in, session: Session, app):
    browser = sign_in(None)
    app.config["KEY_DIR"].mkdir(exist_ok=True)
    assert browser.ask(browser.client.get, "/healthz").json == {"status": "up"}
    ready = browser.ask(browser.client.get, "/readyz")
    assert (ready.status_code, set(ready.json.values())) == (200, {True})
