"""Rules about newcomers, new ways, returns, losses, and names that are nearly another's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from portal.submissions.data import Mention, Party, PartyRole, PartySort, Trade
from portal.triage.data import LOSS, RETURN, Book, Past, Seen, SubstanceFacts, Usual
from tests.factories import NOON, customer, line
from tests.triage.test_rules import (
    SHARED_PHONE,
    case,
    check,
    filed,
    leg,
    limit,
    limits,
    past,
    weighed,
)
from tests.triage.test_rules_across import ADDRESS, DAY, ELSE, drugs, own_company


@pytest.mark.parametrize(
    ("kinds", "raised"),
    [
        (("export-notice",), True),
        (("export-notice", "import-notice"), True),
        (("suspicious-order",), False),
        ((), False),
    ],
)
def test_a_newcomer_who_is_reported_and_receives_1_shipment_is_raised(kinds, raised):
    history = [past(kind=kind, days_ago=1) for kind in kinds]
    given = case(history, book=Book(jurisdiction="EU", since=NOON - 150 * DAY))
    assert (check("reported-newcomer", given) is not None) is raised
    assert check("reported-newcomer", own_company(given)) is None


@pytest.mark.parametrize(("since", "raised"), [(2023, True), (2022, False), (None, False)])
def test_a_substitute_within_3_years_of_the_listing_is_raised(since, raised):
    book = drugs(ephedrine="I", iodine="none")
    parent = replace(book.substances["ephedrine"], listed_since=since)
    book = replace(book, substances=book.substances | {"ephedrine": parent})
    history = [past(lines=(line("x"), line("ephedrine")))]
    given = case(history, book=book, lines=(line("ephedrine"), line("iodine")))
    assert (check("substitute", given) is not None) is raised
    other = replace(parent, drugs=("heroin",))
    book = replace(book, substances=book.substances | {"ephedrine": other})
    assert check("substitute", replace(given, book=book)) is None


@pytest.mark.parametrize(
    ("days", "times", "raised"), [(180, 5, True), (181, 5, False), (180, 6, False)]
)
def test_the_first_5_of_180_days_are_first_appearances(days, times, raised):
    seen = {("ephedrine", ""): Seen(NOON - days * DAY, times)}
    book = replace(drugs(ephedrine="I", iodine="none"), seen=seen, since=NOON - 150 * DAY)
    lines = (line("iodine"), line("ephedrine"))
    assert (check("first-appearance", case(book=book, lines=lines)) is not None) is raised
    off = replace(line(), substance=None, name="BMK pentyl glycidate")
    assert "never named" in check("first-appearance", case(book=book, lines=(off,))).reason
    young = replace(book, since=NOON - 149 * DAY)
    assert check("first-appearance", case(book=young, lines=(off,))) is None


@pytest.mark.parametrize(
    ("times", "known", "first", "raised"),
    [
        (10, 90, None, True),
        (9, 90, None, False),
        (10, 89, None, False),
        (10, 90, 30, True),
        (10, 90, 31, False),
    ],
)
def test_a_way_is_new_for_30_days(times, known, first, raised):
    seen = {("acetone", ""): Seen(NOON - known * DAY, times)}
    if first:
        seen["acetone", "NL>TH"] = Seen(NOON - first * DAY, 1)
    strong = SubstanceFacts(name="Acetone", un_table="I")
    book = Book(jurisdiction="EU", seen=seen, substances={"acetone": strong})
    route = {"legs": (leg(),), "origin_country": "NL", "destination_country": "TH"}
    found = check("new-route", case(book=book, kind="export-notice", **route))
    assert (found is not None) is raised
    unseen = case(book=replace(book, seen={}), kind="export-notice", **route)
    assert check("new-route", unseen) is None
    unlisted = case(book=Book(jurisdiction="EU", seen=seen), kind="export-notice", **route)
    assert check("new-route", unlisted) is None


@pytest.mark.parametrize(
    ("count", "days", "amount", "raised"),
    [(3, 30, "2", True), (2, 30, "2", False), (3, 31, "2", False), (3, 30, "2.1", False)],
)
def test_4_small_consignments_within_30_days_are_raised(count, days, amount, raised):
    book = Book(jurisdiction="EU", usual={"acetone": Usual(30, Decimal(10))})
    some = {"kind": "export-notice", "lines": weighed(amount)}
    history = [past(days_ago=days, **some) for _ in range(count)]
    found = check("small-consignments", case(history, book=book, **some))
    assert (found is not None) is raised
    simplified = case(history, book=book, several_shipments=True, **some)
    assert check("small-consignments", simplified) is None
    assert check("small-consignments", case(history, **some)) is None


def forwarder(number, role=PartyRole.FORWARDER):
    return Party(role=role, name=f"Forwarder {number}", country="AE")


@pytest.mark.parametrize(("count", "raised"), [(2, False), (3, True)])
def test_3_forwarders_are_a_chain(count, raised):
    parties = tuple(forwarder(number) for number in range(count))
    assert (check("forwarder-chain", case(parties=parties)) is not None) is raised


@pytest.mark.parametrize(
    ("role", "days", "substance", "raised"),
    [
        (PartyRole.EXPORTER, 365, "acetone", True),
        (PartyRole.EXPORTER, 366, "acetone", False),
        (PartyRole.EXPORTER, 365, "toluene", False),
        (PartyRole.CARRIER, 365, "acetone", False),
    ],
)
def test_a_receiver_who_exports_within_365_days_sends_on(role, days, substance, raised):
    here = Mention("name", "gulf trade", "Gulf Trade", "parties.0.name")
    other = past(
        replace(here, sort="agent"),
        kind="export-notice",
        days_ago=days,
        lines=(line(substance),),
        parties=(Party(role=role, name="Gulf Trade", country="AE"),),
    )
    consignee = (Party(role=PartyRole.CONSIGNEE, name="Gulf Trade", country="AE"),)
    given = case([other], mentions=(here,), parties=consignee, kind="export-notice")
    assert (check("sent-on", given) is not None) is raised
    assert check("sent-on", case([other], mentions=(here,), parties=consignee)) is None


def returned(movement, counterparty, amount, organisation, year=2025, **more):
    trade = Trade(
        name="Acetone",
        movement=movement,
        counterparty=counterparty,
        quantity_kg=Decimal(amount),
        path="totals.0.counterparty",
    )
    facts = {"begins_on": date(year, 1, 1), "ends_on": date(year, 12, 31), "trades": (trade,)}
    return replace(filed(kind=RETURN, **facts | more), organisation=organisation)


@pytest.mark.parametrize(
    ("amount", "year", "raised"),
    [("75", 2025, False), ("74.9", 2025, True), ("74.9", 2024, False)],
)
def test_returns_that_differ_by_more_than_25_percent_disagree(amount, year, raised):
    mine = returned("sold", "Buyer B.V.", "100", "Seller B.V.")
    theirs = returned("bought", "Seller", amount, "Buyer", year=year)
    given = replace(case([past(kind="loss")]), filed=mine)
    given = replace(given, history=(*given.history, Past(filed=theirs, shared=())))
    assert (check("unbalanced-partners", given) is not None) is raised


def test_a_return_that_names_0_partners_so_raises_nothing():
    mine = returned("sold", "Buyer B.V.", "100", "Seller B.V.")
    theirs = returned("used", "Seller", "100", "Buyer")
    given = replace(case(), filed=mine, history=(Past(filed=theirs, shared=()),))
    assert check("unbalanced-partners", given) is None
    theirs = returned("bought", "Seller", "50", "Buyer")
    given = replace(given, history=(Past(filed=theirs, shared=()),))
    assert check("unbalanced-partners", given).evidence[1].path == "totals.0.counterparty"
    stranger = replace(theirs, organisation="Stranger")
    given = replace(given, history=(Past(filed=stranger, shared=()),))
    assert check("unbalanced-partners", given) is None


@pytest.mark.parametrize(
    ("place", "days", "kind", "raised"),
    [
        ("Hall 3", 365, LOSS, True),
        ("Hall 4", 365, LOSS, False),
        ("Hall 3", 366, LOSS, False),
        ("Hall 3", 365, "suspicious-order", False),
    ],
)
def test_2_losses_at_1_place_within_365_days_are_raised(place, days, kind, raised):
    other = past(kind=kind, days_ago=days, loss_place=place)
    given = case([other], kind=LOSS, loss_place="hall 3")
    assert (check("loss-again", given) is not None) is raised
    assert (check("loss-owners", given) is not None) is raised
    assert check("loss-owners-soon", given) is None
    own = replace(
        given, history=(), own=(replace(other.filed, organisation_id=given.filed.organisation_id),)
    )
    assert (check("loss-again", own) is not None) is raised
    assert check("loss-owners", own) is None


@pytest.mark.parametrize(("days", "raised"), [(120, True), (121, False)])
def test_losses_of_2_owners_within_120_days_are_raised_beside_the_year_s(days, raised):
    other = past(kind=LOSS, days_ago=days, loss_place="Hall 3")
    given = case([other], kind=LOSS, loss_place="Hall 3")
    assert (check("loss-owners-soon", given) is not None) is raised
    assert check("loss-owners", given) is not None


@pytest.mark.parametrize(
    ("kind", "days", "substance", "raised"),
    [
        ("transit-notice", 60, "acetone", True),
        ("transit-notice", 61, "acetone", False),
        ("transit-notice", 60, "toluene", False),
        ("suspicious-order", 60, "acetone", False),
    ],
)
def test_2_receivers_at_1_address_within_60_days_are_raised(kind, days, substance, raised):
    other = past(ADDRESS, kind=kind, days_ago=days, parties=ELSE, lines=(line(substance),))
    given = case([other], mentions=(ADDRESS,), kind="export-notice")
    assert (check("one-address", given) is not None) is raised
    assert check("one-address", case([other], mentions=(ADDRESS,))) is None


@pytest.mark.parametrize(("days", "raised"), [(120, True), (121, False)])
def test_neighbours_at_1_address_for_longer_than_120_days_are_not_raised(days, raised):
    near = past(ADDRESS, kind="export-notice", days_ago=20, parties=ELSE, lines=(line("acetone"),))
    first = past(ADDRESS, days_ago=days)
    given = case([first, near], mentions=(ADDRESS,), kind="export-notice")
    assert (check("one-address", given) is not None) is raised
    other = past(replace(ADDRESS, value="elsewhere"), days_ago=days)
    assert check("one-address", replace(given, history=(other, near))) is not None


CARRIER = Mention("carrier", "swift", "Swift", "carrier")


@pytest.mark.parametrize(
    ("count", "days", "raised"), [(1, 90, False), (2, 90, True), (2, 91, False)]
)
def test_3_losses_with_1_carrier_within_90_days_are_raised(count, days, raised):
    history = [past(CARRIER, kind=LOSS, days_ago=days) for _ in range(count)]
    found = check("loss-carrier", case(history, mentions=(CARRIER,), kind=LOSS))
    assert (found is not None) is raised


@pytest.mark.parametrize(
    ("share", "usual", "raised"),
    [("1", None, False), ("1.1", None, True), ("2", "2", False), ("2.1", "2", True)],
)
def test_more_than_the_usual_loss_or_1_percent_is_raised(share, usual, raised):
    facts = {"loss_share": Decimal(share), "loss_usual": Decimal(usual) if usual else None}
    assert (check("loss-unusual", case(**facts)) is not None) is raised


@pytest.mark.parametrize(("sort", "raised"), [("plate", True), ("phone", False)])
def test_a_place_of_1_flagged_matter_is_known(sort, raised):
    trace = Mention(sort, "VK902B", "VK-902-B", "plates.0")
    given = case([past(trace, suspected=True)], mentions=(trace,))
    assert (check("known-place", given) is not None) is raised


def named(name, **more):
    return (customer(name, **more),)


NAME = Mention("name", "alpha chemie gmbh", "Alpha Chemie GmbH", "parties.0.name")
NEAR = Mention("name", "alpha chemie group", "Alpha Chemie Group", "parties.0.name")


@pytest.mark.parametrize(
    ("more", "raised"),
    [
        ({"registration_number": "2"}, True),
        ({"registration_number": "1"}, False),
        ({}, False),
        ({"registration_number": "2", "phones": ("+31612094417",)}, False),
        ({"registration_number": "2", "sort": PartySort.PERSON}, False),
    ],
)
def test_a_name_like_another_with_other_details_is_raised_1_time(more, raised):
    other = past(NEAR, parties=named("Alpha Chemie Group", **more))
    mine = named("Alpha Chemie GmbH", registration_number="1", phones=("+31612094417",))
    driver = Mention("name", "somebody", "Somebody", "driver")
    given = case([past()], parties=mine, mentions=(driver, SHARED_PHONE, NAME))
    given = replace(given, alike=(past(), other))
    assert (check("lookalike", given) is not None) is raised
    unlike = replace(NAME, value="beta chemie")
    assert check("lookalike", replace(given, mentions=(unlike,))) is None


@pytest.mark.parametrize(("days", "fresh"), [(120, True), (121, False)])
def test_a_name_like_another_is_known_after_120_days(days, fresh):
    known = past(NEAR, days_ago=300, parties=named("Alpha Chemie Group", registration_number="2"))
    mine = named("Alpha Chemie GmbH", registration_number="1")
    earlier = past(SHARED_PHONE, days_ago=days, parties=mine)
    given = case([earlier], parties=mine, mentions=(NAME, SHARED_PHONE))
    given = replace(given, alike=(known,))
    assert (check("lookalike", given) is not None) is fresh
    assert (check("lookalike-known", given) is not None) is not fresh


@pytest.mark.parametrize(("count", "few"), [(8, True), (9, False)])
def test_9_orders_a_year_that_pass_together_are_a_customer_whom_everybody_knows(count, few):
    book = limits(limit("100"))
    history = [past(SHARED_PHONE, lines=weighed("20"), days_ago=40 * n) for n in range(1, count)]
    given = case(history, book=book, lines=weighed("20"))
    assert (check("together-pass", given) is not None) is few
    assert (check("together-often", given) is not None) is not few


@pytest.mark.parametrize(
    ("name", "emails", "theirs", "raised"),
    [
        ("Alpha Chemie GmbH", ("alpha@gmail.com",), ("info@alpha.example",), True),
        ("Alpha Chemie GmbH", ("info@other.example",), ("info@alpha.example",), False),
        ("Alpha Chemie GmbH", ("alpha@gmail.com",), ("chemie@gmail.com",), False),
        ("Alpha Chemie Group", ("alpha@gmail.com",), ("info@alpha.example",), False),
    ],
)
def test_a_name_like_another_that_writes_from_web_mail_is_raised_1_time(
    name, emails, theirs, raised
):
    known = named("Alpha Chemie Group", phones=("+31612094417",), emails=theirs)
    mine = named(name, phones=("+31612094418",), emails=emails)
    given = replace(case(parties=mine, mentions=(NAME,)), alike=(past(NEAR, parties=known),))
    assert (check("lookalike", given) is not None) is raised


@pytest.mark.parametrize(
    ("days", "kinds", "raised"),
    [
        ((120, 30), ("export-notice", "suspicious-order"), True),
        ((121, 30), ("export-notice", "suspicious-order"), False),
        ((30,), ("suspicious-order",), False),
        ((120, 30), (RETURN, "suspicious-order"), False),
    ],
)
def test_3_companies_in_120_days_never_twice_at_1_are_raised(days, kinds, raised):
    history = [
        past(SHARED_PHONE, days_ago=ago, kind=kind) for ago, kind in zip(days, kinds, strict=True)
    ]
    given = case(history, mentions=(SHARED_PHONE,))
    assert (check("each-elsewhere", given) is not None) is raised
    assert check("each-elsewhere", own_company(given)) is None


@pytest.mark.parametrize(
    ("name", "city", "days", "raised"),
    [
        ("Alpha Chemie GmbH", "Gouda", 120, True),
        ("Alpha Chemie GmbH", "Gouda", 121, False),
        ("Alpha Chemie GmbH", "Breda", 1, False),
        ("Alpha Chemie Group", "Gouda", 1, False),
    ],
)
def test_a_name_nearly_another_s_in_another_place_is_raised_while_new(name, city, days, raised):
    known = past(NEAR, parties=named("Alpha Chemie Group", phones=("+311",), city="Breda"))
    mine = named(name, phones=("+31612094417",), city=city)
    earlier = past(SHARED_PHONE, days_ago=days, parties=mine)
    given = case([earlier], parties=mine, mentions=(NAME, SHARED_PHONE))
    found = check("lookalike-address", replace(given, alike=(known,)))
    assert (found is not None) is raised
