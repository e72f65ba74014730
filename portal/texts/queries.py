"""Asking the index. The newest places come first, and no more are read than are wanted.

FTS5 walks its lists from the newest place, so a LIMIT ends the work. A GIN index gives all or
nothing; so each text also holds the token of its bucket (BUCKET places that follow each other),
and the newest buckets are asked first, then twice as many, and so on. PostgreSQL is led by
whichever list is shorter, the word's or the buckets', so that neither a common nor a rare word
makes it read much: about the square root of all texts times the number wanted, at most.
"""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from portal.texts.data import Either, Every, Expression, token
from portal.texts.models import SearchText
from portal.texts.rules.asking import for_postgresql, for_sqlite

BUCKET = 4_096  # places
FTS5 = text(
    "SELECT rowid FROM search_index WHERE search_index MATCH :asked"
    " AND rowid < :below AND rowid >= :least ORDER BY rowid DESC LIMIT :most"
)
GIN = text(
    "WITH found AS MATERIALIZED (SELECT place FROM search_index"
    " WHERE words @@ CAST(:asked AS tsquery))"
    " SELECT place FROM found WHERE place < :below AND place >= :least"
    " ORDER BY place DESC LIMIT :most"
)


def bucket(place: int) -> str:
    """Return the token of the bucket in which a place lies."""
    return f"b_{place // BUCKET}"


def newest(session: Session, asked: Expression, below: int, least: int, most: int) -> list[int]:
    """Return the newest places that an expression finds, below one place and from another on."""
    if session.get_bind().dialect.name == "sqlite":
        given = {"asked": for_sqlite(asked), "below": below, "least": least, "most": most}
        return list(session.scalars(FTS5, given))
    found: list[int] = []
    top, groups = (below - 1) // BUCKET, 1
    while top >= least // BUCKET and len(found) < most:
        buckets = range(max(least // BUCKET, top - groups + 1), top + 1)
        inside = Either(tuple(token(f"b_{number}") for number in buckets))
        given = {
            "asked": for_postgresql(Every((asked, inside))),
            "below": below,
            "least": least,
            "most": most - len(found),
        }
        found.extend(session.scalars(GIN, given))
        top, groups = top - groups, groups * 2
    return found


def end(session: Session) -> int:
    """Return the place after the newest."""
    return (session.scalar(select(func.max(SearchText.id))) or 0) + 1
