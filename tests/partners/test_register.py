"""The register of partners: two people for what widens it, history, map, warnings."""

from datetime import timedelta
from io import BytesIO

import pyrage
import pytest
from sqlalchemy import select

from portal.accounts.people import OwnProposalError
from portal.core.access import Role
from portal.core.audit import AuditEvent
from portal.core.clock import utc_now
from portal.core.outbox import OutgoingMail
from portal.leads.data import Marking
from portal.organisations.models import Organisation, PartnerProfile
from portal.organisations.rules import Standing
from portal.partners.registry import queries, services
from portal.partners.registry.data import ChangeSort
from portal.partners.registry.models import PartnerAgreement, PartnerChange
from tests.factories import NOON, make_account, make_partner


@pytest.fixture
def registrar(session):
    return make_account(session, Role.REGISTRAR)


@pytest.fixture
def second(session):
    return make_account(session, Role.SUPERVISOR)


def standing(partner) -> str:
    return str(partner.standing)


def proposed(session, registrar):
    profile = PartnerProfile(network="JPC", countries=["PK"], way="portal account")
    said = {"name": "Cell", "country": "PK", "partner_key": None}
    partner = services.register(session, said, profile, registrar, NOON)
    return partner, queries.waiting(session)[0]


def test_a_partner_counts_when_a_second_person_agreed(session, registrar, second):
    partner, entry = proposed(session, registrar)
    assert standing(partner) == "applied"
    with pytest.raises(OwnProposalError):
        services.agree(session, entry, registrar, NOON)
    services.agree(session, entry, second, NOON)
    assert standing(partner) == "vetted"
    assert queries.waiting(session) == []


def test_a_partner_that_is_turned_down_is_refused(session, registrar, second):
    partner, entry = proposed(session, registrar)
    services.refuse(session, entry, second, NOON)
    assert partner.standing is Standing.REFUSED
    assert entry.agreed is False


def agreement(**more):
    return PartnerAgreement(name="Memorandum", marking_max=Marking.AMBER, categories=[], **more)


def test_an_agreement_allows_nothing_before_a_second_person_agreed(session, registrar, second):
    partner = make_partner(session, bond=False)
    entry = services.add(session, partner, agreement(), "Memorandum", registrar, NOON)
    assert queries.card(session, partner.id).agreed == ()
    services.agree(session, entry, second, NOON)
    assert [one.name for one in queries.card(session, partner.id).agreed] == ["Memorandum"]


def test_ending_an_agreement_counts_at_once_and_ends_its_proposal(session, registrar):
    partner = make_partner(session, bond=False)
    part = agreement()
    entry = services.add(session, partner, part, "Memorandum", registrar, NOON)
    services.end(session, partner, part, "A mistake", registrar, NOON)
    assert queries.card(session, partner.id).agreements == ()
    assert entry.agreed is False
    assert queries.waiting(session) == []


def test_suspending_counts_at_once_and_lifting_needs_2(session, registrar, second):
    partner = make_partner(session)
    services.stop(session, partner, ChangeSort.SUSPEND, "Leak", registrar, NOON)
    assert standing(partner) == "suspended"
    services.stop(session, partner, ChangeSort.LIFT, "Mended", registrar, NOON)
    assert standing(partner) == "suspended"
    services.agree(session, queries.waiting(session)[0], second, NOON)
    assert standing(partner) == "vetted"


def test_changed_facts_are_kept_when_agreed(session, registrar, second):
    partner = make_partner(session)
    card = queries.card(session, partner.id)
    said = {"name": partner.name, "countries": ["AF"], "way": "signed package by file"}
    entry = services.propose_facts(session, partner, card.profile, said, registrar, NOON)
    assert entry is not None
    assert set(entry.said) == {"countries", "way"}
    assert card.profile.countries == ["PK", "AF"]
    services.agree(session, entry, second, NOON)
    assert (card.profile.countries, card.profile.way) == (["AF"], "signed package by file")
    assert services.propose_facts(session, partner, card.profile, said, registrar, NOON) is None


def test_registrars_are_warned_once_of_each_number_of_days(session, registrar):
    partner = make_partner(session, bond={"valid_until": (NOON + timedelta(days=30)).date()})
    for day in (0, 0, 1, 23):
        services.warn(session, {}, NOON + timedelta(days=day))
    found = session.scalars(select(OutgoingMail).where(OutgoingMail.recipient == registrar.email))
    bodies = [mail.body for mail in found]
    assert len(bodies) == 2  # at 30 days and at 7
    assert all(partner.name not in (body or "") for body in bodies)


def browse(sign_in, registrar, partner, path=""):
    return sign_in(registrar).get(f"/partners/{partner.id}{path}")


