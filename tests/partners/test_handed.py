"""What follows a hand-over: its receipt, packages by file, and whom a route proposes."""

import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pyrage
import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from portal.core import files, signing
from portal.core.audit import AuditEvent
from portal.core.errors import DomainError
from portal.core.outbox import OutgoingMail
from portal.leads.data import Marking, Stop
from portal.leads.releasing import released_of
from portal.partners import downloads, services
from portal.partners.data import Received
from portal.partners.handing import services as handing
from portal.partners.packing import services as packing
from portal.partners.receipts import services as receipts
from portal.partners.registry import queries as registry
from portal.partners.registry.data import Hours
from portal.partners.registry.models import PartnerContact, PartnerKey
from portal.partners.sealing.data import KeySort
from tests.factories import (
    NOON,
    make_partner,
)
from tests.partners.test_handing import receipts_of


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
