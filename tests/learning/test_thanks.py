"""Thanks: general, proposed by one and given by another, read from a table of its own."""

import re
from decimal import Decimal

import pytest
from sqlalchemy import select, update

from portal.accounts.models import Account, LoginSession
from portal.core import jobs
from portal.core.access import GRANTS, Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.languages import LANGUAGES
from portal.leads.rules import OwnWorkError
from portal.learning import queries, services
from portal.learning.data import ThanksState
from portal.learning.models import ThanksDraft
from portal.organisations.data import THANKS
from portal.organisations.models import CompanyThanks, Organisation
from portal.partners.inbox import reporting
from portal.partners.inbox import services as talking
from portal.partners.inbox.data import Reported, Result, SeizureLine
from portal.submissions.models import Submission
from portal.triage import deeds
from portal.triage import queries as triage
from portal.triage.life import Action
from tests.architecture.test_routes import path_of, routes
from tests.factories import NOON, make_account, make_submission
from tests.inbox.story import hand_over, make_lead, make_partner

TOKEN = re.compile(rb'name="csrf_token"\s+value="[^"]*"|<meta name="csrf[^>]*>')


@pytest.fixture
def reporter(session):
    return make_account(session, Role.REPORTER)


@pytest.fixture
def source(session, reporter):
    return make_submission(session, author=reporter)


@pytest.fixture
def lead(session, source):
    return make_lead(session, source)


@pytest.fixture
def officer(session):
    return make_partner(session)


@pytest.fixture
def given(session, lead, officer):
    return hand_over(session, lead, officer)


@pytest.fixture
def outcome(session, given, officer):
    seized = SeizureLine(name="Acetone", substance="acetone", quantity=Decimal(5), unit="kg")
    said = Reported(result=Result.SEIZURE, place="Bangkok", locode="THBKK", seizures=(seized,))
    return reporting.report(session, given, said, officer, NOON)


@pytest.fixture
def analyst(session):
    return make_account(session, Role.ANALYST)


@pytest.fixture
def boss(session):
    return make_account(session, Role.SUPERVISOR)


@pytest.fixture
def proposed(session, lead, source, outcome, analyst):
    return services.propose(session, lead.id, source.organisation_id, THANKS, analyst, NOON)


def pages(app, account, browser, source):
    """Return every page that an account may ask for, by its address, without its tokens."""
    found = {}
    for rule in routes(app):
        needs = app.view_functions[rule.endpoint].access
        if "GET" not in rule.methods or (needs != "public" and needs not in GRANTS[account.role]):
            continue
        path = path_of(rule, submission_id=source.id)
        with browser.ask(browser.client.get, path) as answer:
            body = TOKEN.sub(b"", answer.data)
            kept = {k: v for k, v in answer.headers if k not in {"Set-Cookie", "Date"}}
            found[path] = (answer.status_code, body, kept)
    return found


@pytest.mark.parametrize("role", [Role.REPORTER, Role.COMPANY_ADMIN])
def test_every_company_page_is_the_same_byte_for_byte_before_and_after_an_outcome(
    app, session, sign_in, source, given, officer, role
):
    """Also after questions, requests, learning and a draft of thanks; nothing shows."""
    firm = session.get_one(Organisation, source.organisation_id)
    reader, lead = make_account(session, role, organisation=firm), given.lead_id
    browser = sign_in(reader)
    while jobs.run_due(app, utc_now()):
        pass
    before = pages(app, reader, browser, source)
    assert len(before) > 40
    assert sum(status == 200 for status, _, _ in before.values()) > 15
    case = triage.get(session, source.id)
    officers = make_account(session, Role.SUPERVISOR)
    for action in (Action.TAKE, Action.FLAG, Action.CONVERT):
        deeds.act(session, case, action, officers, NOON)
    analyst = make_account(session, Role.ANALYST)
    talking.ask(session, given, "Which seal?", officer, NOON)
    talking.answer(session, given, "That one.", analyst, NOON)
    seized = SeizureLine(name="Acetone", substance="acetone", quantity=Decimal(5), unit="kg")
    said = Reported(result=Result.SEIZURE, place="Bangkok", seizures=(seized,))
    reporting.report(session, given, said, officer, NOON)
    session.commit()
    while jobs.run_due(app, utc_now()):
        pass
    row = services.propose(session, lead, source.organisation_id, THANKS, analyst, NOON)
    session.commit()
    assert pages(app, reader, browser, source) == before
    services.refuse(session, row, "Too early", officers, NOON)
    session.commit()
    assert pages(app, reader, browser, source) == before
    again = services.propose(session, lead, source.organisation_id, THANKS, analyst, NOON)
    services.give(session, again, THANKS, officers, utc_now(), specific=False)
    session.commit()
    after = pages(app, reader, browser, source)
    assert {path for path in before if after[path] != before[path]} == {"/", "/overview"}


def test_an_analyst_proposes_and_a_supervisor_gives(
    session, lead, source, outcome, analyst, boss, reporter, sign_in
):
    page = sign_in(analyst).get(f"/leads/{lead.id}").click("Propose thanks")
    assert page.soup.textarea.get_text(strip=True) == THANKS
    page = page.submit("Propose")
    assert "proposed" in page.text
    company = sign_in(reporter)
    assert THANKS not in company.get("/overview").text
    supervisor = sign_in(boss)
    page = supervisor.get("/thanks/")
    page = page.click(queries.companies_of(session, lead.id, boss, NOON)[0].name)
    page.submit("Give the thanks", text="Thank you, all of you.")
    assert "Thank you, all of you." in company.get("/overview").text
    assert "No thanks wait" in supervisor.get("/thanks/").text
    row = session.scalars(select(CompanyThanks)).one()
    assert set(row.__table__.columns.keys()) == {"id", "organisation_id", "given_at", "text"}
    deeds_done = session.scalars(
        select(AuditEvent.deed).where(AuditEvent.deed.startswith("thanks."))
    ).all()
    assert {"thanks.proposed", "thanks.read", "thanks.given"} <= set(deeds_done)


