"""Text as a stream of letters in which disguises are gone, each with its place in the text.

Case, accents, punctuation, spaces, zero-width characters and the forms of one letter (full width,
bold, circled) fall away. What is left is read in two ways: as it looks (a Cyrillic es is a c, a
nought is an o; once a dollar is an s, once it parts letters) and as it sounds (a Cyrillic es is an
s). A secret that is folded alike is then found by a plain search, also when it is spelled out
letter by letter.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from portal.leads.sanitising.rules.lookalikes import LIKE_LETTERS, LOOKS, SIGNS
from portal.texts.rules.words import UNSPACED

CACHED = 20_000
BLANK = frozenset("\u115f\u1160\u17b4\u17b5\u3164\uffa0\u2800\u034f")  # letters that show nothing
LETTERS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mc", "Nd", "Nl", "No", "So"})
SILENT = frozenset({"Cf", "Mn", "Me", "Cc"})
RUN_ON = re.compile(f"[{UNSPACED}]")
ANYWHERE = 8  # letters, from which a secret is found inside other words too
LEAST = 3  # letters of a secret that may be spelled out


@dataclass(frozen=True, slots=True)
class Stream:
    """The letters of a text, with where each stands."""

    letters: str
    at: tuple[int, ...]  # place in the text of each letter
    begins: tuple[bool, ...]  # whether a word begins with the letter
    ends: tuple[bool, ...]


def invisible(character: str) -> bool:
    """Tell whether a character shows nothing of its own."""
    if character in "\t\n\r":
        return False
    return unicodedata.category(character) in SILENT or character in BLANK


@lru_cache(maxsize=CACHED)
def looks(character: str) -> str:
    """Return what a character looks like, in plain letters; nothing for signs."""
    found: list[str] = []
    for one in unicodedata.normalize("NFKD", LOOKS.get(character, character)):
        latin = LOOKS.get(one) or LOOKS.get(one.lower()) or sounds(one)
        found.extend(LIKE_LETTERS.get(c, c) for c in latin.casefold() if not invisible(one))
    return "".join(found)


@lru_cache(maxsize=CACHED)
def looks_with_signs(character: str) -> str:
    """Return what a character looks like; a dollar is an s."""
    sign = SIGNS.get(unicodedata.normalize("NFKC", character), "")
    return LIKE_LETTERS.get(sign, sign) or looks(character)


@lru_cache(maxsize=CACHED)
def sounds(character: str) -> str:
    """Return what a character sounds like, in plain letters; nothing for signs."""
    plain = unicodedata.normalize("NFKC", character)
    latin = anyascii("".join(one for one in plain if unicodedata.category(one) in LETTERS))
    return "".join(c for c in latin.casefold() if c.isascii() and c.isalnum())


READINGS = (looks, looks_with_signs, sounds)
BY_LOOK, BY_SOUND = 0, 2  # among the readings


@lru_cache(maxsize=256)
def streams(text: str) -> tuple[Stream, ...]:
    """Return a text in each of its readings."""
    return tuple(stream(text, reading) for reading in READINGS)


@lru_cache(maxsize=CACHED)
def letters_of(secret: str) -> tuple[str, ...]:
    """Return the letters of a secret in each reading."""
    return tuple(stream(secret, reading).letters for reading in READINGS)


def stream(text: str, reading: Callable[[str], str]) -> Stream:
    """Return a text in one reading."""
    letters: list[str] = []
    at: list[int] = []
    begins: list[bool] = []
    ends: list[bool] = []
    fresh = True
    for place, character in enumerate(text):
        found = reading(character)
        if not found and silent(character):
            continue
        alone = bool(RUN_ON.match(character))
        if ends and (alone or not found):
            ends[-1] = True
        letters.extend(found)
        at.extend([place] * len(found))
        begins.extend(number == 0 and (fresh or alone) for number in range(len(found)))
        ends.extend(alone and number == len(found) - 1 for number in range(len(found)))
        fresh = alone or not found
    if ends:
        ends[-1] = True
    return Stream("".join(letters), tuple(at), tuple(begins), tuple(ends))


def silent(character: str) -> bool:
    """Tell whether a character parts no word: it shows nothing, or is a letter without sound."""
    return invisible(character) or unicodedata.category(character)[0] == "L"


def occurrences(text: str, secret: str) -> Iterator[tuple[int, int]]:
    """Yield where a secret stands in a text, in whatever disguise.

    A secret of few letters must begin and end where words do: else it stands in others by chance.
    """
    for inside, wanted in zip(streams(text), letters_of(secret), strict=True):
        if len(wanted) >= LEAST:
            for start, end in found_in(inside, wanted):
                yield start, past_invisible(text, end)


def past_invisible(text: str, end: int) -> int:
    """Return the end with what follows unseen."""
    while end < len(text) and invisible(text[end]):
        end += 1
    return end


def found_in(inside: Stream, wanted: str) -> Iterator[tuple[int, int]]:
    """Yield where letters stand in a stream, as places of the text."""
    free = len(wanted) >= ANYWHERE
    start = inside.letters.find(wanted)
    while start >= 0:
        last = start + len(wanted) - 1
        if free or (inside.begins[start] and inside.ends[last]):
            yield inside.at[start], inside.at[last] + 1
        start = inside.letters.find(wanted, start + 1)
