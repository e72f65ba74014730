"""Bulletins beside a sheet and in answers to machines: by the same rules as beside a draft."""

from datetime import timedelta
from typing import Any

import jsonschema
import pytest
from sqlalchemy import select

from portal.api import services as api
from portal.api.data import Scope
from portal.bulletins import keeping
from portal.bulletins.data import Aim, NamePattern, Signs
from portal.bulletins.models import BulletinReading
from portal.core.clock import utc_now
from portal.triage import deeds
from portal.triage.life import Action
from portal.triage.models import TriageCase
from portal.uploads.models import Upload
from tests.api.conftest import Machine
from tests.api.test_filing import ORDER
from tests.bulletins.test_pages import without_tokens
from tests.factories import customer, make_account, make_submission, order
from tests.uploads.test_uploads import GOOD, file, send, sheet, work

TITLE = "Look twice at this"
ASIDE = "aside.govuk-inset-text"
PATH = "/api/v1/submissions/suspicious-order"


@pytest.fixture
def reader(session):
    return make_account(session)


@pytest.fixture
def browser(session, sign_in, reader):
    return sign_in(reader)


@pytest.fixture
def machine(app, session, reader):
    until = utc_now().date() + timedelta(days=30)
    _, secret = api.create_key(session, "ERP", tuple(Scope), until, reader, utc_now())
    session.commit()
    return Machine(app, secret)


def row(substance="acetone", name="Siam Coatings", country="TH", paid="Paid in cash"):
    start, end = GOOD.split(",Paid in cash,acetone,")
    return f"{start},{paid},{substance},{end.replace('Firm {},NL', f'{name},{country}')}"


def beside(page):
    return page.soup.select_one(ASIDE).get_text(" ", strip=True) if page.soup.select(ASIDE) else ""


# --- sheets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signs", "is_shown"),
    [
        (Signs(substances=("acetone",)), True),
        (Signs(substances=("toluene",)), False),
        (Signs(countries=("TH",)), True),
        (Signs(routes=(("NL", "TH"),)), True),
        (Signs(routes=(("TH", "NL"),)), False),
        (Signs(names=(NamePattern("words", "coatings siam"),)), True),
        (Signs(names=(NamePattern("form", "A 9"),)), False),
        (Signs(), False),
    ],
)
def test_a_checked_sheet_shows_what_was_published_on_its_rows(
    app, browser, publish, signs, is_shown
):
    publish(TITLE, signs=signs)
    page = work(app, send(browser, sheet(row("ether", "Else", "NL"), row())))
    assert "checked" in page.text
    assert (TITLE in beside(page)) is is_shown
    assert (TITLE in beside(file(app, page))) is is_shown


@pytest.mark.parametrize(
    ("rows", "is_shown"),
    [
        ((row("acetone", country="NL"), row("toluene", country="TH")), False),
        ((row("toluene", country="NL"), row("acetone", country="TH")), True),
    ],
)
def test_2_rows_never_make_1_sign_together(app, browser, publish, rows, is_shown):
    publish(TITLE, signs=Signs(substances=("acetone",), countries=("TH",), together=True))
    assert (TITLE in beside(work(app, send(browser, sheet(*rows))))) is is_shown


def test_a_row_that_is_not_good_is_looked_at_as_far_as_it_can_be_read(app, browser, publish):
    publish(TITLE, signs=Signs(substances=("acetone",)))
    page = work(app, send(browser, sheet(row(paid=""))))
    assert "Rows that are not good" in page.text
    assert TITLE in beside(page)


def test_a_bulletin_that_many_rows_met_is_kept_once(app, session, browser, publish):
    publish(TITLE, signs=Signs(substances=("acetone",)))
    work(app, send(browser, sheet(*(row(name=f"Firm {n}") for n in range(5)))))
    (met,) = session.scalars(select(Upload.met)).one()
    assert met[1:] == [1, ["SUBSTANCE"]]


