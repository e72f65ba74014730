"""Beginning a lead, quoting what it rests on, and two who write at the same time."""

import pytest
from sqlalchemy import func, select

from portal.core.access import Role
from portal.core.clock import utc_now
from portal.entities.models import EntityMention
from portal.leads.data import Origin, TakenFrom
from portal.leads.models import Lead, LeadDraft
from portal.triage import deeds
from portal.triage.life import Status as CaseStatus
from portal.triage.models import FindingRow, TriageCase
from tests.factories import customer, make_account, make_submission, order
from tests.leads.editing import GRADING, begun, only, press, row, taken_by_another

# --- making ---------------------------------------------------------------------------------------


def test_a_lead_of_one_flagged_submission_converts_it(session, sign_in, analyst, flagged):
    submission = flagged()
    page = sign_in(analyst).get(f"/leads/from/{submission.id}")
    page = page.submit("Begin the lead", title="A buyer", category="diversion attempt")
    lead = only(session)
    assert (lead.origin, lead.marking) == (Origin.SUBMISSIONS, "TLP:RED")
    assert session.get_one(TriageCase, submission.id).status is CaseStatus.CONVERTED
    again = sign_in(analyst).get(f"/leads/from/{submission.id}")
    assert again.path == f"/leads/{lead.id}"


def test_2_cases_ticked_in_the_queue_make_1_lead(session, sign_in, analyst, flagged):
    first, second = flagged(), make_submission(session)
    browser = sign_in(analyst)
    queue = browser.get("/triage/?whose=all")
    assert queue.soup.select_one("button[formaction='/leads/choose']") is not None
    token = queue.soup.select_one("[name=csrf_token]")["value"]
    cases = [str(first.id), str(second.id)]
    page = browser.post("/leads/choose", {"csrf_token": token, "cases": cases})
    page.submit("Begin the lead", title="Two orders", category="diversion attempt")
    lead = only(session)
    assert {one.submission_id for one in lead.sources} == {first.id, second.id}
    statuses = [session.get_one(TriageCase, one.id).status for one in (first, second)]
    assert statuses == [CaseStatus.CONVERTED, CaseStatus.RECEIVED]


def test_a_lead_begins_from_a_finding_with_its_words(session, sign_in, analyst):
    first = make_submission(session)
    second = make_submission(session)
    finding = FindingRow(
        case_id=second.id,
        rule="test-1",
        title="Bought apart",
        reason="Two suppliers sold to one.",
        weight=5,
        source="",
        confirmed=True,
        evidence=[{"submission": str(first.id), "reference": "", "path": "", "shown": "x"}],
        raised_at=utc_now(),
    )
    session.add(finding)
    session.commit()
    browser = sign_in(analyst)
    review = browser.get(f"/triage/{second.id}")
    page = review.click("Make a lead of this finding : Bought apart")
    assert page.soup.select_one("[name=title]")["value"] == "Bought apart"
    page = page.submit("Begin the lead", category="diversion attempt")
    assert "Two suppliers sold to one." in page.soup.select_one("[name=texts-0-text]").get_text()
    page.submit("Save the lead", asked="Look.", **row("texts", 0, **GRADING))
    lead = only(session)
    assert {one.submission_id for one in lead.sources} == {first.id, second.id}
    assert lead.texts[0].taken_from is TakenFrom.FINDING
    assert lead.texts[0].taken_key == str(finding.id)


def test_a_lead_begins_from_an_entity_as_its_1st_subject(session, sign_in, analyst):
    for _ in range(2):
        make_submission(
            session, order(parties=(customer("Ghost Trading LLP", phones=("+77012345678",)),))
        )
    mention = session.scalars(
        select(EntityMention).where(EntityMention.shown == "Ghost Trading LLP")
    ).first()
    session.commit()
    page = sign_in(analyst).get(f"/entities/{mention.entity_id}").click("Make a lead")
    assert "Ghost Trading LLP" in page.text
    page.submit("Begin the lead", title="A firm without an office", category="front company")
    lead = only(session)
    assert lead.origin is Origin.ENTITY
    assert len(lead.sources) == 2
    subject = lead.subjects[0]
    assert (subject.number, subject.name) == (1, "Ghost Trading LLP")
    assert ["phone", "+77012345678"] in subject.identifiers


def test_a_lead_from_nothing_needs_a_reason(session, sign_in, analyst):
    page = sign_in(analyst).get("/leads/new")
    page = page.submit("Begin the lead", title="Hearsay", category="trafficking route")
    assert page.status == 422
    assert "Say why this lead is begun without a submission" in page.errors
    page.submit("Begin the lead", reason="A liaison officer telephoned.")
    lead = only(session)
    assert (lead.origin, lead.reason) == (Origin.NOTHING, "A liaison officer telephoned.")


