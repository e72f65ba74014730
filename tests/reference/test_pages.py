"""The pages on which people look substances and places up."""

import pytest

from portal.core.access import Role

KEY = "acetic-anhydride"


@pytest.fixture
def browser(reference, sign_in):
    """Return a reporter's browser on a portal with its reference data."""
    return sign_in(Role.REPORTER)


def test_without_a_question_8_lists_can_be_looked_through(browser):
    page = browser.get("/substances")
    links = {link.get_text(): link["href"] for link in page.soup.select("main li a")}
    assert {"EU category 1", "EU category 2A", "US list II", "UN table I"} <= links.keys()
    listed = browser.get(links["EU category 2A"])
    assert "2 found" in listed.text
    assert "Red phosphorus" in listed.text


@pytest.mark.parametrize("typed", ["AcAn", "108-24-7", "acetik anhidride", "UN 1715"])
def test_a_substance_is_found_and_opened_by_4_of_its_names(browser, typed):
    page = browser.get(f"/substances?q={typed}")
    first = page.soup.select_one(".found a")
    assert first["href"] == f"/substances/{KEY}"
    assert browser.get(first["href"]).title == "Acetic anhydride"


def test_a_wrong_check_digit_is_said_and_0_substances_shown(browser):
    page = browser.get("/substances?q=108-24-8")
    assert "its check digit does not match" in page.text
    assert page.soup.select(".found") == []


@pytest.mark.parametrize(
    ("query", "status"),
    [("q=" + "x" * 250, 200), ("q=" + "x" * 251, 422), ("q=%00", 422), ("q=a&q=b", 200)],
)
def test_4_odd_questions_are_answered_without_breaking(browser, query, status):
    assert browser.get(f"/substances?{query}").status == status
    assert browser.get(f"/places?{query}").status == status
    assert browser.get(f"/substances/suggest.json?{query}").status == 200
    assert browser.get(f"/places/suggest.json?{query}").status == 200


def test_markup_in_a_question_comes_back_as_text_in_1_place(browser):
    page = browser.get("/substances?q=<script>alert(1)</script>")
    assert page.soup.select("main script") == []


def test_a_page_shows_limits_sources_and_what_is_not_confirmed_in_1_field(browser):
    page = browser.get("/substances/4-piperidone")
    assert "Regulation (EC) 111/2005, Articles 11 and 12" in page.text
    rows = {row.dt.get_text(strip=True): row.dd.get_text(" ", strip=True) for row in
            page.soup.select(".govuk-summary-list__row")}  # fmt: skip
    assert rows["EU category"] == "1 Not confirmed"
    assert rows["1988 Convention"] == "Table I, since 2024"
    assert rows["CAS number"] == "41661-47-6"
    assert "1 kg of 4-piperidone hydrochloride holds" in page.text


def test_a_page_shows_no_yield_of_any_of_2_drugs(browser):
    page = browser.get(f"/substances/{KEY}")
    assert "1 litre of the pure liquid at 20 C weighs 1.082 kg" in page.text
    assert "heroin hydrochloride" not in page.text
    assert "1.8093" not in page.text


def test_a_limit_whose_text_ended_on_14_may_2019_is_marked(browser):
    text = browser.get("/substances/4-piperidone").text
    assert text.count("Not in force") == 1
    assert "in force from 27 December 2017 until 14 May 2019" in text


def test_a_page_shows_the_weight_of_1_litre_of_solution(browser):
    text = browser.get("/substances/ethylamine").text
    assert "1 litre of 70 percent aqueous solution holds 0.567 kg of the pure substance" in text


def test_1_unknown_substance_is_not_found(browser):
    assert browser.get("/substances/water").status == 404


def test_substances_are_suggested_with_3_words_each(browser):
    answer = browser.get("/substances/suggest.json?q=acan").response
    assert answer.json[0] == {
        "value": "Acetic anhydride",
        "label": "Acetic anhydride",
        "hint": "CAS 108-24-7 · synonym AcAn",
    }
    assert len(browser.get("/substances/suggest.json?q=EU 1").response.json) == 8


def test_places_are_suggested_with_3_words_each(browser):
    answer = browser.get("/places/suggest.json?q=rotterdam").response
    assert answer.json == [
        {"value": "NLRTM", "label": "Rotterdam, Netherlands", "hint": "NLRTM · Seaport"}
    ]
    found = browser.get("/places/suggest.json?q=afghanistan&kind=airport").response.json
    assert {place["hint"][-7:] for place in found} == {"Airport"}


def test_1_place_is_shown_with_what_is_not_confirmed(browser):
    page = browser.get("/places?q=Jebel Ali Free Zone&kind=free_trade_zone")
    assert "AEQWE" in page.text
    assert "Not confirmed" in page.text
    assert browser.get("/places?q=zzzzz").text.count("No place of the list is like this") == 1
    assert browser.get("/places?q=x&kind=moon").status == 422


@pytest.mark.parametrize("role", Role)
def test_each_of_10_roles_may_look_up(reference, sign_in, role):
    assert sign_in(role).get("/substances").status == 200


@pytest.mark.parametrize(
    "path",
    ["substances", f"substances/{KEY}", "places", "substances/suggest.json", "places/suggest.json"],
)
def test_a_stranger_is_asked_to_sign_in_on_5_pages(sign_in, path):
    assert sign_in(None).get(f"/{path}").title == "Sign in"


def test_before_the_first_load_2_pages_say_that_there_is_nothing(bare, sign_in):
    browser = sign_in(Role.REPORTER)
    assert "No reference data is loaded yet" in browser.get("/substances").text
    assert "holds 0 seaports" in browser.get("/places").text
