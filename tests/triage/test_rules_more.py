"""Rules on one submission alone, from both sides of their border."""

from dataclasses import replace
from itertools import pairwise

import pytest

from portal.submissions.data import Party, PartyRole, Payment
from portal.triage.data import Book, PlaceFacts, SubstanceFacts
from tests.factories import customer, line
from tests.triage.test_rules import case, check, leg, past, weighed

STRONG = Book(
    jurisdiction="EU",
    substances={"acetone": SubstanceFacts(name="Acetone", un_table="I", eu_category="2A")},
)


@pytest.mark.parametrize(
    ("address", "city", "raised"),
    [
        ("Depot 4, Venlo", "Rotterdam", True),
        ("Depot 4, Rotterdam", "Rotterdam", False),
        ("Depot 4, Venlo", None, False),
    ],
)
def test_a_delivery_to_an_address_of_0_parties_is_raised(address, city, raised):
    deliveries = (("delivery_wanted", address),)
    found = check("unrelated-address", case(parties=(customer(city=city),), deliveries=deliveries))
    assert (found is not None) is raised


@pytest.mark.parametrize(
    ("since", "amount", "raised"),
    [
        (None, "1", True),
        ("March 2026", "1", True),
        ("since 2025", "1", False),
        (None, "0.9", False),
    ],
)
def test_a_new_customer_of_1_kg_of_a_strong_precursor_is_raised(since, amount, raised):
    parties = (customer(role=PartyRole.BROKER), customer(known_since=since))
    given = case(book=STRONG, parties=parties, lines=weighed(amount))
    assert (check("new-customer", given) is not None) is raised
    assert check("new-customer", replace(given, history=(past(),))) is None


@pytest.mark.parametrize(
    ("name", "table", "raised"),
    [("Sunny Travel", "I", True), ("Sunny Paints", "I", False), ("Sunny Travel", "II", False)],
)
def test_a_trade_that_needs_no_precursor_is_raised_1_time(name, table, raised):
    known = SubstanceFacts(name="Acetone", un_table=table)
    book = Book(jurisdiction="EU", substances={"acetone": known})
    lines = (line("unknown"), line())
    found = check("trade-unfit", case(book=book, parties=(customer(name),), lines=lines))
    assert (found is not None) is raised


@pytest.mark.parametrize(("country", "raised"), [("AF", True), ("TR", False), (None, False)])
@pytest.mark.parametrize("legs", [(), (leg(),)])
def test_a_country_with_0_need_is_raised(country, raised, legs):
    book = Book(jurisdiction="EU", no_need={("AF", "acetone"): "no need"})
    found = check("no-industry", case(book=book, destination_country=country, legs=legs))
    assert (found is not None) is raised


PLACES = Book(
    jurisdiction="EU",
    places={
        "NLRTM": PlaceFacts("Rotterdam", ("seaport",), 51.9, 4.1),
        "DEHAM": PlaceFacts("Hamburg", ("seaport",), 53.5, 10.0),
        "PLGDN": PlaceFacts("Gdansk", ("seaport",), 54.4, 18.6),
        "GBFXT": PlaceFacts("Felixstowe", ("seaport",), 51.9, 1.3),
        "AEJEA": PlaceFacts("Jebel Ali", ("seaport",), 25.0, 55.1),
    },
)


def way(*stops):
    return tuple(
        leg(a, b, origin_country=a[:2], destination_country=b[:2]) for a, b in pairwise(stops)
    )


@pytest.mark.parametrize(
    ("stops", "raised"),
    [
        (("NLRTM", "AEJEA", "DEHAM"), True),
        (("NLRTM", "DEHAM", "PLGDN"), False),  # on the way
        (("NLRTM", "GBFXT", "DEHAM"), True),  # 380 km more
        (("NLRTM", "DEHAM", "AEJEA"), False),  # the ends lie far apart
        (("NLRTM", "XXXXX", "DEHAM"), False),
        (("NLRTM", "DEHAM"), False),
        (("NLRTM", "NLRTM", "DEHAM"), False),
        (("NLRTM", "XXXXX", "NLRTM"), True),  # and back
    ],
)
def test_a_transit_of_300_km_more_between_near_ends_is_raised(stops, raised):
    assert (check("needless-transit", case(book=PLACES, legs=way(*stops))) is not None) is raised


@pytest.mark.parametrize(
    ("ways", "raised"),
    [
        ((Payment.TRANSFER, Payment.CASH), True),
        ((Payment.TRANSFER, Payment.CARD), False),
        ((Payment.CASH,), False),
    ],
)
def test_a_payment_in_2_ways_one_of_them_anonymous_is_raised(ways, raised):
    assert (check("split-payment", case(payments=ways)) is not None) is raised


def test_a_forwarder_by_1_word_of_its_name_links_a_chain():
    parties = (
        Party(role=PartyRole.CONSIGNEE, name="Gulf Cargo", country="AE"),
        Party(role=PartyRole.FORWARDER, name="Swift", country="AE"),
        Party(role=PartyRole.BROKER, name="Ahmed", country="AE"),
    )
    assert "Gulf Cargo" in check("forwarder-chain", case(parties=parties)).reason
    assert check("forwarder-chain", case(parties=parties[:2])) is None
    last = replace(parties[0], role=PartyRole.ULTIMATE_CONSIGNEE, name="Sharjah Freight")
    assert check("forwarder-chain", case(parties=(parties[0], last))) is not None
