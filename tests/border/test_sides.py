"""Two sides, two sets of kinds: no company meets a partner's, no partner a company's."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.api import services
from portal.core.access import GRANTS, Permission, Role
from portal.core.clock import utc_now
from portal.core.errors import NotFoundError
from portal.intake.models import Draft
from portal.kinds import KINDS
from portal.organisations.models import Organisation, Sort
from portal.submissions.models import Submission
from portal.triage.models import FindingRow, TriageCase
from tests.api.conftest import EVERYTHING, Machine
from tests.border.making import BOX, announced, officer, request, sighting
from tests.factories import make_account, make_submission, notice, order

OF_PARTNERS = [kind for kind in KINDS if kind.side is Sort.PARTNER]
OF_COMPANIES = [kind for kind in KINDS if kind.side is Sort.COMPANY]
WORDS = ("sighting", "information-request", "Sighting", "Information request")
PAGES = ("/report", "/overview", "/submissions/", "/uploads/", "/company/machines", "/api/docs")


def test_2_kinds_are_filed_by_partners():
    assert {kind.slug for kind in OF_PARTNERS} == {"sighting", "information-request"}
    assert len(OF_COMPANIES) == 7


@pytest.mark.parametrize("kind", OF_PARTNERS, ids=lambda kind: kind.slug)
def test_a_company_begins_0_drafts_of_a_partners_kind(session, sign_in, kind):
    browser = sign_in(Role.COMPANY_ADMIN)
    token = browser.get("/report").soup.select_one("main [name=csrf_token]")["value"]
    theirs = browser.post(f"/report/{kind.slug}", {"csrf_token": token})
    none = browser.post("/report/nothing", {"csrf_token": token})
    assert (theirs.status, theirs.text) == (none.status, none.text)
    assert theirs.status == 404
    assert session.scalar(select(func.count()).select_from(Draft)) == 0


@pytest.mark.parametrize("kind", OF_COMPANIES, ids=lambda kind: kind.slug)
def test_a_partner_begins_0_drafts_of_a_companys_kind(session, sign_in, kind):
    browser = sign_in(officer(session))
    token = browser.get("/report").soup.select_one("main [name=csrf_token]")["value"]
    assert browser.post(f"/report/{kind.slug}", {"csrf_token": token}).status == 404


def test_0_pages_of_a_company_name_a_partners_kind(session, sign_in):
    make_submission(session, sighting(), author=officer(session))
    browser = sign_in(Role.COMPANY_ADMIN)
    for path in PAGES:
        page = browser.get(path)
        assert page.status == 200, path
        for word in WORDS:
            assert word not in str(page.soup), (path, word)


def test_a_partner_is_offered_its_2_kinds_alone(session, sign_in):
    browser = sign_in(officer(session))
    shown = browser.get("/report").soup.select("section.choice h3")
    assert [one.text for one in shown] == ["Sighting", "Information request"]
    choices = browser.get("/submissions/").soup.select("[name=kind] option")
    assert [one["value"] for one in choices] == ["", "sighting", "information-request"]


def test_0_templates_of_sheets_are_of_a_partners_kind(session, sign_in):
    browser = sign_in(Role.REPORTER)
    assert browser.get("/uploads/template/return.csv").status == 200
    for kind in OF_PARTNERS:
        assert browser.get(f"/uploads/template/{kind.slug}.csv").status == 404
        page = browser.get("/uploads/")
        assert kind.slug not in [one["value"] for one in page.soup.select("[name=kind] option")]


def test_0_addresses_for_machines_name_a_partners_kind(app, session):
    admin, until = make_account(session, Role.COMPANY_ADMIN), utc_now().date() + timedelta(days=9)
    _, secret = services.create_key(session, "ERP", EVERYTHING, until, admin, utc_now())
    session.commit()
    machine = Machine(app, secret)
    listed = {one["kind"] for one in machine.get("/api/v1/kinds").get_json()["kinds"]}
    assert listed == {kind.slug for kind in OF_COMPANIES}
    described = machine.get("/api/v1/openapi.json").text
    for kind in OF_PARTNERS:
        assert kind.slug not in described
        assert machine.post(f"/api/v1/submissions/{kind.slug}", {}).status_code == 404


@pytest.mark.parametrize("data", [sighting(), request()], ids=["sighting", "request"])
def test_the_way_in_itself_refuses_the_other_side(session, data):
    with pytest.raises(NotFoundError):
        make_submission(session, data, author=make_account(session, Role.REPORTER))
    with pytest.raises(NotFoundError):
        make_submission(session, order(), author=officer(session))


def test_partners_have_0_pages_that_only_companies_have(session, sign_in):
    assert Permission.COMPANY_WORK not in GRANTS[Role.PARTNER_OFFICER]
    browser = sign_in(officer(session))
    for path in ("/overview", "/uploads/", "/address-book/", "/submissions/movements"):
        assert browser.get(path).status == 403, path


def test_a_sighting_is_its_partners_alone(session, sign_in):
    who = officer(session)
    filed = make_submission(session, sighting(), author=who)
    colleague = make_account(
        session,
        Role.PARTNER_OFFICER,
        organisation=session.get_one(Organisation, who.organisation_id),
    )
    assert sign_in(who).get(f"/submissions/{filed.id}").status == 200
    assert sign_in(colleague).get(f"/submissions/{filed.id}").status == 200
    for other in (officer(session), make_account(session, Role.COMPANY_ADMIN)):
        browser = sign_in(other)
        assert browser.get(f"/submissions/{filed.id}").status == 404
        assert filed.reference not in browser.get("/submissions/").text


def findings(session, submission):
    query = select(FindingRow).where(FindingRow.case_id == submission.id)
    return {one.rule: one for one in session.scalars(query)}


def test_a_sighting_touches_the_notice_of_its_container(session):
    told = announced(session)
    seen = make_submission(session, sighting(), author=officer(session), now=utc_now())
    found = findings(session, seen)
    assert found["seen-by-partner-1"].evidence[-1]["submission"] == str(told.id)
    assert set(found) <= {"seen-by-partner-1", "container-again-3"}


def test_a_request_touches_a_flagged_customer_and_a_notice(session):
    customer = notice().parties[1]
    flagged = make_submission(session, order(parties=(customer,)))
    session.get_one(TriageCase, flagged.id).status = "flagged"
    session.flush()
    asked = make_submission(session, request(parties=(customer,)), author=officer(session))
    found = findings(session, asked)
    assert customer.name in found["asked-by-partner-1"].reason
    assert customer.name in found["known-subject-2"].reason


def test_a_request_finds_an_exporter_who_is_else_passed_over(session):
    told = make_submission(session, notice())
    asked = make_submission(
        session, request(parties=(notice().parties[0],), containers=()), author=officer(session)
    )
    evidence = findings(session, asked)["asked-by-partner-1"].evidence
    assert str(told.id) in {one["submission"] for one in evidence}


def test_a_sighting_alone_raises_0_findings_of_orders(session):
    alone = make_submission(session, sighting(), author=officer(session))
    asked = make_submission(session, request(containers=("MSCU6639870",)), author=officer(session))
    assert set(findings(session, alone)) == set()
    assert set(findings(session, asked)) == set()


def test_an_urgent_request_has_a_clock_and_points(session):
    asked = make_submission(session, request(), author=officer(session))
    case = session.get_one(TriageCase, asked.id)
    assert case.due_on == request().answer_by
    assert case.due_for == "a partner asks for an answer by"
    assert {"label": "A partner waits for an answer", "points": 7} in case.addends


def test_the_request_of_a_partner_is_in_the_queue_and_on_its_page(session, sign_in):
    asked = make_submission(session, request(), author=officer(session, name="PCU Laem Chabang"))
    browser = sign_in(Role.ANALYST)
    assert BOX in browser.get("/triage/").text
    page = browser.get(f"/triage/{asked.id}")
    assert "PCU Laem Chabang" in page.text
    assert "TLP:AMBER" in page.text
    assert page.click("Answer the partner").title == f"Answer {asked.reference}"
    assert session.scalar(select(func.count()).select_from(Submission)) == 1
