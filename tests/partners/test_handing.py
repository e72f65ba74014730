"""Handing over: once, to several, until a day, again, anew, taken back; and the receipts."""

import hashlib
import json
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pyrage
import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from portal.accounts.models import Account
from portal.core import files, signing
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.db import get_session, transaction
from portal.core.errors import DomainError
from portal.core.outbox import OutgoingMail
from portal.leads.data import Handling, Marking, Stop
from portal.leads.models import Lead, LeadSource, LeadVersion
from portal.leads.releasing import released_of
from portal.leads.rules import MoveRefusedError, Status
from portal.organisations.models import Sort
from portal.organisations.rules import Standing
from portal.partners import downloads, queries, services
from portal.partners.data import Received
from portal.partners.handing import services as handing
from portal.partners.models import Consent, HandOver, HandOverVersion, Receipt
from portal.partners.packing import services as packing
from portal.partners.receipts import services as receipts
from portal.partners.registry import queries as registry
from portal.partners.registry.data import Hours
from portal.partners.registry.models import PartnerContact, PartnerKey
from portal.partners.sealing.data import KeySort
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


@pytest.fixture
def partner(session):
    return make_partner(session, name="Joint cell")


@pytest.fixture
def reader(session, partner):
    return make_account(session, Role.PARTNER_OFFICER, organisation=partner)


@pytest.fixture
def officer(session):
    return make_account(session, Role.ANALYST)


@pytest.fixture
def lead(session):
    return make_lead(session)


@pytest.fixture
def given(session, lead, partner, reader, officer):
    return services.hand_over(session, lead, partner.id, officer, NOON)


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


def test_the_receipt_says_who_read_took_and_acknowledged(session, given, reader, officer):
    services.note_reading(session, given, reader, NOON)
    session.flush()
    services.note_reading(session, given, reader, NOON)
    services.note_download(session, given, "pdf", reader, NOON)
    services.acknowledge(session, given, "Thanks", reader, NOON)
    session.flush()
    assert [one for one, _ in receipts_of(session, given)] == [
        Received.NOTIFIED,
        Received.READ,
        Received.DOWNLOADED,
        Received.ACKNOWLEDGED,
    ]
    read = select(func.count()).where(AuditEvent.deed == "hand_over.read")
    session.commit()
    assert session.scalar(read) == 2  # the trail has every reading, the receipt each reader


def test_the_receipt_is_a_signed_paper_without_content(session, given, reader, officer, lead):
    services.note_reading(session, given, reader, NOON)
    receipts.ask(session, given, officer, NOON)
    session.flush()
    payload = {"hand_over": str(given.id), "asked_at": NOON.isoformat()}
    made = receipts.print_receipt(session, payload, given.id)
    receipts.keep_receipt(session, payload | made, NOON)
    paper = files.place(given.receipt_stored_as or "").read_bytes()
    assert signing.verify_pdf(paper).valid
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
    assert lead.reference in text
    assert reader.name in text
    assert "read, number 1" in text
    assert given.content_sha256[:8] in text.replace("\n", "").replace(" ", "")
    assert lead.title not in text
    assert "TLP:AMBER" in text


def test_a_receipt_that_was_asked_for_anew_replaces_the_older(session, given, officer):
    receipts.ask(session, given, officer, NOON + timedelta(hours=1))
    stored = files.keep_bytes(b"older")
    payload = {"hand_over": str(given.id), "asked_at": NOON.isoformat(), "stored_as": stored}
    receipts.keep_receipt(session, payload, NOON)
    assert given.receipt_stored_as is None
    assert not files.place(stored).exists()


@pytest.fixture
def pair():
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def by_file(session, lead, officer, pair):
    """Return a hand-over to a partner without account."""
    partner = make_partner(session, name="Border office", way="signed package by file")
    text = str(pair.to_public())
    key = PartnerKey(
        partner_id=partner.id,
        sort=KeySort.AGE,
        text=text,
        fingerprint=text,
        added_at=NOON,
        agreed_at=NOON,
    )
    session.add(key)
    session.flush()
    return services.hand_over(session, lead, partner.id, officer, NOON)


def test_a_package_waits_for_its_paper(session, by_file, officer):
    with pytest.raises(packing.NotSealableError, match="still being made"):
        packing.package(session, by_file, officer, NOON)


