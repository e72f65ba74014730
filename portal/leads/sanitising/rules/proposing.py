"""What to say instead: rounder, wider, or without the name; never something that betrays again."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from portal.leads.sanitising.data import Hit, Mark, Secret, Sort
from portal.leads.sanitising.rules.marking import Book, hits_in, marks_of
from portal.leads.sanitising.rules.numbers import based
from portal.leads.wording import Place, Shape, plain

NOTHING = "…"  # holds no letter, so it can betray nothing
MOST = 3  # proposals that are shown
ROUNDS = 40
SOME = (  # below how many kilograms, how one says it
    (Decimal(1), "less than a kilogram"),
    (Decimal(10), "some kilograms"),
    (Decimal(100), "tens of kilograms"),
    (Decimal(1000), "hundreds of kilograms"),
    (Decimal(100_000), "tonnes"),
)
WORDS: dict[Sort, tuple[str, ...]] = {
    Sort.COMPANY: ("a trader", "a company", "a business"),
    Sort.PERSON: ("a person", "somebody"),
    Sort.CONTACT: ("a contact address", "contact details"),
    Sort.SITE: ("an address", "a site"),
    Sort.TOWN: ("a town", "a place"),
    Sort.NUMBER: ("a registration", "a number"),
    Sort.NAME_PART: ("a trader", "somebody", "a site"),
    Sort.PRODUCT: ("a commercial product", "a product"),
    Sort.OURS: ("a report", "a reference"),
    Sort.THEIRS: ("a reference", "a document"),
    Sort.PAPER: ("a document of the shipment", "a document"),
    Sort.FILE: ("an attached document", "a document"),
    Sort.PHRASE: ("[withheld]", "[left out]"),
}
BEFORE_A_DAY = re.compile(r"\bon\s+(?:the\s+)?$", re.IGNORECASE)
BEGINS = re.compile(r"(^|[.!?]\s+|\n\s*)$")  # a sentence


def with_proposals(mark: Mark, book: Book) -> Mark:
    """Return a mark with what can be said instead."""

    def passes(text: str) -> bool:
        return not any(True for _ in hits_in(text, book))

    found = dict.fromkeys(one for one in candidates(mark) if passes(one))
    if not found and mark.shape is not Shape.KILOGRAMS:
        found = dict.fromkeys(("",) if mark.shape is Shape.WHEN else (NOTHING,))
    return replace(mark, proposals=tuple(found)[:MOST])


def candidates(mark: Mark) -> Iterator[str]:
    """Yield what may be said, the most telling first."""
    secret = mark.secret
    if mark.shape is Shape.KILOGRAMS:
        yield from kilogram_ranges(mark)
    elif mark.shape is Shape.WHEN:
        yield from spans_of(secret.day)
    elif secret.sort is Sort.QUANTITY and secret.number is not None:
        yield from rounded(secret)
    elif secret.day is not None:
        yield from months(secret.day)
    else:
        if secret.sort in {Sort.SITE, Sort.TOWN} and secret.country:
            yield f"a place in {secret.country}"
        yield from WORDS[secret.sort]


def rounded(secret: Secret) -> Iterator[str]:
    """Yield a quantity rounded, as a range, and in words."""
    number, unit = secret.number or Decimal(0), secret.unit
    low, high = around(number)
    near = low if number - low < high - number else high
    if unit:
        if one_figure(number) != number:
            yield f"about {plain(near)} {unit}"
        yield f"between {plain(low)} and {plain(high)} {unit}"
        yield f"between {plain(low / 2)} and {plain(high * 2)} {unit}"
    value, base = based(number, unit)
    if base == "kg":
        yield next((words for limit, words in SOME if value < limit), "very many tonnes")
    yield "a quantity"


def one_figure(number: Decimal) -> Decimal:
    """Return a number rounded down to its first figure."""
    step = Decimal(10) ** number.adjusted()
    return (number / step).to_integral_value(ROUND_FLOOR) * step


def around(number: Decimal) -> tuple[Decimal, Decimal]:
    """Return round numbers on both sides of a number, which is not in their middle."""
    step = Decimal(10) ** number.adjusted()
    low = one_figure(number)
    if low < number:
        return low, low + step
    return (low - step if low > step else step / 2), low + 2 * step


def kilogram_ranges(mark: Mark) -> Iterator[str]:
    """Yield wider ranges for a quantity in kilograms, until one has ends that nobody filed."""
    found = [Decimal(one) for one in re.findall(r"\d+(?:\.\d+)?", mark.text)]
    least, most = min(found), max(found)
    low, high = (around(least)[0] if least else least), (around(most)[1] if most else Decimal(1))
    for factor in range(1, ROUNDS):
        yield f"{plain(one_figure(low / factor))}–{plain(high * factor)} kg"


def spans_of(day: date | None) -> Iterator[str]:
    """Yield the month, quarter and year of a day, as events write them."""
    if day is not None:
        yield f"{day:%Y-%m}"
        yield f"{day.year}-Q{(day.month + 2) // 3}"
        yield f"{day.year}"


def months(day: date) -> Iterator[str]:
    """Yield the month, quarter and year of a day, in words."""
    yield f"{day:%B} {day.year}"
    quarter = ("first", "second", "third", "fourth")[(day.month - 1) // 3]
    yield f"the {quarter} quarter of {day.year}"
    yield f"{day.year}"


def said_instead(text: str, mark: Mark, words: str) -> str:
    """Return a text in which other words stand where a mark was.

    Where the text was changed in the meantime, what is still written as marked is replaced.
    """
    if mark.shape is not Shape.WORDS:
        return words
    surface = mark.surface
    start = text.find(surface)
    while start >= 0:
        before = text[:start]
        if mark.secret.day is not None:
            before = BEFORE_A_DAY.sub("in ", before)
        said = words[:1].upper() + words[1:] if BEGINS.search(before) else words
        text = before + said + text[start + len(surface) :]
        start = text.find(surface, len(before) + len(said))
    return text


def all_accepted(place: Place, book: Book, live: Callable[[Secret], bool]) -> str:
    """Return the text of a place with the first proposal taken for every mark, until none is left.

    Args:
        place: with the text as it is.
        book: everything that must not be told.
        live: whether a secret betrays at all, by how many others filed it.
    """
    text, rounds = place.text, 0
    while (found := betraying(place, text, book, live)) and rounds < ROUNDS:
        rounds += 1
        for mark in found:
            proposals = with_proposals(mark, book).proposals
            text = said_instead(text, mark, proposals[0] if proposals else NOTHING)
    return text


def betraying(
    place: Place, text: str, book: Book, live: Callable[[Secret], bool]
) -> tuple[Mark, ...]:
    """Return the marks of another text at a place."""
    return marks_of(replace(place, text=text), living(hits_in(text, book), live))


def living(hits: Iterable[Hit], live: Callable[[Secret], bool]) -> Iterator[Hit]:
    """Yield the hits of secrets that betray."""
    return (hit for hit in hits if live(hit.secret))
