"""The workbench of a lead: subjects, amounts, routes, sources, steps, tasks and versions."""

import json
from decimal import Decimal

import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.outbox import OutgoingMail
from portal.entities.models import EntityMention
from portal.leads.data import Marking
from portal.leads.models import LeadCheck, LeadTask, LeadVersion
from portal.leads.releasing import released_of
from portal.leads.rules import Status
from portal.texts.models import SearchText
from portal.triage import deeds
from portal.triage.models import TriageCase
from tests.factories import customer, line, make_account, make_submission, notice, order
from tests.leads.editing import begun, by_title, only, press, row, taken_by_another


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