def test_the_register_is_kept_on_its_pages_with_history(session, sign_in, registrar, second):
    page = (
        sign_in(registrar)
        .get("/partners/new")
        .submit(
            "Propose",
            name="Unit of Poti",
            network="PCU of CCP",
            country="GE",
            countries="ge",
            way="portal account",
        )
    )
    assert "proposed" in page.text
    partner = session.scalars(select(Organisation).where(Organisation.name == "Unit of Poti")).one()
    page = browse(sign_in, registrar, partner, "/posts/new").submit(
        "Add a post", locode="gepti", sort="seaport"
    )
    assert "Poti GEPTI , seaport" in page.text
    page = browse(sign_in, registrar, partner, "/contacts/new").submit(
        "Add a contact", name="Duty desk", hours="day and night", phone="+995 493 222 222"
    )
    assert "+995493222222" in page.text
    key = str(pyrage.x25519.Identity.generate().to_public())
    page = browse(sign_in, registrar, partner, "/keys/new").submit("Add a key", text=key)
    assert key in page.text
    page = browse(sign_in, registrar, partner, "/agreements/new").submit(
        "Add an agreement",
        name="Memorandum of 2024",
        marking_max="TLP:AMBER",
        valid_until=["1", "5", "2099"],
        file=(BytesIO(b"Memorandum of 2024."), "paper.txt"),
    )
    assert page.text.count("waits for a second person") == 2
    assert not page.has_button("Agree")
    page = sign_in(second).get("/partners/")
    for _ in range(3):
        page = page.submit("Agree").browser.get("/partners/")
    assert "Waits for a second person" not in page.text
    assert "up to TLP:AMBER" in page.text
    page = sign_in(second).get(f"/partners/{partner.id}")
    assert page.text.count("agreed to by") == 3
    deeds = select(AuditEvent.deed).where(AuditEvent.subject_id == partner.id)
    found = set(session.scalars(deeds))
    assert {"partner.register_proposed", "partner.register_agreed", "partner.read"} <= found
    assert "paper.txt" in page.text
    paper = sign_in(second).get(f"/partners/{partner.id}").click("paper.txt")
    assert paper.response.data == b"Memorandum of 2024."
    paper.response.close()


@pytest.mark.parametrize(
    ("path", "button", "answers", "wrong"),
    [
        ("/posts/new", "Add a post", {"locode": "PKTOR", "sort": "border point"}, "other side"),
        ("/posts/new", "Add a post", {"locode": "x", "sort": "seaport"}, "UN/LOCODE of five"),
        ("/keys/new", "Add a key", {"text": "age1nonsense"}, "not whole"),
        ("/contacts/new", "Add a contact", {"name": "Desk", "hours": "by day"}, "number or an"),
        (
            "/agreements/new",
            "Add an agreement",
            {
                "name": "M",
                "marking_max": "TLP:AMBER",
                "valid_from": ["2", "5", "2026"],
                "valid_until": ["1", "5", "2026"],
            },
            "after the first",
        ),
        ("/facts", "Propose it", {"countries": "PK QQ"}, "No country has the code QQ"),
    ],
)
def test_6_wrong_answers_are_named(session, sign_in, registrar, path, button, answers, wrong):
    page = browse(sign_in, registrar, make_partner(session), path).submit(button, **answers)
    assert page.status == 422
    assert any(wrong in one for one in page.errors)


def test_the_map_marks_posts_with_the_numbers_of_the_table(session, sign_in, registrar):
    make_partner(session, name="Aa Karachi", posts=(("PKKHI", "seaport", ""),))
    make_partner(session, name="Bb Torkham", posts=(("PKTOR", "border point", "AF"),))
    make_partner(session, name="Cc Nowhere", posts=(("PKZZZ", "dry port", ""),))
    page = sign_in(registrar).get("/partners/")
    picture = page.soup.select_one("svg.picture--map")
    assert picture is not None
    marks = [text.get_text() for text in picture.select("g text")]
    assert marks == ["1", "2"]
    table = page.soup.select_one("#partners")
    assert table is not None
    said = " ".join(table.get_text(" ", strip=True).split())
    assert "1 Karachi (PKKHI, seaport)" in said
    assert "2 Torkham (PK) / Torkham (AF) (PKTOR, border point)" in said
    assert "3 PKZZZ (PKZZZ, dry port; not on the map)" in said


def test_the_list_takes_the_same_look_ups_for_1_and_for_9(session, statements, registrar):
    make_partner(session, posts=(("PKKHI", "seaport", ""),))
    statements.clear()
    queries.standpoints(session, queries.cards(session))
    few = len(statements)
    for _ in range(8):
        make_partner(session, posts=(("PKTOR", "border point", "AF"),))
    statements.clear()
    queries.standpoints(session, queries.cards(session))
    assert len(statements) == few


def test_suspension_and_ending_are_asked_for_a_reason(session, sign_in, registrar):
    partner = make_partner(session)
    part = queries.card(session, partner.id).agreements[0]
    path = f"/agreements/{part.id}/end"
    assert browse(sign_in, registrar, partner, path).submit("End it now").status == 422
    page = browse(sign_in, registrar, partner, path).submit("End it now", reason="Denounced")
    assert "Agreement: Denounced" in page.text
    page = browse(sign_in, registrar, partner, "/decisions/suspend").submit(
        "Suspend", reason="Leak"
    )
    assert "suspended" in page.text
    assert (
        browse(sign_in, registrar, partner, "/decisions/lift")
        .submit("Lift", reason="Mended")
        .status
        == 200
    )
    entry = session.scalars(
        select(PartnerChange).where(PartnerChange.sort == ChangeSort.LIFT)
    ).one()
    assert entry.decided_at is None
    assert utc_now() - entry.proposed_at < timedelta(minutes=5)
