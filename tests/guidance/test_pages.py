"""Guidance: open to everybody, complete, sourced, and silent on how the portal compares."""

import pytest

from portal.guidance.data import GUIDES, grouped
from portal.submissions.indicators import INDICATORS, OFFERED
from portal.triage.rules import RULES


@pytest.fixture
def visitor(sign_in):
    return sign_in(None)


def test_the_5_pages_open_to_a_visitor_from_the_foot_of_every_page(visitor):
    index = visitor.get("/").click("Guidance")
    for guide in GUIDES:
        page = index.click(guide.title)
        assert page.status == 200
        assert page.title == guide.title
    assert len(GUIDES) == 5


def test_a_page_that_is_not_there_answers_404(visitor):
    assert visitor.get("/guidance/../suspicious-order").status == 404
    assert visitor.get("/guidance/base").status == 404


def test_every_indicator_stands_on_the_page_with_its_source(visitor):
    page = visitor.get("/guidance/suspicious")
    for one in INDICATORS:
        assert one.statement in page.text
        assert one.source in page.text
    marks = [tag for tag in page.soup.select(".govuk-tag") if "Not confirmed" in tag.text]
    assert len(marks) == sum(not one.confirmed for one in INDICATORS)


def test_every_group_has_1_heading():
    names = [name for name, _ in grouped(INDICATORS)]
    assert len(names) == len(set(names)) == len({one.group for one in INDICATORS})


def test_what_the_portal_compares_is_told_without_1_number_or_rule(visitor):
    page = visitor.get("/guidance/suspicious")
    own = page.text.split("What the portal looks at by itself")[1].split("More guidance")[0]
    assert not any(character.isdigit() for character in own)
    for rule in RULES:
        assert rule.code not in page.text
        assert rule.title not in page.text


def test_nothing_that_another_question_asks_is_asked_2_times():
    assert len(OFFERED) < len(INDICATORS)
    assert not {"paid-crypto", "self-collection", "inside-knowledge"} & {o.code for o in OFFERED}
    assert len({one.code for one in INDICATORS}) == len(INDICATORS)


def test_deadlines_name_source_and_confidence_of_each_of_12(visitor, session):
    page = visitor.get("/guidance/deadlines")
    assert len(page.soup.select(".govuk-summary-list__row")) >= 12
    assert page.text.index("European Union") < page.text.index("1988 Convention")
    assert "Regulation (EC) 111/2005, Article 11" in page.text
    row = next(r for r in page.soup.select("dl > div") if "2 years" in r.text)
    assert "Not confirmed" in row.text


def test_the_notice_shows_its_2_periods_and_no_other_duty(visitor, session):
    page = visitor.get("/guidance/notice")
    assert "15 working days" in page.text
    assert "15 February" not in page.text
