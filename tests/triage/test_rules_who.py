"""Rules about what is said of a customer: its licence, and where it is."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.submissions.data import Mention, PartyRole
from portal.triage.data import Book, SubstanceFacts
from portal.triage.models import FindingRow
from tests.factories import NOON, customer, line, make_submission, order
from tests.triage.test_rules import case, check, past

EPHEDRINE = Book(
    jurisdiction="EU",
    substances={
        "ephedrine": SubstanceFacts(name="Ephedrine", un_table="I", eu_category="1"),
        "acetone": SubstanceFacts(name="Acetone", un_table="II", eu_category="3"),
    },
)
STREET = Mention("address", "kade 7 rotterdam", "Kade 7, Rotterdam", "parties.0.street")


@pytest.mark.parametrize(
    ("substance", "more", "facts", "raised"),
    [
        ("ephedrine", {"country": "NL"}, {}, True),
        ("ephedrine", {"country": "GR", "role": PartyRole.END_USER}, {}, True),
        ("ephedrine", {"country": "NL", "licence_number": "NL-1"}, {}, False),
        ("ephedrine", {"country": "AE"}, {}, False),
        ("ephedrine", {"country": None}, {}, False),
        ("ephedrine", {"country": "NL", "role": PartyRole.FORWARDER}, {}, False),
        ("ephedrine", {"country": "NL"}, {"enquiry_only": True}, False),
        ("acetone", {"country": "NL"}, {}, False),
        ("unknown", {"country": "NL"}, {}, False),
    ],
)
def test_who_is_to_receive_category_1_in_the_union_without_a_licence_is_raised(
    substance, more, facts, raised
):
    given = case(
        book=EPHEDRINE, lines=(line(substance, "5"),), parties=(customer(**more),), **facts
    )
    found = check("no-licence", given)
    assert (found is not None) is raised
    if found:
        assert [one.path for one in found.evidence] == ["parties.0.name", "lines.0.name"]


@pytest.mark.parametrize(
    ("role", "mover", "mover_name", "raised"),
    [
        (PartyRole.CUSTOMER, PartyRole.FORWARDER, "Maas Expeditie B.V.", True),
        (PartyRole.CONSIGNEE, PartyRole.CARRIER, "Maas Expeditie B.V.", True),
        (PartyRole.CUSTOMER, PartyRole.CUSTOMER, "Maas Expeditie B.V.", False),
        (PartyRole.FORWARDER, PartyRole.FORWARDER, "Maas Expeditie B.V.", False),
        (PartyRole.CUSTOMER, PartyRole.FORWARDER, "Acme Coatings Ltd.", False),  # it is the same
    ],
)
def test_a_buyer_at_the_address_of_who_moves_goods_is_raised(role, mover, mover_name, raised):
    movers = customer(mover_name, role=mover)
    there = past(Mention("agent", STREET.value, STREET.shown, STREET.path), parties=(movers,))
    given = case([there], mentions=(STREET,), parties=(customer("Acme Coatings Ltd", role=role),))
    found = check("forwarder-address", given)
    assert (found is not None) is raised
    if found:
        assert found.reason == (
            f"Acme Coatings Ltd is at the address of Maas Expeditie B.V., a {mover.value}."
        )
        assert [one.reference for one in found.evidence] == [
            given.filed.reference,
            there.filed.reference,
        ]


def test_another_address_or_a_place_without_a_party_raises_nobody():
    movers = customer("Maas Expeditie B.V.", role=PartyRole.FORWARDER)
    for other in (
        Mention("agent", "elsewhere 1", "Elsewhere 1", "parties.0.street"),
        Mention("agent", STREET.value, STREET.shown, "delivery_address"),
    ):
        given = case([past(other, parties=(movers,))], mentions=(STREET,))
        assert check("forwarder-address", given) is None


@pytest.mark.parametrize(
    "street",
    ["Skrytka pocztowa 12", "\u0430/\u044f 12", "Абонентский ящик 4", "Garde-meuble, box 9"],
)
def test_a_mailbox_is_known_in_other_languages(street):
    assert check("mailbox-address", case(parties=(customer(street=street),))) is not None


def test_a_forwarders_address_is_known_from_an_earlier_submission(session):
    address = {"street": "Waalhaven Zuidzijde 21", "city": "Rotterdam", "postcode": "3089 JH"}
    forwarder = customer("Maas Expeditie B.V.", role=PartyRole.FORWARDER, **address)
    make_submission(session, order(parties=(customer("Known Paints"), forwarder)))
    filed = make_submission(
        session,
        order(parties=(customer("Atlas Solvents", **address),)),
        now=NOON + timedelta(days=3),
    )
    rows = session.scalars(select(FindingRow).where(FindingRow.case_id == filed.id)).all()
    found = next(row for row in rows if row.rule == "forwarder-address-1")
    assert found.reason == (
        "Atlas Solvents is at the address of Maas Expeditie B.V., a freight forwarder."
    )
