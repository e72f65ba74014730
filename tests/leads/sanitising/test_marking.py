# ruff: noqa: RUF001  other scripts are the point
"""A secret of a source is marked wherever it stands and however it is disguised."""

from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.core.languages import LANGUAGES
from portal.leads.sanitising.data import BETRAYALS, Mark, Needs, Secret, Sort
from portal.leads.sanitising.rules import dates
from portal.leads.sanitising.rules.marking import book_of, hits_in, in_source, marks_of
from portal.leads.sanitising.rules.proposing import all_accepted, around, rounded, with_proposals
from portal.leads.wording import Place, Reworded, Shape, fits, places_of, reworded
from tests.leads.sanitising.disguises import (
    BOOK,
    DAYS,
    DISGUISES,
    NAMES,
    PLAIN,
    QUANTITIES,
)

PLACES = places_of(PLAIN)
WORDS = [place for place in PLACES if place.shape is Shape.WORDS]
SECRETS = NAMES + QUANTITIES + DAYS


def marked(text):
    return [text[hit.start : hit.end] for hit in hits_in(text, BOOK)]


def found(place, text):
    lead = reworded(PLAIN, {place.key: Reworded(place.text, text)})
    now = next(one for one in places_of(lead) if one.key == place.key)
    assert now.text == text
    return marks_of(now, hits_in(now.text, BOOK))


def put(text, secret, at):
    """Put a secret between two words of a text."""
    words = text.split()
    at %= len(words) + 1
    return " ".join([*words[:at], secret, *words[at:]])


def test_a_lead_that_tells_nothing_has_0_marks():
    assert [marked(place.text) for place in PLACES] == [[]] * len(PLACES)


@pytest.mark.parametrize("how", DISGUISES)
@pytest.mark.parametrize("secret", NAMES)
def test_a_name_or_reference_is_marked_in_each_disguise(secret, how):
    text = f"We heard of {DISGUISES[how](secret)} in the spring"
    assert marked(text), text


@pytest.mark.parametrize("secret", QUANTITIES + DAYS)
def test_a_quantity_or_day_is_marked_in_each_spelling(secret):
    assert marked(f"There was talk of {secret} at the border"), secret


@settings(max_examples=400, deadline=None)
@given(
    place=st.sampled_from(WORDS),
    secret=st.sampled_from(SECRETS),
    how=st.sampled_from(sorted(DISGUISES)),
    at=st.integers(0, 30),
)
def test_a_secret_put_anywhere_is_marked(place, secret, how, at):
    disguised = DISGUISES[how](secret) if secret in NAMES else secret
    assert found(place, put(place.text, disguised, at))


@settings(max_examples=200, deadline=None)
@given(
    secret=st.sampled_from([one for one in NAMES if len(one) > 9]),
    before=st.text(max_size=20),
    after=st.text(max_size=20),
)
def test_a_long_secret_is_marked_inside_any_other_text(secret, before, after):
    assert marked(f"{before}{secret}{after}")


@settings(max_examples=150, deadline=None)
@given(
    place=st.sampled_from(WORDS),
    secrets=st.lists(st.sampled_from(SECRETS), min_size=1, max_size=4),
    how=st.sampled_from(sorted(DISGUISES)),
    at=st.integers(0, 30),
)
def test_accepted_proposals_leave_0_marks(place, secrets, how, at):
    text = place.text
    for number, secret in enumerate(secrets):
        disguised = DISGUISES[how](secret) if secret in NAMES else secret
        text = put(text, disguised, at + 2 * number)
    changed = type(place)(place.key, place.label, text, place.shape)
    after = all_accepted(changed, BOOK, lambda _secret: True)
    assert marked(after) == []
    assert after.strip()


@pytest.mark.parametrize("amount", ["4725 kg", "4000–4725 kg", "4725–9000 kg"])
def test_an_exact_amount_is_marked_and_widened(amount):
    place = next(one for one in PLACES if one.shape is Shape.KILOGRAMS)
    (mark,) = found(place, amount)
    with_words = with_proposals(mark, BOOK)
    assert all(fits(Shape.KILOGRAMS, one) for one in with_words.proposals)
    changed = type(place)(place.key, place.label, amount, place.shape)
    after = all_accepted(changed, BOOK, lambda _secret: True)
    assert fits(Shape.KILOGRAMS, after)
    assert marked(after) == []


