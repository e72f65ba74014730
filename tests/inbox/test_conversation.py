"""Questions, answers, requests for more, interest: what passes, and what must never pass."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.accounts.models import Account
from portal.core import outbox
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.errors import TooManyError
from portal.leads.rules import BetraysSourceError
from portal.organisations.models import Organisation
from portal.partners.inbox import queries, services
from portal.partners.inbox.data import RequestAction, RequestState
from portal.partners.inbox.models import Message, MoreRequest
from portal.partners.inbox.rules import RequestRefusedError
from tests.factories import NOON, make_account
from tests.inbox.story import hand_over, make_lead, make_partner

DAY = timedelta(days=1)


@pytest.fixture
def analyst(session):
    return make_account(session, Role.ANALYST, name="Ana Analyst")


def deeds(session, name):
    return session.scalars(select(AuditEvent).where(AuditEvent.deed == name)).all()


def request_of(session, given, officer, **more):
    answers = {"missing": "The seal number", "why": "To find it", "until": NOON.date() + 7 * DAY}
    return services.want_more(session, given, MoreRequest(**answers | more), officer, NOON)


def test_a_question_waits_until_it_is_answered(session, given, officer, analyst, sign_in):
    partner, officers = sign_in(officer), sign_in(analyst)
    page = partner.get(f"/inbox/{given.id}").submit("Send", text="Which seal?")
    assert "Waits for an answer" in page.text
    listed = officers.get("/from-partners/")
    assert "Which seal?" in listed.text
    said = listed.click("LD-")
    assert said.title == "What partners say"
    said = said.submit("Answer", **{f"{given.id}-text": "Seal 4711."})
    assert "Seal 4711." in said.text
    assert "No partner waits for an answer" in officers.get("/from-partners/").text
    page = partner.get("/inbox/", {"view": "with an answer not read yet"})
    assert "1 new answer" in page.text
    page = page.click("Drums on the way")
    assert "Seal 4711." in page.text
    assert "New" in page.soup.select(".thread__message")[-1].text
    again = partner.get(f"/inbox/{given.id}")
    assert "New" not in again.soup.select(".thread__message")[-1].text
    assert len(deeds(session, "partner.asked")) == len(deeds(session, "partner.answered")) == 1


def test_0_names_of_officers_reach_a_partner(session, given, officer, analyst, sign_in):
    services.answer(session, given, "It is so.", analyst, NOON)
    page = sign_in(officer).get(f"/inbox/{given.id}")
    assert "It is so." in page.text
    assert "Ana Analyst" not in page.response.text


def test_an_answer_is_mailed_without_its_words(session, given, officer, analyst):
    services.answer(session, given, "Seal 4711.", analyst, NOON)
    mails = session.scalars(select(outbox.OutgoingMail)).all()
    assert [mail.recipient for mail in mails] == [officer.email]
    assert "4711" not in mails[0].body


def test_the_author_of_a_lead_is_told_without_words(session, lead, given, officer):
    services.ask(session, given, "Which seal?", officer, NOON)
    (mail,) = session.scalars(select(outbox.OutgoingMail)).all()
    assert mail.recipient == session.get_one(Account, lead.author_id).email
    assert f"/leads/{lead.id}/partners" in mail.body
    assert "seal" not in mail.body


def test_the_message_after_60_in_an_hour_is_refused(session, given, officer):
    for number in range(60):
        services.ask(session, given, str(number), officer, NOON)
    with pytest.raises(TooManyError):
        services.ask(session, given, "60", officer, NOON)
    services.ask(session, given, "60", officer, NOON + timedelta(hours=1, seconds=1))


@pytest.mark.parametrize("where", ["organisation", "author", "reference"])
def test_an_answer_that_betrays_the_source_is_refused_with_its_marks(
    session, given, source, analyst, sign_in, where
):
    firm = session.get_one(Organisation, source.organisation_id)
    author = session.get_one(Account, source.author_id)
    firm.name, author.name = "Noordzee Chemie B.V.", "Wilhelmina Reporter"
    secret = {
        "organisation": "Noordzee Chemie B.V.",
        "author": "Wilhelmina Reporter",
        "reference": source.reference,
    }[where]
    page = sign_in(analyst).get(f"/leads/{given.lead_id}/partners")
    page = page.submit("Answer", **{f"{given.id}-text": f"We have it from {secret}, in May."})
    assert page.status == 422
    assert secret in page.errors[0]
    assert f"We have it from {secret}" in page.text  # what was typed is kept
    assert session.scalars(select(Message)).all() == []


def test_a_decision_that_betrays_the_source_is_refused(session, given, source, officer, analyst):
    row = request_of(session, given, officer)
    with pytest.raises(BetraysSourceError, match=source.reference):
        services.decide(session, row, RequestAction.ACCEPT, source.reference, analyst, NOON)
    assert row.state is RequestState.OPEN
    assert row.remark == ""


def test_what_needs_no_answer_is_taken_off_the_list(session, given, officer, analyst, sign_in):
    services.ask(session, given, "Thank you.", officer, NOON)
    officers = sign_in(analyst)
    assert queries.number_waiting(session) == 1
    page = officers.get(f"/leads/{given.lead_id}/partners").submit("Needs no answer")
    assert not page.has_button("Needs no answer")
    session.expire_all()
    assert queries.number_waiting(session) == 0


def test_an_empty_question_is_refused_and_the_page_stays(given, officer, sign_in):
    page = sign_in(officer).get(f"/inbox/{given.id}").submit("Send", text=" ")
    assert page.status == 422
    assert page.errors == ["Enter your question or message"]


def test_the_longest_waiting_is_first_and_pages_turn(session, given, officer, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for hours in (3, 1, 2):
        services.ask(session, given, f"{hours} h", officer, NOON - timedelta(hours=hours))
    first = queries.waiting_messages(session)
    assert [one.text for one in first] == ["3 h", "2 h"]
    assert [one.text for one in queries.waiting_messages(session, first[-1])] == ["1 h"]


def test_a_request_for_more_is_an_open_item_to_accept(session, given, officer, analyst, sign_in):
    partner, officers = sign_in(officer), sign_in(analyst)
    page = partner.get(f"/inbox/{given.id}").click("Ask for more")
    until = queries.today(NOON) + timedelta(days=300)
    wrong = page.submit("Send", missing="", why="To find it", until=["1", "1", "2020"])
    assert wrong.errors == [
        "Say what is missing",
        "Choose a day from today to a year from today",
    ]
    typed = [str(until.day), str(until.month), str(until.year)]
    page = page.submit("Send", missing="The seal number", why="To find it", until=typed)
    assert "The seal number" in page.text
    assert "The seal number" in officers.get("/from-partners/").text
    said = officers.get(f"/leads/{given.lead_id}/partners")
    row = session.scalars(select(MoreRequest)).one()
    said = said.submit("Decide", **{f"{row.id}-action": "accept", f"{row.id}-remark": "By Friday"})
    page = partner.get(f"/inbox/{given.id}")
    assert "accepted" in page.text
    assert "By Friday" in page.text
    said = said.submit("Decide", **{f"{row.id}-action": "deliver"})
    assert not said.has_button("Decide")
    session.expire_all()
    assert (row.state, row.remark) == (RequestState.DELIVERED, "By Friday")
    assert "No partner asks for more" in officers.get("/from-partners/").text


def test_a_request_is_declined_only_with_a_reason(session, given, officer, analyst, sign_in):
    row = request_of(session, given, officer)
    page = sign_in(analyst).get(f"/leads/{given.lead_id}/partners")
    wrong = page.submit("Decide", **{f"{row.id}-action": "decline"})
    assert wrong.errors == ["Say why it is declined"]
    page.submit("Decide", **{f"{row.id}-action": "decline", f"{row.id}-remark": "Not ours"})
    session.expire_all()
    assert row.state is RequestState.DECLINED
    with pytest.raises(RequestRefusedError):
        services.decide(session, row, RequestAction.ACCEPT, "", analyst, NOON)


def test_a_partner_may_be_interested_too_and_take_it_back(
    session, given, officer, analyst, sign_in
):
    partner, officers = sign_in(officer), sign_in(analyst)
    page = partner.get(f"/inbox/{given.id}")
    page = page.submit("I am interested too", **{"interest-text": "File 12/26"})
    assert "You are interested too" in page.text
    said = officers.get(f"/leads/{given.lead_id}/partners")
    assert "interested too" in said.text
    assert "File 12/26" in said.text
    page = page.submit("Take it back")
    assert page.has_button("I am interested too")
    assert queries.interest(session, given.id) is None


def test_2_partners_of_a_lead_know_nothing_of_each_other(session, lead, given, officer, sign_in):
    other = make_partner(session, "BLO Elsewhere")
    theirs = hand_over(session, lead, other)
    services.ask(session, given, "A question of Bangkok", officer, NOON)
    request_of(session, given, officer, missing="Wanted by Bangkok")
    services.be_interested(session, given, "File of Bangkok", officer, NOON)
    page = sign_in(other).get(f"/inbox/{theirs.id}")
    assert page.status == 200
    assert "Bangkok" not in page.response.text.replace("on the way to Bangkok", "")
    assert sign_in(other).get(f"/inbox/{given.id}").status == 404


def test_only_who_writes_leads_answers(session, given, officer, analyst, sign_in):
    services.ask(session, given, "Which seal?", officer, NOON)
    boss = sign_in(Role.SUPERVISOR)
    page = boss.get(f"/leads/{given.lead_id}/partners")
    assert not page.has_button("Answer")
    token = page.soup.select_one("[name=csrf_token]")["value"]
    address = f"/leads/{given.lead_id}/partners/{given.id}/answer"
    assert boss.post(address, {"csrf_token": token, f"{given.id}-text": "x"}).status == 403


def test_a_hand_over_of_another_lead_is_not_answered(session, given, analyst, sign_in):
    other = make_lead(session)
    browser = sign_in(analyst)
    token = browser.get("/account").soup.select_one("[name=csrf_token]")["value"]
    address = f"/leads/{other.id}/partners/{given.id}/answer"
    assert browser.post(address, {"csrf_token": token, f"{given.id}-text": "x"}).status == 404


def test_the_page_of_a_lead_says_what_partners_say(session, given, officer, analyst, sign_in):
    services.ask(session, given, "Which seal?", officer, NOON)
    page = sign_in(analyst).get(f"/leads/{given.lead_id}")
    assert "What partners say" in page.text
    assert "waits for you" in page.text
    assert page.click("Read and answer").title == "What partners say"
    assert len(deeds(session, "lead.partners_read")) == 1


def test_a_lead_that_nobody_has_shows_0_panels(session, lead, analyst, sign_in):
    page = sign_in(analyst).get(f"/leads/{lead.id}")
    assert page.status == 200
    assert "What partners say" not in page.text
    assert "was not handed to anybody" in sign_in(analyst).get(f"/leads/{lead.id}/partners").text
