"""Answers to a partner's request: proposed, checked, agreed to by another, then seen."""

import json

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.border import answering
from portal.border.models import RequestMessage
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.errors import NotFoundError
from portal.core.references import new_reference
from portal.leads.data import Category, Confidence, Marking, Priority, Proposal
from portal.leads.models import Lead
from portal.leads.rules import BetraysSourceError, OwnWorkError
from portal.organisations.models import Organisation
from portal.partners.models import HandOver
from portal.submissions.queries import get
from tests.border.making import BOX, announced, officer, request, sighting
from tests.factories import make_account, make_organisation, make_submission

TEXT = "The container was announced in time. Please hold it until Friday."


@pytest.fixture
def partner(session):
    return officer(session)


@pytest.fixture
def asked(session, partner):
    found = make_submission(session, request(), author=partner)
    session.commit()
    return found


def address(asked):
    return f"/triage/{asked.id}/answer"


def refuse(session, asked, text):
    """Refuse an answer that points to who reported."""
    answering.refuse_betrayal(session, asked, answering.hold(session, asked, text))


def test_an_answer_is_seen_after_a_second_officer_agreed_and_not_before(
    session, sign_in, partner, asked
):
    analyst, supervisor, reader = sign_in(Role.ANALYST), sign_in(Role.SUPERVISOR), sign_in(partner)
    mine = reader.get(f"/submissions/{asked.id}").click("Answers and messages")
    assert TEXT not in analyst.get(address(asked)).submit("Propose it", text=TEXT).title
    assert TEXT not in reader.get(mine.path).text
    assert not analyst.get(address(asked)).has_button("Agree and send")
    page = supervisor.get(address(asked)).submit("Agree and send")
    assert "Sent to the partner." in page.text
    told = reader.get(mine.path)
    assert TEXT in told.text
    assert analyst.account.name not in told.text


def test_nobody_agrees_to_an_answer_of_their_own(session, sign_in, asked):
    supervisor = sign_in(Role.SUPERVISOR)
    page = supervisor.get(address(asked)).submit("Propose it", text=TEXT)
    assert not page.has_button("Agree and send")
    (message,) = session.scalars(select(RequestMessage))
    with pytest.raises(OwnWorkError):
        answering.agree(session, asked, message, supervisor.account, utc_now())


def test_a_refused_answer_is_never_seen(session, sign_in, partner, asked):
    sign_in(Role.ANALYST).get(address(asked)).submit("Propose it", text=TEXT)
    page = sign_in(Role.SUPERVISOR).get(address(asked)).submit("Do not send", remark="Too much.")
    assert "Too much." in page.text
    shown = sign_in(partner).get(f"/requests/{asked.id}").text
    assert TEXT not in shown
    assert "Too much." not in shown


def test_an_answer_that_names_who_reported_is_refused(session, sign_in, partner):
    told = announced(session)
    asked = make_submission(session, request(), author=partner, now=utc_now())
    session.commit()
    firm = session.get_one(Organisation, told.organisation_id)
    author = session.get_one(Account, told.author_id)
    page = sign_in(Role.ANALYST).get(address(asked))
    for secret in (firm.name, told.reference, author.name):
        answer = page.submit("Propose it", text=f"It was announced by {secret}.")
        assert answer.status == 422
        assert secret in answer.errors[0]
    assert session.scalars(select(RequestMessage)).all() == []


def test_any_company_is_a_secret_save_one_that_the_partner_asked_about(session, partner):
    firm = make_organisation(session, name="Verre Kust Chemie")
    asked = make_submission(session, request(), author=partner)
    with pytest.raises(BetraysSourceError):
        refuse(session, asked, f"Ask {firm.name}.")
    about = make_submission(session, request(question=f"Is {firm.name} known?"), author=partner)
    refuse(session, about, f"{firm.name} is licensed.")


