"""Help beside the questions: an example for what is typed, a reason, and a way to the guidance."""

import pytest

from portal.core.access import Role
from portal.core.ui import field_kind
from portal.guidance.data import BY_SLUG
from portal.intake.models import Draft
from portal.organisations.models import Sort
from portal.submissions.reasons import HELP, explain, help_for
from tests.factories import NOON, make_account

TYPED = {"text", "textarea"}  # what a person must think of; choices speak for themselves


def questions(app, sides=(Sort.COMPANY,)):
    """Return page and questions of every page of every kind that these sides file."""
    for kind in (one for one in app.extensions["portal.kinds"].values() if one.side in sides):
        for step in kind.steps:
            form = step.form(formdata=None, meta={"csrf": False})
            explain(step.slug, form)
            yield kind, step, form


def test_0_questions_that_are_typed_lack_an_example(app, session):
    bare = {
        f"{kind.slug}/{step.slug}/{field.short_name}"
        for kind, step, form in questions(app, Sort)
        for field in form
        if field_kind(field) in TYPED and not field.description
    }
    assert bare == set()


def test_at_most_1_in_10_questions_says_not_why_it_is_asked(app, session):
    asked = [field for _, _, form in questions(app) for field in form]
    silent = {field.short_name for field in asked if not field.why}
    assert len(silent) * 10 <= len({field.short_name for field in asked})


def test_0_reasons_speak_of_a_question_that_nobody_asks(app, session):
    names = {
        name
        for _, step, form in questions(app)
        for field in form
        for name in (field.short_name, f"{step.slug}.{field.short_name}")
    }
    assert set(HELP) <= names


def test_every_reason_is_short_and_leads_to_1_of_the_guides(app):
    for name, one in HELP.items():
        assert len(one.why) <= 100, name
        assert not one.guide or one.guide in BY_SLUG, name


def test_a_page_knows_a_name_that_means_2_things():
    assert help_for("containers", "number").why != help_for("authorisations", "number").why
    assert help_for("nowhere", "nothing").why == ""


@pytest.fixture
def draft(session):
    author = make_account(session, Role.REPORTER)
    draft = Draft(
        kind="suspicious-order",
        organisation_id=author.organisation_id,
        author_id=author.id,
        started_at=NOON,
        saved_at=NOON,
        answers={"parties": [{"id": "b1", "typed": {}}]},
    )
    session.add(draft)
    session.commit()
    return author, draft


def test_a_page_of_a_draft_shows_1_reason_a_question_and_the_way_to_the_guidance(sign_in, draft):
    author, one = draft
    page = sign_in(author).get(f"/drafts/{one.id}/grounds")
    assert "A short way to say what many firms have seen before." in page.text
    assert page.click("More").title == "What is suspicious"
    party = sign_in(author).get(f"/drafts/{one.id}/parties/b1")
    box = party.soup.select_one("[name=eori]")
    hint = party.soup.select_one("#" + box["aria-describedby"].split()[0])
    assert hint.text == "Such as NL123456789"


def test_the_3_guides_for_reporters_stand_where_a_report_begins(sign_in):
    page = sign_in(Role.REPORTER).get("/report")
    for title in ("what is suspicious", "what the customer", "what happens after"):
        assert page.click(title).status == 200
