"""Making, writing and submitting a lead, as an analyst does it."""

from sqlalchemy import select

from portal.leads.models import Lead, LeadDraft
from portal.triage.life import Status
from portal.triage.models import TriageCase
from tests.factories import order

GRADING = {"source": "2", "information": "B", "handling": "C"}


def row(place, **answers):
    return {f"texts-{place}-{name}": value for name, value in answers.items()}


def begin(browser, submission, **answers):
    page = browser.get(f"/leads/from/{submission.id}")
    said = {"title": "A buyer in Almaty", "category": "diversion attempt"}
    return page.submit("Begin the lead", **said | answers)


def test_a_lead_is_made_of_a_submission_and_written(session, sign_in, analyst, flagged):
    submission = flagged(order(grounds="No trade address and a strange hurry."))
    page = begin(sign_in(analyst), submission)
    assert "edit" in page.path, page.errors
    page = page.submit("Quote")
    quoted = page.soup.select_one("[name=texts-0-text]").get_text().strip()
    assert quoted
    page = page.submit(
        "Save the lead",
        asked="Watch him.",
        summary="Ours.",
        **row(0, **GRADING),
        marking="TLP:AMBER",
    )
    assert page.title == "A buyer in Almaty"
    lead = session.scalars(select(Lead)).one()
    text = lead.texts[0]
    assert (text.text, text.submission_id) == (quoted, submission.id)
    assert text.taken_words.startswith(submission.reference)
    assert str(text.grading) == "2-B-C"
    case = session.get_one(TriageCase, submission.id)
    assert case.status is Status.CONVERTED
    assert session.scalars(select(LeadDraft)).all() == []
