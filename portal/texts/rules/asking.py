"""An expression in the words of each database. Tokens are a to z, 0 to 9 and the underscore."""

import re
from collections.abc import Iterable, Mapping

from portal.texts.data import Either, Expression, Phrase

PLAIN = re.compile("[a-z0-9_]+")
MOST_PLACES = 250  # of one token in one text, and the last place that PostgreSQL keeps
LAST_PLACE = 16_383


def safe(text: str) -> str:
    """Return a token; nothing else may reach the language of a database.

    Raises:
        ValueError: it holds a sign.
    """
    if not PLAIN.fullmatch(text):
        raise ValueError("not a token")
    return text


def for_sqlite(asked: Expression) -> str:
    """Return an expression for FTS5."""
    if isinstance(asked, Phrase):
        text = f'"{" ".join(map(safe, asked.tokens))}"'
        return f"{text}*" if asked.begins else text
    if isinstance(asked, Either):
        return f"({' OR '.join(map(for_sqlite, asked.parts))})"
    found = " AND ".join(map(for_sqlite, asked.parts))
    for one in asked.without:
        found = f"({found}) NOT {for_sqlite(one)}"
    return f"({found})"


def for_postgresql(asked: Expression) -> str:
    """Return an expression for a tsquery."""
    if isinstance(asked, Phrase):
        lexemes = [f"'{safe(one)}'" for one in asked.tokens]
        text = " <-> ".join(lexemes) + (":*" if asked.begins else "")
        return f"({text})"
    if isinstance(asked, Either):
        return f"({' | '.join(map(for_postgresql, asked.parts))})"
    parts = [*map(for_postgresql, asked.parts), *(f"!{for_postgresql(o)}" for o in asked.without)]
    return f"({' & '.join(parts)})"


def vector(tokens: Iterable[str], extras: Iterable[str]) -> str:
    """Return a tsvector: each token with its places; extras have none."""
    places: Mapping[str, list[int]] = {}
    found = dict(places)
    for place, one in enumerate(tokens, start=1):
        known = found.setdefault(one, [])
        if place <= LAST_PLACE and len(known) < MOST_PLACES:
            known.append(place)
    for one in extras:
        found.setdefault(one, [])
    return " ".join(
        f"'{safe(one)}'" + (f":{','.join(map(str, at))}" if at else "") for one, at in found.items()
    )