def test_a_sealed_package_is_the_same_twice_and_checks_out(
    session, sign_in, by_file, officer, pair, lead
):
    by_file.pdf_stored_as = files.keep_bytes(b"%PDF-1.7 report")
    session.commit()
    browser = sign_in(officer)
    bodies = []
    for _ in range(2):
        answer = browser.get(f"/hand-overs/{by_file.id}").submit("Download the sealed package")
        assert answer.status == 200
        bodies.append(answer.response.data)
        answer.response.close()
    assert bodies[0] == bodies[1]
    assert f"{lead.reference}-1.zip.age" in answer.response.headers["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(pyrage.decrypt(bodies[0], [pair]))) as archive:
        assert archive.read("lead.json").decode() == by_file.content
        assert archive.read("lead.pdf") == b"%PDF-1.7 report"
        signature = signing.Detached(**json.loads(archive.read("SHA256SUMS.signature")))
        assert signing.verify_bytes(archive.read("SHA256SUMS"), signature)
        assert signing.fingerprint() in archive.read("READ-ME.txt").decode()
        for part, one in downloads.SIGNED.items():
            name = f"lead.{one.extension}"
            said = json.loads(archive.read(f"{name}.sig"))
            assert said.pop("content_sha256") == hashlib.sha256(archive.read(name)).hexdigest()
            assert signing.verify_bytes(archive.read(name), signing.Detached(**said)), part
            assert f"{name}.sig" in archive.read("SHA256SUMS").decode()
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert lead.summary.encode() not in everything
    sent = [one for one, _ in receipts_of(session, by_file) if one is Received.SENT]
    assert len(sent) == 2


def test_who_gets_packages_by_file_is_not_notified(session, sign_in, by_file, officer):
    assert receipts_of(session, by_file) == []
    assert not sign_in(officer).get(f"/hand-overs/{by_file.id}").has_button("Notify again")
    with pytest.raises(DomainError, match="by file"):
        handing.resend(session, by_file, officer, NOON)


def test_a_recalled_hand_over_is_packed_no_more(session, by_file, officer):
    by_file.pdf_stored_as = files.keep_bytes(b"%PDF-1.7 report")
    handing.recall(session, by_file, "Mistake", officer, NOON)
    with pytest.raises(packing.NotSealableError, match="recalled"):
        packing.package(session, by_file, officer, NOON)


def test_a_partner_that_takes_notices_is_asked_to_call(session, lead, officer):
    partner = make_partner(session, way="e-mail notice without content")
    contact = PartnerContact(
        partner_id=partner.id,
        name="Desk",
        hours=Hours.ALWAYS,
        email="desk@partner.example",
        added_at=NOON,
    )
    session.add(contact)
    session.flush()
    given = services.hand_over(session, lead, partner.id, officer, NOON)
    query = select(OutgoingMail).where(OutgoingMail.recipient == "desk@partner.example")
    body = session.scalars(query).one().body or ""
    assert "Call the officer" in body
    assert lead.reference not in body
    assert lead.title not in body
    assert receipts_of(session, given) == [(Received.NOTIFIED, 1)]


def route(*stops):
    return tuple(
        Stop(part="transit", name=name, country=country, locode=code, latitude=up, longitude=across)
        for name, country, code, up, across in stops
    )


def test_partners_of_the_register_are_proposed_along_the_route_with_reasons(session, lead):
    unit = make_partner(session, network="PCU of CCP", posts=(("PKKHI", "seaport", ""),))
    border = make_partner(session, network="BLO", posts=(("PKTOR", "border point", "AF"),))
    centre = make_partner(session, network="JPC", countries=("AF", "IR", "PK"))
    liaison = make_partner(session, network="drug liaison officer", countries=("AF",))
    far = make_partner(session, network="PCU of CCP", posts=(("VNHPH", "seaport", ""),))
    way = route(("Karachi", "PK", "PKKHI", 24.84, 66.99), ("Kabul", "AF", "AFKBL", 34.55, 69.25))
    released = replace(released_of(lead), stops=way)
    cards = registry.cards(session, [one.id for one in (unit, border, centre, liaison, far)])
    found = handing.proposals(session, cards, released)
    assert {key: " ".join(why) for key, why in found.items()} == {
        unit.id: "Its post Karachi (PKKHI) is on the route: transit.",
        border.id: "Its border point Torkham (PK) / Torkham (AF) lies between Pakistan and"
        " Afghanistan, and the route goes from Karachi to Kabul.",
        centre.id: "It covers both ends of the route: Pakistan and Afghanistan.",
        liaison.id: "Liaison officer for Afghanistan.",
    }


def test_the_page_proposes_with_reasons_and_refuses_with_reasons(session, sign_in, officer, lead):
    make_partner(session, name="Zone cell", network="police liaison officer", countries=("PK",))
    make_partner(session, name="Narrow", bond={"marking_max": Marking.GREEN})
    page = sign_in(officer).get(f"/leads/{lead.id}/hand-over")
    assert "Narrow may receive up to TLP:GREEN; this lead is TLP:AMBER." in page.text
    chosen = page.soup.select("input[name=partners]")
    assert len(chosen) == 1
    assert page.submit("Hand over").status == 422
    page = page.submit("Hand over", partners=str(chosen[0]["value"]))
    assert "Zone cell: handed over." in page.text
    assert page.click("Zone cell").status == 200
