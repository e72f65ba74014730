"""Rules that see what no single company can see, from both sides of their border."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from portal.submissions.data import Document, Mention, Party, PartyRole, PartySort, Trade
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

DAY = timedelta(days=1)
ADDRESS = Mention("address", "havenweg 7", "Havenweg 7", "parties.0.street")
DELIVERY = Mention("address", "havenweg 7", "Havenweg 7", "delivery_wanted")
ELSE = (customer("Somebody Else"),)


def own_company(given):
    """Return a case whose earlier submissions are of the same company."""
    own = given.filed.organisation_id
    return replace(
        given,
        history=tuple(
            replace(p, filed=replace(p.filed, organisation_id=own)) for p in given.history
        ),
    )


def test_a_translated_name_with_2_traces_in_common_is_no_other_name():
    street = replace(ADDRESS, path="parties.0.street")
    arabic = (customer("الزهراء للتجارة"),)
    one = case([past(parties=arabic)], parties=(customer("Flower Trade"),))
    assert check("other-name", one) is not None
    two = case([past(SHARED_PHONE, street, parties=arabic)], parties=(customer("Flower Trade"),))
    assert check("other-name", two) is None


@pytest.mark.parametrize(
    ("days", "count", "fresh"), [(180, 1, True), (181, 1, False), (1, 11, True), (1, 12, False)]
)
def test_what_2_names_shared_for_more_than_180_days_or_12_times_is_known(days, count, fresh):
    history = [past(days_ago=days, parties=ELSE) for _ in range(count)]
    given = case(history, mentions=(SHARED_PHONE,))
    assert (check("other-name", given) is not None) is fresh
    assert (check("other-name-known", given) is not None) is not fresh


def test_a_house_with_a_slip_in_its_name_is_one_house():
    given = case([past(parties=(customer("Usletex Handels AG"),))], mentions=(SHARED_PHONE,))
    mine = (customer("Ulsetex Rendex Lacke GmbH"),)
    given = replace(
        given, filed=replace(given.filed, facts=replace(given.filed.facts, parties=mine))
    )
    assert check("other-name", given) is None


def test_2_names_at_1_seat_are_a_group():
    street = replace(ADDRESS, path="parties.0.street")
    apart = case([past(parties=ELSE)], mentions=(SHARED_PHONE, street))
    assert check("other-name", apart) is not None
    seat = past(street, parties=ELSE)
    assert check("other-name", replace(apart, history=(*apart.history, seat))) is None


@pytest.mark.parametrize(("count", "raised"), [(9, True), (10, False)])
def test_more_than_10_submissions_do_not_show_how_it_began(count, raised):
    history = [past(days_ago=1) for _ in range(count)]
    given = case(history, book=Book(jurisdiction="EU", since=NOON - 150 * DAY))
    assert (check("sudden-customer", given) is not None) is raised


def test_1_entity_under_2_names_is_no_other_name():
    here = Mention("entity", "e1", "Alpha", "parties.0.name")
    other = past(SHARED_PHONE, here, parties=ELSE)
    given = case([other], mentions=(SHARED_PHONE, here))
    assert check("other-name", given) is None
    assert check("other-name", replace(given, mentions=(SHARED_PHONE,))) is not None


def test_a_name_in_2_scripts_is_no_other_name():
    both = customer("Badr Trading", original_script="بدر للتجارة")
    arabic = past(parties=(customer("بدر للتجارة"),))
    assert check("other-name", case([arabic], parties=(both,))) is None
    assert check("other-name", case([arabic], parties=(customer("Nova Trade"),))) is not None


@pytest.mark.parametrize(("parties", "raised"), [(ELSE, True), ((customer(),), False)])
def test_1_address_behind_2_names_is_raised(parties, raised):
    given = case([past(ADDRESS, parties=parties)], mentions=(ADDRESS,))
    assert (check("shared-address", given) is not None) is raised


@pytest.mark.parametrize(("parties", "raised"), [(ELSE, True), ((customer(),), False), ((), False)])
def test_1_place_of_delivery_for_2_strangers_is_raised(parties, raised):
    wanted = (("delivery_wanted", "Havenweg 7"),)
    given = case([past(DELIVERY, parties=parties)], mentions=(DELIVERY,), deliveries=wanted)
    assert (check("delivered-elsewhere", given) is not None) is raised
    assert check("delivered-elsewhere", replace(given, mentions=())) is None
    seat = case(
        given.history,
        mentions=(DELIVERY,),
        deliveries=wanted,
        parties=(customer(street="Havenweg 7"),),
    )
    assert check("delivered-elsewhere", seat) is None
    owner = case([past(ADDRESS, parties=ELSE)], mentions=(DELIVERY,), deliveries=wanted)
    assert "Somebody Else" in check("delivered-elsewhere", owner).reason


LICENCE = Mention("authorisation", "NLP1234", "NL-P-1234", "parties.0.licence_number")


@pytest.mark.parametrize(("parties", "raised"), [(ELSE, True), ((customer(),), False)])
def test_1_licence_of_2_names_is_raised(parties, raised):
    given = case([past(LICENCE, parties=parties)], mentions=(LICENCE,))
    assert (check("licence-of-another", given) is not None) is raised


@pytest.mark.parametrize(
    ("number", "issuer", "raised"),
    [("PK-1", "Customs", True), ("PK-1", "Ministry", False), ("PK-1", None, False)],
)
def test_1_number_of_2_issuers_is_raised(number, issuer, raised):
    def paper(issuer, number="PK 1"):
        return (Document(number=number, sort="licence", issuer=issuer, path="x"),)

    history = [past(documents=paper("Customs", "PK-2")), past(documents=paper(issuer, number))]
    given = case(history, documents=paper("Ministry"))
    assert (check("other-issuer", given) is not None) is raised


WORDS = Mention("wording", "w" * 60, "W" * 60 + " 12 litres", "use_words")
GENERAL = Mention("wording", "g" * 60, "G" * 60, "use_words")


@pytest.mark.parametrize(("parties", "raised"), [(ELSE, True), ((customer(),), False)])
def test_1_wording_of_2_customers_is_raised(parties, raised):
    given = case([past(WORDS, parties=parties), past()], mentions=(WORDS,))
    assert (check("declaration-copied", given) is not None) is raised


def test_words_with_0_numbers_are_general():
    general = case([past(GENERAL, parties=ELSE)], mentions=(GENERAL,))
    assert check("declaration-copied", general) is None
    assert check("declaration-alike", general) is not None
    particular = case([past(WORDS, parties=ELSE)], mentions=(WORDS,))
    assert check("declaration-alike", particular) is None


@pytest.mark.parametrize(("others", "raised"), [(7, True), (8, False)])
def test_words_of_more_than_7_others_are_a_form(others, raised):
    history = [past(WORDS, parties=(customer(f"{letter * 6} Ltd"),)) for letter in "ABCDEFGH"]
    given = case(history[:others], mentions=(WORDS,))
    assert (check("declaration-copied", given) is not None) is raised


INVOICE = Mention("invoice", "INV77", "INV-77", "invoices.0")


@pytest.mark.parametrize(
    ("amount", "kind", "raised"),
    [("5", "transit-notice", False), ("6", "transit-notice", True), ("6", "loss", False)],
)
def test_1_invoice_for_2_loads_is_raised(amount, kind, raised):
    other = past(INVOICE, kind=kind, lines=weighed(amount))
    given = case([other], mentions=(INVOICE,), kind="export-notice", lines=weighed("5"))
    assert (check("papers-disagree", given) is not None) is raised
    unweighed = case([past(INVOICE, kind="export-notice")], kind="export-notice")
    assert check("papers-disagree", unweighed) is None


BOX = Mention("container", "CSQU3054383", "CSQU3054383", "containers.0.number")


@pytest.mark.parametrize(
    ("seals", "days_ago", "kind", "raised"),
    [
        (("A2",), 90, "transit-notice", True),
        (("A-1",), 90, "transit-notice", False),
        ((), 90, "transit-notice", False),
        (("A2",), 91, "transit-notice", False),
        (("A2",), 90, "export-notice", False),
    ],
)
def test_2_seals_of_1_container_within_90_days_are_raised(seals, days_ago, kind, raised):
    boxes = ((BOX.shown, seals), ("OTHER", ("A2",)))
    other = past(BOX, kind=kind, days_ago=days_ago, boxes=boxes)
    given = case([other], kind="export-notice", boxes=((BOX.shown, ("A1",)),))
    assert (check("seal-differs", given) is not None) is raised


def to(country):
    return {"legs": (leg(destination_country=country),), "destination_country": country}


@pytest.mark.parametrize(
    ("country", "kind", "days_ago", "raised"),
    [
        ("AF", "transit-notice", 90, True),
        ("TH", "transit-notice", 90, False),
        ("AF", "transit-notice", 91, False),
        ("AF", "export-notice", 90, False),
    ],
)
def test_2_goals_of_1_journey_within_90_days_are_raised(country, kind, days_ago, raised):
    other = past(BOX, kind=kind, days_ago=days_ago, **to(country))
    given = case([other], mentions=(BOX,), kind="export-notice", **to("TH"))
    assert (check("destination-changed", given) is not None) is raised
    assert check("destination-changed", replace(given, filed=filed(kind="loss"))) is None
    back = replace(given.filed, facts=replace(given.filed.facts, origin_country="AF"))
    assert check("destination-changed", replace(given, filed=back)) is None


@pytest.mark.parametrize(("released", "raised"), [(True, True), (False, False)])
def test_a_goal_changed_after_the_release_is_raised_1_time(released, raised):
    older = filed(kind="export-notice", **to("AF"))
    given = replace(case(kind="export-notice", **to("TH")), older=older, released=released)
    assert (check("destination-changed", given) is not None) is raised


@pytest.mark.parametrize(
    ("days", "amount", "raised"), [(30, "50.1", True), (31, "50.1", False), (30, "50", False)]
)
def test_2_suppliers_pass_100_kg_together_within_30_days(days, amount, raised):
    history = [past(days_ago=days, lines=weighed("50"))]
    given = case(history, book=limits(limit("100")), lines=weighed(amount))
    assert (check("together-soon", given) is not None) is raised


def test_what_came_later_passes_the_threshold_too_in_1_year():
    later = (past(days_ago=-365, lines=weighed("60")),)
    given = replace(case(book=limits(limit("100")), lines=weighed("60")), later=later)
    assert "120 kg" in check("together-pass", given).reason
    assert check("together-pass", own_company(replace(given, history=later, later=()))) is None


@pytest.mark.parametrize(
    ("days", "amounts", "raised"),
    [(30, "40 40", True), (31, "40 40", False), (30, "70", False), (30, "30 30", False)],
)
def test_3_orders_at_1_supplier_within_30_days_are_split(days, amounts, raised):
    history = [past(days_ago=days, lines=weighed(one)) for one in amounts.split()]
    given = case(history, book=limits(limit("100")), lines=weighed("40"))
    assert (check("split-orders", own_company(given)) is not None) is raised
    assert check("split-orders", given) is None


@pytest.mark.parametrize(
    ("amount", "days", "raised"),
    [("80", 365, True), ("79.9", 365, False), ("100.1", 365, False), ("80", 366, False)],
)
def test_2_orders_just_below_a_threshold_are_raised(amount, days, raised):
    book = limits(limit("9", jurisdiction="US"), limit(None), limit("100"))
    history = [past(days_ago=days, lines=weighed(amount))]
    assert (
        check("below-again", case(history, book=book, lines=weighed("95"))) is not None
    ) is raised
    assert check("below-again", case(history, book=book, lines=weighed("5"))) is None


@pytest.mark.parametrize(
    ("amount", "records", "raised"), [("30", 20, False), ("30.1", 20, True), ("30.1", 19, False)]
)
def test_3_times_what_19_of_20_take_is_uncommon(amount, records, raised):
    book = Book(jurisdiction="EU", usual={"acetone": Usual(records, Decimal(10))})
    lines = (line("toluene"), line(), *weighed(amount))
    assert (check("unusual-for-trade", case(book=book, lines=lines)) is not None) is raised


def drugs(drug="methamphetamine", **tables):
    return Book(
        jurisdiction="EU",
        substances={
            key.replace("_", "-"): SubstanceFacts(
                name=line(key.replace("_", "-")).name,
                drugs=(drug,),
                un_table=table,
                eu_category="3" if table == "II" else "none",
                listed_since=2025 if table == "I" else None,
            )
            for key, table in tables.items()
        },
    )


@pytest.mark.parametrize(
    ("one", "other", "raised"),
    [("I", "none", True), ("I", "II", False), ("none", "none", False)],
)
def test_2_substances_for_one_drug_need_a_precursor_and_a_reagent(one, other, raised):
    lines = (line("ephedrine"), line("iodine"), line("unknown"))
    found = check("same-drug", case(book=drugs(ephedrine=one, iodine=other), lines=lines))
    assert (found is not None) is raised


@pytest.mark.parametrize(("days", "raised"), [(120, True), (121, False)])
def test_2_substances_bought_apart_within_120_days_are_raised(days, raised):
    book = drugs(ephedrine="I", iodine="none", sodium_hydroxide="none")
    history = [past(days_ago=days, lines=(line("ephedrine"),))]
    given = case(history, book=book, lines=(line("iodine"),))
    assert (check("bought-apart", given) is not None) is raised
    assert check("bought-apart", own_company(given)) is None
    other = case(history, book=book, lines=(line("sodium-hydroxide"),))
    assert check("bought-apart", other) is None
    same = case(history, book=book, lines=(line("ephedrine"),))
    assert check("bought-apart", same) is None


@pytest.mark.parametrize(("days", "raised"), [(365, True), (366, False)])
def test_2_strangers_who_meet_at_one_place_within_365_days_are_raised(days, raised):
    book = drugs(ephedrine="I", iodine="none")
    history = [past(ADDRESS, days_ago=days, lines=(line("ephedrine"),))]
    given = case(history, mentions=(DELIVERY,), book=book, lines=(line("iodine"),))
    assert (check("brought-together", given) is not None) is raised
    assert check("brought-together", replace(given, mentions=(ADDRESS,))) is None
    known = [past(ADDRESS, SHARED_PHONE, days_ago=days, lines=(line("ephedrine"),))]
    assert check("brought-together", replace(given, history=tuple(known))) is None


@pytest.mark.parametrize(("bulk", "raised"), [("methanol", True), ("unknown", False)])
def test_bulk_counts_from_3_substances_where_strangers_meet(bulk, raised):
    book = drugs(ephedrine="I", sodium_hydroxide="none", methanol="none")
    history = [past(DELIVERY, lines=(line("ephedrine"), line(bulk)), parties=ELSE)]
    met = case(history, mentions=(ADDRESS,), book=book, lines=(line("sodium-hydroxide"),))
    assert (check("brought-together", met) is not None) is raised
    weak = drugs(ephedrine="none", sodium_hydroxide="none", methanol="none")
    assert check("brought-together", replace(met, book=weak)) is None
    assert check("brought-together", replace(met, filed=replace(met.filed, kind=LOSS))) is None


def test_what_meets_at_1_company_is_raised_too():
    book = drugs(ephedrine="I", iodine="none")
    plate = Mention("plate", "VK902B", "VK-902-B", "plates.0")
    history = [past(plate, lines=(line("ephedrine"),))]
    given = case(history, mentions=(plate,), book=book, lines=(line("iodine"),))
    assert "bought apart, serve" in check("brought-together", own_company(given)).reason


@pytest.mark.parametrize(
    ("days", "count", "known", "raised"),
    [
        (120, 2, 150, True),
        (121, 2, 150, False),
        (120, 1, 150, False),
        (120, 2, 149, False),
    ],
)
def test_3_submissions_within_120_days_of_the_first_are_sudden(days, count, known, raised):
    history = [past(days_ago=days), past(days_ago=1)][:count]
    given = case(history, book=Book(jurisdiction="EU", since=NOON - known * DAY))
    assert (check("sudden-customer", given) is not None) is raised
    assert check("sudden-customer", own_company(given)) is None


@pytest.mark.parametrize(("days", "raised"), [(120, True), (121, False)])
def test_people_still_named_after_120_days_were_ordinary_all_along(days, raised):
    book = Book(jurisdiction="EU", since=NOON - 150 * DAY)
    later = case([past(days_ago=0), past(days_ago=0)], book=book)
    later = replace(later, history=later.history[:1], later=(past(days_ago=-days),))
    assert (check("sudden-customer", later) is not None) is raised


@pytest.mark.parametrize(("others", "raised"), [(1, True), (2, False), (0, False)])
def test_2_submissions_of_2_companies_are_new_at_two(others, raised):
    history = [past(days_ago=1) for _ in range(others)]
    given = case(history, book=Book(jurisdiction="EU", since=NOON - 150 * DAY))
    assert (check("new-at-two", given) is not None) is raised
    assert check("new-at-two", own_company(given)) is None


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
