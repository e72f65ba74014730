"""The papers of a notice: used up, ended, for one delivery, or of another substance."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from portal.core.access import Role
from portal.kinds.end_user_declaration.data import EndUserDeclarationData, Use
from portal.kinds.notices.data import Authorisation, AuthorisationSort
from portal.submissions.rules import Outer
from tests.factories import (
    NOON,
    customer,
    line,
    make_account,
    make_submission,
    notice,
)
from tests.kinds.answers import items
from tests.kinds.test_kinds import draft_of

TODAY = NOON.date()


@pytest.fixture
def author(session):
    return make_account(session, Role.REPORTER)


def declaration(**more):
    answers: dict[str, Any] = {
        "lines": (line("toluene", "1000"),),
        "parties": (customer(),),
        "declared_by": "A. Declarant",
        "number": "EUD-2026/7",
        "use": Use.COATING,
        "use_words": "Paints",
        "site_of_use": "Dock Lane 4, Bangkok",
        "site_country": "TH",
        "signed_on": date(2026, 1, 5),
        "valid_until": date(2026, 12, 31),
        "signed_by": "S. Chai",
    }
    return EndUserDeclarationData(**answers | more)


def named(number="EUD-2026/7", sort=AuthorisationSort.DECLARATION, quantity="800", **more):
    """Return a notice over 800 kg of toluene that names a paper."""
    paper = Authorisation(sort=sort, number=number, issuer="The customer", **more)
    goods = line("toluene", quantity, base_kg=Decimal(quantity))
    return notice(lines=(goods,), authorisations=(paper,))


def doubted(app, session, author, data, corrects_id=None):
    kind = app.extensions["portal.kinds"]["export-notice"]
    return list(kind.papers(session, data, author, corrects_id))


def test_a_first_notice_within_its_declaration_gets_0_warnings(app, session, author):
    make_submission(session, declaration(), author=author)
    assert doubted(app, session, author, named()) == []


def test_a_second_notice_that_goes_200_kg_a_month_too_far_is_warned_once(app, session, author):
    make_submission(session, declaration(), author=author)
    first = make_submission(session, named(), author=author, now=NOON + timedelta(days=1))
    words = (
        "End-user declaration EUD-2026/7 covers 1000 kg of Toluene a year;"
        " with this notice it would be 1600 kg."
    )
    assert doubted(app, session, author, named()) == [words]
    assert doubted(app, session, author, named("eud 2026 7")) == [words]
    assert doubted(app, session, author, named(), corrects_id=first.id) == []
    first.state = Outer.CANCELLED
    session.flush()
    assert doubted(app, session, author, named()) == []


def test_a_notice_of_a_year_ago_uses_up_0_kg(app, session, author):
    make_submission(session, declaration(), author=author, now=NOON - timedelta(days=500))
    make_submission(session, named(), author=author, now=NOON - timedelta(days=400))
    assert doubted(app, session, author, named()) == []


def test_a_declaration_that_ended_or_is_spent_or_names_another_substance_gets_3_warnings(
    app, session, author
):
    paper = declaration(valid_until=date(2026, 5, 1), single=True, lines=(line("acetone", "5"),))
    make_submission(session, paper, author=author)
    used = make_submission(session, named(), author=author)
    assert doubted(app, session, author, named()) == [
        "End-user declaration EUD-2026/7 was valid until 1 May 2026."
        " Ask the customer for a new one.",
        f"End-user declaration EUD-2026/7 is for one delivery, and was used in {used.reference}.",
        "End-user declaration EUD-2026/7 does not name Toluene.",
    ]


def test_an_authorisation_that_ends_too_early_or_was_used_gets_2_warnings(app, session, author):
    sort, end = AuthorisationSort.EXPORT, date(2026, 5, 31)
    data = named("EXP-1", sort, expires_on=end)
    assert len(doubted(app, session, author, data)) == 1
    used = make_submission(session, data, author=author)
    assert doubted(app, session, author, data) == [
        "Export authorisation EXP-1 ends on 31 May 2026, before the goods move on 1 June 2026.",
        f"Export authorisation EXP-1 was used before, in {used.reference}. Is it not used up?",
    ]


def test_papers_of_another_company_are_known_to_0_others(app, session, author):
    make_submission(session, declaration(single=True), author=make_account(session))
    make_submission(session, named(), author=make_account(session))
    assert doubted(app, session, author, named()) == []


def test_the_page_before_sending_asks_to_confirm_1_warning(session, sign_in, author):
    make_submission(session, named("EXP-1", AuthorisationSort.EXPORT), author=author)
    paper = items({"sort": "export authorisation", "number": "EXP-1", "issuer": "Ministry"})
    draft = draft_of(session, author, "export-notice", authorisations=paper)
    browser = sign_in(author)
    page = browser.get(f"/drafts/{draft.id}/check")
    assert "Export authorisation EXP-1 was used before" in page.text
    refused = page.submit("Send to the authority")
    assert refused.errors == ["Tick that you have checked the points above"]
    assert refused.submit("Send to the authority", sure="y").path.startswith("/submissions/")
