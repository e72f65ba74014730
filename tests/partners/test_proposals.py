"""Who is proposed for a lead, and why."""

from uuid import UUID, uuid4

import pytest

from portal.leads.data import Stop
from portal.partners.proposals.data import Candidate, Journey
from portal.partners.proposals.rules import NEAR_KM, leg_distance_km, names_in, proposed
from portal.partners.registry.data import PostSort, Standpoint

NAMES = names_in({"PK": "Pakistan", "AF": "Afghanistan", "TM": "Turkmenistan", "DE": "Germany"})


def stop(name, country, at=None, locode="", part="transit"):
    latitude, longitude = at or (None, None)
    return Stop(
        part=part,
        name=name,
        country=country,
        locode=locode,
        latitude=latitude,
        longitude=longitude,
    )


KARACHI = stop("Karachi", "PK", (24.85, 67.0), "PKKHI", "entry")
KABUL = stop("Kabul", "AF", (34.55, 69.25), "AFKBL", "destination")
JOURNEY = Journey((KARACHI, KABUL))


def post(name, country, at=None, locode="XXXXX", sort=PostSort.SEAPORT, faces=""):
    latitude, longitude = at or (None, None)
    return Standpoint(
        locode=locode,
        name=name,
        sort=sort,
        country=country,
        faces=faces,
        latitude=latitude,
        longitude=longitude,
    )


def partner(network, countries, *posts) -> Candidate:
    return Candidate(
        partner_id=uuid4(), name=network, network=network, countries=countries, posts=posts
    )


def why(one: Candidate, journey=JOURNEY, *others: Candidate) -> str:
    found: dict[UUID, tuple[str, ...]] = proposed([one, *others], journey, NAMES)
    return " ".join(found.get(one.partner_id, ()))


def test_a_unit_at_a_stop_is_proposed_by_the_code_alone():
    unit = partner("PCU of CCP", ("PK",), post("Karachi", "PK", None, "PKKHI"))
    assert why(unit) == "Its post Karachi (PKKHI) is on the route: entry."


def test_a_border_point_between_two_countries_that_follow_is_proposed():
    point = post("Torkham", "PK", None, "PKTOR", PostSort.BORDER_POINT, "AF")
    assert why(partner("BLO", ("PK", "AF"), point)) == (
        "Its border point Torkham lies between Pakistan and Afghanistan, and the route goes from"
        " Karachi to Kabul."
    )
    other = post("Taftan", "PK", None, "PKTFT", PostSort.BORDER_POINT, "IR")
    assert why(partner("BLO", ("PK", "IR"), other)) == ""


@pytest.mark.parametrize(("degrees", "near"), [(0.89, True), (0.91, False)])
def test_a_post_is_near_up_to_100_km_from_a_leg(degrees, near):
    journey = Journey((stop("West", "DE", (0.0, 0.0)), stop("East", "DE", (0.0, 20.0))))
    beside = post("Beside", "DE", (degrees, 10.0))
    said = why(partner("PCU of CCP", ("DE",), beside), journey)
    assert bool(said) is near
    assert NEAR_KM == 100
    if near:
        assert said == "Its post Beside lies 99 km from the way from West to East."


def test_beyond_the_end_of_a_leg_the_end_counts():
    west, east = stop("West", "DE", (0.0, 0.0)), stop("East", "DE", (0.0, 20.0))
    beyond = post("Beyond", "DE", (0.0, 21.0))
    assert leg_distance_km(beyond, west, east) == pytest.approx(111.2, abs=0.1)
    before = post("Before", "DE", (0.0, -1.0))
    assert leg_distance_km(before, west, east) == pytest.approx(111.2, abs=0.1)
    assert leg_distance_km(beyond, east, east) == pytest.approx(111.2, abs=0.1)
    assert leg_distance_km(post("Nowhere", "DE"), west, east) is None


def test_an_office_without_a_post_is_proposed_when_it_covers_both_sides_of_a_border():
    assert why(partner("BLO", ("PK", "AF"))) == (
        "It covers both sides of the border between Pakistan and Afghanistan."
    )
    assert why(partner("BLO", ("PK", "IR"))) == ""


def test_a_unit_without_a_post_is_proposed_for_its_country():
    assert why(partner("PCU of CCP", ("AF",))) == (
        "It covers Afghanistan, where the route has Kabul."
    )
    assert why(partner("PCU of CCP", ("PK",))) == "It covers Pakistan, where the route has Karachi."


def test_a_centre_that_covers_both_ends_is_proposed_and_1_that_covers_1_is_not():
    whole, half = partner("JPC", ("PK", "AF")), partner("CARICC", ("AF", "TM"))
    assert why(whole, JOURNEY, half) == (
        "It covers both ends of the route: Pakistan and Afghanistan."
    )
    assert why(half, JOURNEY, whole) == ""


def test_where_no_centre_covers_both_ends_each_that_covers_1_is_proposed():
    half = partner("CARICC", ("AF", "TM"))
    assert why(half) == "It covers one end of the route, Afghanistan; no centre covers both."
    assert why(partner("WCO RILO", ("TM",))) == ""


def test_a_centre_covers_the_whole_of_a_route_in_1_country():
    said = why(partner("JPC", ("PK",)), Journey((KARACHI,)))
    assert said == "It covers the whole of the route: Pakistan."


def test_liaison_officers_are_proposed_for_countries_of_route_and_subjects():
    journey = Journey((KARACHI,), ("TM", "DE"))
    assert why(partner("police liaison officer", ("PK", "DE")), journey) == (
        "Liaison officer for Pakistan, Germany."
    )
    assert why(partner("drug liaison officer", ("AF",)), journey) == ""


@pytest.mark.parametrize("network", ["INTERPOL", "other"])
def test_other_networks_are_chosen_by_officers_alone(network):
    assert why(partner(network, ("PK", "AF"))) == ""


def test_0_are_proposed_for_a_lead_that_names_no_place():
    known = [partner("BLO", ("PK",)), partner("JPC", ("PK",)), partner("PCU of CCP", ("PK",))]
    liaison = partner("drug liaison officer", ("PK",))
    assert proposed([*known, liaison], Journey(), NAMES) == {}


def test_a_country_without_a_name_stands_for_itself():
    assert NAMES("XX") == "XX"


def test_2_stops_in_1_country_cross_no_border():
    within = Journey((KARACHI, stop("Quetta", "PK", (30.2, 67.0)), KABUL))
    point = post("Torkham", "PK", None, "PKTOR", PostSort.BORDER_POINT, "AF")
    assert "from Quetta to Kabul" in why(partner("BLO", ("PK", "AF"), point), within)
