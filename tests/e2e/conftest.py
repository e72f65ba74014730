"""The portal as it runs in earnest - server, worker, database on disk - and a real browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"),
    *("--disable-component-update", "--disable-sync"),
]
WIDTHS = (1280, 375)
START_SECONDS = 40


@dataclass
class Portal:
    """A running portal with the practice data."""

    url: str
    folder: Path
    env: dict[str, str]

    def flask(self, *words: str) -> str:
        """Run a command of the portal and return what it says."""
        command = [sys.executable, "-m", "flask", "--app", "portal.app", *words]
        done = subprocess.run(
            command, env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=120, check=True
        )
        return done.stdout.strip()

    def code(self, email: str) -> str:
        """Return the present second-factor code of somebody in the practice data."""
        return self.flask("demo-code", email)

    def mail_to(self, address: str, part: str = "", seconds: int = 120) -> str:
        """Wait for the newest mail to an address that holds a text, and return its text."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            files = sorted((self.folder / "mail").glob("*.eml"), key=lambda f: f.stat().st_mtime)
            for file in reversed(files):
                mail = message_from_bytes(file.read_bytes(), policy=policy.default)
                body = mail.get_body()
                text = body.get_content() if body else ""
                if address in str(mail["To"]) and part in text:
                    return text
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address}")

    def link_in_mail(self, address: str) -> str:
        """Return the newest one-time link that was sent to an address."""
        found = re.search(r"https?://\S+/account/link/\S+", self.mail_to(address, "/account/link/"))
        assert found is not None
        return found[0]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def start(portal: Portal) -> list[subprocess.Popen[bytes]]:
    """Start server and worker, and wait until the server answers."""
    port = portal.url.rsplit(":", 1)[1]
    app = "portal.app:create_app()"
    server = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "gunicorn.conf.py",
        "-b",
        f"127.0.0.1:{port}",
        app,
    ]
    worker = [sys.executable, "-m", "flask", "--app", "portal.app", "worker"]
    with (portal.folder / "server.log").open("ab") as log:
        running = [
            subprocess.Popen(words, env=portal.env, cwd=ROOT, stdout=log, stderr=log)
            for words in (server, worker)
        ]
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(f"{portal.url}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return running
        except OSError:
            time.sleep(0.1)
    raise AssertionError((portal.folder / "server.log").read_text()[-3000:])


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """Serve the portal with practice data, from an empty folder."""
    folder = tmp_path_factory.mktemp("served")
    port = free_port()
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
        "PORTAL_ENV": "development",
        "PORTAL_DEMO": "1",
        "PORTAL_SECRET_KEY": "a secret of the browser tests, nobody else's",
        "PORTAL_DATA_DIR": str(folder),
        "PORTAL_DATABASE_URL": f"sqlite:///{folder}/portal.db",
        "PORTAL_BASE_URL": f"http://127.0.0.1:{port}",
    }
    served = Portal(f"http://127.0.0.1:{port}", folder, env)
    upgrade = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(upgrade, env=env, cwd=ROOT, check=True, capture_output=True, timeout=120)
    served.flask("load-reference")
    served.flask("demo")
    running = start(served)
    yield served
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=40)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start the browser of the system."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path is not None, "chromium is not installed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Person:
    """Somebody at a browser of their own."""

    page: Page
    portal: Portal
    context: BrowserContext
    faults: list[str]

    def open(self, path: str) -> None:
        """Open a page of the portal."""
        self.page.goto(self.portal.url + path)

    def sign_in(self, email: str, password: str = "practice makes the portal perfect") -> None:
        """Sign in with password and code."""
        self.open("/sign-in")
        self.page.get_by_label("E-mail address").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.press("Continue")
        for _ in range(3):
            self.page.get_by_label("Code").fill(self.portal.code(email))
            self.press("Sign in")
            if not self.page.url.endswith("/sign-in/code"):
                self.faults.clear()  # a browser counts a refused code among its errors
                return
            time.sleep(30 - time.time() % 30 + 0.5)  # a code works once: wait for the next
        raise AssertionError(f"{email} cannot sign in: {self.page.inner_text('main')[:500]}")

    def press(self, name: str) -> None:
        """Press a button of the page."""
        self.page.locator("main").get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str) -> None:
        """Follow a link of the page."""
        main = self.page.locator("main, nav[aria-label=Back]")
        main.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def look(self, name: str) -> None:
        """Hold the page to WCAG by axe, to both widths, and keep its picture if asked."""
        found = Axe().run(self.page)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} wide at {width}"
            if os.environ.get("PORTAL_SCREENSHOTS"):
                folder = ROOT / "var" / "screenshots"
                folder.mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
        self.page.set_viewport_size({"width": WIDTHS[0], "height": 900})


@pytest.fixture
def person(portal: Portal, chromium: Browser) -> Iterator[Callable[[], Person]]:
    """Return a maker of people, each with a browser of their own; no page may have a fault."""
    made: list[Person] = []

    def make(**options) -> Person:
        context = chromium.new_context(**options)
        context.set_default_timeout(15_000)
        page = context.new_page()
        faults: list[str] = []
        page.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        made.append(Person(page, portal, context, faults))
        return made[-1]

    yield make
    for one in made:
        one.context.close()
