"""Nothing that a company reads is forgotten by the catalogue.

In a language of marks every text that the catalogue knows stands between two signs. Each page that
links lead to is opened, each form is sent empty, each paper is filled and each mail is written.
What stands outside of the signs must be a name, a number, a day, a country, a code or what a source
says in its own words.
"""

import re
from collections import Counter
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from flask import render_template, template_rendered
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.outbox import OutgoingMail
from portal.registration import services as registration
from portal.shipments.packages import facts_of
from portal.submissions import services
from portal.submissions.models import Submission
from tests.browser import Browser
from tests.factories import make_account
from tests.translations.pseudo import forgotten, visible

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|i\d+$")
MOST_PAGES = 400
MOST_OF_A_SORT = 3  # pages of the substance list, which differ only by a row of reference data
LEFT = {
    "/api/docs": "for programmers, made from the OpenAPI document, in English as that is",
    "/language": "shows no page",
}
OWN = (
    *("/", "/submissions/", "/report", "/account", "/account/password", "/account/address"),
    *("/account/confirm", "/account/second-factor", "/substances?q=acetic", "/places?q=rott"),
)
PUBLIC = ("/sign-in", "/apply", "/check", "/guidance", "/account/forgotten", "/nowhere")


def walked(browser, start):
    """Yield every page that links lead to, with its address."""
    todo = list(start)
    seen: set[str] = set()
    often: Counter[str] = Counter()
    while todo and len(seen) < MOST_PAGES:
        address = todo.pop(0)
        parts = urlsplit(address)
        sort = "/substances" if parts.path.startswith("/substances") else address
        outside = parts.netloc or not address.startswith("/") or parts.path in LEFT
        if outside or address in seen or often[sort] >= MOST_OF_A_SORT:
            continue
        seen.add(address)
        often[sort] += 1
        response = browser.ask(browser.client.get, address)
        if response.mimetype != "text/html":
            response.close()
            continue
        page = browser.page(response)
        yield address, page
        todo += [str(link["href"]) for link in page.soup.select("a[href]")]


def emptied(browser, page):
    """Return the page that answers when its own form is sent empty, if it has one."""
    form = page.soup.select_one('main form[method="post"]:not([action])')
    if form is None:
        return None
    press, token = form.find("button"), form.select_one("[name=csrf_token]")
    data = {"csrf_token": token["value"]}
    if press is not None and press.get("name"):
        data[press["name"]] = press.get("value", "")
    return browser.post(page.response.request.full_path.rstrip("?"), data)


def with_forms(browser, start):
    """Return every page, and every answer to an empty form."""
    pages = list(walked(browser, start))
    answers = ((address, emptied(browser, page)) for address, page in pages)
    return [*pages, *((f"{address} sent empty", page) for address, page in answers if page)]


def faults(pages, data):
    """Return what stands outside the marks, and on which pages."""
    said: dict[str, set[str]] = {}
    for address, page in pages:
        assert page.status not in {405, 500}, address
        for text in visible(page.soup):
            said.setdefault(text, set()).add(ID.sub("…", address))
    found = {text: (forgotten(text, data), places) for text, places in said.items()}
    return {rest: sorted(places)[:3] for rest, places in found.values() if rest}


def test_0_texts_stand_outside_the_marks_on_any_page_of_a_company(
    app, session, company, marks, data
):
    pages = with_forms(Browser(app, session, company), OWN)
    assert len(pages) > 150
    assert faults(pages, data) == {}


def test_0_texts_stand_outside_the_marks_on_any_page_for_everybody(app, session, marks, data):
    pages = with_forms(Browser(app, session), PUBLIC)
    assert len(pages) > 10
    assert faults(pages, data) == {}


def test_0_texts_stand_outside_the_marks_on_the_page_of_an_applicant(
    app, session, admin, marks, data
):
    applicant = make_account(session, Role.APPLICANT, name=admin.name)
    session.commit()
    pages = with_forms(Browser(app, session, applicant), ("/application", "/account"))
    assert faults(pages, data) == {}


@pytest.fixture
def papers(app):
    """Collect what papers are made of."""
    made = []

    def note(_app, template, context, **_more):
        if template.name.startswith("papers/"):
            made.append((template.name, dict(context)))

    template_rendered.connect(note, app)
    yield made
    template_rendered.disconnect(note, app)


# Certificates of registration and notices to other countries are English on purpose: strangers
# read them, and a certificate is compared with the register word for word.
def test_0_texts_stand_outside_the_marks_on_any_paper(app, session, company, marks, papers, data):
    people = joinedload(Submission.organisation), joinedload(Submission.author)
    query = select(Submission).where(Submission.author_id == company.id).options(*people)
    kinds = {one.kind: one for one in session.scalars(query)}
    said: dict[str, str] = {}
    with app.app_context():  # one that has spoken no language yet
        for one in kinds.values():
            services.render_acknowledgement(one)
        said |= {
            text: "papers/release.html"
            for one in kinds.values()
            if one.kind.endswith("-notice")
            for fact in facts_of(services.record_of(one))
            for text in fact
        }
        made = tuple(papers)  # filling them again is noted too
        for name, context in made:
            soup = BeautifulSoup(render_template(name, **context), "html.parser")
            said |= dict.fromkeys(visible(soup), name)
    assert {name for name, _ in made} == {"papers/acknowledgement.html"}
    assert len({context["kind"] for _, context in made if "kind" in context}) == len(kinds) == 7
    outside = {rest: name for text, name in said.items() if (rest := forgotten(text, data))}
    assert outside == {}


def test_0_texts_stand_outside_the_marks_in_any_mail(app, session, company, marks, data):
    filed = session.scalars(select(Submission).limit(1)).one()
    with app.app_context():  # one that has spoken no language yet
        services.tell(session, filed, utc_now())
        registration.warn(session, {}, utc_now())
    session.flush()
    mails = session.scalars(select(OutgoingMail).where(OutgoingMail.body.is_not(None))).all()
    assert len(mails) >= 2
    texts = {text for one in mails for text in (one.subject, str(one.body))}
    assert {rest for text in texts if (rest := forgotten(text, data))} == set()
