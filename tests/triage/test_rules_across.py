"""Rules that see what no single company can see, from both sides of their border."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from portal.submissions.data import Document, Mention
from portal.triage.data import LOSS, Book, SubstanceFacts, Usual
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
