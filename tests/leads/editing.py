"""What an officer does on the page of a lead."""

from sqlalchemy import select

from portal.core.access import Role
from portal.leads.models import Lead
from portal.triage.models import TriageCase
from tests.browser import prefilled
from tests.factories import make_account

GRADING = {"source": "2", "information": "B", "handling": "C"}


def row(name, place, /, **answers):
    return {f"{name}-{place}-{key}": value for key, value in answers.items()}


def begun(browser, *submissions, **answers):
    """Return the page on which a lead is written that was begun from some submissions."""
    address = "/leads/new?" + "&".join(f"submission={one.id}" for one in submissions)
    said = {"title": "A buyer in Almaty", "category": "diversion attempt"}
    page = browser.get(address).submit("Begin the lead", **said | answers)
    assert page.path.endswith("/edit"), page.errors
    return page


def only(session):
    session.expire_all()
    return session.scalars(select(Lead)).one()


def by_title(session, title):
    session.expire_all()
    return session.scalars(select(Lead).where(Lead.title == title)).one()


def taken_by_another(session, submission):
    case = session.get_one(TriageCase, submission.id)
    case.assignee_id = make_account(session, Role.TRIAGE_OFFICER).id
    session.commit()


def press(page, value, **answers):
    """Press the button that sends a value."""
    button = page.soup.select_one(f'button[name=press][value="{value}"]')
    assert button is not None, value
    form = button.find_parent("form")
    return page.browser.post(form["action"], prefilled(form) | answers | {"press": value})
