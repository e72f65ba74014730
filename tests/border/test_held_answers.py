"""Answers to partners are held against the same marks as the words of a lead."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.border import answering
from portal.border.models import RequestMessage
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.errors import NotFoundError
from portal.kinds.notices.data import Container
from portal.leads.models import LeadSource
from portal.leads.rules import BetraysSourceError
from portal.leads.sanitising.data import Answer, Reply, Sort
from portal.leads.sanitising.models import SharingVersion
from portal.organisations.models import Organisation
from portal.partners import services as partners
from portal.triage.life import WeightsState
from tests.border.making import BOX, announced, officer, request
from tests.factories import (
    line,
    make_account,
    make_lead,
    make_organisation,
    make_submission,
    notice,
)

USE = "Coatings for the hulls of river barges that lie in the northern yards until spring."
QUANTITY = "The notice speaks of 4725 kg."


@pytest.fixture
def partner(session):
    return officer(session)


@pytest.fixture
def told(session):
    """Return the notice that the request will touch."""
    goods = (line("toluene", "4725"),)
    return announced(session, lines=goods, end_use=USE, dispatch_on=date(2026, 6, 17))


@pytest.fixture
def asked(session, told, partner):
    found = make_submission(session, request(), author=partner, now=utc_now())
    session.commit()
    return found


@pytest.fixture
def analyst(session):
    return make_account(session, Role.ANALYST)


@pytest.fixture
def supervisor(session):
    return make_account(session, Role.SUPERVISOR)


def address(asked):
    return f"/triage/{asked.id}/answer"


def marks(session, asked, text):
    return [mark.secret.sort for mark in answering.hold(session, asked, text).open]


def messages(session):
    return session.scalars(select(RequestMessage)).all()


@pytest.mark.parametrize(
    ("text", "sort"),
    [
        (QUANTITY, Sort.QUANTITY),
        ("It is about 4.725 tonnes.", Sort.QUANTITY),
        ("It was to leave on 17 June 2026.", Sort.DAY),
        ("For the hulls of river barges that lie in the northern yards.", Sort.PHRASE),
    ],
)
def test_4_sorts_of_marks_beside_names_are_found(session, asked, text, sort):
    assert marks(session, asked, text) == [sort]


@pytest.mark.parametrize(
    "text", ["It speaks of several tonnes.", "It was to leave in June.", "For barges in the north."]
)
def test_rounder_words_are_no_mark(session, asked, text):
    assert marks(session, asked, text) == []


def test_an_open_mark_is_refused_by_name_with_what_was_typed_kept(session, sign_in, asked):
    page = sign_in(Role.ANALYST).get(address(asked)).submit("Propose it", text=QUANTITY)
    assert page.status == 422
    assert "4725 kg" in page.errors[0]
    assert "exact quantity" in page.errors[0]
    assert page.soup.select_one("textarea[name=text]").get_text().strip() == QUANTITY
    assert [one.get_text() for one in page.soup.select("main .kept-lines mark")] == ["4725 kg"]
    assert messages(session) == []


def test_a_proposal_is_taken_and_stands_in_the_answer(session, sign_in, asked):
    page = sign_in(Role.ANALYST).get(address(asked)).submit("Propose it", text=QUANTITY)
    page = page.submit("Propose it", **{"marks-0-answer": "say 0"})
    assert page.status == 200
    (message,) = messages(session)
    assert "4725" not in message.text
    assert message.text.startswith("The notice speaks of ")
    assert message.kept == []


def test_own_words_are_held_against_the_marks_again(session, sign_in, asked):
    page = sign_in(Role.ANALYST).get(address(asked)).submit("Propose it", text=QUANTITY)
    page = page.submit(
        "Propose it", **{"marks-0-answer": "own", "marks-0-text": "4.725 metric tons"}
    )
    assert page.status == 422
    assert messages(session) == []
    page = page.submit("Propose it", text="It speaks of several tonnes.")
    assert page.status == 200
    assert len(messages(session)) == 1


def test_what_stays_needs_a_reason_that_the_second_officer_reads(session, sign_in, asked, partner):
    why = "The other authority has the same figure."
    page = sign_in(Role.ANALYST).get(address(asked)).submit("Propose it", text=QUANTITY)
    page = page.submit("Propose it", **{"marks-0-answer": "keep"})
    assert page.status == 422
    assert page.errors == ["Say why it may stay"]
    assert page.soup.select_one("textarea[name=text]").get_text().strip() == QUANTITY
    page = page.submit("Propose it", **{"marks-0-answer": "keep", "marks-0-text": why})
    assert page.status == 200
    shown = sign_in(Role.SUPERVISOR).get(address(asked))
    assert "4725 kg (exact quantity)" in shown.text
    assert why in shown.text
    shown.submit("Agree and send")
    read = sign_in(partner).get(f"/requests/{asked.id}")
    assert QUANTITY in read.text
    assert why not in read.text


def test_1_answered_mark_lets_no_other_pass(session, sign_in, asked):
    text = f"{QUANTITY} It was to leave on 17 June 2026."
    page = sign_in(Role.ANALYST).get(address(asked)).submit("Propose it", text=text)
    why = {"marks-0-answer": "keep", "marks-0-text": "Known to both sides."}
    page = page.submit("Propose it", **why)
    assert page.status == 422
    assert "17 June 2026" in page.errors[0]
    assert "4725" not in page.errors[0]
    assert "Known to both sides." in str(page.soup.select_one("[name=marks-0-text]"))
    page = page.submit("Propose it", **{"marks-1-answer": "say 0"})
    assert page.status == 200
    (message,) = messages(session)
    assert message.text == "The notice speaks of 4725 kg. It was to leave in June 2026."
    assert [one["surface"] for one in message.kept] == ["4725 kg"]


def test_who_reported_never_stays(session, asked, told, analyst):
    text = f"Ask {session.get_one(Organisation, told.organisation_id).name}."
    (mark,) = answering.hold(session, asked, text).open
    reply = Reply(mark.key, Answer.KEPT, "They agreed.")
    with pytest.raises(BetraysSourceError):
        answering.propose(session, asked, text, None, analyst, utc_now(), replies=[reply])


def test_what_the_partner_wrote_itself_is_no_mark(session, told, partner):
    question = "Was a box with 4725 kg announced for 17 June 2026?"
    asked = make_submission(session, request(question=question), author=partner, now=utc_now())
    assert marks(session, asked, f"{QUANTITY} It was to leave on 17 June 2026.") == []
    assert marks(session, asked, f"Yes: {USE}") == [Sort.PHRASE]
    answering.write(session, asked, f"Is this it: {USE}", partner, utc_now())
    assert marks(session, asked, f"Yes: {USE}") == []


def test_that_the_company_asked_about_reported_is_a_mark_all_the_same(session, told, partner):
    name = session.get_one(Organisation, told.organisation_id).name
    about = request(question=f"Is {name} known?")
    asked = make_submission(session, about, author=partner, now=utc_now())
    assert Sort.COMPANY in marks(session, asked, f"{name} told us.")


def test_a_value_of_as_many_companies_as_the_registrar_set_is_no_mark(
    session, asked, analyst, supervisor
):
    box = (Container(number="MSKU1234565"),)
    make_submission(session, notice(lines=(line("toluene", "4725"),), containers=box))
    assert marks(session, asked, QUANTITY) == [Sort.QUANTITY]
    row = SharingVersion(
        number=1,
        state=WeightsState.IN_FORCE,
        companies_before=5,
        companies=2,
        reason="Few companies.",
        proposed_by_id=analyst.id,
        proposed_at=utc_now(),
    )
    session.add(row)
    session.flush()
    assert marks(session, asked, QUANTITY) == []
    message = answering.propose(session, asked, QUANTITY, None, analyst, utc_now())
    row.companies = 3
    session.flush()
    with pytest.raises(BetraysSourceError, match="4725 kg"):
        answering.agree(session, asked, message, supervisor, utc_now())


def test_the_sources_of_a_lead_that_goes_with_it_are_held_too(session, partner, analyst):
    asked = make_submission(session, request(containers=()), author=partner, now=utc_now())
    source = make_submission(session, notice(lines=(line("toluene", "611.7"),)))
    lead = make_lead(session, author=analyst)
    session.add(LeadSource(lead_id=lead.id, submission_id=source.id))
    session.flush()
    given = partners.hand_over(session, lead, partner.organisation_id, analyst, utc_now())
    text = "It was 611.7 kg."
    assert marks(session, asked, text) == []
    with pytest.raises(BetraysSourceError, match=r"611\.7 kg"):
        answering.propose(session, asked, text, given.id, analyst, utc_now())


def test_a_lead_of_another_partner_is_not_found(session, partner, asked, analyst):
    lead = make_lead(session, author=analyst)
    other = officer(session).organisation_id
    given = partners.hand_over(session, lead, other, analyst, utc_now())
    with pytest.raises(NotFoundError):
        answering.propose(session, asked, "See there.", given.id, analyst, utc_now())


def test_a_firm_that_reported_nothing_is_refused_without_a_mark(session, sign_in, asked):
    firm = make_organisation(session, name="Verre Kust Chemie")
    session.commit()
    text = f"Ask {firm.name}."
    page = sign_in(Role.ANALYST).get(address(asked)).submit("Propose it", text=text)
    assert page.status == 422
    assert firm.name in page.errors[0]
    assert page.soup.select_one("textarea[name=text]").get_text().strip() == text


def test_the_number_of_a_box_that_was_asked_about_may_be_said(session, asked):
    assert marks(session, asked, f"{BOX} was announced in time.") == []
