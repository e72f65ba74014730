"""Handing over: once, to several, until a day, again, anew, taken back."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.core.access import Role
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.outbox import OutgoingMail
from portal.leads.data import Handling, Marking
from portal.leads.models import Lead, LeadSource, LeadVersion
from portal.leads.rules import MoveRefusedError, Status
from portal.organisations.models import Sort
from portal.organisations.rules import Standing
from portal.partners import downloads, queries, services
from portal.partners.data import Received
from portal.partners.handing import services as handing
from portal.partners.models import Consent, HandOver, HandOverVersion, Receipt
from tests.border.making import sighting
from tests.factories import (
    NOON,
    make_account,
    make_lead,
    make_organisation,
    make_partner,
    make_submission,
)

TODAY = NOON.date()


def mails_to(session, account):
    query = select(func.count()).where(OutgoingMail.recipient == account.email)
    return session.scalar(query)


def receipts_of(session, given):
    found = session.scalars(select(Receipt).where(Receipt.hand_over_id == given.id))
    return [(one.received, one.number) for one in found]


def test_a_second_hand_over_is_the_first_one(session, lead, partner, given, officer, reader):
    again = services.hand_over(session, lead, partner.id, officer, NOON + timedelta(hours=1))
    assert again.id == given.id
    assert session.scalar(select(func.count()).select_from(HandOver)) == 1
    assert mails_to(session, reader) == 1


def test_two_sessions_at_once_make_1_hand_over(portal):
    """The second begins before the first commits, and does not see it until it tries itself."""
    with portal.app_context(), transaction() as session:
        lead_id, partner_id = make_lead(session).id, make_partner(session).id
        officer_id = make_account(session, Role.ANALYST).id
    written, found = threading.Event(), []

    def give(wait):
        with portal.app_context(), transaction() as session:
            if wait:
                written.wait(10)
            officer, lead = session.get_one(Account, officer_id), session.get_one(Lead, lead_id)
            found.append(services.hand_over(session, lead, partner_id, officer, NOON).id)
            if not wait:
                written.set()
                time.sleep(0.5)

    wait_in = session_waits(portal)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(give, (False, wait_in)))
    with portal.app_context():
        rows = get_session().scalars(select(HandOver)).all()
        assert len(set(found)) == 1
        assert [one.id for one in rows] == found[:1]
        assert get_session().scalar(select(func.count()).select_from(HandOverVersion)) == 1
        assert get_session().get_one(Lead, lead_id).status is Status.HANDED_OVER


def session_waits(portal) -> bool:
    """Tell whether the second session waits inside its transaction; SQLite lets one in alone."""
    return bool(portal.extensions["portal.engine"].dialect.name == "postgresql")


def test_the_row_itself_is_the_last_word(session, lead, partner, given, officer):
    second = HandOver(
        lead_id=lead.id,
        partner_id=partner.id,
        handed_over_at=NOON,
        handed_over_by_id=officer.id,
        content="{}",
        content_sha256="0",
        signature="{}",
    )
    assert services.kept(session, second) is False
    assert queries.first(session, lead.id, partner.id).id == given.id


def test_several_partners_each_have_their_result(session, lead, partner, given, officer):
    good = make_partner(session, name="Good")
    narrow = make_partner(session, name="Narrow", bond={"marking_max": Marking.GREEN})
    wanted = [partner.id, good.id, narrow.id]
    results = handing.hand_over_to(session, lead, wanted, None, officer, NOON)
    assert [(one.partner, one.given is not None) for one in results] == [
        ("Joint cell", False),
        ("Good", True),
        ("Narrow", False),
    ]
    assert "has it already" in results[0].words
    assert "may receive up to TLP:GREEN" in results[2].words
    assert len(queries.of_lead(session, lead.id)) == 2


def test_only_the_version_for_partners_leaves(session, given, lead):
    assert lead.summary not in given.content
    assert json.loads(given.content)["title"] == lead.title
    assert [one.content for one in queries.versions_of(session, given.id)] == [given.content]


def refused(session, lead, partner, officer, now=NOON):
    with pytest.raises(services.HandOverRefusedError) as refusal:
        services.hand_over(session, lead, partner.id, officer, now)
    assert session.scalar(select(func.count()).select_from(HandOver)) == 0
    return str(refusal.value)


@pytest.mark.parametrize(
    ("bond", "word"),
    [
        (False, "There is no agreement"),
        ({"valid_until": TODAY - timedelta(days=1)}, "ended on 30 March 2026"),
        ({"marking_max": Marking.GREEN}, "may receive up to TLP:GREEN"),
        ({"categories": ["theft"]}, "does not cover leads about"),
        ({"agreed_at": None}, "There is no agreement"),
    ],
)
def test_5_agreements_refuse(session, lead, officer, bond, word):
    assert word in refused(session, lead, make_partner(session, bond=bond), officer)


def test_a_partner_that_is_suspended_gets_nothing(session, lead, officer):
    partner = make_partner(session, standing=Standing.SUSPENDED)
    assert "not an active partner" in refused(session, lead, partner, officer)


def test_conditions_need_an_agreement_that_binds_to_them(session, officer):
    lead = make_lead(session)
    lead.texts[0].handling = Handling.CONDITIONS
    partner = make_partner(session, bond={"accepts_conditions": False})
    assert "handling conditions" in refused(session, lead, partner, officer)


def test_a_lead_that_expired_goes_nowhere(session, officer, partner):
    lead = make_lead(session, expires_on=TODAY - timedelta(days=1))
    assert "could be used until 30 March" in refused(session, lead, partner, officer)


def test_a_lead_that_is_not_approved_goes_nowhere(session, officer, partner):
    lead = make_lead(session, approved=False)
    with pytest.raises(MoveRefusedError):
        services.hand_over(session, lead, partner.id, officer, NOON)


def test_what_a_partner_told_goes_on_only_with_its_consent(
    session, sign_in, officer, partner, lead
):
    teller = make_organisation(session, sort=Sort.PARTNER, name="Unit of Karachi")
    author = make_account(session, Role.PARTNER_OFFICER, organisation=teller)
    source = make_submission(session, sighting(), author=author)
    session.add(LeadSource(lead_id=lead.id, submission_id=source.id))
    session.flush()
    assert "rests on what Unit of Karachi told" in refused(session, lead, partner, officer)
    page = sign_in(officer).get(f"/leads/{lead.id}/hand-over").click("Record the answer")
    page = page.submit(
        "Keep it", originator=str(teller.id), given_by="Col. Khan", given_on=["30", "3", "2026"]
    )
    assert "consent is on record" in page.text
    assert session.scalars(select(Consent)).one().given_by == "Col. Khan"
    assert services.hand_over(session, lead, partner.id, officer, NOON).partner_id == partner.id


@pytest.mark.parametrize(("days", "status"), [(0, 200), (1, 200), (-1, 403)])
def test_after_its_last_day_a_partner_sees_reference_and_day_alone(
    session, sign_in, given, reader, lead, days, status
):
    given.expires_on = utc_now().date() + timedelta(days=days)
    session.commit()
    browser = sign_in(reader)
    page = browser.get(f"/inbox/{given.id}")
    assert page.status == 200
    assert lead.reference in page.text
    assert (lead.title in page.text) is (status == 200)
    assert (lead.asked in page.text) is (status == 200)
    for part in downloads.PARTS:
        assert browser.get(f"/inbox/{given.id}/lead.{part}").status == status


def test_a_recall_closes_at_once_with_a_reason_that_stays_here(
    session, sign_in, given, reader, officer, lead
):
    page = sign_in(officer).get(f"/hand-overs/{given.id}").click("Recall it")
    assert page.submit("Recall it").status == 422
    page = page.submit("Recall it", reason="The source is in danger.")
    assert "The source is in danger." in page.text
    assert not page.has_button("Notify again")
    browser = sign_in(reader)
    shown = browser.get(f"/inbox/{given.id}")
    assert shown.status == 200
    assert "recalled" in shown.text
    assert "danger" not in shown.text
    assert lead.title not in shown.text
    for part in (*downloads.PARTS, "pdf"):
        assert browser.get(f"/inbox/{given.id}/lead.{part}").status == 403
    session.refresh(given)
    with pytest.raises(services.NotReadableError):
        services.acknowledge(session, given, "Thanks", reader, utc_now())
    with pytest.raises(handing.TakenBackError):
        handing.recall(session, given, "Again", officer, NOON)


def test_another_partner_finds_nothing(session, sign_in, given):
    stranger = make_account(session, Role.PARTNER_OFFICER, organisation=make_partner(session))
    browser = sign_in(stranger)
    for path in ("", "/lead.pdf", *(f"/lead.{part}" for part in downloads.PARTS)):
        assert browser.get(f"/inbox/{given.id}{path}").status == 404


def test_a_suspended_partner_finds_nothing(session, sign_in, given, partner, reader):
    partner.standing = Standing.SUSPENDED
    session.commit()
    browser = sign_in(reader)
    assert browser.get(f"/inbox/{given.id}").status == 404
    assert given.content not in browser.get("/inbox/").text


def test_resending_notifies_again_and_makes_nothing(session, given, officer, reader, lead):
    handing.resend(session, given, officer, NOON)
    assert mails_to(session, reader) == 2
    assert session.scalar(select(func.count()).select_from(HandOver)) == 1
    assert session.scalar(select(func.count()).select_from(Lead)) == 1
    assert session.scalar(select(func.count()).select_from(HandOverVersion)) == 1
    assert receipts_of(session, given) == [(Received.NOTIFIED, 1)] * 2
    given.expires_on = TODAY - timedelta(days=1)
    with pytest.raises(handing.TakenBackError):
        handing.resend(session, given, officer, NOON)


def newer(session, lead):
    """Let the lead be written and approved anew."""
    lead.title, lead.status = "Buyer, second version", Status.APPROVED
    version = LeadVersion(
        lead_id=lead.id, number=2, written_at=NOON, written_by_id=lead.author_id, content="{}"
    )
    session.add(version)
    session.flush()


def test_an_update_goes_under_the_same_hand_over(session, lead, given, officer, reader):
    with pytest.raises(handing.NothingNewError):
        handing.update(session, given, lead, officer, NOON)
    services.acknowledge(session, given, "Thanks", reader, NOON)
    newer(session, lead)
    handing.update(session, given, lead, officer, NOON)
    assert given.number == 2
    assert json.loads(given.content)["title"] == "Buyer, second version"
    assert (given.read_at, given.acknowledged_at, given.pdf_stored_as) == (None, None, None)
    assert [one.number for one in queries.versions_of(session, given.id)] == [2, 1]
    assert session.scalar(select(func.count()).select_from(HandOver)) == 1
    assert receipts_of(session, given)[-1] == (Received.NOTIFIED, 2)
    services.acknowledge(session, given, "Got number 2", reader, NOON)
    assert receipts_of(session, given)[-1] == (Received.ACKNOWLEDGED, 2)


def test_an_update_that_may_not_go_there_is_refused(session, lead, officer):
    partner = make_partner(session, bond={"marking_max": Marking.AMBER})
    given = services.hand_over(session, lead, partner.id, officer, NOON)
    newer(session, lead)
    lead.marking = Marking.RED
    with pytest.raises(services.HandOverRefusedError, match="may receive up to"):
        handing.update(session, given, lead, officer, NOON)
    assert given.number == 1


def test_an_update_of_a_lead_that_is_not_approved_anew_is_refused(session, lead, given, officer):
    newer(session, lead)
    lead.status = Status.SUBMITTED
    with pytest.raises(MoveRefusedError):
        handing.update(session, given, lead, officer, NOON)


def test_nobody_reads_longer_than_the_agreement(session, lead, officer):
    until = TODAY + timedelta(days=10)
    partner = make_partner(session, bond={"valid_until": until})
    later = until + timedelta(days=9)
    given = services.hand_over(session, lead, partner.id, officer, NOON, expires_on=later)
    assert given.expires_on == until
    handing.set_expiry(session, given, lead, TODAY, officer, NOON)
    assert given.expires_on == TODAY
    handing.set_expiry(session, given, lead, None, officer, NOON)
    assert given.expires_on == until