def test_a_sheet_shows_nothing_for_others_nothing_unapproved_and_nothing_that_ended(
    app, session, browser, publish, draft, supervisor, now
):
    signs = Signs(substances=("acetone",))
    publish("For brokers", signs=signs, aim=Aim(activities=("broker",)))
    draft("Not approved", signs=signs)
    publish("Ended already", signs=signs, valid_until=now.date() - timedelta(days=2))
    later = publish("Withdrawn after the sheet was checked", signs=signs)
    page = work(app, send(browser, sheet(row())))
    assert "Withdrawn after" in beside(page)
    for title in ("For brokers", "Not approved", "Ended already"):
        assert title not in page.text
    keeping.withdraw(session, later, "Wrong", supervisor, now)
    session.commit()
    assert beside(browser.get(page.path)) == ""


def test_that_it_was_read_is_remembered_as_beside_a_draft(app, session, browser, publish, reader):
    publish(TITLE, signs=Signs(substances=("acetone",)))
    page = work(app, send(browser, sheet(row())))
    assert session.scalars(select(BulletinReading)).all() == []
    assert page.click(TITLE).status == 200
    assert session.scalars(select(BulletinReading.account_id)).all() == [reader.id]


def test_a_sheet_and_an_answer_are_the_same_whatever_officers_do(
    app, session, browser, machine, publish, analyst, now
):
    publish(TITLE, signs=Signs(names=(NamePattern("words", "siam coatings"),)))
    page = work(app, send(browser, sheet(row())))
    body = told_of("Siam Coatings")

    def seen():
        answer = machine.post(f"{PATH}?dry_run=true", body)
        return without_tokens(browser.get(page.path)), answer.get_json()

    before = seen()
    assert TITLE in str(before)
    data = order(parties=(customer("Siam Coatings"),))
    other = make_submission(session, data, now=now)
    case = session.get_one(TriageCase, other.id)
    deeds.act(session, case, Action.TAKE, analyst, now)
    deeds.flag(session, case, "Known", analyst, now)
    session.commit()
    assert seen() == before


# --- machines -------------------------------------------------------------------------------------


def told_of(name, **more: Any):
    who = ORDER["parties"][0] | {"name": name}
    return ORDER | {"parties": [who]} | more


def test_a_machine_is_told_once_checked_and_once_filed(machine, publish, session):
    row = publish(TITLE, signs=Signs(countries=("KZ",)))
    publish("Not this", signs=Signs(countries=("TH",)))
    session.commit()
    checked = machine.post(f"{PATH}?dry_run=true", ORDER)
    filed = machine.post(PATH, ORDER, Idempotency_Key="one")
    again = machine.post(PATH, ORDER, Idempotency_Key="one")
    assert (checked.status_code, filed.status_code) == (200, 201)
    (told,) = checked.get_json()["bulletins"]
    assert told["title"] == TITLE
    assert told["about"] == ["country"]
    assert told["page"] == f"/bulletins/{row.id}"
    assert filed.get_json()["bulletins"] == [told]
    assert again.data == filed.data
    assert session.scalars(select(BulletinReading)).all() == []


def test_a_machine_is_told_nothing_for_others_or_of_what_was_not_sent(machine, publish, session):
    publish("For brokers", signs=Signs(countries=("KZ",)), aim=Aim(activities=("broker",)))
    publish("Not this", signs=Signs(substances=("acetone",)))
    session.commit()
    assert machine.post(PATH, ORDER).get_json()["bulletins"] == []


def test_2_answers_are_as_the_document_says(machine, publish, session):
    publish(TITLE, signs=Signs(countries=("KZ",)))
    session.commit()
    document = machine.get("/api/v1/openapi.json").get_json()
    for path, code in ((f"{PATH}?dry_run=true", "200"), (PATH, "201")):
        operation = document["paths"]["/submissions/suspicious-order"]["post"]
        schema = operation["responses"][code]["content"]["application/json"]["schema"]
        whole = schema | {"components": document["components"]}
        answer = machine.post(path, ORDER).get_json()
        jsonschema.validate(answer, whole, jsonschema.Draft202012Validator)
        del answer["bulletins"][0]["title"]
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(answer, whole, jsonschema.Draft202012Validator)
