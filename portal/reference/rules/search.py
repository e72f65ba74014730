"""How what people type is compared with names and codes: case, script and typos forgiven."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from stdnum import casrn

from portal.core.text import search_key

EXACT, JOINED, START, WORD_START, INSIDE, AROUND = 100.0, 99.0, 95.0, 90.0, 87.0, 85.0
FUZZY_CEILING = 84.0  # a forgiven typo never beats what was typed right
FUZZY_FLOOR = 72.0  # percent alike, below which a name is not offered
WORD_CEILING = 60.0  # one word of several
WORD_FLOOR = 84.0  # percent alike, of a word
LONG_WORD = 6  # characters; shorter words stand in too many names
SHORTEST_FUZZY = 4  # characters; shorter words are alike by chance
LONGEST_QUERY = 200  # characters read of what was typed

CAS_SHAPE = re.compile("([0-9]{2,7})[- \u2010-\u2015]([0-9]{2})[- \u2010-\u2015]([0-9])")
HS_SHAPE = re.compile("[0-9]{4}[. ]?[0-9]{2}(?:[. ]?[0-9]{2}){0,2}")
ROMAN = {"I": "1", "II": "2"}
TYPED_BEFORE = {
    "EU category": ("eu", "eu category", "eu cat", "category", "cat"),
    "US list": ("us", "us list", "list", "dea list"),
    "UN table": ("table", "un table", "un 1988 table"),
    "DEA code": ("dea", "dea code"),
}
GREEK = {0x3B1: "alpha-", 0x3B2: "beta-", 0x3B3: "gamma-", 0x3B4: "delta-", 0x3C9: "omega-"}
SOUNDS = (
    ("tz", "c"), ("ts", "c"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "kv"),
    ("ae", "e"), ("oe", "e"), ("y", "i"), ("sch", "sh"), ("iu", "u"), ("eu", "ev"),
)  # fmt: skip
DOUBLED = re.compile(r"(.)\1+")
SILENT_END = re.compile(r"e\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name or code under which a row is found."""

    key: str  # of the row
    text: str  # as shown
    kind: str  # what sort of name: name, synonym, CAS number …
    plain: str  # as compared
    is_code: bool = False  # codes match whole, never nearly


def entry(key: str, text: str, kind: str) -> Entry:
    """Return a name under which a row is found."""
    return Entry(key, text, kind, plain_key(text))


def codes(key: str, text: str, kind: str, typed_as: Iterable[str]) -> list[Entry]:
    """Return a code under which a row is found, in each way that people type it."""
    return [Entry(key, text, kind, plain_key(typed), is_code=True) for typed in typed_as]


@dataclass(frozen=True, slots=True)
class Match:
    """The best entry of one row, with how alike it is, 0 to 100."""

    entry: Entry
    score: float

    @property
    def rank(self) -> tuple[float, int]:
        """Return what sorts the best first: the score, then the shorter name."""
        return (-self.score, len(self.entry.plain))


class Index:
    """Every name and code of one sort of rows, ready to be compared."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.names = tuple(known for known in self.entries if not known.is_code)
        self.sounds = tuple(sound_key(known.plain) for known in self.names)
        self.words_at: dict[str, list[int]] = {}
        for place, sound in enumerate(self.sounds):
            for word in sound.split():
                self.words_at.setdefault(word, []).append(place)
        self.words = tuple(word for word in self.words_at if len(word) >= LONG_WORD)

    def matches(self, text: str) -> list[Match]:
        """Return the best match of each row, the best row first."""
        wanted = plain_key(text[:LONGEST_QUERY])
        if not wanted:
            return []
        best: dict[str, Match] = {}
        scored = [*self.literal(wanted), *self.alike(wanted)] or self.by_word(wanted)
        for found, score in scored:
            match = Match(found, score)
            if found.key not in best or match.rank < best[found.key].rank:
                best[found.key] = match
        return sorted(best.values(), key=lambda match: match.rank)

    def literal(self, wanted: str) -> list[tuple[Entry, float]]:
        """Return the entries that hold what was typed as it was typed."""
        scored = ((known, literal_score(known, wanted)) for known in self.entries)
        return [(known, score) for known, score in scored if score]

    def alike(self, wanted: str) -> list[tuple[Entry, float]]:
        """Return the names that sound or look nearly like what was typed."""
        if len(wanted) < SHORTEST_FUZZY or not any(c.isalpha() for c in wanted):
            return []
        near = process.extract(
            sound_key(wanted), self.sounds, scorer=fuzz.ratio, score_cutoff=FUZZY_FLOOR, limit=50
        )
        return [(self.names[place], score * FUZZY_CEILING / 100) for _, score, place in near]

    def by_word(self, wanted: str) -> list[tuple[Entry, float]]:
        """Return the names of which one long word sounds like one that was typed."""
        found: list[tuple[Entry, float]] = []
        for word in {word for word in sound_key(wanted).split() if len(word) >= LONG_WORD}:
            near = process.extract(word, self.words, scorer=fuzz.ratio, score_cutoff=WORD_FLOOR)
            for known, score, _ in near:
                found += [(self.names[i], score * WORD_CEILING / 100) for i in self.words_at[known]]
        return found


def literal_score(known: Entry, wanted: str) -> float:
    """Say how well an entry and the typed text hold each other; 0 for not at all."""
    if known.plain == wanted:
        return EXACT
    if known.is_code:
        return 0
    if known.plain.replace(" ", "") == wanted.replace(" ", ""):
        return JOINED
    for holds, score in (
        (known.plain.startswith(wanted), START),
        (f" {wanted}" in known.plain, WORD_START),
        (len(wanted) >= SHORTEST_FUZZY and wanted in known.plain, INSIDE),
        (len(known.plain) >= SHORTEST_FUZZY and f" {known.plain} " in f" {wanted} ", AROUND),
    ):
        if holds:
            return score
    return 0


@lru_cache(maxsize=8192)
def plain_key(text: str) -> str:
    """Return text as compared: Latin, lower case, single spaces; a CAS number in its digits."""
    return search_key(text.translate(GREEK))


@lru_cache(maxsize=8192)
def sound_key(plain: str) -> str:
    """Return roughly how a name sounds, so that other spellings and scripts come near it."""
    for letters, sound in SOUNDS:
        plain = plain.replace(letters, sound)
    return DOUBLED.sub(r"\1", SILENT_END.sub("", plain))


def is_wrong_cas(text: str) -> bool:
    """Tell whether a text has the shape of a CAS number and a check digit that does not match."""
    shape = CAS_SHAPE.fullmatch(text.strip())
    return shape is not None and not casrn.is_valid("-".join(shape.groups()))


def typings(kind: str, listed: str | None) -> list[str]:
    """Return how people type that a substance is on a list: `eu 2a`, `cat 2a`, `list 1`."""
    if listed is None:
        return []
    written = {listed, ROMAN.get(listed, listed)}
    alone = [listed] if kind == "DEA code" or listed[-1] in "AB" else []
    return [*alone, *(f"{before} {code}" for before in TYPED_BEFORE[kind] for code in written)]


def hs_digits(text: str) -> str | None:
    """Return the six digits of an HS code, however it is written; None if it is none."""
    typed = text.strip()
    return re.sub("[^0-9]", "", typed)[:6] if HS_SHAPE.fullmatch(typed) else None
