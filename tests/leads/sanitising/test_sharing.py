"""From how many companies a value must have come: set by two people, with a preview, on a page."""

import json

import pytest
from sqlalchemy import select

from portal.core import jobs
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.errors import NotFoundError
from portal.leads import services as leads
from portal.leads.rules import BetraysSourceError, Status
from portal.leads.sanitising import services, sharing
from portal.leads.sanitising.models import SharingVersion
from portal.leads.sanitising.previewing import preview
from portal.triage import agreeing
from portal.triage.agreeing import AgreeingError
from portal.triage.life import WeightsState
from tests.factories import NOON, line, make_account, make_lead, make_submission, order

WHY = "Few companies file here: 5 is never reached."


@pytest.fixture
def registrar(session):
    return make_account(session, Role.REGISTRAR)


def previewed(session, row):
    """Work the preview of a version out, as the worker does."""
    asked = select(jobs.Job).where(jobs.Job.name == "preview-sharing")
    for job in session.scalars(asked):
        preview(session, job.payload, NOON)
        session.delete(job)
    session.flush()
    return row.preview


def in_force(session, number, registrar, boss):
    row = sharing.propose(session, number, WHY, registrar, NOON)
    previewed(session, row)
    sharing.decide(session, row, boss, NOON, agreed=True)
    return row


def test_before_any_version_the_setting_holds(app, session):
    assert sharing.current(session) == app.config["SHARED_BY"] == 5


def test_a_value_of_2_companies_is_free_once_2_is_in_force(session, write, registrar, supervisor):
    lead = write("It was about 4725 kg.")
    make_submission(session, order(lines=(line("acetone", "4725"),)))
    assert len(services.open_marks(session, lead)) == 1
    in_force(session, 2, registrar, supervisor)
    assert services.open_marks(session, lead) == []


def test_a_value_of_5_companies_is_marked_once_6_is_in_force(session, write, registrar, supervisor):
    lead = write("It was about 4725 kg.")
    for _ in range(4):
        make_submission(session, order(lines=(line("acetone", "4725"),)))
    assert services.open_marks(session, lead) == []
    in_force(session, 6, registrar, supervisor)
    assert len(services.open_marks(session, lead)) == 1


def test_a_lead_that_waits_for_approval_is_refused_once_the_number_marks_it(
    session, write, analyst, registrar, supervisor
):
    lead = write("It was about 4725 kg.")
    services.accept_all(session, lead, analyst, NOON)
    lead.texts[0].say("It was about 4725 kg.")
    for _ in range(4):
        make_submission(session, order(lines=(line("acetone", "4725"),)))
    leads.refuse_open_marks(session, lead)
    in_force(session, 6, registrar, supervisor)
    with pytest.raises(BetraysSourceError):
        leads.refuse_open_marks(session, lead)


def test_a_proposal_changes_nothing_before_somebody_else_agrees(session, registrar, supervisor):
    row = sharing.propose(session, 3, WHY, registrar, NOON)
    assert sharing.current(session) == 5
    with pytest.raises(AgreeingError, match="Somebody else"):
        sharing.decide(session, row, registrar, NOON, agreed=True)
    with pytest.raises(AgreeingError, match="preview"):
        sharing.decide(session, row, supervisor, NOON, agreed=True)
    previewed(session, row)
    assert sharing.current(session) == 5
    sharing.decide(session, row, supervisor, NOON, agreed=True)
    assert sharing.current(session) == 3
    session.commit()
    noted = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == row.id)).all()
    assert {one.deed for one in noted} == {"sharing.proposed", "sharing.agreed"}
    details = [json.loads(one.detail) for one in noted]
    assert [(one["before"], one["after"]) for one in details] == [(5, 3), (5, 3)]
    assert not [one for one in noted if WHY in one.detail]


def test_a_second_version_replaces_the_first_and_both_stay(session, registrar, supervisor):
    for number in (3, 4):
        in_force(session, number, registrar, supervisor)
    rows = agreeing.versions(session, SharingVersion)
    states = [(one.companies_before, one.companies, one.state) for one in rows]
    assert states == [(3, 4, WeightsState.IN_FORCE), (5, 3, WeightsState.REPLACED)]
    assert all(one.reason == WHY for one in rows)


