"""The queue of one company, which is typed: there may be thousands of them."""

from typing import NamedTuple

import pytest

from portal.core.access import Role
from tests.factories import make_account, make_organisation, make_submission


class Filed(NamedTuple):
    """A case, and who filed it."""

    case: str
    firm: str
    reference: str


@pytest.fixture
def firms(session):
    """Return a case of each of three companies, by name; two are called nearly the same."""
    found = {}
    for name in ("Noord Chemie B.V.", "Noord Chemie B.V. Export", "Ромашка 100%"):
        firm = make_organisation(session, name=name)
        case = make_submission(session, author=make_account(session, organisation=firm))
        found[name] = Filed(str(case.id), str(firm.id), firm.reference)
    session.commit()
    return found


def shown(page):
    """Return the ids of the cases on a page."""
    return {row["data-row"] for row in page.soup.select("[data-row]")}


def boxes(page):
    """Return what stands in the box of the company, and what is said beside it."""
    said = page.soup.select_one("#company-error")
    return page.soup.select_one("#company")["value"], said and said.get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("noord chemie b.v.", "Noord Chemie B.V."),  # the whole name of one, a part of another's
        ("B.V. exp", "Noord Chemie B.V. Export"),
        ("Ромашка", "Ромашка 100%"),
        ("100%", "Ромашка 100%"),
    ],
)
def test_a_name_or_a_part_of_it_shows_1_companys_cases(sign_in, firms, typed, name):
    page = sign_in(Role.TRIAGE_OFFICER).get("/triage/", {"company": typed})
    assert shown(page) == {firms[name].case}
    assert boxes(page) == (name, None)


def test_an_id_or_a_reference_shows_1_companys_cases_under_its_name(sign_in, firms):
    filed = firms["Noord Chemie B.V."]
    for asked in (filed.firm, filed.reference, filed.reference.lower()):
        page = sign_in(Role.TRIAGE_OFFICER).get("/triage/", {"company": asked})
        assert shown(page) == {filed.case}
        assert boxes(page) == ("Noord Chemie B.V.", None)
        assert f"company={filed.firm}" in page.soup.select_one("#desk")["data-live"]


def test_a_name_of_several_companies_names_them_and_hides_nothing(sign_in, firms):
    page = sign_in(Role.TRIAGE_OFFICER).get("/triage/", {"company": "noord"})
    typed, said = boxes(page)
    assert typed == "noord"
    for name in ("Noord Chemie B.V.", "Noord Chemie B.V. Export"):
        assert f"{name} ({firms[name].reference})" in said
    assert shown(page) == {one.case for one in firms.values()}
    assert page.soup.select_one(".desk-filter details").has_attr("open")


@pytest.mark.parametrize("typed", ["nobody", "%", "_", "x" * 251, "\x00", "'; --"])
def test_a_name_of_no_company_is_said_beside_what_was_typed(sign_in, firms, typed):
    page = sign_in(Role.TRIAGE_OFFICER).get("/triage/", {"company": typed})
    if typed == "%":
        assert boxes(page) == ("Ромашка 100%", None)
        return
    assert boxes(page)[1]


def test_companies_are_offered_as_one_types(sign_in, firms):
    browser = sign_in(Role.TRIAGE_OFFICER)
    found = browser.client.get("/triage/companies.json", query_string={"q": "noord"}).json
    assert [one["value"] for one in found] == ["Noord Chemie B.V.", "Noord Chemie B.V. Export"]
    assert found[0]["hint"] == firms["Noord Chemie B.V."].reference
    assert browser.client.get("/triage/companies.json").json == []
    reporter = sign_in(Role.REPORTER)
    refused = reporter.ask(reporter.client.get, "/triage/companies.json?q=noord")
    assert refused.status_code in {403, 404}


def test_each_facet_says_what_it_leaves_open(sign_in):
    page = sign_in(Role.TRIAGE_OFFICER).get("/triage/")
    first = [one.select_one("option").get_text() for one in page.soup.select(".desk-filter select")]
    assert all(first)
    assert "Any country" in first


def test_500_companies_make_the_page_no_longer(session, sign_in, firms):
    browser = sign_in(Role.TRIAGE_OFFICER)
    before = len(browser.get("/triage/").soup.select("option"))
    for number in range(500):
        make_organisation(session, name=f"Firm {number}")
    session.commit()
    assert len(browser.get("/triage/").soup.select("option")) == before
