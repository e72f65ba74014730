"""A typed search as terms, and terms as tiers of expressions, the best first.

Words must all be there. "Quotes" hold a phrase; a minus leaves out; a star after three letters or
more stands for any ending. Nothing that can be typed is an error of the language: what is neither
is taken as words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from portal.core.text import search_key
from portal.search.data import MOST_WORDS, Asked, Synonym, Term, Tier
from portal.texts.data import Either, Every, Expression, Phrase, token
from portal.texts.rules.words import (
    facet,
    number_token,
    phrase,
    reference_token,
    sounds,
    whole_name,
)

PIECE = re.compile(r'(?P<minus>(?<!\S)[-\u2212])?(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"]+))')
QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))
NUMBER_NAMES = frozenset(
    ("cas", "hs", "un", "imo", "iban", "eori", "lei", "no", "nr", "number", "ref", "tel", "phone")
)
LEAST_BEGUN = 3  # letters before a star
SHORT = 4  # letters of a word that may be a part of a spaced number: CSQU 305438 3
MOST_TOKENS = 60  # of a search
NOTHING = "Enter a word, a name or a number to look for."
ONLY_WITHOUT = "Enter also what to look for, not only what to leave out."
TOO_MANY = f"Use at most {MOST_WORDS} words."


def read(typed: str) -> Asked:
    """Return what was typed as terms, or why nothing can be looked for."""
    terms: list[Term] = []
    without: list[Term] = []
    for found in PIECE.finditer(typed.translate(QUOTES)):
        if (term := term_of(found)) is not None:
            (without if found["minus"] else terms).append(term)
    terms = list(without_number_names(terms))
    if not terms:
        return Asked(fault=ONLY_WITHOUT if without else NOTHING)
    length = sum(len(term.tokens) for term in (*terms, *without))
    if len(terms) + len(without) > MOST_WORDS or length > MOST_TOKENS:
        return Asked(fault=TOO_MANY)
    return Asked(tuple(terms), tuple(without))


def term_of(found: re.Match[str]) -> Term | None:
    """Return one piece as a term, unless it holds no letter and no digit."""
    quoted = found["quoted"] is not None
    text = found["quoted"] if quoted else found["word"]
    tokens = phrase(text)
    if not tokens:
        return None
    plain = len(tokens) == 1 and len(tokens[0]) >= LEAST_BEGUN
    character = len(tokens) == 1 and tokens[0].startswith("h_") and len(text) == 1
    begins = character or (not quoted and text.endswith("*") and plain)
    return Term(text.rstrip("*"), tokens, quoted, begins)


def without_number_names(terms: Sequence[Term]) -> Iterator[Term]:
    """Leave out words such as CAS or UN that stand before their number."""
    for place, term in enumerate(terms):
        follows = terms[place + 1].text if place + 1 < len(terms) else ""
        named = not term.quoted and search_key(term.text) in NUMBER_NAMES
        if not (named and any(c.isdigit() for c in follows)):
            yield term


def is_number(text: str) -> bool:
    """Tell whether a word may be a number or a part of one."""
    return any(c.isdigit() for c in text)


def runs(terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """Yield where words follow each other that may be one number, spaced."""
    begin = 0
    for place, term in enumerate([*terms, None]):
        if term and not term.quoted and (is_number(term.text) or len(term.text) <= SHORT):
            continue
        if place > begin and any(is_number(one.text) for one in terms[begin:place]):
            yield begin, place
        begin = place + 1


def exact(term: Term) -> Expression:
    """Return what finds a term as it was typed."""
    return Phrase(term.tokens, term.begins)


def number(text: str) -> tuple[Expression, ...]:
    """Return what finds a number however spaced; nothing for words without digits."""
    made = number_token(text) if is_number(text) else ""
    return (token(made),) if made else ()


def alike(term: Term, synonyms: Iterable[Synonym]) -> Expression:
    """Return what finds a term, names that sound like it, its number, or its substance."""
    if term.quoted or term.begins:
        return exact(term)
    named = [token(facet("s", one.key)) for one in synonyms if one.word == term.text]
    return either([exact(term), *number(term.text), *map(token, sounds(term.text)), *named])


def either(parts: Sequence[Expression]) -> Expression:
    """Return what one of several finds."""
    once = tuple(dict.fromkeys(parts))
    return once[0] if len(once) == 1 else Either(once)


def every(parts: Sequence[Expression]) -> Expression:
    """Return what all of several find."""
    return parts[0] if len(parts) == 1 else Every(tuple(parts))


def whole(asked: Asked) -> Expression | None:
    """Return what finds the search as one number, reference or whole name; none if it is more."""
    if not asked.alone:
        return None
    names = token(reference_token(asked.text)), token(whole_name(asked.text))
    return either([*number(asked.text), *names])


def spaced(asked: Asked, found: Sequence[Expression]) -> Expression:
    """Return what all terms find, where words that follow each other may be one number."""
    parts: list[Expression] = []
    place = 0
    for begin, end in runs(asked.terms):
        joined = number("".join(term.text for term in asked.terms[begin:end]))
        parts.extend(found[place:begin])
        parts.append(either([every(found[begin:end]), *joined]))
        place = end
    parts.extend(found[place:])
    return every(parts)


def tiers(asked: Asked, synonyms: Sequence[Synonym]) -> tuple[Tier, ...]:
    """Return what finds texts, the best kind of match first; no text is found twice."""
    words = [exact(term) for term in asked.terms]
    wide = spaced(asked, [alike(term, synonyms) for term in asked.terms])
    named = [token(facet("s", one.key)) for one in synonyms if one.word == asked.text]
    own = token(reference_token(asked.text)) if asked.alone else None
    best = (own, whole(asked), run_on(asked), every(words))
    steps = [one for one in best if one is not None]
    steps.append(either([wide, *named]))
    apart = tuple(exact(term) for term in asked.without)
    once = list(dict.fromkeys(steps))
    return tuple(Tier(one, (*apart, *once[:place])) for place, one in enumerate(once))


def run_on(asked: Asked) -> Expression | None:
    """Return what finds all the words in a row."""
    if len(asked.terms) == 1 or not asked.alone:
        return None
    return Phrase(tuple(one for term in asked.terms for one in term.tokens))