def test_what_is_known_by_the_time_of_agreement_is_a_secret_too(session, sign_in, asked):
    analyst, supervisor = (
        make_account(session, Role.ANALYST),
        make_account(session, Role.SUPERVISOR),
    )
    message = answering.propose(session, asked, "Ask Late Firm.", None, analyst, utc_now())
    make_organisation(session, name="Late Firm")
    with pytest.raises(BetraysSourceError):
        answering.agree(session, asked, message, supervisor, utc_now())


def test_a_lead_of_another_partner_answers_nothing(session, asked):
    analyst = make_account(session, Role.ANALYST)
    with pytest.raises(NotFoundError):
        answering.propose(session, asked, "", asked.id, analyst, utc_now())


def test_an_answer_needs_words_or_a_lead(sign_in, asked):
    page = sign_in(Role.ANALYST).get(address(asked)).submit("Propose it", text="")
    assert page.errors == ["Write an answer, or choose a lead"]


def test_a_partner_writes_to_the_authority(sign_in, partner, asked):
    words = "The box leaves tonight."
    sign_in(partner).get(f"/requests/{asked.id}").submit("Send the message", text=words)
    assert words in sign_in(Role.ANALYST).get(address(asked)).text


def test_a_request_is_answered_to_its_partner_alone(session, sign_in, partner, asked):
    stranger = sign_in(officer(session))
    assert stranger.get(f"/requests/{asked.id}").status == 404
    seen = make_submission(session, sighting(), author=partner)
    session.commit()
    assert sign_in(partner).get(f"/requests/{seen.id}").status == 404
    assert sign_in(Role.ANALYST).get(f"/triage/{seen.id}/answer").status == 404
    with pytest.raises(NotFoundError):
        get(session, asked.id, stranger.account)


def test_an_officer_without_need_is_asked_for_a_reason(session, sign_in, asked):
    sign_in(Role.ANALYST).get(f"/triage/{asked.id}").submit("Take it")
    other = sign_in(Role.TRIAGE_OFFICER)
    assert other.get(address(asked)).path == f"/triage/{asked.id}/glass"
    assert BOX not in other.get(f"/triage/{asked.id}/border").path


def handed_over(session, partner):
    """Return a lead that was handed to a partner."""
    author = make_account(session, Role.ANALYST)
    lead = Lead(
        reference=new_reference("LD"),
        title="Drums to Bangkok",
        summary="For officers alone.",
        asked="Hold it.",
        category=Category.DIVERSION,
        confidence=Confidence.MODERATE,
        priority=Priority.URGENT,
        proposal=Proposal.STOP,
        marking=Marking.AMBER,
        conditions="",
        author_id=author.id,
        created_at=utc_now(),
    )
    session.add(lead)
    session.flush()
    given = HandOver(
        lead_id=lead.id,
        partner_id=partner.organisation_id,
        handed_over_at=utc_now(),
        handed_over_by_id=author.id,
        content=json.dumps({"reference": lead.reference, "title": lead.title}),
        content_sha256="0" * 64,
        signature="{}",
    )
    session.add(given)
    session.commit()
    return given


def test_a_lead_that_was_handed_over_answers_a_request(session, sign_in, partner, asked):
    given, other = handed_over(session, partner), handed_over(session, officer(session))
    page = sign_in(Role.ANALYST).get(address(asked))
    offered = [one["value"] for one in page.soup.select("[name=hand_over] option")]
    assert offered == ["", str(given.id)]
    assert str(other.id) not in offered
    page.submit("Propose it", text="", hand_over=str(given.id))
    sign_in(Role.SUPERVISOR).get(address(asked)).submit("Agree and send")
    shown = sign_in(partner).get(f"/requests/{asked.id}")
    link = shown.soup.find("a", string="A lead in your inbox answers it")
    assert link["href"] == f"/inbox/{given.id}"
    with pytest.raises(NotFoundError):
        answering.propose(session, asked, "", other.id, make_account(session), utc_now())