def test_an_exact_day_of_an_event_becomes_its_month():
    place = next(one for one in PLACES if one.shape is Shape.WHEN)
    (mark,) = found(place, "2026-03-12")
    assert with_proposals(mark, BOOK).proposals == ("2026-03", "2026-Q1", "2026")


@pytest.mark.parametrize(
    ("text", "proposals"),
    [
        (
            "We saw 4725 kg",
            ("about 5000 kg", "between 4000 and 5000 kg", "between 2000 and 10000 kg"),
        ),
        ("It was 12 March 2026", ("March 2026", "the first quarter of 2026", "2026")),
        ("Acme said so", ("a trader", "a company", "a business")),
        ("Loaded in Rotterdam", ("a place in Netherlands", "a town", "a place")),
    ],
)
def test_a_mark_says_why_and_proposes_wider_words(text, proposals):
    place = type(PLACES[0])("title", "Title", text)
    (mark,) = marks_of(place, hits_in(text, BOOK))
    assert mark.why.endswith(".")
    assert with_proposals(mark, BOOK).proposals == proposals


@pytest.mark.parametrize(
    "text",
    [
        "4700 kg of acetone", "47 250 kg", "14725 kg", "4725 tablets", "March 2026",
        "13 March 2026", "a company at the north sea", "Lakeside Paints Ltd asked for acetone",
        "Piet", "order 7782", "between 4000 and 5000 kg", "an acmeist", "acmeology",
        "the drums had a label",
    ],
)  # fmt: skip
def test_what_says_less_is_not_marked(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Акме Химия", "Akme Khimiya told us"),
        ("Acme", "слово от Акме было"),
        ("شركة نور", "shrkh nwr"),
    ],
)
def test_a_name_is_marked_in_another_script(name, text):
    book = book_of([Secret(sort=Sort.COMPANY, value=name, label="Company")])
    assert list(hits_in(text, book))


@pytest.mark.parametrize(
    ("report", "text"),
    [
        ("Покупатель попросил бочки без этикеток.", "pokupatel' poprosil bochki bez etiketok"),
        ("The buyer wanted the drums unlabelled", "Тhе buуеr wаntеd thе drums unlаbеllеd"),
        (
            "买方要求桶上没有任何标签并且只付现金而且不留电话",
            "买方要求桶上没有任何标签并且只付现金而且",
        ),
    ],
)
def test_copied_words_are_marked_in_another_script(report, text):
    book = book_of([Secret(sort=Sort.PHRASE, value=report, label="Grounds")])
    assert list(hits_in(text, book))


def test_names_of_the_reporter_and_references_can_never_be_kept():
    never = {sort for sort, one in BETRAYALS.items() if not one.keepable}
    assert never == {
        Sort.COMPANY, Sort.PERSON, Sort.CONTACT, Sort.SITE, Sort.NUMBER,
        Sort.OURS, Sort.THEIRS, Sort.FILE,
    }  # fmt: skip
    assert set(BETRAYALS) == set(Sort)


def test_what_is_counted_has_a_trait_and_names_have_none():
    counted = {one.sort for one in BOOK.secrets if one.needs is not Needs.NOBODY}
    assert counted == {Sort.QUANTITY, Sort.DAY, Sort.PHRASE}
    assert all(bool(one.trait) == (one.needs is not Needs.NOBODY) for one in BOOK.secrets)
    assert {one.trait for one in BOOK.secrets if one.day == date(2026, 3, 12)} == {"day:2026-03-12"}
    assert "quantity:4725 kg:acetone" in {one.trait for one in BOOK.secrets}


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Noordzee Chemie B.V. reports it. ", "A trader reports it. "),
        ("It was Noordzee Chemie B.V. They told us.", "It was a trader. They told us."),
        ("Seen. Acme wrote on 12 March 2026.", "Seen. A trader wrote in March 2026."),
    ],
)
def test_what_is_said_instead_reads_well(text, after):
    place = type(PLACES[0])("title", "Title", text)
    assert all_accepted(place, BOOK, lambda _secret: True) == after


