"""The pages of controlled deliveries: wrong answers, routes, hours and the printed plan."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.core.signing import verify_pdf
from portal.deliveries import log, queries, services
from portal.deliveries.data import EntrySort
from portal.deliveries.rules.consents import Act
from tests.deliveries.conftest import words
from tests.deliveries.test_pages import BASE, address
from tests.factories import NOON


def test_a_stop_condition_is_met_with_1_button(running, session, sign_in):
    page = sign_in(running.chief).get(address(running)).submit("It is met: stop")
    assert "stopped" in page.text
    assert not page.has_button("It is met")
    assert "Stop it at once" not in page.text


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"title": ""}, "Enter a title"),
        ({"purpose": ""}, "Say what it is for"),
        ({"containers": "CSQU3054384"}, "Line 1: Check the container number"),
        ({"risks-0-measure": "None", "risks-0-risk": ""}, "Say against which risk this is"),
        ({"substitution": "none"}, "Choose partial or full"),
        ({"deputy_phone": "12"}, "Enter the number with its country code"),
    ],
)
def test_6_wrong_answers_are_named(case, session, sign_in, answers, error):
    page = sign_in(case.analyst).get(address(case, "edit")).submit("Save the plan", **answers)
    assert page.status == 422
    assert any(one.startswith(error) for one in page.errors), page.errors


def test_a_reference_of_nothing_is_refused(case, session, sign_in):
    page = sign_in(case.analyst).get(address(case, "edit"))
    page = page.submit("Save the plan", references="EN-2222-2222")
    assert page.status == 422
    assert "EN-2222-2222" in page.text


def test_a_risk_can_be_added_without_saving(case, session, sign_in):
    page = sign_in(case.analyst).get(address(case, "edit")).submit("Add another risk")
    assert page.soup.select_one("[name='risks-1-risk']")


@pytest.mark.parametrize("path", ["edit", "route/add"])
def test_what_is_approved_has_no_form(approved, sign_in, path):
    assert sign_in(approved.analyst).get(address(approved, *path.split("/"))).status == 409


def test_a_country_is_changed_and_taken_off_on_the_page(case, session, sign_in):
    browser = sign_in(case.analyst)
    page = browser.get(address(case)).click("Change 2 Singapore")
    assert page.soup.select_one("[name=place]")["value"] == "Singapore"
    page = page.submit("Change it", place="Jurong", number="1")
    session.expire_all()
    assert [one.place for one in case.plan.halts] == ["Jurong", "Rotterdam", "Bangkok"]
    page = page.submit("Take off the route 3 Thailand")
    assert "Bangkok" not in page.soup.select_one("#passings").get_text()


def test_a_plan_is_sent_back_changed_again_and_given_up_on_the_pages(case, session, sign_in):
    writer, supervisor = sign_in(case.analyst), sign_in(case.supervisor)
    writer.get(address(case)).submit("Submit for approval")
    page = supervisor.get(address(case)).click("Send back")
    assert page.submit("Send the plan back", reason="").status == 422
    page = page.submit("Send the plan back", reason="Which beacon?")
    assert "Which beacon?" in page.text
    page = writer.get(address(case)).submit("Submit for approval").click("Change the plan")
    page = page.submit("Change the plan", reason="A better beacon")
    assert "being written" in page.text
    page = page.click("Give the plan up").submit("Give the plan up", reason="Too late")
    assert "given up" in page.text


def test_an_incomplete_plan_is_refused_with_what_is_missing(case, session, sign_in):
    case.plan.payer = ""
    session.flush()
    page = sign_in(case.analyst).get(address(case)).submit("Submit for approval")
    assert page.status == 409
    assert "Say who pays." in page.text


# --- the pictures and the paper -------------------------------------------------------------------


def arrive(case, number, hours):
    halt = case.plan.halts[number - 1]
    at = halt.planned_at + timedelta(hours=hours)
    told = log.Told(sort=EntrySort.ARRIVED, at=at, text="Arrived.", halt_id=halt.id)
    log.write(case.session, case.plan, told, case.deputy, at)


def test_the_page_draws_route_and_hours_and_has_their_table(running, session, sign_in):
    arrive(running, 1, 2)
    page = sign_in(running.chief).get(address(running))
    pictures = [one.title.get_text() for one in page.soup.select("main svg[role=img]")]
    assert pictures == ["Planned and actual hours", "Map of the route"]
    assert len(page.soup.select("svg[aria-labelledby^=hours] g")) == 4  # 3 planned, 1 actual
    rows = page.soup.select("#passings tbody tr")
    assert len(rows) == 3
    assert "2 h late" in rows[0].get_text()
    assert "not yet" in rows[1].get_text()


def test_a_consent_that_lapses_ahead_is_shown_while_it_is_under_way(running, session, sign_in):
    running.say(running.plan.halts[0], Act.RECEIVE, until=-1)
    running.say(running.plan.halts[2], Act.RECEIVE, until=-1)
    page = sign_in(running.chief).get(address(running))
    assert "Look at this while it is under way" in page.text
    assert "1 Netherlands: its consent is valid until" in page.text
    first = running.plan.halts[0]
    told = log.Told(sort=EntrySort.LEFT, at=NOON, text="Left.", halt_id=first.id)
    log.write(session, running.plan, told, running.deputy, NOON)
    page = sign_in(running.chief).get(address(running))
    assert "1 Netherlands: its consent" not in page.text
    assert "3 Thailand: its consent is valid until" in page.text


def test_the_printed_plan_is_signed_and_marked_on_each_page(running, session, sign_in):
    arrive(running, 1, 2)
    answer = sign_in(running.chief).get(address(running, "plan.pdf"))
    content = answer.response.data
    assert answer.response.mimetype == "application/pdf"
    assert verify_pdf(content).valid
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    assert len(pages) > 1
    assert all(page.count("TLP:RED") == 2 for page in pages)
    whole = " ".join(" ".join(pages).split())
    for said in (
        running.plan.reference,
        "Acetic anhydride to Bangkok",
        f"Copy for {running.chief.name}",
        "Law of SG, Article 11",
        "+31101234560",
        "Authority of TH",
        "2 h late",
        "A beacon in drum 1",
        "Water in drums 3 to 40",
        "The seal is broken",
        "Drums are replaced",
        "CSQU3054383",
        "Arrived.",
        queries.sha256(running.plan),
    ):
        assert said in whole, said


def test_the_list_asks_as_often_for_20_plans_as_for_2(case, session, sign_in, statements):
    browser = sign_in(case.supervisor)
    services.begin(session, words(case.chief, case.deputy), case.analyst, NOON)
    browser.get(f"{BASE}/")
    statements.clear()
    browser.get(f"{BASE}/")
    few = len(statements)
    for _ in range(18):
        services.begin(session, words(case.chief, case.deputy), case.analyst, NOON)
    session.commit()
    statements.clear()
    browser.get(f"{BASE}/")
    assert len(statements) == few
