"""Time of one search with few and with many texts stored: `python -m bench.searching`.

Texts are written through the service that indexes them, of invented words whose frequencies are
those of trade: some in every text, some in one of a hundred, some in one alone. Each size is a
database of its own; the median of several runs of each search is printed, and the cost of a text.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from portal.app import create_app
from portal.core.access import Role
from portal.core.db import insert_rows, make_engine, session_factory
from portal.reference.services import load
from portal.search.data import Wanted
from portal.search.queries import lists, names, texts
from portal.search.rules.reading import read
from portal.submissions.models import Submission
from portal.submissions.services import record_of
from portal.texts import services
from portal.texts.data import Part, What
from portal.triage.models import TriageCase
from tests import postgres
from tests.conftest import DATA, migrate
from tests.factories import NOON, make_account, make_submission

SIZES = (1_000, 20_000, 100_000)
RUNS = 7
BATCH = 500
SEARCHES = {
    "a word in every text": "acetone",
    "two words in every text": "acetone refused",
    "a word in 1 of 100": "walrus",
    "a rare one with a common one": "kestrel acetone",
    "two of 1 in 100, seldom both": "walrus otter",
    "a phrase": '"asked for drums"',
    "a number, spaced": "+66 2 000 0500",
    "a name in another script": "Muhamad Hussein Trading",
    "nothing": "zzyzx",
    "a minus": "acetone -drums",
}


@dataclass(frozen=True, slots=True)
class Bench:
    """A database with its session and the rows that others are copies of."""

    session: Session
    submission: Submission
    case: TriageCase


def parts_of(number: int, chance: random.Random) -> tuple[Part, ...]:
    """Return an invented text."""
    words = ["He asked for drums of acetone and was refused"]
    words += [f"word{int(chance.paretovariate(0.6))}" for _ in range(60)]
    words += ["walrus"] if chance.random() < 0.01 else []
    words += ["otter"] if chance.random() < 0.01 else []
    words += ["kestrel"] if number == 500 else []
    name = "شركة محمد حسين للتجارة" if number % 997 == 0 else f"Firm {number} Handel"
    return (
        Part("Grounds", " ".join(words)),
        Part("Name", name, name=True),
        Part("Telephone", f"+662{number:07d}"),
    )


def fill(bench: Bench, size: int) -> None:
    """Store so many submissions with their cases and texts."""
    chance = random.Random(4)
    columns = [column.name for column in Submission.__table__.columns]
    cases = [column.name for column in TriageCase.__table__.columns]
    for start in range(0, size, BATCH):
        ids = [uuid4() for _ in range(min(BATCH, size - start))]
        rows = [copy(bench.submission, columns, one) for one in ids]
        insert_rows(bench.session, Submission.__table__, rows)  # type: ignore[arg-type]
        found = [copy(bench.case, cases, one) for one in ids]
        insert_rows(bench.session, TriageCase.__table__, found)  # type: ignore[arg-type]
        for number, one in enumerate(ids, start=start):
            moment = NOON + timedelta(minutes=number)
            facets = ("t_suspicious_order", "s_acetone")
            parts = parts_of(number, chance)
            services.write(bench.session, What.RECORD, one, one, parts, moment, facets=facets)
        bench.session.commit()


def copy(row: object, columns: list[str], key: UUID) -> dict[str, object]:
    """Return a row's values under another id."""
    found = {name: getattr(row, name) for name in columns}
    more = {"check_code": key.hex} if "check_code" in found else {}
    return found | {"id": key, "reference": f"SO-{key.hex[:12]}"} | more


@contextmanager
def opened(app: Flask, url: str) -> Iterator[Bench]:
    """Open a database of that address with one submission in it."""
    engine = make_engine(url)
    with engine.connect() as connection:
        migrate(connection)
    app.extensions["portal.sessions"] = session_factory(engine)
    with app.app_context(), session_factory(engine)(info={"writing": True}) as session:
        load(session, DATA, NOON)
        made = make_submission(session, now=NOON)
        session.commit()
        session.connection(execution_options={"writing": True})
        yield Bench(session, made, session.get_one(TriageCase, made.id))
    engine.dispose()


def measure(app: Flask, url: str, size: int) -> dict[str, float]:
    """Return milliseconds of each search, and of indexing one more text."""
    with opened(app, url) as bench:
        fill(bench, size)
        if url.startswith("postgresql"):
            bench.session.execute(text("ANALYZE"))
        officer = make_account(bench.session, Role.TRIAGE_OFFICER)
        bench.session.commit()
        spent = {title: timed(bench.session, typed, officer) for title, typed in SEARCHES.items()}
        spent["indexing one more record"] = indexing(bench)
        return spent


def timed(session: Session, typed: str, officer: object) -> float:
    """Return the median milliseconds of a search."""
    runs = []
    for _ in range(RUNS + 1):
        begin = time.perf_counter()
        asked = read(typed)
        synonyms = lists.synonyms(session, asked)
        texts.find(session, asked, synonyms, Wanted(), officer, NOON)  # type: ignore[arg-type]
        names.like(session, asked, officer, NOON)  # type: ignore[arg-type]
        runs.append(1000 * (time.perf_counter() - begin))
        session.rollback()
    return median(runs[1:])


def indexing(bench: Bench) -> float:
    """Return the median milliseconds in which a whole record is indexed again and committed."""
    runs = []
    data = record_of(bench.submission)
    for _ in range(RUNS):
        begin = time.perf_counter()
        services.write_record(bench.session, bench.submission, data)
        bench.session.commit()
        runs.append(1000 * (time.perf_counter() - begin))
    return median(runs)


def main() -> None:
    """Print the table for SQLite and PostgreSQL."""
    sizes = [int(one) for one in sys.argv[1:] if one.isdigit()] or list(SIZES)
    bases = [one for one in sys.argv[1:] if not one.isdigit()] or ["sqlite", "postgresql"]
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "PORTAL_ENV": "test",
            "PORTAL_SECRET_KEY": "a secret of the bench that nobody else uses",
            "PORTAL_DATABASE_URL": "sqlite://",
            "PORTAL_DATA_DIR": folder,
            "PORTAL_BASE_URL": "http://localhost",
        }
        app = create_app(settings)
        for base in bases:
            columns = []
            for size in sizes:
                if base == "sqlite":
                    columns.append(measure(app, f"sqlite:///{Path(folder)}/{size}.db", size))
                else:
                    with postgres.cluster() as url:
                        columns.append(measure(app, url, size))
            print(f"\n{base}, milliseconds with {', '.join(f'{one:,}' for one in sizes)} stored")
            for title in columns[0]:
                print(f"{title:32}" + "".join(f"{one[title]:10.1f}" for one in columns))


if __name__ == "__main__":
    main()
