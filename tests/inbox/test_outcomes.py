"""What came of a lead: reported, corrected, with seizures and files; and where the lead stands."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from sqlalchemy import select

from portal.core.access import Role
from portal.leads.rules import Status
from portal.partners.inbox import reporting
from portal.partners.inbox.data import Reported, Result, SeizureLine
from portal.partners.inbox.models import Outcome, OutcomeFile, Seizure
from tests.factories import NOON, make_account
from tests.inbox.story import hand_over, make_partner

SEIZURE = {
    "result": "seizure",
    "happened_on": ["30", "3", "2026"],
    "place": "THBKK",
    "seizures-0-substance": "Acetone",
    "seizures-0-quantity": "12.5",
    "seizures-0-unit": "l",
}


def said(result, **more):
    return Reported(result=result, **more)


def seized(**more):
    answers: dict[str, Any] = {"name": "Heroin", "quantity": Decimal(2), "unit": "kg"}
    return SeizureLine(**answers | more)


@pytest.fixture
def page(given, officer, sign_in):
    return sign_in(officer).get(f"/inbox/{given.id}").click("Report what came of it")


def stored(session):
    session.expire_all()
    return session.scalars(select(Outcome).order_by(Outcome.reported_at)).all()


def test_a_seizure_is_kept_with_place_substance_and_mass(session, page):
    shown = page.submit("Send the report", **SEIZURE, text="In two drums", persons="2")
    assert "12.5 l Acetone (9.875 kg)" in shown.text
    (outcome,) = stored(session)
    assert (outcome.result, outcome.happened_on) == (Result.SEIZURE, date(2026, 3, 30))
    assert (outcome.place, outcome.locode, outcome.country) == ("Bangkok", "THBKK", "TH")
    assert (outcome.persons, outcome.text) == (2, "In two drums")
    (line,) = outcome.seizures
    assert (line.substance, line.name, line.unit) == ("acetone", "Acetone", "l")
    assert line.quantity == Decimal("12.5")
    assert line.quantity_kg == Decimal("9.875")


def test_lines_are_added_until_they_are_enough(session, page):
    page = page.submit("Add another substance", **SEIZURE)
    assert page.errors == []
    more = {
        "seizures-1-substance": "heroin",
        "seizures-1-not_listed": "y",
        "seizures-1-quantity": "500",
        "seizures-1-unit": "g",
        "seizures-1-place": "Rotterdam",
        "seizures-1-seized_on": ["29", "3", "2026"],
    }
    page.submit("Send the report", **more)
    (outcome,) = stored(session)
    heroin = outcome.seizures[1]
    assert (heroin.substance, heroin.name, heroin.quantity_kg) == ("", "heroin", Decimal("0.5"))
    assert (heroin.locode, heroin.country, heroin.seized_on) == ("NLRTM", "NL", date(2026, 3, 29))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"result": ""}, "Choose what came of it"),
        ({"happened_on": ["", "", ""]}, "Enter the day"),
        ({"happened_on": ["1", "1", "2099"]}, "Enter a day that is not in the future"),
        ({"place": ""}, "Enter the place"),
        ({"result": "arrest"}, "Enter how many persons were arrested"),
        ({"persons": "-1"}, "Enter a number from 0 to 10,000"),
        ({"seizures-0-substance": "", "seizures-0-quantity": ""}, "Enter what was seized"),
        ({"seizures-0-substance": ""}, "Enter the substance"),
        ({"seizures-0-substance": "qqzzxxqq"}, "No substance on the list has this name or number"),
        ({"seizures-0-quantity": ""}, "Enter the quantity"),
        ({"seizures-0-quantity": "0"}, "Enter a number above zero"),
        ({"seizures-0-unit": ""}, "Choose the unit"),
    ],
)
def test_a_report_that_says_too_little_is_refused(session, page, change, words):
    answers = {name: value for name, value in (SEIZURE | change).items() if value != ""}
    empty = {name: "" for name, value in change.items() if value == "" and name != "result"}
    refused = page.submit("Send the report", **answers, **empty)
    assert refused.status == 422
    assert words in refused.errors
    assert stored(session) == []


def test_no_action_needs_0_further_answers(session, page):
    page.submit("Send the report", result="no action")
    (outcome,) = stored(session)
    assert outcome.result is Result.NO_ACTION
    assert outcome.seizures == []


def test_a_place_that_nobody_knows_is_kept_as_typed(session, page):
    page.submit("Send the report", **SEIZURE | {"place": "Behind the old mill"})
    (outcome,) = stored(session)
    assert (outcome.place, outcome.locode) == ("Behind the old mill", "")


def test_a_report_implies_the_acknowledgement(session, given, lead, officer):
    reporting.report(session, given, said(Result.STILL_OPEN), officer, NOON)
    assert given.acknowledged_at == NOON
    assert lead.status is Status.ACTED_ON


def test_still_open_closes_nothing_and_the_outcome_does(session, given, lead, officer):
    stands = []
    for result in (Result.STILL_OPEN, Result.ARREST):
        reporting.report(session, given, said(result, persons=1), officer, NOON)
        stands.append(lead.status)
    assert stands == [Status.ACTED_ON, Status.OUTCOME_KNOWN]


def test_the_furthest_of_2_partners_says_where_the_lead_stands(session, given, lead, officer):
    other = make_partner(session, "BLO Elsewhere")
    theirs = hand_over(session, lead, other)
    reporting.report(session, given, said(Result.STOPPED), officer, NOON)
    reporting.report(session, theirs, said(Result.STILL_OPEN), other, NOON)
    assert lead.status is Status.OUTCOME_KNOWN


def test_a_correction_to_still_open_takes_the_outcome_back(session, given, lead, officer):
    row = reporting.report(session, given, said(Result.STOPPED), officer, NOON)
    reporting.correct(session, given, row, said(Result.STILL_OPEN), officer, NOON)
    assert lead.status is Status.ACTED_ON


def test_a_correction_keeps_what_another_partner_knows(session, given, lead, officer):
    other = make_partner(session, "BLO Elsewhere")
    theirs = hand_over(session, lead, other)
    reporting.report(session, theirs, said(Result.STOPPED), other, NOON)
    row = reporting.report(session, given, said(Result.STOPPED), officer, NOON)
    reporting.correct(session, given, row, said(Result.STILL_OPEN), officer, NOON)
    assert lead.status is Status.OUTCOME_KNOWN


def test_a_correction_is_a_version_and_the_old_one_stays(session, given, officer, sign_in):
    row = reporting.report(
        session, given, said(Result.SEIZURE, place="Bangkok", seizures=(seized(),)), officer, NOON
    )
    row.happened_on = date(2026, 3, 30)
    browser = sign_in(officer)
    page = browser.get(f"/inbox/{given.id}").click("Correct this")
    assert page.title == "Correct the report"
    page = page.submit("Send the correction", **{"seizures-0-quantity": "3"})
    assert "version 2" in page.text
    assert "3 kg Heroin" in page.text
    assert "2 kg Heroin" in page.text  # among the earlier versions
    rows = {one.number: one for one in stored(session)}
    assert [rows[1].current, rows[2].current] == [False, True]
    assert rows[1].series_id == rows[2].series_id == rows[1].id
    assert [rows[n].seizures[0].quantity for n in (1, 2)] == [Decimal(2), Decimal(3)]
    assert browser.get(f"/inbox/{given.id}/outcomes/{rows[1].id}").status == 404


def test_of_2_corrections_at_a_time_1_is_refused(session, given, officer):
    row = reporting.report(session, given, said(Result.STOPPED), officer, NOON)
    reporting.correct(session, given, row, said(Result.LICIT), officer, NOON)
    with pytest.raises(reporting.CorrectedError):
        reporting.correct(session, given, row, said(Result.ARREST), officer, NOON)


def paper():
    document = pikepdf.new()
    document.add_blank_page()
    out = BytesIO()
    document.save(out)
    out.seek(0)
    return out


def test_a_file_goes_with_a_report_and_to_officers(session, given, officer, sign_in):
    row = reporting.report(session, given, said(Result.STOPPED), officer, NOON)
    partner = sign_in(officer)
    page = partner.get(f"/inbox/{given.id}")
    page = page.submit("Attach", **{f"{row.id}-file": (paper(), "protocol.pdf")})
    assert "protocol.pdf" in page.text
    kept = session.scalars(select(OutcomeFile)).one()
    officers = sign_in(make_account(session, Role.ANALYST))
    assert "protocol.pdf" in officers.get(f"/leads/{given.lead_id}/partners").text
    for browser, path in (
        (partner, f"/inbox/{given.id}/files/{kept.id}"),
        (officers, f"/leads/{given.lead_id}/partners/files/{kept.id}"),
    ):
        with browser.ask(browser.client.get, path) as answer:
            assert answer.data.startswith(b"%PDF")
            assert "attachment" in answer.headers["Content-Disposition"]


def test_a_file_of_another_partner_is_not_there(session, lead, given, officer, sign_in):
    row = reporting.report(session, given, said(Result.STOPPED), officer, NOON)
    sign_in(officer).get(f"/inbox/{given.id}").submit(
        "Attach", **{f"{row.id}-file": (paper(), "protocol.pdf")}
    )
    kept = session.scalars(select(OutcomeFile)).one()
    other = make_partner(session, "BLO Elsewhere")
    theirs = hand_over(session, lead, other)
    stranger = sign_in(other)
    assert stranger.get(f"/inbox/{theirs.id}/files/{kept.id}").status == 404
    assert stranger.get(f"/inbox/{given.id}/files/{kept.id}").status == 404


def test_a_held_file_is_handed_to_nobody_and_scanned_again(session, given, officer, sign_in):
    row = reporting.report(session, given, said(Result.STOPPED), officer, NOON)
    browser = sign_in(officer)
    page = browser.get(f"/inbox/{given.id}")
    page.submit("Attach", **{f"{row.id}-file": (paper(), "protocol.pdf")})
    kept = session.scalars(select(OutcomeFile)).one()
    kept.scan = "waiting for the scanner"
    session.commit()
    assert browser.get(f"/inbox/{given.id}/files/{kept.id}").status == 404
    found = reporting.scanned(session, {"file": str(kept.id)}, kept.id)
    reporting.keep_scan(session, {"file": str(kept.id)} | found, NOON)
    assert kept.scan == "not scanned"


def test_an_outcome_is_listed_for_officers_at_once(session, given, officer, sign_in):
    reporting.report(session, given, said(Result.SEIZURE, seizures=(seized(),)), officer, NOON)
    officers = sign_in(make_account(session, Role.TRIAGE_OFFICER))
    assert "2 kg Heroin" in officers.get("/from-partners/").text
    assert "2 kg Heroin" in officers.get(f"/leads/{given.lead_id}").text
    assert len(session.scalars(select(Seizure)).all()) == 1
