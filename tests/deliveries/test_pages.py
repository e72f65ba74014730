"""The pages of controlled deliveries: who sees that there is one, and a plan from lead to end."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select, update

from portal.accounts.models import LoginSession
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.deliveries import deeds, queries
from portal.deliveries.models import DeliveryPlan
from portal.deliveries.rules.consents import Act
from portal.leads.data import Category, Confidence, Marking, Priority, Proposal
from portal.leads.models import Lead, LeadSource
from portal.triage.models import TriageCase
from tests.factories import NOON, make_account, make_submission, notice

BASE = "/controlled-deliveries"
PLAN = {
    "title": "Acetone to Bangkok",
    "purpose": "Find who receives it.",
    "marking": "TLP:RED",
    "in_charge_phone": "+31 10 123 4567",
    "deputy_phone": "+31 10 123 4568",
    "containers": "CSQU 305438 3",
    "watching": "A beacon",
    "communication": "Every hour",
    "cost": "EUR 100",
    "payer": "The authority",
    "risks-0-risk": "It is lost",
    "risks-0-measure": "Replaced drums",
    "conditions": "The beacon is silent",
}
HALT = {
    "country": "NL",
    "place": "Rotterdam",
    "locode": "NL RTM",
    "planned_time": "14:30",
    "legal_basis": "Article 126ff",
    "authority": "Customs",
    "contact": "Duty officer",
    "day_phone": "+31101234567",
    "night_phone": "+31101234568",
}


def day_of(days):
    day = queries.today(utc_now() + timedelta(days=days))
    return [str(day.day), str(day.month), str(day.year)]


def address(case, *parts):
    return "/".join((BASE, str(case.plan.id), *parts))


def make_lead(session, author):
    lead = Lead(
        reference="LD-2222-2222",
        title="A lead on acetone",
        summary="Officers only",
        asked="Let it through and watch",
        category=Category.ROUTE,
        priority=Priority.URGENT,
        confidence=Confidence.HIGH,
        proposal=Proposal.CONTROLLED_DELIVERY,
        marking=Marking.AMBER,
        author_id=author.id,
        created_at=NOON,
    )
    lead.sources = [LeadSource(submission_id=make_submission(session, notice()).id)]
    session.add(lead)
    session.flush()
    return lead


def deeds_of(session, plan_id):
    query = select(AuditEvent.deed).where(AuditEvent.subject_id == plan_id)
    return list(session.scalars(query.order_by(AuditEvent.id)))


# --- the way through ------------------------------------------------------------------------------


def test_a_plan_goes_from_a_lead_to_its_end(session, sign_in):
    analyst, chief, deputy = (make_account(session, Role.ANALYST) for _ in range(3))
    lead = make_lead(session, analyst)
    writer = sign_in(analyst)
    page = writer.get(f"/leads/{lead.id}").click("Plan the controlled delivery")
    assert page.soup.select_one("[name=title]")["value"] == "A lead on acetone"
    answers = PLAN | {"in_charge": str(chief.id), "deputy": str(deputy.id)}
    page = page.submit("Save the plan", **answers)
    assert page.title == "Acetone to Bangkok"
    assert "Name the countries on the route." in page.text
    for number, country in ((1, "NL"), (2, "TH")):
        form = page.click("Add a country")
        answers = HALT | {"country": country, "planned_on": day_of(5 * number)}
        page = form.submit("Add it", **answers)
    assert "To be said before" not in page.text
    page = page.submit("Submit for approval")
    assert not page.has_button("Approve")

    supervisor = sign_in(make_account(session, Role.SUPERVISOR))
    page = supervisor.get(page.path).click("Approve").submit("Approve")
    assert "It cannot start yet" in page.text
    assert "1 Netherlands: its consent was not asked for." in page.text

    page = writer.get(page.path)
    for number in (0, 1):
        for act in ("asked", "received"):
            links = page.soup.select('a[href$="/consent"]')
            form = writer.get(links[number]["href"])
            said = {"act": act, "said_on": day_of(0), "by_whom": "The prosecutor"}
            said |= {"valid_until": day_of(60)} if act == "received" else {}
            page = form.submit("Record it", **said)
    assert "It cannot start yet" not in page.text

    leader = sign_in(chief)
    page = leader.get(page.path).click("Start").submit("Start")
    first = session.scalars(select(DeliveryPlan)).one().halts[0]
    form = page.click("Write into the log")
    page = form.submit("Write it down", sort="arrival", halt=str(first.id), text="Drums loaded.")
    assert "Drums loaded." in page.text
    assert "early" in page.soup.select_one("#passings").get_text()
    form = page.click("Put right")
    page = form.submit("Write it down", text="Drums loaded, 40 of them.")
    assert "put right by entry 3" in page.text
    page = page.click("End it").submit(
        "End it", result="seized at the destination", text="40 drums"
    )
    assert "Seized at the destination." in page.text
    again = writer.get(f"{BASE}/from-lead/{lead.id}")
    assert "There is a plan already" in again.text


def test_a_plan_is_begun_from_a_notice(session, sign_in):
    source = make_submission(session, notice())
    page = sign_in(Role.ANALYST).get(f"/triage/{source.id}").click("Plan a controlled delivery")
    assert page.soup.select_one("[name=references]").get_text().strip() == source.reference
    page = page.submit("Save the plan", title="A notice", purpose="To watch", marking="TLP:RED")
    assert page.title == "A notice"
    plan = session.scalars(select(DeliveryPlan)).one()
    assert (plan.submission_id, plan.references) == (source.id, [source.reference])


def test_a_document_of_a_consent_is_kept_and_each_opening_recorded(case, session, sign_in):
    case.agree(Act.ASK)
    browser = sign_in(case.analyst)
    halt = case.plan.halts[0]
    form = browser.get(address(case, "route", str(halt.id), "consent"))
    page = form.submit(
        "Record it",
        act="received",
        said_on=["31", "3", "2026"],
        by_whom="Prosecutor",
        valid_until=day_of(60),
        document=(BytesIO(b"We agree."), "consent.txt"),
    )
    assert page.status == 200
    link = page.soup.select_one('a[href*="/documents/"]')["href"]
    opened = browser.get(link)
    assert opened.response.data == b"We agree."
    opened.response.close()
    assert "delivery.document_read" in deeds_of(session, case.plan.id)
    assert sign_in(case.stranger).get(link).status == 404
    nothing = case.plan.halts[1].consents[0]
    assert browser.get(address(case, "documents", str(nothing.id))).status == 404


def test_a_document_of_another_kind_is_refused(case, session, sign_in):
    case.agree(Act.ASK)
    form = sign_in(case.analyst).get(address(case, "route", str(case.plan.halts[0].id), "consent"))
    said = {"act": "received", "said_on": day_of(0), "by_whom": "P", "valid_until": day_of(60)}
    page = form.submit("Record it", document=(BytesIO(b"MZ"), "consent.exe"), **said)
    assert page.status == 422


# --- who knows ------------------------------------------------------------------------------------


def test_to_a_stranger_a_plan_looks_like_none(running, app, session, sign_in):
    stranger, chief = sign_in(running.stranger), sign_in(running.chief)
    halt, entry = running.plan.halts[0], queries.entries_of(session, running.plan.id)[0]
    missing = stranger.get(f"{BASE}/{halt.id}")
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("deliveries.") or "plan_id" not in rule.arguments:
            continue
        known = {"plan_id": running.plan.id, "halt_id": halt.id, "entry_id": entry.id}
        known |= {"consent_id": halt.consents[0].id, "number": 1, "account_id": running.deputy.id}
        path = rule.build({k: known[k] for k in rule.arguments}, append_unknown=False)[1]
        if "GET" in rule.methods:
            page = stranger.get(path)
            if page.status == 403:
                continue  # supervisors' own
            assert (page.status, page.text) == (404, missing.text), rule
        if "POST" in rule.methods and "GET" not in rule.methods:
            token = stranger.get("/account").soup.select_one("[name=csrf_token]")["value"]
            assert stranger.post(path, {"csrf_token": token, "version": "1"}).status == 404, rule
    assert running.plan.title not in stranger.get(BASE + "/").text
    assert running.plan.title in chief.get(BASE + "/").text


def test_a_lead_does_not_tell_a_stranger_of_its_plan(case, session, sign_in):
    lead = make_lead(session, case.analyst)
    case.plan.lead_id = lead.id
    session.flush()
    assert "There is a plan" in sign_in(case.analyst).get(f"{BASE}/from-lead/{lead.id}").text
    assert "There is a plan" not in sign_in(case.stranger).get(f"{BASE}/from-lead/{lead.id}").text


def test_a_plan_from_another_officers_case_is_a_404(session, sign_in):
    source = make_submission(session, notice())
    owner = make_account(session, Role.TRIAGE_OFFICER)
    session.get_one(TriageCase, source.id).assignee_id = owner.id
    session.flush()
    assert sign_in(Role.ANALYST).get(f"{BASE}/from-submission/{source.id}").status == 404


def test_each_reading_and_each_copy_is_recorded(case, session, sign_in):
    browser = sign_in(case.supervisor)
    browser.get(address(case))
    browser.get(address(case, "plan.pdf"))
    assert deeds_of(session, case.plan.id)[-2:] == ["delivery.read", "delivery.printed"]


def test_people_are_added_and_removed_on_the_page(case, session, sign_in):
    browser = sign_in(case.analyst)
    form = browser.get(address(case, "people"))
    page = form.submit("Add", account=str(case.stranger.id))
    assert case.stranger.name in page.text
    page = page.submit(f"Remove {case.stranger.name}")
    assert "knows of the plan no more" in page.text
    assert sign_in(case.stranger).get(address(case)).status == 404


# --- refusals on pages ----------------------------------------------------------------------------


@pytest.mark.parametrize("deed", ["approve", "start"])
def test_2_deeds_ask_for_the_password_again(approved, session, sign_in, deed):
    browser = sign_in(approved.supervisor)
    long_ago = utc_now() - timedelta(minutes=11)
    session.execute(update(LoginSession).values(confirmed_at=long_ago))
    session.commit()
    page = browser.get(address(approved, deed))
    assert page.path == "/account/confirm"


def test_a_writer_is_refused_at_the_approval(case, session, sign_in):
    deeds.submit(session, case.plan, case.analyst, NOON)
    author = make_account(session, Role.SUPERVISOR)
    case.plan.author_id = author.id
    session.flush()
    page = sign_in(author).get(address(case, "approve"))
    assert page.status == 409
    assert "Another supervisor must approve it" in page.text


def test_2_people_who_change_a_plan_meet_a_conflict_page(case, session, sign_in):
    first, second = sign_in(case.analyst), sign_in(case.deputy)
    early, late = first.get(address(case, "edit")), second.get(address(case, "edit"))
    assert early.submit("Save the plan", cost="EUR 1").title == case.plan.title
    page = late.submit("Save the plan", cost="EUR 2")
    assert page.status == 409
    assert "Somebody else changed this plan" in page.text
    session.expire_all()
    assert case.plan.cost == "EUR 1"


def test_an_approval_of_what_was_changed_meanwhile_is_refused(case, session, sign_in):
    deeds.submit(session, case.plan, case.analyst, NOON)
    page = sign_in(case.supervisor).get(address(case, "approve"))
    deeds.take_up(session, case.plan, "Once more", case.analyst, NOON)
    deeds.submit(session, case.plan, case.analyst, NOON)
    assert page.submit("Approve").status == 409


def test_a_stop_is_never_held_up_by_a_change(running, session, sign_in):
    page = sign_in(running.deputy).get(address(running)).click("Stop it at once")
    running.say(running.plan.halts[0], Act.RECEIVE, until=100)
    assert page.submit("Stop it", reason="Danger").status == 200
    session.expire_all()
    assert running.plan.status == "stopped"