def test_a_2nd_lead_of_a_submission_is_refused_and_the_1st_offered(
    session, sign_in, analyst, flagged
):
    submission = flagged()
    browser = sign_in(analyst)
    begun(browser, submission)
    lead = only(session)
    page = browser.get(f"/leads/new?submission={submission.id}")
    assert lead.reference in page.text
    assert page.soup.select("[name=cases]") == []
    said = {"title": "Again", "category": "theft", "reason": "", "into": ""}
    token = page.soup.select_one("[name=csrf_token]")["value"]
    address = f"/leads/new?submission={submission.id}"
    forced = browser.post(address, said | {"csrf_token": token, "cases": str(submission.id)})
    assert forced.status == 409
    assert lead.reference in forced.text
    assert session.scalar(select(func.count()).select_from(Lead)) == 1


def test_submissions_are_added_to_a_lead_of_ones_own(session, sign_in, analyst, flagged):
    browser = sign_in(analyst)
    begun(browser, flagged())
    lead, more = only(session), flagged()
    page = browser.get(f"/leads/new?submission={more.id}")
    page.submit("Begin the lead", into=str(lead.id))
    assert len(only(session).sources) == 2


@pytest.mark.parametrize("way", ["from", "new", "finding", "sources"])
def test_0_of_the_ways_pull_another_officers_case_into_a_lead(session, sign_in, analyst, way):
    hidden = make_submission(session, order(grounds="Only for its officer."))
    open_ = make_submission(session)
    finding = FindingRow(
        case_id=hidden.id,
        rule="test-1",
        title="Hidden finding",
        reason="Secret reason.",
        weight=5,
        source="",
        confirmed=True,
        evidence=[],
        raised_at=utc_now(),
    )
    session.add(finding)
    taken_by_another(session, hidden)
    browser = sign_in(analyst)
    page = begun(browser, open_)
    token = page.soup.select_one("[name=csrf_token]")["value"]
    lead = only(session)
    if way == "from":
        answer = browser.get(f"/leads/from/{hidden.id}")
    elif way == "finding":
        answer = browser.get(f"/leads/new?finding={finding.id}")
    elif way == "sources":
        said = {"csrf_token": token, "reference": hidden.reference}
        answer = browser.post(f"/leads/{lead.id}/sources", said)
    else:
        shown = browser.get(f"/leads/new?submission={hidden.id}")
        assert hidden.summary not in shown.text
        said = {"title": "T", "category": "theft", "cases": str(hidden.id), "csrf_token": token}
        answer = browser.post(f"/leads/new?submission={hidden.id}", said | {"into": ""})
    assert answer.status == 404
    assert session.scalar(select(func.count()).select_from(Lead)) == 1
    assert [one.submission_id for one in only(session).sources] == [open_.id]


# --- writing --------------------------------------------------------------------------------------


def test_1_click_quotes_a_field_with_its_provenance(written):
    lead, submission, _ = written
    text = lead.texts[0]
    assert text.text == "No trade address and a strange hurry."
    assert (text.taken_from, text.submission_id, text.taken_key) == (
        TakenFrom.ANSWER,
        submission.id,
        "grounds",
    )
    assert text.taken_words.startswith(f"{submission.reference}: ")
    assert str(text.grading) == "2-B-C"


def test_a_note_of_an_officer_is_quoted_by_its_author_and_day(session, sign_in, analyst, flagged):
    submission = flagged()
    case = session.get_one(TriageCase, submission.id)
    deeds.write_note(session, case, "He pays in cash.", analyst, utc_now())
    session.commit()
    page = begun(sign_in(analyst), submission)
    note = next(dd for dd in page.soup.select(".quotables dd") if "He pays in cash." in dd.text)
    page = press(page, note.button["value"])
    page.submit("Save the lead", **row("texts", 0, **GRADING))
    text = only(session).texts[0]
    assert (text.taken_from, text.text) == (TakenFrom.NOTE, "He pays in cash.")
    assert f"{submission.reference}: note of Ana Lyst" in text.taken_words


def test_provenance_is_picked_from_a_list_of_what_is_linked(session, sign_in, analyst, flagged):
    submission = flagged()
    page = begun(sign_in(analyst), submission)
    choices = [one["value"] for one in page.soup.select("[name=texts-0-taken] option")]
    assert f"report:{submission.id}:" in choices
    assert f"answer:{submission.id}:grounds" in choices
    said = row("texts", 0, text="Mine.", taken=f"report:{submission.id}:", **GRADING)
    page.submit("Save the lead", **said)
    assert only(session).texts[0].taken_from is TakenFrom.REPORT
    forged = row("texts", 0, taken="answer:00000000-0000-0000-0000-000000000007:grounds")
    page = sign_in(analyst).get(f"/leads/{only(session).id}/edit")
    page = page.submit("Save the lead", **forged)
    assert page.status == 422


