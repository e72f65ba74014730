"""Making, writing and submitting leads, as analysts do it."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.outbox import OutgoingMail
from portal.entities.models import EntityMention
from portal.leads.data import Marking, Origin, TakenFrom
from portal.leads.models import Lead, LeadCheck, LeadDraft, LeadTask, LeadVersion
from portal.leads.releasing import released_of
from portal.leads.rules import Status
from portal.texts.models import SearchText
from portal.triage import deeds
from portal.triage.life import Status as CaseStatus
from portal.triage.models import FindingRow, TriageCase
from tests.browser import prefilled
from tests.factories import customer, line, make_account, make_submission, notice, order

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


@pytest.fixture
def written(session, sign_in, analyst, flagged):
    """Return a lead with one quoted text, its submission, and the browser of its author."""
    submission = flagged(order(grounds="No trade address and a strange hurry."))
    browser = sign_in(analyst)
    page = begun(browser, submission)
    grounds = next(b for b in page.soup.select("[value*=grounds]") if b.name == "button")
    page = press(page, grounds["value"])
    page.submit("Save the lead", asked="Watch him.", summary="Ours.", **row("texts", 0, **GRADING))
    return only(session), submission, browser


def press(page, value, **answers):
    """Press the button that sends a value."""
    button = page.soup.select_one(f'button[name=press][value="{value}"]')
    assert button is not None, value
    form = button.find_parent("form")
    return page.browser.post(form["action"], prefilled(form) | answers | {"press": value})


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


def test_subjects_are_ticked_from_the_sources_or_typed(session, sign_in, analyst, flagged):
    parties = (customer("Ghost Trading LLP", emails=("buy@ghost.example",)),)
    browser = sign_in(analyst)
    begun(browser, flagged(order(parties=parties)))
    lead = only(session)
    page = browser.get(f"/leads/{lead.id}/edit/subjects")
    box = next(
        one
        for one in page.soup.select("[name=ticked]")
        if "Ghost Trading LLP" in one.find_next("label").text
    )
    page = press(page, "take:subjects", ticked=box["value"])
    page = press(page, "add:subjects", **row("subjects", 0, released="y"))
    page = press(page, "add:relations", **row("subjects", 1, name="Mr Smith", sort="person"))
    said = row("relations", 0, left="1", right="2", words="is run by")
    page.submit("Save the lead", **said)
    lead = only(session)
    first, second = lead.subjects
    assert (first.name, first.sort, first.released) == ("Ghost Trading LLP", "organisation", True)
    assert first.entity_id is not None
    assert ["email", "buy@ghost.example"] in first.identifiers
    assert (second.number, second.name, second.entity_id) == (2, "Mr Smith", None)
    assert lead.relations == [{"left": 1, "right": 2, "words": "is run by", "released": False}]
    assert [one.name for one in released_of(lead).subjects] == ["Ghost Trading LLP"]


def test_amounts_are_ranges_with_the_drug_that_they_could_give(session, sign_in, analyst, flagged):
    lines = (line("ephedrine", "37", base_kg=None),)
    browser = sign_in(analyst)
    begun(browser, flagged(order(lines=lines)))
    lead = only(session)
    page = browser.get(f"/leads/{lead.id}/edit/facts")
    page = press(page, "take:amounts", ticked="ephedrine")
    name = page.soup.select_one("[name=amounts-0-name]")["value"]
    assert name == "Ephedrine"
    said = row("amounts", 0, least_kg="37", most_kg="37", released="y")
    page = page.submit("Save the lead", **said)
    assert page.status == 422
    assert "20 to 50 would do" in " ".join(page.errors)
    page.submit("Save the lead", **row("amounts", 0, least_kg="20", most_kg="50"))
    amount = only(session).amounts[0]
    assert {one["drug"] for one in amount["yields"]} >= {"methamphetamine hydrochloride"}
    told = released_of(only(session)).amounts[0]
    assert (told.least_kg, told.most_kg) == (Decimal(20), Decimal(50))
    assert told.drug_least_kg == Decimal(0)
    assert told.drug_most_kg == max(Decimal(one["at_most_kg"]) for one in amount["yields"])
    shown = browser.get(f"/leads/{lead.id}").text
    assert amount["yields"][0]["working"] in shown


def test_a_route_is_taken_from_a_notice_with_coordinates(session, sign_in, analyst):
    submission = make_submission(session, notice())
    browser = sign_in(analyst)
    begun(browser, submission)
    lead = only(session)
    page = browser.get(f"/leads/{lead.id}/edit/facts")
    tokens = [one["value"] for one in page.soup.select("[id^=stops-tick]")]
    assert tokens == ["origin:NLRTM", "destination:THBKK"]
    page = press(page, "take:stops", ticked=tokens)
    page = press(page, "take:events", ticked=[page.soup.select_one("[id^=events-tick]")["value"]])
    page.submit("Save the lead", **row("stops", 0, released="y"), **row("events", 0, released="y"))
    told = released_of(only(session))
    assert [(one.part, one.locode, one.country) for one in told.stops] == [
        ("origin", "NLRTM", "NL")
    ]
    assert told.stops[0].latitude == pytest.approx(51.9, abs=0.3)
    assert [len(one.when) for one in told.events] == [7]
    when = row("events", 0, when="last spring")
    page = browser.get(f"/leads/{lead.id}/edit/facts").submit("Save the lead", **when)
    assert page.status == 422


# --- what others see ------------------------------------------------------------------------------


def test_0_of_a_hidden_source_is_seen_through_a_lead(session, sign_in, written):
    lead, submission, browser = written
    page = browser.get(f"/leads/{lead.id}/edit/subjects")
    page = press(page, "take:subjects", ticked=page.soup.select_one("[name=ticked]")["value"])
    page.submit("Save the lead")
    taken_by_another(session, submission)
    stranger = sign_in(make_account(session, Role.ANALYST))
    quoted, named = "strange hurry", "Example Customer"
    for path in ("", "/pictures", "/compare"):
        page = stranger.get(f"/leads/{lead.id}{path}")
        assert page.status == 200
        assert quoted not in page.text, path
        assert named not in page.text, path
        if path != "/compare":
            assert submission.reference in page.text
    for path in ("/edit", "/edit/subjects", "/edit/facts", "/links", "/split", "/met/text"):
        assert stranger.get(f"/leads/{lead.id}{path}").status == 409, path
    assert quoted in browser.get(f"/leads/{lead.id}").text


def test_a_quoted_text_is_found_in_a_lead_only_once_partners_may_read_it(session, written):
    lead, _, browser = written
    parts = texts_kept(session, lead)
    assert "strange hurry" not in str(parts)
    assert "Watch him." in str(parts)
    page = browser.get(f"/leads/{lead.id}/edit")
    page.submit("Save the lead", **row("texts", 0, released="y"))
    assert "strange hurry" in str(texts_kept(session, lead))


def texts_kept(session, lead):
    query = select(SearchText.parts).where(SearchText.thing_id == lead.id)
    return session.scalars(query).one()


def test_a_supervisor_sees_the_whole_lead(session, sign_in, written):
    lead, submission, _ = written
    taken_by_another(session, submission)
    page = sign_in(Role.SUPERVISOR).get(f"/leads/{lead.id}")
    assert "strange hurry" in page.text


def test_a_lead_page_sends_as_many_selects_for_9_sources_as_for_2(
    session, sign_in, analyst, flagged, statements
):
    browser = sign_in(analyst)
    counts = []
    for number in (2, 9):
        begun(browser, *(make_submission(session) for _ in range(number)), title=f"Of {number}")
        lead = by_title(session, f"Of {number}")
        for path in ("", "/edit/subjects", "/edit/facts", "/pictures", "/links"):
            statements.clear()
            assert browser.get(f"/leads/{lead.id}{path}").status == 200
            counts.append((path, len(statements)))
    half = len(counts) // 2
    assert counts[:half] == counts[half:]


# --- merging, splitting, linking ------------------------------------------------------------------


def test_a_merged_lead_points_to_the_other_and_its_sources_move(session, sign_in, written, flagged):
    lead, submission, browser = written
    begun(browser, flagged(), title="The other")
    other = by_title(session, "The other")
    page = browser.get(f"/leads/{lead.id}/links")
    page = page.submit("Merge this lead into it", **{"merge-other": other.reference.lower()})
    assert page.path == f"/leads/{other.id}"
    session.expire_all()
    assert (lead.status, lead.merged_into_id, lead.sources) == (Status.MERGED, other.id, [])
    assert submission.id in {one.submission_id for one in other.sources}
    assert [one.text for one in other.texts] == ["No trade address and a strange hurry."]
    assert other.reference in browser.get(f"/leads/{lead.id}").text
    assert browser.get(f"/leads/from/{submission.id}").path == f"/leads/{other.id}"
    assert browser.get(f"/leads/{lead.id}/edit").status == 409


def test_a_split_takes_texts_and_a_source_may_be_of_both(session, sign_in, written):
    lead, submission, browser = written
    page = browser.get(f"/leads/{lead.id}/split")
    text = str(lead.texts[0].id)
    page = page.submit("Split the lead", title="Half", texts=text, sources=str(submission.id))
    assert page.status == 200, page.errors or page.text
    new = by_title(session, "Half")
    assert page.path == f"/leads/{new.id}"
    session.expire_all()
    assert lead.texts == []
    assert [one.text for one in new.texts] == ["No trade address and a strange hurry."]
    assert [one.submission_id for one in new.sources] == [submission.id]
    assert [one.submission_id for one in lead.sources] == [submission.id]
    assert "Was split from" in page.text
    links = browser.get(f"/leads/{lead.id}/links")
    links.submit("Rest on it no more")
    session.expire_all()
    assert lead.sources == []
    assert new.sources[0].original is True
    assert browser.get(f"/leads/from/{submission.id}").path == f"/leads/{new.id}"


def test_the_only_lead_of_a_submission_goes_on_resting_on_it(session, sign_in, written):
    lead, submission, browser = written
    page = browser.get(f"/leads/{lead.id}/links")
    token = page.soup.select_one("[name=csrf_token]")["value"]
    path = f"/leads/{lead.id}/sources/{submission.id}/remove"
    assert browser.post(path, {"csrf_token": token}).status == 409


def test_leads_are_linked_with_a_sort_and_shown_on_both(session, sign_in, written, flagged):
    lead, _, browser = written
    begun(browser, flagged(), title="The other")
    other = by_title(session, "The other")
    page = browser.get(f"/leads/{lead.id}/links")
    wrong = page.submit("Link", other="LD-2222-2222", sort="same route")
    assert wrong.status == 422
    page.submit("Link", other=other.reference, sort="same route", note="Both by Poti.")
    assert "Same route" in browser.get(f"/leads/{lead.id}").text
    shown = browser.get(f"/leads/{other.id}").text
    assert lead.reference in shown
    assert "Both by Poti." in shown
    browser.get(f"/leads/{other.id}/links").submit("Take the link away")
    assert "Both by Poti." not in browser.get(f"/leads/{lead.id}").text


# --- checklists, submission, pictures, versions ---------------------------------------------------


def test_a_step_is_ticked_with_who_and_when_and_taken_back(session, sign_in, written):
    lead, _, browser = written
    page = browser.get(f"/leads/{lead.id}")
    assert "7 of 7 steps of the checklist are open" in page.text
    page = page.submit("Done : The stated use")
    check = session.scalars(select(LeadCheck)).one()
    assert check.step == "use-checked"
    assert "Ana Lyst" in page.soup.select_one("#checklist").find_next("ul").text
    assert "6 of 7 steps" in page.text
    page.submit("Not done")
    assert session.scalars(select(LeadCheck)).all() == []


def test_open_steps_do_not_block_but_required_ones_do(session, sign_in, written):
    lead, _, browser = written
    page = browser.get(f"/leads/{lead.id}/edit").submit("Save the lead", category="internal")
    page = page.submit("Submit for approval")
    assert page.status == 422
    assert "It was decided who may know of it" in page.text
    page = browser.get(f"/leads/{lead.id}").submit("Done : It was decided who may know")
    page.submit("Submit for approval")
    assert only(session).status is Status.SUBMITTED


def test_an_unfinished_lead_is_not_submitted(session, sign_in, analyst, flagged):
    browser = sign_in(analyst)
    begun(browser, flagged())
    page = browser.get(f"/leads/{only(session).id}").submit("Submit for approval")
    assert page.status == 422
    assert "Say what is asked of the reader." in page.text
    assert only(session).status is Status.DRAFTED


def test_pictures_are_live_and_frozen_at_approval(session, sign_in, written):
    lead, submission, browser = written
    page = browser.get(f"/leads/{lead.id}/pictures")
    assert page.soup.select_one("#live") is not None
    assert "Example Customer" in page.soup.select_one("#links").text
    lead.marking = Marking.AMBER
    session.commit()
    browser.get(f"/leads/{lead.id}").submit("Submit for approval")
    page = sign_in(Role.SUPERVISOR).get(f"/leads/{lead.id}")
    page.click("Read as partners will, and decide").submit("Approve")
    version = session.scalars(select(LeadVersion).where(LeadVersion.approved)).one()
    kept = json.loads(version.content)["pictures"]
    assert kept["network"]["links"]
    before = browser.get(f"/leads/{lead.id}/pictures")
    case = session.get_one(TriageCase, submission.id)
    deeds.write_note(session, case, "Later.", make_account(session, Role.ANALYST), utc_now())
    mention = session.scalars(select(EntityMention)).first()
    mention.shown = "Changed Since"
    session.commit()
    after = browser.get(f"/leads/{lead.id}/pictures")
    assert after.soup.select_one("#frozen") is not None
    for part in ("#moments", "#links"):
        assert str(after.soup.select_one(part)) == str(before.soup.select_one(part))
    assert "Changed Since" not in after.text


def test_a_lead_is_closed_once_it_is_decided_and_not_before(session, sign_in, written):
    lead, _, browser = written
    assert "Close the lead" not in browser.get(f"/leads/{lead.id}").text
    lead.status = Status.APPROVED
    session.commit()
    page = browser.get(f"/leads/{lead.id}").submit("Close the lead")
    assert "The lead is closed" in page.text
    session.refresh(lead)
    assert lead.status is Status.CLOSED


def test_2_versions_are_compared_word_by_word(session, sign_in, written):
    lead, _, browser = written
    page = browser.get(f"/leads/{lead.id}/edit")
    page.submit("Save the lead", summary="Ours alone.")
    page = browser.get(f"/leads/{lead.id}").click("What changed between two versions")
    rows = {tr.th.text: tr.td for tr in page.soup.select("#changes tbody tr")}
    assert list(rows) == ["Summary for officers"]
    assert [one.text for one in rows["Summary for officers"].select("ins")] == [" alone"]
    first = browser.get(f"/leads/{lead.id}/compare?older=1&newer=3")
    assert "Text 1, text" in first.text
    assert browser.get(f"/leads/{lead.id}/compare?older=77").status == 200


# --- tasks ----------------------------------------------------------------------------------------


def test_a_task_goes_to_a_colleague_by_a_mail_without_content(session, sign_in, written):
    lead, submission, browser = written
    colleague = make_account(session, Role.TRIAGE_OFFICER, name="C. Olleague")
    taken_by_another(session, submission)
    hers = sign_in(colleague)
    assert "strange hurry" not in hers.get(f"/leads/{lead.id}").text
    page = browser.get(f"/leads/{lead.id}").click("Give a colleague a task")
    page = page.submit(
        "Give the task",
        assignee=str(colleague.id),
        text="Telephone the register.",
        due_on=["1", "3", "2026"],
    )
    mail = session.scalars(select(OutgoingMail)).one()
    assert mail.recipient == colleague.email
    for secret in ("Telephone", lead.reference, lead.title):
        assert secret not in f"{mail.subject} {mail.body}"
    page = hers.get("/leads/tasks")
    assert "Telephone the register." in page.text
    assert "Overdue" in page.text
    assert "strange hurry" in hers.get(f"/leads/{lead.id}").text
    page = page.click("Telephone the register.").submit("It is done", note="No such company.")
    assert "You have nothing to do" in page.text
    task = session.scalars(select(LeadTask)).one()
    assert (task.done_by_id, task.done_note) == (colleague.id, "No such company.")
    assert "No such company." in hers.get("/leads/tasks?done=y").text
    assert "No such company." in browser.get(f"/leads/{lead.id}").text


def test_a_stranger_neither_gives_nor_reads_nor_does_a_task(session, sign_in, written):
    lead, submission, browser = written
    colleague = make_account(session, Role.ANALYST)
    page = browser.get(f"/leads/{lead.id}/tasks/new")
    page.submit("Give the task", assignee=str(colleague.id), text="X", due_on=["1", "3", "2027"])
    task = session.scalars(select(LeadTask)).one()
    taken_by_another(session, submission)
    stranger = sign_in(Role.ANALYST)
    assert stranger.get(f"/leads/tasks/{task.id}").status == 404
    assert stranger.get(f"/leads/{lead.id}/tasks/new").status == 409
    assert "X" not in stranger.get("/leads/tasks").text.split("My tasks")[-1]


def test_each_deed_is_in_the_trail(session, sign_in, written):
    lead, submission, browser = written
    browser.get(f"/leads/{lead.id}")
    names = set(session.scalars(select(AuditEvent.deed).where(AuditEvent.subject_id == lead.id)))
    assert {"lead.created", "lead.changed", "lead.read"} <= names
    of_case = set(
        session.scalars(select(AuditEvent.deed).where(AuditEvent.subject_id == submission.id))
    )
    assert {"case.linked", "case.convert", "case.read"} <= of_case
