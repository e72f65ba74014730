"""Names: across scripts and spellings, word order, legal forms, initials and typing errors.

Letters of every script are first written in Latin ones. Scripts that write no vowels (Arabic,
Persian, Hebrew) come out as consonants, so words are compared by their consonants too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from portal.core.text import search_key
from portal.entities.rules.lists import (
    ARTICLES,
    ELSEWHERE,
    FORMS,
    FORMS_ELSEWHERE,
    GENERIC,
    SAME_WORD,
    TITLES,
    TRADE,
)

CACHED = 20_000  # names whose words are kept ready
ARABIC_ARTICLE = re.compile(r"(?<!\w)ال(?=\w{2})")
FOLDED = (  # spellings of one sound
    ("sch", "s"), ("tch", "c"), ("shch", "s"), ("ph", "f"), ("kh", "h"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("sh", "s"), ("zh", "z"), ("ch", "c"), ("ck", "k"), ("ts", "c"), ("tz", "c"),
    ("dj", "j"), ("dzh", "j"), ("x", "ks"), ("q", "k"), ("iy", "i"), ("ij", "i"), ("ei", "i"),
    ("ee", "i"), ("oo", "u"), ("ou", "u"), ("v", "w"),
)  # fmt: skip
VOWELS = frozenset("aeiouyw")
BITS_A_LETTER = 1.4  # of a word that is a name; a rough measure of how rare words of a length are
MOST_BITS_A_WORD = 9.0
GENERIC_BITS = 1.0
LEAST_TYPED = 4  # letters, from which one letter may be wrong
LEAST_TRADE = 6  # letters of a word, from which it may be a mistyped one of a trade
LONG = 8  # letters, from which two may be
SLIP = 0.8  # how alike two words are of which one is mistyped
NEAR = 0.92  # Jaro-Winkler, of words of the same beginning


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names compare, in bits, and in which way."""

    bits: float
    text: str
    left: str = ""
    right: str = ""
    full: bool = False  # every word of the shorter has its match
    same: bool = False  # the same words, legal forms aside
    whole: bool = False  # every word of both has its match, but for slips of the keys


@lru_cache(maxsize=CACHED)
def organisation_words(name: str) -> tuple[str, ...]:
    """Return the words of an organisation's name; those of its trade in one spelling."""
    first, *others = written_words(name)
    return TRADE.get(first, first), *map(trade_word, others)


@lru_cache(maxsize=CACHED)
def trade_word(word: str) -> str:
    """Return a word of a trade in one spelling, slips of the keys aside; others as they are."""
    if word in TRADE or word in GENERIC or len(word) < LEAST_TRADE:
        return TRADE.get(word, word)
    slips = (one for typed, one in TRADE.items() if mistyped(word, typed))
    return next(slips, word)


@lru_cache(maxsize=CACHED)
def written_words(name: str) -> tuple[str, ...]:
    """Return the words of an organisation's name in Latin letters, without its legal form."""
    text = FORMS_ELSEWHERE.sub(" ", name)
    text = ELSEWHERE.sub(lambda found: f" {SAME_WORD[found[0]]} ", text)
    text = ARABIC_ARTICLE.sub("", text)
    words = joined_letters(search_key(text).split())
    kept = [word for word in words if word not in FORMS | ARTICLES]
    return tuple(kept or words) or (name,)


def joined_letters(words: list[str]) -> list[str]:
    """Write letters that stand alone as one word: b v becomes bv."""
    found: list[str] = []
    letters = ""
    for word in [*words, ""]:
        if len(word) == 1 and word.isalpha():
            letters += word
            continue
        if letters:
            found.append(letters)
            letters = ""
        if word:
            found.append(word)
    return found


@lru_cache(maxsize=CACHED)
def legal_form(name: str) -> str:
    """Return the legal form that a name states, or nothing."""
    words = joined_letters(search_key(name).split())
    latin = sorted(word for word in words if word in FORMS and word not in {"co", "company"})
    return " ".join(latin)


@lru_cache(maxsize=CACHED)
def person_words(name: str) -> tuple[str, ...]:
    """Return the words of a person's name in Latin letters, without titles."""
    text = ARABIC_ARTICLE.sub("", name)
    words = search_key(text).split()
    kept = [word for word in words if word not in TITLES | ARTICLES]
    return tuple(kept or words) or (name,)


@lru_cache(maxsize=CACHED)
def folded(word: str) -> str:
    """Return a word with one spelling for each sound."""
    for spelling, sound in FOLDED:
        word = word.replace(spelling, sound)
    return "".join(c for n, c in enumerate(word) if n == 0 or word[n - 1] != c)


@lru_cache(maxsize=CACHED)
def skeleton(word: str) -> str:
    """Return the consonants of a word, as far as transliterations agree on them."""
    found = "".join(c for c in folded(word) if c not in VOWELS)
    return "".join(c for n, c in enumerate(found) if n == 0 or found[n - 1] != c)


def information(word: str) -> float:
    """Return how much the same word on both sides says, in bits."""
    if word in GENERIC:
        return GENERIC_BITS
    return min(MOST_BITS_A_WORD, BITS_A_LETTER * len(word))


