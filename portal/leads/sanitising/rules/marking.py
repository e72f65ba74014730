"""Which secrets stand in a text, and which of them are one mark."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portal.leads.sanitising.data import BETRAYALS, Hit, Mark, Secret, Sort
from portal.leads.sanitising.rules import dates, names, numbers, phrases
from portal.leads.sanitising.rules.folding import LEAST, letters_of, occurrences
from portal.leads.wording import Place

BY_SOUND = frozenset({Sort.COMPANY, Sort.PERSON, Sort.TOWN, Sort.SITE, Sort.PRODUCT})
OWN_STOP = re.compile(r"\.(?=[,;:)]|\s+[a-z0-9])")
LEAST_SPLIT = 100  # a quantity from which its figures may be pulled apart


@dataclass(frozen=True)
class Book:
    """Everything that must not be told, ready to be looked for."""

    secrets: tuple[Secret, ...]
    speakable: frozenset[str] = frozenset()

    @cached_property
    def written(self) -> tuple[Secret, ...]:
        """Return the secrets that are words or signs, each once."""
        apart = {Sort.QUANTITY, Sort.DAY, Sort.PHRASE}
        return tuple(one for one in self.secrets if one.sort not in apart)

    @cached_property
    def quantities(self) -> tuple[Secret, ...]:
        """Return the quantities."""
        return tuple(one for one in self.secrets if one.sort is Sort.QUANTITY)

    @cached_property
    def days(self) -> tuple[tuple[date, Secret], ...]:
        """Return the days."""
        return tuple((one.day, one) for one in self.secrets if one.day)

    @cached_property
    def pages(self) -> tuple[phrases.Page, ...]:
        """Return the sentences, ready to be looked for."""
        found = tuple(one for one in self.secrets if one.sort is Sort.PHRASE)
        return phrases.pages_of(found, self.speakable)


def book_of(secrets: Iterable[Secret], speakable: frozenset[str] = frozenset()) -> Book:
    """Return a book in which each secret stands once."""
    return Book(tuple({one.key: one for one in secrets}.values()), speakable)


def hits_in(text: str, book: Book) -> Iterator[Hit]:
    """Yield every secret that stands in a text, whatever its disguise."""
    for secret in book.written:
        for start, end in dict.fromkeys(written(text, secret)):
            yield Hit(start, with_stop(text, end, secret), secret)
    yield from quantities_in(text, book)
    yield from days_in(text, book)
    for start, end, secret in phrases.copied(text, book.pages):
        yield Hit(start, end, secret)


def with_stop(text: str, end: int, secret: Secret) -> int:
    """Return the end of a name with the full stop that belongs to it and to no sentence."""
    return end + 1 if secret.value.endswith(".") and OWN_STOP.match(text, end) else end


def written(text: str, secret: Secret) -> Iterator[tuple[int, int]]:
    """Yield where a name, a number or a reference stands."""
    for way in (secret.value, *secret.variants):
        yield from occurrences(text, way)
        if secret.sort in BY_SOUND:
            yield from names.transliterated(text, way)
    if all(len(one) < LEAST for one in letters_of(secret.value)):
        for found in re.finditer(rf"(?<!\w){re.escape(secret.value)}(?!\w)", text):
            yield found.span()


def quantities_in(text: str, book: Book) -> Iterator[Hit]:
    """Yield the exact quantities."""
    found = numbers.figures(text)
    for secret in book.quantities:
        number = secret.number
        if number is None:
            continue
        for figure in found:
            if numbers.same(figure, number, secret.unit):
                yield Hit(figure.start, figure.end, secret)
        if number >= LEAST_SPLIT and number == number.to_integral_value() and secret.unit:
            for start, end in occurrences(text, f"{int(number)}{secret.unit}"):
                if not re.search(r"[.,]\d", text[start:end]):
                    yield Hit(start, end, secret)


def days_in(text: str, book: Book) -> Iterator[Hit]:
    """Yield the exact dates."""
    found = dates.days(text)
    for day, secret in book.days:
        for number, month, year, start, end in found:
            if (number, month) == (day.day, day.month) and year in {None, day.year}:
                yield Hit(start, end, secret)
        for way in dates.compact(day):
            for start, end in occurrences(text, way):
                yield Hit(start, end, secret)


def apart(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits without those that a greater one says already."""
    kept: list[Hit] = []
    order = sorted(set(hits), key=lambda hit: (keepable(hit), hit.start - hit.end, hit.start))
    for hit in order:
        inside = (one for one in kept if one.start <= hit.start and hit.end <= one.end)
        if not any(keepable(hit) or not keepable(one) for one in inside):
            kept.append(hit)
    return sorted(kept, key=lambda hit: (hit.start, hit.end))


def keepable(hit: Hit) -> bool:
    """Tell whether what was hit may stay with a reason."""
    return BETRAYALS[hit.secret.sort].keepable


def marks_of(place: Place, hits: Iterable[Hit]) -> tuple[Mark, ...]:
    """Return the marks of a place: one for each way in which a secret is written there."""
    grouped: dict[tuple[str, str], list[Hit]] = {}
    for hit in apart(hits):
        surface = place.text[hit.start : hit.end]
        grouped.setdefault((hit.secret.key, surface), []).append(hit)
    return tuple(
        Mark(
            place=place.key,
            label=place.label,
            shape=place.shape,
            text=place.text,
            spans=tuple((hit.start, hit.end) for hit in found),
            secret=found[0].secret,
        )
        for found in grouped.values()
    )


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces, each with whether it is marked."""
    found: list[tuple[str, bool]] = []
    at = 0
    for start, end in sorted(spans):
        if end <= at:
            continue
        if start > at:
            found.append((text[at:start], False))
        found.append((text[max(at, start) : end], True))
        at = end
    if at < len(text):
        found.append((text[at:], False))
    return tuple(found)


def in_source(mark: Mark) -> tuple[tuple[str, bool], ...]:
    """Return the answer of the source in pieces: what of it stands in the words for partners."""
    value = mark.secret.value
    if mark.secret.sort is Sort.PHRASE:
        found = tuple(occurrences(value, mark.surface))
        return pieces(value, found or ((0, len(value)),))
    return ((value, True),)
