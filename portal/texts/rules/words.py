"""Text of every script as tokens of Latin letters and digits, with the places they stand at.

A word is written in Latin letters without accents; scripts that set no spaces (Chinese, Japanese,
Korean, Thai, Lao, Khmer, Burmese) become pairs of characters, so that a part of a run is found as
a phrase. Tokens that are no words carry an underscore, which no word has:

    h_   a pair of characters of a script without spaces
    i_   a number or reference, without spaces and signs
    r_   the text's own reference
    n_   a whole name
    f_   a word of a name in Latin letters, with one spelling for each sound
    q_   the same word's consonants        k_   the consonants of a word of another script
    s_ c_ o_ t_   substance, country, company, kind: of the record as a whole, for filters
    w_   what the text is
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from portal.core.text import compact_key, search_key
from portal.entities.rules.names import folded, organisation_words, skeleton

UNSPACED = (
    "\u0e00-\u0e4f\u0e5a-\u0ecf\u0eda-\u0eff\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
    "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u0dff\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff"
)
APOSTROPHES = "'\u2018\u2019\u02bc\u02b9\u0060\u00b4\u2032\uff07"
LETTER = rf"(?:(?![{UNSPACED}])[^\W_]|[{MARKS}])"
PIECE = re.compile(rf"(?P<run>[{UNSPACED}]+)|{LETTER}(?:{LETTER}|[{APOSTROPHES}](?={LETTER}))*")
SILENT = re.compile(
    "[\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u00ad"
    f"\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff{APOSTROPHES}]"
)
ARABIC = str.maketrans("أإآىةکیؤئ", "اااي\u0647كيوي")
INNER = re.compile(f"[{APOSTROPHES}]")
NOT_WORD = re.compile("[^a-z0-9]+")
BEYOND_LATIN = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2c00-\ufaff\U00010000-\U0003ffff]")
CHUNK = re.compile(r"[^\s,;()]+")
DIGIT = re.compile(r"\d")
LONG_NUMBER = re.compile(r"\+?\d(?:[ ().\u00a0-]{0,2}\d){6,19}")  # digits in groups
CACHED = 50_000
LONGEST = 60  # letters of a word that are kept
LEAST_NUMBER = 4  # characters of what counts as a number
LEAST_BONES = 2  # consonants of a word that are compared
PAIR = 2
GAP = "_"  # between two answers: no phrase goes across


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a run of a script without spaces, and where it stands.

    The tokens of a run are its pairs; a word has one. What is beside them takes no place in a
    phrase: the last character of a run, and the parts of a word with an apostrophe.
    """

    tokens: tuple[str, ...]
    start: int
    end: int
    pairs: bool = False
    inner: tuple[str, ...] = ()

    def places(self) -> Iterator[tuple[str, int, int]]:
        """Yield each token with the characters it stands for."""
        for number, one in enumerate(self.tokens):
            start = self.start + number if self.pairs else self.start
            yield one, start, min(self.end, start + PAIR) if self.pairs else self.end
        for one in self.inner:
            yield one, self.end - 1 if self.pairs else self.start, self.end


@lru_cache(maxsize=CACHED)
def written(word: str) -> str:
    """Return a word in Latin letters and digits, without accents and signs."""
    bare = unicodedata.normalize("NFKC", SILENT.sub("", word).translate(ARABIC))
    return NOT_WORD.sub("", anyascii(bare).casefold())[:LONGEST]


def pairs(run: str) -> tuple[str, ...]:
    """Return the pairs of characters of a run; a single one alone."""
    return tuple(f"h_{code(run[at : at + PAIR])}" for at in range(max(1, len(run) - 1)))


def code(characters: str) -> str:
    """Write characters as hexadecimal numbers of one length."""
    return "".join(f"{ord(one):05x}" for one in characters)


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order."""
    for found in PIECE.finditer(text):
        if found["run"]:
            last = (f"h_{code(found[0][-1])}",)
            yield Word(pairs(found[0]), found.start(), found.end(), pairs=True, inner=last)
        elif plain := written(found[0]):
            inner = INNER.split(found[0])
            parts = [one for part in inner if (one := written(part))] if len(inner) > 1 else []
            yield Word((plain,), found.start(), found.end(), inner=tuple(parts))


def indexed(text: str) -> Iterator[str]:
    """Yield the tokens of a text in order."""
    for word in words(text):
        yield from word.tokens


def phrase(text: str) -> tuple[str, ...]:
    """Return the tokens under which a typed text is looked up, in order."""
    return tuple(indexed(text))


def inner_parts(text: str) -> Iterator[str]:
    """Yield the tokens without a place."""
    for word in words(text):
        yield from word.inner


def beyond_latin(text: str) -> bool:
    """Tell whether a text holds letters of another script."""
    return bool(BEYOND_LATIN.search(text))


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in Latin letters; those of trades in one spelling."""
    found = (NOT_WORD.sub("", word) for word in organisation_words(SILENT.sub("", name)))
    return tuple(word[:LONGEST] for word in found if word)


def whole_name(name: str) -> str:
    """Return the token of a whole name: the same letters, however spaced and accented."""
    key = search_key(SILENT.sub("", name).translate(ARABIC))
    return f"n_{NOT_WORD.sub('', key)[:LONGEST]}"


def name_tokens(name: str) -> Iterator[str]:
    """Yield what finds a name in other scripts and spellings."""
    yield whole_name(name)
    other = beyond_latin(name)
    for word in name_words(name):
        bones = skeleton(word)
        if not other:
            yield f"f_{folded(word)}"
        if len(bones) >= LEAST_BONES:
            yield f"{'k' if other else 'q'}_{bones}"


def sounds(word: str) -> tuple[str, ...]:
    """Return the tokens of names that sound like a typed word; Latin ones by vowels too."""
    found = []
    for part in name_words(word):
        bones = skeleton(part)
        other = beyond_latin(word)
        if not other:
            found.append(f"f_{folded(part)}")
        if len(bones) >= LEAST_BONES:
            found.extend([f"k_{bones}"] + ([f"q_{bones}"] if other else []))
    return tuple(found)


def number_token(text: str) -> str:
    """Return the token of a number or reference, or nothing when it is too short."""
    bare = NOT_WORD.sub("", compact_key(text).lower()).removeprefix("00")[:LONGEST]
    return f"i_{bare}" if len(bare) >= LEAST_NUMBER else ""


def reference_token(text: str) -> str:
    """Return the token by which a text is found under its own reference."""
    return f"r_{NOT_WORD.sub('', compact_key(text).lower())[:LONGEST]}"


def numbers(text: str) -> Iterator[str]:
    """Yield the numbers in a free text, however spaced."""
    for pattern in (CHUNK, LONG_NUMBER):
        for found in pattern.finditer(text):
            if DIGIT.search(found[0]) and (made := number_token(found[0])):
                yield made


def facet(sort: str, value: str) -> str:
    """Return the token of a filter."""
    return f"{sort}_{''.join(c if c.isascii() and c.isalnum() else '_' for c in value.lower())}"