@lru_cache(maxsize=CACHED)
def likeness(left: str, right: str) -> float:
    """Return how alike two words are: 1 for the same, 0 for other words."""
    if left == right:
        return 1.0
    if 1 in {len(left), len(right)}:
        return 0.4 if left[0] == right[0] else 0.0
    if folded(left) == folded(right):
        return 0.95
    if mistyped(left, right):
        return SLIP
    bones = skeleton(left), skeleton(right)
    if bones[0] == bones[1] and len(bones[0]) > 1:
        return 0.85 if len(bones[0]) > 2 or left[0] == right[0] else 0.6  # noqa: PLR2004
    return 0.7 if near(left, right) else 0.0


def mistyped(left: str, right: str) -> bool:
    """Tell whether a slip or two of the keys make one word the other."""
    shorter = min(len(left), len(right))
    if shorter < LEAST_TYPED or left.isdigit() or right.isdigit():
        return False
    allowed = 2 if shorter >= LONG else 1
    return OSA.distance(left, right, score_cutoff=allowed) <= allowed


def near(left: str, right: str) -> bool:
    """Tell whether two words begin alike and differ little."""
    shorter = min(len(left), len(right))
    return shorter >= LEAST_TYPED and JaroWinkler.similarity(left, right) >= NEAR


@dataclass(frozen=True, slots=True)
class Aligned:
    """Which words of two names belong together."""

    pairs: tuple[tuple[str, str, float], ...]
    left: tuple[str, ...]  # without a partner
    right: tuple[str, ...]


def aligned(left: tuple[str, ...], right: tuple[str, ...]) -> Aligned:
    """Give each word its best partner, the best pairs first, whatever the order."""
    scored = sorted(
        ((likeness(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    pairs = []
    for how, i, j in scored:
        if how and i not in taken_left and j not in taken_right:
            taken_left.add(i)
            taken_right.add(j)
            pairs.append((left[i], right[j], how))
    return Aligned(
        tuple(pairs),
        tuple(word for i, word in enumerate(left) if i not in taken_left),
        tuple(word for j, word in enumerate(right) if j not in taken_right),
    )


def how(left: tuple[str, ...], right: tuple[str, ...], found: Aligned) -> str:
    """Say in which way two names are alike."""
    if left == right:
        return "Same name"
    if sorted(left) == sorted(right):
        return "Same name in another order"
    if found.left and found.right:
        return "Names share a part"
    if any(len(a) == 1 or len(b) == 1 for a, b, _ in found.pairs):
        return "Same name with initials"
    if any(value < 1 for _, _, value in found.pairs):
        return "Same name in another spelling"
    return "Same name, one with more words"


def compare_words(
    left: tuple[str, ...], right: tuple[str, ...], most: float, missing: Callable[[str], float]
) -> tuple[float, str, bool, bool]:
    """Return how two lists of words compare.

    Args:
        left: the words of one name.
        right: the words of the other.
        most: bits that a name can give at all.
        missing: bits lost for a word that only the longer name has.

    Returns:
        bits, the way, whether the shorter name is whole, and whether both are.
    """
    found = aligned(left, right)
    gained = sum(min(information(a), information(b)) * value for a, b, value in found.pairs)
    shorter, longer = sorted((found.left, found.right), key=len)
    both = zip(shorter, longer, strict=False)
    lost = sum(max(conflict(a), conflict(b)) for a, b in both)
    lost += sum(missing(word) for word in longer[len(shorter) :])
    bits = min(most, gained) - lost
    whole = not longer and all(value >= SLIP for _, _, value in found.pairs)
    return bits, how(left, right, found), not shorter, whole


def conflict(word: str) -> float:
    """Return what two names lose by a word that the other has another for."""
    return 2.5 if word in GENERIC else 6.0


def apart(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Tell whether two names have the same letters and other spaces."""
    return left != right and "".join(left) == "".join(right)


APART = "Same name, written apart"
MOST_PERSON = 12.0
MOST_ORGANISATION = 14.0
REGISTERED = 6.0  # the same full name with the same legal form: registers keep names apart


def person_missing(_word: str) -> float:
    """Return what a middle name loses that only one side has."""
    return 1.0


def organisation_missing(word: str) -> float:
    """Return what a word loses that only one side has."""
    return 1.5 if word in GENERIC else 4.5


@lru_cache(maxsize=CACHED)
def compare_persons(left: str, right: str) -> Likeness:
    """Compare the names of two persons."""
    words = person_words(left), person_words(right)
    if apart(*words):
        return Likeness(
            min(MOST_PERSON, sum(map(information, words[0]))), APART, left, right, full=True
        )
    bits, text, full, _ = compare_words(*words, MOST_PERSON, person_missing)
    return Likeness(bits, text, left, right, full)


@lru_cache(maxsize=CACHED)
def compare_organisations(left: str, right: str) -> Likeness:
    """Compare the names of two organisations; the legal form counts when both state one."""
    words = organisation_words(left), organisation_words(right)
    if apart(written_words(left), written_words(right)):
        bits = min(MOST_ORGANISATION, max(sum(map(information, one)) for one in words))
        return Likeness(bits, APART, left, right, full=True, same=True, whole=True)
    bits, text, full, whole = compare_words(*words, MOST_ORGANISATION, organisation_missing)
    forms = legal_form(left), legal_form(right)
    same = sorted(words[0]) == sorted(words[1])
    if same and all(forms):
        bits += REGISTERED if forms[0] == forms[1] else -2.0
    agree = len(set(forms) - {""}) <= 1
    return Likeness(bits, text, left, right, full, same and agree, whole and agree)
