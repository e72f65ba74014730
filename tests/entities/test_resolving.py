"""Mentions find their entities as submissions arrive."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.entities.data import EntitySort, Verdict
from portal.entities.models import Entity, EntityMention, EntityPair
from portal.entities.queries import entities_of, sharing
from portal.submissions.data import Party, PartyRole, PartySort
from tests.factories import NOON, customer, make_submission, notice, order

BADR = {
    "country": "AE",
    "city": "Dubai",
    "street": "Al Rigga Road 17, office 204",
    "phones": ("+971504417720",),
}


def of_sort(session, submission, sort):
    return [one for mention, one in entities_of(session, submission.id) if one.sort is sort]


def filed(session, *parties, days=0, **more):
    return make_submission(session, order(parties=parties, **more), now=NOON + timedelta(days=days))


def test_two_suppliers_name_1_customer_in_two_scripts(session):
    first = filed(session, customer("Badr Trading LLC", **BADR))
    second = filed(session, customer("بدر للتجارة ذ.م.م", **BADR), days=1)
    (one,) = of_sort(session, first, EntitySort.ORGANISATION)
    (other,) = of_sort(session, second, EntitySort.ORGANISATION)
    assert one.id == other.id
    assert one.mentions == 2
    mention = session.scalars(
        select(EntityMention).where(
            EntityMention.submission_id == second.id,
            EntityMention.sort == EntitySort.ORGANISATION,
        )
    ).one()
    assert mention.score > 15
    assert "Same telephone" in [reason["text"] for reason in mention.reasons]


def test_equal_values_are_1_entity_whoever_writes_them(session):
    first = filed(session, customer("Alpha Works", phones=("+31201234567",)), plates=("AB-12-CD",))
    second = filed(
        session, customer("Quite Another", phones=("+31 20 1234567",)), plates=("ab12cd",)
    )
    for sort in (EntitySort.PHONE, EntitySort.VEHICLE):
        assert of_sort(session, first, sort)[0].id == of_sort(session, second, sort)[0].id


def test_other_names_behind_1_telephone_are_offered_and_not_joined(session):
    first = filed(session, customer("Badr Trading LLC", **BADR))
    second = filed(session, customer("Al Nour General Trading FZE", **BADR), days=1)
    one, other = (of_sort(session, s, EntitySort.ORGANISATION)[0] for s in (first, second))
    assert one.id != other.id
    pair = session.scalars(
        select(EntityPair).where(EntityPair.sort == EntitySort.ORGANISATION)
    ).one()
    assert pair.verdict is Verdict.OFFERED
    assert {pair.left_id, pair.right_id} == {one.id, other.id}
    assert "The names differ" in pair.doubts


def test_sharing_is_newest_first_bounded_and_blind_to_who_reports(session):
    exporter = Party(role=PartyRole.EXPORTER, name="Noordzee Chemie B.V.", country="NL")
    importer = Party(role=PartyRole.IMPORTER, name="Siam Coatings Co., Ltd.", country="TH")
    other = Party(role=PartyRole.IMPORTER, name="Thonburi Paint Ltd", country="TH")
    days = [
        make_submission(session, notice(parties=(exporter, importer)), now=NOON + timedelta(days=n))
        for n in range(4)
    ]
    make_submission(session, notice(parties=(exporter, other)), now=NOON + timedelta(days=1))
    sorts = {EntitySort.ORGANISATION}
    found = sharing(session, days[3].id, sorts, NOON + timedelta(days=3), 2)
    assert [row.submission_id for row in found] == [days[2].id, days[1].id]
    assert {row.sort for row in found} == sorts
    assert sharing(session, days[3].id, {EntitySort.PHONE}, NOON + timedelta(days=3), 2) == []


def test_statements_do_not_grow_with_what_is_stored(session, statements):
    for number in range(3):
        filed(session, customer(f"Firm Number{number} Ltd", **BADR), days=number)
    statements.clear()
    filed(session, customer("Badr Trading LLC", **BADR), days=5)
    few = len([one for one in statements if "entity" in one])
    for number in range(20):
        filed(session, customer(f"Other{number} Works", **BADR), days=number)
    statements.clear()
    filed(session, customer("Badr Trading LLC", **BADR), days=6)
    assert len([one for one in statements if "entity" in one]) <= few + 3


def test_a_person_and_a_firm_of_1_name_are_2_entities(session):
    filed(session, customer("Karim Haddad", country="LB", sort=PartySort.PERSON))
    filed(session, customer("Karim Haddad", country="LB"))
    assert session.scalar(select(func.count()).select_from(Entity)) == 2


@pytest.mark.parametrize(
    ("neighbour", "one"), [("Rentec Chemie B.V.", True), ("Rentec Shipping GmbH", False)]
)
def test_a_bare_name_is_joined_unless_2_firms_have_that_very_name(session, neighbour, one):
    more = {"country": None, "phones": ("+31201234567",), "city": "Gouda"}
    filed(session, customer(neighbour, **more | {"phones": ("+31107654321",), "city": "Breda"}))
    first = filed(session, customer("Rentec Shipping B.V.", **more), days=1)
    bare = filed(session, customer("Rentec Shipping", country=None, phones=()), days=2)
    whose = [of_sort(session, each, EntitySort.ORGANISATION)[0].id for each in (first, bare)]
    assert (whose[0] == whose[1]) is one