@pytest.mark.parametrize("number", [-1, 0, 1, 51])
def test_the_number_is_2_to_50(session, registrar, number):
    with pytest.raises(AgreeingError, match="2 to 50"):
        sharing.propose(session, number, WHY, registrar, NOON)


@pytest.mark.parametrize("number", [2, 50])
def test_2_and_50_may_be_proposed(session, registrar, number):
    assert sharing.propose(session, number, WHY, registrar, NOON).companies == number


def test_below_2_nothing_is_in_force_even_if_the_table_says_so(session, registrar, supervisor):
    in_force(session, 3, registrar, supervisor).companies = 1
    session.flush()
    assert sharing.current(session) == 2


def test_1_proposal_waits_at_a_time_and_may_be_taken_back(session, registrar, supervisor):
    with pytest.raises(AgreeingError, match="Nothing would change"):
        sharing.propose(session, 5, WHY, registrar, NOON)
    row = sharing.propose(session, 6, WHY, registrar, NOON)
    with pytest.raises(AgreeingError, match="waits already"):
        sharing.propose(session, 7, WHY, registrar, NOON)
    sharing.decide(session, row, registrar, NOON, agreed=False)
    assert row.state is WeightsState.REFUSED
    assert sharing.current(session) == 5
    with pytest.raises(AgreeingError, match="decided"):
        sharing.decide(session, row, supervisor, NOON, agreed=False)
    with pytest.raises(NotFoundError):
        agreeing.version(session, SharingVersion, registrar.id)


def test_a_preview_counts_the_marks_of_leads_not_yet_approved(session, write, registrar):
    write("It was about 4725 kg.")
    make_submission(session, order(lines=(line("acetone", "4725"),)))
    make_lead(session, status=Status.CLOSED)
    found = previewed(session, sharing.propose(session, 2, WHY, registrar, NOON))
    assert (found["leads"], found["more"], found["fewer"]) == (1, 0, 1)
    assert found["marks_now"] == found["marks_then"] + 1


def test_a_registrar_proposes_and_a_supervisor_agrees_on_the_page(session, sign_in, registrar):
    page = sign_in(registrar).get("/rules/").click("From how many companies")
    assert page.title == "Sanitising"
    assert "Nobody has changed it" in page.text
    page = page.click("Propose another number")
    wrong = page.submit("Propose", least="1", reason=WHY)
    assert wrong.status == 422
    assert wrong.errors == ["Enter 2 to 50"]
    assert WHY in wrong.text
    page = wrong.submit("Propose", least="3", reason=WHY)
    assert "being worked out" in page.text
    assert not page.has_button("Agree")
    row = agreeing.versions(session, SharingVersion)[0]
    previewed(session, row)
    session.commit()
    boss = sign_in(Role.SUPERVISOR)
    page = boss.get("/rules/sanitising/").click("Version 1: 5 → 3 companies")
    assert WHY in page.text
    page = page.submit("Agree")
    assert "in force" in page.text
    session.expire_all()
    assert sharing.current(session) == 3
    assert "Propose another number" not in boss.get("/rules/sanitising/").text


def test_the_number_in_force_is_refused_with_what_was_typed_kept(sign_in):
    page = sign_in(Role.REGISTRAR).get("/rules/sanitising/change")
    page = page.submit("Propose", least="5", reason=WHY)
    assert page.errors == ["Nothing would change."]
    assert WHY in page.text


def test_an_answer_that_is_none_is_not_found(session, sign_in, registrar):
    row = sharing.propose(session, 3, WHY, registrar, NOON)
    page = sign_in(Role.SUPERVISOR).get(f"/rules/sanitising/{row.id}")
    token = page.soup.select_one("[name=csrf_token]")["value"]
    found = page.browser.post(f"/rules/sanitising/{row.id}/perhaps", {"csrf_token": token})
    assert found.status == 404