def test_what_was_typed_survives_an_error_and_every_other_button(
    session, sign_in, analyst, flagged
):
    page = begun(sign_in(analyst), flagged())
    page = page.submit("Save the lead", title="", summary="A long summary.")
    assert page.status == 422
    assert "Enter a title" in page.errors
    back = page.browser.get(page.path)  # as the Back button, or a later day, would
    assert "A long summary." in back.text
    assert "Not saved yet" in back.text
    back = press(back, "add:texts", **row("texts", 0, text="First."))
    assert [one.get_text().strip() for one in back.soup.select("textarea[name$=-text]")] == [
        "First.",
        "",
    ]
    back = press(back, "up:texts:1")
    assert [one.get_text().strip() for one in back.soup.select("textarea[name$=-text]")] == [
        "",
        "First.",
    ]
    back = press(back, "drop:texts:1")
    assert [one.get_text().strip() for one in back.soup.select("textarea[name$=-text]")] == [""]
    back = press(back, "discard")
    assert "A long summary." not in back.text
    assert session.scalars(select(LeadDraft)).all() == []


def test_a_text_without_its_grading_is_not_saved(session, sign_in, analyst, flagged):
    page = begun(sign_in(analyst), flagged())
    page = page.submit("Save the lead", **row("texts", 0, text="Ungraded."))
    assert page.status == 422
    assert "Choose the grading: handling" in page.errors
    assert only(session).texts == []


@pytest.fixture
def two(session, sign_in, written):
    """Return a lead, and its page as two analysts opened it at once."""
    lead, _, browser = written
    other = sign_in(make_account(session, Role.ANALYST, name="O. Ther"))
    return lead, browser.get(f"/leads/{lead.id}/edit"), other.get(f"/leads/{lead.id}/edit")


def test_2_who_change_the_same_answer_see_both_and_choose(session, two):
    _, mine, theirs = two
    theirs.submit("Save the lead", summary="Theirs entirely.", court="Not in court.")
    page = mine.submit("Save the lead", summary="Mine entirely.", conditions="My conditions.")
    assert page.status == 409
    assert len(page.soup.select("#both tbody tr")) == 1
    cells = [cell.get_text(" ", strip=True) for cell in page.soup.select("#both td")]
    assert "Theirs entirely." in cells
    assert "Mine entirely." in cells
    assert "O. Ther" in page.text
    assert only(session).summary == "Theirs entirely."
    refused = page.submit("Put both together")
    assert "Choose for each line" in refused.text
    kept = refused.submit("Put both together", **{"picks-0": "mine"})
    assert kept.path.endswith("/edit/text")
    kept.submit("Save the lead")
    lead = only(session)
    said = (lead.summary, lead.court, lead.conditions)
    assert said == ("Mine entirely.", "Not in court.", "My conditions.")


def test_2_who_change_different_answers_and_texts_meet_without_a_question(session, two):
    _, mine, theirs = two
    texts = [text.text for text in only(session).texts]
    theirs = press(theirs, "add:texts", summary="Theirs.")
    new = row("texts", len(texts), text="A new text.", source="1", information="A", handling="P")
    theirs.submit("Save the lead", **new)
    page = mine.submit("Save the lead", **row("texts", 0, text="My words."), court="Never.")
    assert page.path == f"/leads/{only(session).id}"
    assert "together with what somebody else saved" in page.text
    lead = only(session)
    assert (lead.summary, lead.court) == ("Theirs.", "Never.")
    assert [text.text for text in lead.texts] == ["My words.", *texts[1:], "A new text."]
    assert session.scalars(select(LeadDraft)).all() == []


def test_what_was_saved_once_more_is_chosen_anew(session, two):
    _, mine, theirs = two
    again = theirs.submit("Save the lead", summary="Theirs.").browser.get(theirs.path)
    page = mine.submit("Save the lead", summary="Mine.")
    again.submit("Save the lead", summary="Theirs, later.")
    refused = page.submit("Put both together", **{"picks-0": "mine"})
    assert refused.status == 409
    assert "Theirs, later." in refused.text
    (picked,) = refused.soup.select("#both input[checked]")
    assert picked["value"] == "mine"


def test_who_saves_another_page_meets_nobody(session, sign_in, written):
    lead, _, browser = written
    subjects = browser.get(f"/leads/{lead.id}/edit/subjects")
    other = sign_in(make_account(session, Role.ANALYST))
    other.get(f"/leads/{lead.id}/edit").submit("Save the lead", summary="Theirs.")
    page = press(subjects, "add:subjects")
    page = page.submit("Save the lead", **row("subjects", 0, name="Mr Smith"))
    assert page.path == f"/leads/{lead.id}"
    kept = only(session)
    assert ([one.name for one in kept.subjects], kept.summary) == (["Mr Smith"], "Theirs.")


def test_who_meets_another_may_take_what_was_saved(session, sign_in, written):
    lead, _, browser = written
    other = sign_in(make_account(session, Role.ANALYST))
    mine, theirs = browser.get(f"/leads/{lead.id}/edit"), other.get(f"/leads/{lead.id}/edit")
    theirs.submit("Save the lead", summary="Theirs.")
    page = mine.submit("Save the lead", summary="Mine.").submit("Take what was saved")
    assert "Theirs." in page.text
    assert "Mine." not in page.text
