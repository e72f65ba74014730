"""Why a text was found: which answer, in which way, and its words in a snippet with marks."""

from collections.abc import Iterator, Sequence

from portal.entities.rules.names import folded, likeness, skeleton
from portal.search.data import Asked, Match, Piece, Synonym, Term
from portal.search.rules.reading import is_number, runs
from portal.texts.data import Part
from portal.texts.rules.words import (
    BEYOND_LATIN,
    LEAST_BONES,
    Word,
    name_words,
    number_token,
    words,
)

AROUND = 90  # characters of a text before and after what matched
MOST_MATCHES = 4  # answers shown of one text
MOST_MARKS = 12  # of one answer
MOST_PARTS = 400  # answers of one text that are looked at
Span = tuple[int, int]


def matches(parts: Sequence[Part], asked: Asked, synonyms: Sequence[Synonym]) -> tuple[Match, ...]:
    """Return the answers that matched, those with most of the search first."""
    found = []
    for part in parts[:MOST_PARTS]:
        spans, ways = spans_of(part, asked, synonyms)
        if spans:
            why = "; ".join(dict.fromkeys(ways))
            found.append((-len(ways), Match(part.label, why, pieces(part.value, spans), part.path)))
    found.sort(key=lambda one: one[0])
    return tuple(match for _, match in found[:MOST_MATCHES])


def spans_of(part: Part, asked: Asked, synonyms: Sequence[Synonym]) -> tuple[list[Span], list[str]]:
    """Return where an answer matches, and in which ways."""
    listed = list(words(part.value))
    spans: list[Span] = []
    ways: list[str] = []
    for term in asked.terms:
        some, way = list(exact(listed, term)), "exact"
        if not some and not term.quoted:
            some, way = loose(part, listed, term, synonyms)
        if some:
            spans.extend(some[:MOST_MARKS])
            ways.append(way)
    if number := numbered(part, asked):
        spans.append(number)
        ways.append("same number, however spaced")
    if not spans and (named := named_by(part, asked.text, synonyms)):
        spans.append((0, len(part.value)))
        ways.append(named)
    return spans, ways


def exact(listed: Sequence[Word], term: Term) -> Iterator[Span]:
    """Yield where the tokens of a term follow each other."""
    placed = [place for word in listed for place in word.places()]
    length = len(term.tokens)
    for at in range(len(placed) - length + 1):
        row = placed[at : at + length]
        if all(same(one, want, term) for (one, *_), want in zip(row, term.tokens, strict=True)):
            character = term.begins and term.tokens[0].startswith("h_")
            yield row[0][1], row[0][1] + 1 if character else row[-1][2]


def same(one: str, want: str, term: Term) -> bool:
    """Tell whether a token is the one wanted, or begins so."""
    return one.startswith(want) if term.begins else one == want


def loose(
    part: Part, listed: Sequence[Word], term: Term, synonyms: Sequence[Synonym]
) -> tuple[list[Span], str]:
    """Return where an answer matches in another way: a number, a name, a substance."""
    if is_number(term.text) and number_token(term.text) in {
        number_token(part.value[w.start : w.end]) for w in listed
    } | {number_token(part.value)}:
        return [(0, len(part.value))], "same number, however spaced"
    if part.name:
        found = [(word, way) for word in listed if (way := sounding(part.value, word, term))]
        if found:
            return [(word.start, word.end) for word, _ in found], found[0][1]
    if named := named_by(part, term.text, synonyms):
        return [(0, len(part.value))], named
    return [], ""


def sounding(text: str, word: Word, term: Term) -> str:
    """Return how a word of a name sounds like a term, or nothing."""
    own = text[word.start : word.end]
    other = bool(BEYOND_LATIN.search(own)) or bool(BEYOND_LATIN.search(term.text))
    for mine in name_words(own):
        for theirs in name_words(term.text):
            if mine == theirs and not other:
                return "same word of a trade"
            if other and bones_agree(mine, theirs):
                return f"same name in another script, {score(mine, theirs)} of 100"
            if not other and folded(mine) == folded(theirs):
                return f"same name in another spelling, {score(mine, theirs)} of 100"
    return ""


def bones_agree(one: str, other: str) -> bool:
    """Tell whether two words have the same consonants."""
    bones = skeleton(one)
    return len(bones) >= LEAST_BONES and bones == skeleton(other)


def score(one: str, other: str) -> int:
    """Return how alike two words are, of 100."""
    return round(100 * likeness(one, other))


def named_by(part: Part, text: str, synonyms: Sequence[Synonym]) -> str:
    """Return why an answer that names a substance is meant by a typed word, or nothing."""
    for one in synonyms:
        if part.substance and one.key == part.substance and one.word == text:
            return f"{one.word} is another name or number of {one.name}"
    return ""


def numbered(part: Part, asked: Asked) -> Span | None:
    """Return the whole answer if words that follow each other are its number, spaced."""
    for begin, end in runs(asked.terms):
        made = number_token("".join(term.text for term in asked.terms[begin:end]))
        if end - begin > 1 and made and made == number_token(part.value):
            return 0, len(part.value)
    return None


def pieces(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """Return a snippet around what matched first, with the marks."""
    ordered = joined(sorted(spans))
    begin = max(0, ordered[0][0] - AROUND)
    finish = min(len(text), max(ordered[0][1], begin) + 2 * AROUND)
    found = [Piece("… ")] if begin else []
    at = begin
    for start, end in ordered:
        if start >= finish:
            break
        found += [Piece(text[at:start]), Piece(text[start:end][: 4 * AROUND], marked=True)]
        at = end
    found.append(Piece(text[at:finish] + (" …" if finish < len(text) else "")))
    return tuple(piece for piece in found if piece.text)


def joined(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that touch as one."""
    found: list[Span] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
