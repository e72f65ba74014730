"""The reference data that the rules of one case need, and what the portal saw in sum."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select, union_all
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.core.db import among
from portal.reference import queries as reference
from portal.reference.needs import no_need
from portal.submissions.data import Facts, Filed, Line
from portal.submissions.models import SubmissionLine
from portal.triage.data import (
    Book,
    PlaceFacts,
    Seen,
    SubstanceFacts,
    Usual,
    is_notice,
    route_of,
    substance_or_name,
    way_of,
)
from portal.triage.models import SubstanceRoute

HS6 = 6
ANYTHING = ("", "")  # key of what is filed at all
MOST_LINES = 100  # of other submissions, to say how much is usual; the newest
MOST_SUBSTANCES = 10  # of one submission
HIGH = Decimal("0.95")  # share of the records that name no more


def book_of(session: Session, jurisdiction: str, filed: Filed, others: Sequence[Filed]) -> Book:
    """Return the reference data on the substances, codes and places of some submissions."""
    own = filed.facts
    keys = {line.substance for one in others for line in one.facts.lines if line.substance}
    mine = sorted({line.substance for line in (*own.lines, *own.declared) if line.substance})
    codes = {line.hs_code[:HS6] for line in own.lines if line.hs_code}
    seen = seen_of(session, filed)
    rows = reference.substances(session, keys.union(mine))
    known = {code: row for code in codes if (row := reference.hs(session, code))}
    return Book(
        jurisdiction=jurisdiction,
        substances={
            key: SubstanceFacts(
                name=row.name,
                drugs=tuple(row.precursor_of),
                un_table=row.un_1988_table or "none",
                eu_category=row.eu_category or "none",
                listed_since=row.un_table_since,
            )
            for key, row in rows.items()
        },
        limits={
            key: tuple(limit.as_limit() for limit in reference.thresholds_of(session, key))
            for key in mine
        },
        places=places_of(session, own),
        hs={code: tuple(row.substance_keys) for code, row in known.items()},
        no_need=no_need(session, own.destination_country, mine),
        usual=usual_of(session, filed, mine[:MOST_SUBSTANCES]),
        seen=seen,
        since=seen[ANYTHING].first_at if ANYTHING in seen else None,
        yields=reference.most_yields(session, mine),
    )


def places_of(session: Session, facts: Facts) -> Mapping[str, PlaceFacts]:
    """Return the known places of a route."""
    stops = {
        stop
        for leg in facts.legs
        for stop in (leg.origin, leg.destination, leg.free_zone or leg.destination)
    }
    found: dict[str, PlaceFacts] = {}
    for stop in sorted(stops):
        rows = reference.places_at(session, stop)
        if rows:
            first, kinds = rows[0], tuple(row.kind.value for row in rows)
            where = float(first.latitude), float(first.longitude)
            found[stop] = PlaceFacts(first.name, kinds, *where)
    return found


def usual_of(session: Session, filed: Filed, substances: Sequence[str]) -> Mapping[str, Usual]:
    """Return how much of each substance the newest earlier submissions name; bounded."""
    table = SubmissionLine
    parts = [
        select(
            select(table.substance, table.base_kg)
            .where(
                table.substance == key,
                table.received_at <= filed.received_at,
                table.submission_id != filed.id,
            )
            .order_by(table.received_at.desc())
            .limit(MOST_LINES)
            .subquery()
        )
        for key in substances
    ]
    masses: dict[str, list[Decimal]] = {}
    for key, mass in session.execute(union_all(*parts)) if parts else ():
        if mass is not None:
            masses.setdefault(key, []).append(mass)
    return {
        key: Usual(len(found), sorted(found)[int(HIGH * (len(found) - 1))])
        for key, found in masses.items()
    }


def keys_of(filed: Filed) -> list[tuple[str, str]]:
    """Return under which keys it is kept when a substance, a route or a way was first named."""
    lines: tuple[Line, ...] = filed.facts.lines[:MOST_SUBSTANCES]
    names = {substance_or_name(line) for line in lines}
    routes = {"", route_of(filed.facts), way_of(filed.facts)} if is_notice(filed) else {""}
    anyhow = {("", way_of(filed.facts))} if is_notice(filed) else set()
    return sorted({(name, route) for name in names for route in routes} | anyhow | {ANYTHING})


def seen_of(session: Session, filed: Filed) -> Mapping[tuple[str, str], Seen]:
    """Return when the substances and routes of a submission were first named."""
    table = SubstanceRoute
    wanted = keys_of(filed)
    query = select(table).where(among(table.substance, table.route, wanted))
    return {
        (row.substance, row.route): Seen(row.first_at, row.times) for row in session.scalars(query)
    }


def remember(session: Session, filed: Filed, now: datetime) -> None:
    """Keep that the substances and routes of a submission were named once more."""
    table = SubstanceRoute
    wanted = keys_of(filed)
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    rows = [
        {"substance": name, "route": route, "first_at": now, "times": 1} for name, route in wanted
    ]
    query = dialect.insert(table).values(rows)
    session.execute(
        query.on_conflict_do_update(
            index_elements=[table.substance, table.route], set_={"times": table.times + 1}
        )
    )
