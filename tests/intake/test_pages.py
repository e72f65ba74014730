"""The pages of a draft, as a reporter meets them."""

import pytest
from sqlalchemy import func, select

from portal.core.access import Role
from portal.intake.models import Draft
from portal.submissions.models import Submission

EVENT = {
    "happened": "order",
    "happened_on": ["20", "3", "2026"],
    "done": "refused",
    "can_stop": "no",
}


@pytest.fixture
def draft(sign_in):
    """Return the overview of a new draft."""
    return sign_in(Role.REPORTER).get("/report").submit("Start suspicious order")


def test_an_empty_page_names_4_missing_answers(draft):
    wrong = draft.click("What happened").submit("Save and continue")
    assert wrong.status == 422
    assert wrong.errors == [
        "Choose what happened",
        "Enter the day",
        "Choose what you did",
        "Choose whether the goods can still be stopped",
    ]
    assert "Nothing has been filed" in wrong.text


def test_a_complete_page_leads_to_the_next(draft, session):
    following = draft.click("What happened").submit("Save and continue", **EVENT)
    assert following.title == "Substances"
    assert session.scalar(select(func.count()).select_from(Draft)) == 1
    assert session.scalar(select(func.count()).select_from(Submission)) == 0


def test_what_was_typed_wrong_is_kept(draft):
    page = draft.click("What happened")
    wrong = page.submit("Save and continue", **EVENT | {"happened_on": ["31", "2", "2026"]})
    assert wrong.errors == ["There is no day 31 in month 2 of 2026"]
    again = draft.browser.get(page.path)
    assert [i["value"] for i in again.soup.select("[name=happened_on]")] == ["31", "2", "2026"]
