"""Asking the index. The newest places come first, and no more are read than are wanted.

Several expressions are asked by one SELECT: the next only for what the ones before leave wanting,
so that a common word costs no more for what else might be found.

FTS5 walks its lists from the newest place, so a LIMIT ends the work. A GIN index gives all or
nothing; so each text also holds the token of its bucket (BUCKET places that follow each other),
and the newest buckets are asked first, then twice as many, and so on. PostgreSQL is led by
whichever list is shorter, the word's or the buckets'. What is not found often enough in the newest
63 buckets is rare, so the rest is asked at once: a common word ends early, a rare one has few.
"""

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    bindparam,
    column,
    func,
    literal_column,
    select,
    table,
    text,
    union_all,
)
from sqlalchemy.orm import Session

from portal.texts.data import Expression
from portal.texts.models import SearchText
from portal.texts.rules.asking import for_postgresql, for_sqlite

BUCKET = 4_096  # places
FEW = 32  # buckets that are asked at once; what is wanting then is rare, and all is asked
FTS5 = table("search_index", column("rowid", Integer))
Place = tuple[int, int]  # which expression found it, and where it lies
GIN = text(
    """WITH RECURSIVE walk (number, high, buckets, wanted, finder, found) AS (
        SELECT 0, CAST(:start AS bigint), CAST(1 AS bigint), CAST(:most AS integer), 0,
            CAST(ARRAY[] AS bigint[])
        UNION ALL
        SELECT
            CASE WHEN step.ends THEN walk.number + 1 ELSE walk.number END,
            CASE WHEN step.ends THEN :last ELSE walk.high - walk.buckets END,
            CASE WHEN step.ends THEN 1 ELSE walk.buckets * 2 END,
            walk.wanted - cardinality(step.found), walk.number, step.found
        FROM walk CROSS JOIN LATERAL (
            SELECT ARRAY(
                WITH held AS MATERIALIZED (
                    SELECT place FROM search_index WHERE words @@ CASE
                        WHEN walk.buckets > :few
                        THEN CAST(CAST(:asked AS json) ->> walk.number AS tsquery)
                        ELSE CAST(CAST(:asked AS json) ->> walk.number AS tsquery) && (
                            SELECT CAST(string_agg('b_' || one, ' | ') AS tsquery) FROM
                            generate_series(greatest(0, walk.high - walk.buckets + 1), walk.high)
                            AS one
                        )
                    END
                )
                SELECT place FROM held
                WHERE place < CASE WHEN walk.number = 0 THEN :below ELSE :end END
                AND place < (walk.high + 1) * :bucket
                ORDER BY place DESC LIMIT walk.wanted
            ) AS found,
            walk.high < walk.buckets OR walk.buckets > :few AS ends
        ) AS step
        WHERE walk.number < :expressions AND walk.wanted > 0
    )
    SELECT finder, unnest(found) FROM walk
    """
)


def newest(
    session: Session, asked: Sequence[Expression], below: int, end: int, most: int
) -> list[Place]:
    """Return the newest places that expressions find, those of the first expression first.

    Args:
        session: for reading.
        asked: no place is found by two of them.
        below: where the first expression begins; the others begin at the end.
        end: the place after the newest.
        most: places of all expressions together.
    """
    given: dict[str, Any] = {"below": below, "end": end, "most": most}
    if session.get_bind().dialect.name == "sqlite":
        given |= {f"asked{number}": for_sqlite(one) for number, one in enumerate(asked)}
        rows = session.execute(fts5(len(asked)), given)
    else:
        words = json.dumps([for_postgresql(one) for one in asked])
        given |= {"asked": words, "expressions": len(asked)}
        given |= {"few": FEW, "bucket": BUCKET}
        given |= {"start": (below - 1) // BUCKET, "last": (end - 1) // BUCKET}
        rows = session.execute(GIN, given)
    return sorted(((row[0], row[1]) for row in rows), key=lambda one: (one[0], -one[1]))


@lru_cache
def fts5(expressions: int) -> CompoundSelect[Any]:
    """Prepare how so many expressions are asked: where nothing is wanting, none is asked."""
    left: ColumnElement[int] = bindparam("most", type_=Integer)
    place = FTS5.c.rowid
    steps = []
    for number in range(expressions):
        top = bindparam("end" if number else "below", type_=Integer)
        matches = literal_column("search_index").op("MATCH")
        finder: ColumnElement[int] = literal_column(str(number))
        query: Select[Any] = select(finder.label("finder"), place.label("place"))
        query = query.where(matches(bindparam(f"asked{number}")), place < top)
        step = query.order_by(place.desc()).limit(left).cte(f"step{number}")
        steps.append(step.prefix_with("MATERIALIZED"))
        left -= select(func.count()).select_from(steps[-1]).scalar_subquery()
    return union_all(*map(select, steps))


def bucket(place: int) -> str:
    """Return the token of the bucket in which a place lies."""
    return f"b_{place // BUCKET}"


def end(session: Session) -> int:
    """Return the place after the newest."""
    return (session.scalar(select(func.max(SearchText.id))) or 0) + 1