def test_another_company_reads_0_of_it(session, proposed, boss, sign_in):
    services.give(session, proposed, THANKS, boss, utc_now(), specific=False)
    assert THANKS not in sign_in(make_account(session, Role.REPORTER)).get("/overview").text


@pytest.mark.parametrize(
    "secret", ["Acetone", "Bangkok", "PCU Bangkok", "12 drums", "reference", "customer", "author"]
)
def test_a_proposal_that_names_the_matter_is_refused_with_its_marks(
    session, lead, source, outcome, analyst, sign_in, secret
):
    words = {
        "reference": source.reference,
        "customer": "Example Customer",
        "author": session.get_one(Account, source.author_id).name,
    }.get(secret, secret)
    page = sign_in(analyst).get(f"/leads/{lead.id}/thanks/{source.organisation_id}")
    page = page.submit("Propose", text=f"Thank you for {words} and all.")
    assert page.status == 422
    assert "Thanks are general" in page.errors[0]
    assert session.scalars(select(ThanksDraft)).all() == []


def test_a_supervisor_may_say_more_and_must_mean_it(session, proposed, boss, sign_in):
    page = sign_in(boss).get(f"/thanks/{proposed.id}")
    text = "Your message on Acetone was of use."
    refused = page.submit("Give the thanks", text=text)
    assert refused.status == 422
    assert "says more than general words: Acetone" in refused.errors[0]
    assert session.scalars(select(CompanyThanks)).all() == []
    refused.submit("Give the thanks", text=text, specific="y")
    assert session.scalars(select(CompanyThanks.text)).all() == [text]
    session.expire_all()
    assert (proposed.state, proposed.specific) == (ThanksState.GIVEN, True)


def test_nobody_gives_what_they_proposed(session, lead, source, outcome, boss):
    row = services.propose(session, lead.id, source.organisation_id, THANKS, boss, NOON)
    with pytest.raises(OwnWorkError):
        services.give(session, row, THANKS, boss, NOON, specific=False)
    assert session.scalars(select(CompanyThanks)).all() == []


def test_giving_asks_for_the_password_again(session, proposed, boss, sign_in):
    browser = sign_in(boss)
    session.execute(update(LoginSession).values(confirmed_at=NOON))
    session.commit()
    page = browser.get(f"/thanks/{proposed.id}")
    assert not page.has_button("Give the thanks")
    assert page.path != f"/thanks/{proposed.id}"


def test_thanks_are_decided_1_time(session, proposed, boss):
    services.refuse(session, proposed, "Not yet", boss, NOON)
    with pytest.raises(services.ThanksRefusedError, match="decided"):
        services.give(session, proposed, THANKS, boss, NOON, specific=False)


def test_a_refusal_says_why_and_the_next_proposal_is_open(session, lead, proposed, boss, sign_in):
    page = sign_in(boss).get(f"/thanks/{proposed.id}")
    wrong = page.submit("Refuse")
    assert wrong.errors == ["Say why not"]
    page.submit("Refuse", **{"refuse-remark": "Wait for the trial"})
    page = sign_in(Role.ANALYST).get(f"/leads/{lead.id}")
    assert "Wait for the trial" in page.text
    assert page.click("Propose thanks").status == 200


def test_there_are_0_thanks_before_an_outcome_or_twice(session, lead, source, given, analyst):
    with pytest.raises(services.ThanksRefusedError, match="No partner"):
        services.propose(session, lead.id, source.organisation_id, THANKS, analyst, NOON)


def test_a_second_proposal_waits_for_the_first(session, lead, source, proposed, analyst):
    with pytest.raises(services.ThanksRefusedError, match="wait already"):
        services.propose(session, lead.id, source.organisation_id, THANKS, analyst, NOON)


def test_a_company_that_told_nothing_is_not_thanked(session, lead, outcome, analyst, sign_in):
    stranger = make_account(session, Role.REPORTER)
    path = f"/leads/{lead.id}/thanks/{stranger.organisation_id}"
    assert sign_in(analyst).get(path).status == 404


def test_who_may_not_read_the_case_learns_0_names_of_companies(
    session, lead, source, outcome, analyst, sign_in
):
    other = make_account(session, Role.ANALYST)
    deeds.take(session, triage.get(session, source.id), other, NOON)
    browser = sign_in(analyst)
    firm = session.get_one(Organisation, source.organisation_id)
    assert "Thanks to who reported" not in browser.get(f"/leads/{lead.id}").text
    assert browser.get(f"/leads/{lead.id}/thanks/{firm.id}").status == 404
    assert sign_in(other).get(f"/leads/{lead.id}/thanks/{firm.id}").status == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_draft_speaks_the_language_of_the_report(session, lead, source, outcome, language):
    session.get_one(Submission, source.id).language = language
    text, spoken = services.usual(session, lead.id, source.organisation_id)
    assert spoken == language
    assert text