@pytest.mark.parametrize(
    ("number", "ranges"),
    [
        ("4725", (4000, 5000)),
        ("500", (400, 700)),
        ("60", (50, 80)),
        ("100", (50, 300)),
        ("12.5", (10, 20)),
        ("0.03", (Decimal("0.02"), Decimal("0.05"))),
    ],
)
def test_a_range_has_round_ends_and_another_middle(number, ranges):
    low, high = around(Decimal(number))
    assert (low, high) == ranges
    assert (low + high) / 2 != Decimal(number)


@pytest.mark.parametrize(
    ("number", "unit", "first"),
    [
        ("500", "kg", "between 400 and 700 kg"),
        ("0.3", "kg", "between 0.2 and 0.5 kg"),
        ("12.5", "l", "about 10 l"),
        ("75000", "EUR", "about 80000 EUR"),
        ("12000", "", "a quantity"),
    ],
)
def test_a_round_quantity_is_not_called_another(number, unit, first):
    secret = Secret(
        sort=Sort.QUANTITY, value=number, label="Quantity", number=Decimal(number), unit=unit
    )
    assert next(rounded(secret)) == first


def test_months_are_read_in_each_language_of_the_portal():
    assert set(LANGUAGES) <= set(dates.LANGUAGES)


def test_a_widened_amount_widens_the_drug_it_could_give():
    amount = replace(
        PLAIN.amounts[0], least_kg=Decimal(4725), most_kg=Decimal(4725),
        drug_least_kg=Decimal("472.5"), drug_most_kg=Decimal(945),
    )  # fmt: skip
    lead = replace(PLAIN, amounts=(amount,))
    wider = reworded(lead, {"amounts.0.kg": Reworded("4725 kg", "4000–5000 kg")}).amounts[0]
    assert (wider.least_kg, wider.most_kg) == (Decimal(4000), Decimal(5000))
    assert (wider.drug_least_kg, wider.drug_most_kg) == (Decimal(400), Decimal(1000))


def test_another_word_for_a_place_takes_its_code_along():
    stop = reworded(PLAIN, {"stops.0.name": Reworded("Hamburg", "a port in Germany")}).stops[0]
    assert (stop.name, stop.locode, stop.latitude) == ("a port in Germany", "", None)


def free_texts(value, path=""):
    """Yield every text of a version for partners with its path."""
    if isinstance(value, str) and type(value) is str:
        yield path, value
    elif is_dataclass(value):
        for one in fields(value):
            yield from free_texts(getattr(value, one.name), f"{path}.{one.name}")
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            yield from free_texts(one, f"{path}.{at}")


def test_every_text_that_partners_read_is_a_place():
    """A text that is new in the version for partners fails here until it is compared too."""
    by_the_portal = {"reference", "proposal", "priority", "confidence", "sort", "country"}
    by_the_portal |= {"locode", "cas", "substance", "drug"}
    read = {place.text for place in PLACES}
    stop = replace(PLAIN.stops[0], part="")
    for path, text in free_texts(replace(PLAIN, stops=(stop,))):
        sort_of_identifier = "identifiers" in path and path.endswith(".0")
        known = path.rpartition(".")[2] in by_the_portal or sort_of_identifier
        assert known or not text or text in read, path


def test_other_words_hold_only_for_the_text_they_were_written_for():
    assert reworded(PLAIN, {"title": Reworded("Another title", "Hidden")}) == PLAIN


def test_0_spans_are_proposed_for_a_day_that_is_not_known():
    unknown = Secret(sort=Sort.DAY, value="some day", label="Day")
    mark = Mark(
        place="events.0.when", label="When", shape=Shape.WHEN, text="2026-03-31",
        spans=((0, 10),), secret=unknown,
    )  # fmt: skip
    assert with_proposals(mark, book_of([unknown])).proposals == ("",)


def test_a_quantity_without_a_number_marks_0_figures():
    vague = Secret(sort=Sort.QUANTITY, value="some", label="Quantity", unit="kg")
    assert list(hits_in("12 kg", book_of([vague]))) == []


def test_a_copied_phrase_is_shown_in_its_source_in_pieces():
    told = "The buyer asked twice whether the drums could go without any label at all."
    phrase = Secret(sort=Sort.PHRASE, value=told, label="Grounds")
    place = Place("asked", "What is asked", told)
    mark = marks_of(place, hits_in(told, book_of([phrase])))[0]
    assert "".join(text for text, _ in in_source(mark)) == told
    assert any(betrays for _, betrays in in_source(mark))
